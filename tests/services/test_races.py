"""Two real processes act at the same moment: one wins, and the other is told who did."""

from collections import Counter
from uuid import UUID

import pytest

from app.demo.play import Player, fill
from app.domain.errors import AlreadyDone, Forbidden
from app.domain.roles import FileKind
from app.services import files, task_page, tasks
from tests.services.at_once import Deed, all_at_once
from tests.services.committee import BOARD, committee_says, history, open_steps


@pytest.fixture
def number(player: Player) -> str:
    return committee_says(player, "eerst_bestuur", tick=BOARD)


def answers(player: Player, part: str, number: str, **given: str) -> dict[str, str]:
    shown = task_page.show(player.app, player.actor(part), player.task(number, "handle_complaint"))
    return fill(shown.form, dict(shown.facts), given, player.clock.at)


def deed(player: Player, part: str, task_id: UUID, raw: dict[str, str] | None = None) -> Deed:
    settings = player.app.settings
    return Deed(settings.database_url, settings.ledger.parent, player.clock.at, part, task_id, raw)


def test_a_task_that_is_completed_twice_at_the_same_moment_is_done_once(player: Player, number: str) -> None:
    task_id = player.task(number, "handle_complaint")
    tasks.claim(player.app, player.actor("kemal"), task_id)
    raw = [answers(player, "kemal", number, conflict_of_interest="nee", decision=f"besluit {which}") for which in "ab"]

    ended = all_at_once([deed(player, "kemal", task_id, typed) for typed in raw])

    assert Counter(ending.partition(":")[0] for ending in ended) == {"done": 1, "AlreadyDone": 1}
    assert any("al afgerond door Kemal Aydin" in ending for ending in ended)
    won = "ab"[ended.index("done")]
    assert [line.element_id for line in history(player, number, "task.completed")].count("handle_complaint") == 1
    assert open_steps(player, number) == {"complainant_satisfied"}
    written = files.open_file(player.app, player.actor("kemal"), number, FileKind.BOARD).entries
    decisions = [text for entry in written for _, text in entry.fields if text.startswith("besluit")]
    assert decisions == [f"besluit {won}"]


def test_a_task_that_two_people_pick_up_at_the_same_moment_goes_to_one(player: Player, number: str) -> None:
    task_id = player.task(number, "handle_complaint")
    ended = all_at_once([deed(player, part, task_id) for part in ("kemal", "marijke")])
    names = ("Kemal Aydin", "Marijke de Vries")
    won = ended.index("done")
    assert ended[1 - won] == f"Forbidden: {names[won]} heeft deze taak al opgepakt."
    shown = task_page.show(player.app, player.actor("kemal"), task_id)
    assert shown.holder == names[won]
    assert len([line for line in history(player, number, "task.claimed") if line.element_id == "handle_complaint"]) == 1


def test_whoever_comes_late_is_told_who_did_it(player: Player, number: str) -> None:
    task_id = player.task(number, "handle_complaint")
    raw = answers(player, "marijke", number, conflict_of_interest="nee")
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    for act in (
        lambda: tasks.complete(player.app, player.actor("marijke"), task_id, raw, {}),
        lambda: tasks.claim(player.app, player.actor("marijke"), task_id),
        lambda: tasks.save_draft(player.app, player.actor("marijke"), task_id, raw),
        lambda: tasks.release(player.app, player.actor("marijke"), task_id),
    ):
        with pytest.raises(AlreadyDone) as told:
            act()
        assert (told.value.by, told.value.at) == ("Kemal Aydin", player.clock.at)


def test_a_task_that_nobody_or_another_holds_is_not_completed(player: Player, number: str) -> None:
    task_id = player.task(number, "handle_complaint")
    raw = answers(player, "marijke", number, conflict_of_interest="nee")
    with pytest.raises(Forbidden):
        tasks.complete(player.app, player.actor("marijke"), task_id, raw, {})
    tasks.claim(player.app, player.actor("kemal"), task_id)
    with pytest.raises(Forbidden):
        tasks.complete(player.app, player.actor("marijke"), task_id, raw, {})
    assert open_steps(player, number) == {"handle_complaint"}


def test_a_draft_is_for_its_author_alone_and_goes_when_the_task_is_given_back(player: Player, number: str) -> None:
    task_id = player.task(number, "handle_complaint")
    kemal, marijke = player.actor("kemal"), player.actor("marijke")
    tasks.claim(player.app, kemal, task_id)
    typed = {"conflict_of_interest": "nee", "decision": "half"}
    tasks.save_draft(player.app, kemal, task_id, typed)
    assert task_page.show(player.app, kemal, task_id).values == typed
    assert task_page.show(player.app, marijke, task_id).values == {}
    tasks.release(player.app, kemal, task_id)
    assert task_page.show(player.app, kemal, task_id).values == {}
