"""What stayed is tried again, whoever may let a plan begin is told, and answers that are gone find a place."""

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from sqlalchemy import select

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.errors import Conflict, InvalidAnswers
from app.services import task_page, tasks
from app.services.administration.letters import send_letters
from app.services.at_rest import open_facts
from app.services.moving import plans
from app.storage.tables import Letter, MovedProcedure, ProcedureRow
from tests.services.committee import BOARD, case_of, committee_says, open_steps, receive_advice, wait_for_advice
from tests.services.moved import SIX_WEEKS, move, outcomes, plan, publish_version, version_of, work_on
from tests.services.test_moving import DEFENCE

KEEPS = {"value_judgment.gegrond": "geheel_gegrond"}


def judged(player: Player, *files: str) -> int:
    """A version in which a complaint is no longer `gegrond` but `geheel_gegrond`, in these forms."""
    folder = player.app.settings.forms / "committee"
    texts = {file: (folder / file).read_text(encoding="utf-8") for file in ("advice_received.form", *files)}
    changed = {f"forms/{file}": text.replace('"gegrond"', '"geheel_gegrond"').encode() for file, text in texts.items()}
    return publish_version(player, forms=changed)


def judgments(player: Player, number: str) -> list[object]:
    """All that the fact was in a case, the oldest first."""
    with player.app.database.read() as tx:
        row = tx.scalars(select(ProcedureRow).where(ProcedureRow.case_id == case_of(tx, number).id)).one()
        return [one.value for one in open_facts(player.app.server_keys, row.id, row.facts).log["judgment"]]


def counted(player: Player, plan_id: UUID) -> int:
    """How many procedures a plan touches."""
    with player.app.database.read() as tx:
        return len(tx.scalars(select(MovedProcedure.id).where(MovedProcedure.plan_id == plan_id)).all())


def letters_to(player: Player) -> list[str]:
    """Who are told that a plan waits."""
    parts = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        wanted = select(Letter.user_id).where(Letter.notice == "move_waits", Letter.state == "waiting")
        return sorted(parts[one] for one in tx.scalars(wanted) if one is not None)


def test_whoever_may_let_a_plan_begin_is_told_when_it_was_tried(player: Player) -> None:
    version = publish_version(player, *SIX_WEEKS)
    plan(player, 1, start=version)
    assert letters_to(player) == []
    player.start("sanne", "committee", "start_with_adviser", "De Linde")
    waits = plan(player, 1, start=version)
    assert letters_to(player) == ["els", "kemal", "marijke", "wim"]
    plans.drop(player.app, player.actor("piet"), "committee", waits)
    sent: list[EmailMessage] = []
    mails = replace(player.app, settings=replace(player.app.settings, smtp_from="route@veilig.example"))
    assert (send_letters(mails, sent.append, 10).sent, letters_to(player)) == (0, [])
    plan(player, 1, start=version, by="marijke")
    assert letters_to(player) == ["els", "kemal", "wim"]
    send_letters(mails, sent.append, 10)
    assert sorted(str(one["To"]) for one in sent) == [email_of("els"), email_of("kemal"), email_of("wim")]
    assert not any(secret in sent[0].get_content() for secret in ("2026", "committee", "commissie", "De Linde"))


def test_what_stayed_is_tried_again_and_the_first_log_stays(player: Player) -> None:
    numbers = {"submit_defence": committee_says(player, "formeel", tick=BOARD)}
    numbers["file_consent"] = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    version = publish_version(player, *DEFENCE)
    first = plan(player, version)
    drawer = player.actor("piet")
    with pytest.raises(Conflict):
        plans.again(player.app, drawer, "committee", first)
    move(player, first)
    number = numbers["submit_defence"]
    player.do("marijke", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    again = plans.again(player.app, drawer, "committee", first)
    work_on(player)
    assert (outcomes(player, again, {"submit_defence": number}), version_of(player, number)) == ({"submit_defence": "ready"}, 1)
    assert (counted(player, again), counted(player, first)) == (1, 2)
    move(player, again)
    assert (version_of(player, number), "hearing" in open_steps(player, number)) == (version, True)
    assert outcomes(player, first, numbers) == {"submit_defence": "element_gone", "file_consent": "moved"}
    with pytest.raises(Conflict):
        plans.again(player.app, drawer, "committee", again)


def test_an_answer_that_is_gone_keeps_a_case_where_it_is_until_another_takes_its_place(player: Player) -> None:
    number = receive_advice(player, "gegrond")
    version = judged(player)
    assert outcomes(player, plan(player, version), {"board_response": number}) == {"board_response": "fact_gone"}
    plan_id = plan(player, version, mapping=KEEPS)
    assert (outcomes(player, plan_id, {"board_response": number}), judgments(player, number)) == (
        {"board_response": "ready"},
        ["gegrond"],
    )
    move(player, plan_id)
    assert judgments(player, number) == ["gegrond", "geheel_gegrond"]
    plans.undo(player.app, player.actor("marijke"), "committee", plan_id)
    work_on(player)
    assert (version_of(player, number), judgments(player, number)) == (1, ["gegrond", "geheel_gegrond", "gegrond"])


def test_a_draft_follows_to_the_answer_that_took_the_place_of_another(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    wait_for_advice(player, number)
    actor, task_id = player.actor("marijke"), player.task(number, "advice_received")
    tasks.claim(player.app, actor, task_id)
    tasks.save_draft(player.app, actor, task_id, {"judgment": "gegrond"})
    assert task_page.show(player.app, actor, task_id).values["judgment"] == "gegrond"
    player.clock.at += timedelta(minutes=1)
    move(player, plan(player, judged(player), mapping=KEEPS))
    assert task_page.show(player.app, actor, task_id).values["judgment"] == "geheel_gegrond"


def test_an_answer_that_the_new_version_lacks_cannot_take_a_place(player: Player) -> None:
    version = judged(player)
    for name, answer in (("value_judgment.gegrond", "gegrond"), ("value_judgment.ongegrond", "geheel_gegrond")):
        with pytest.raises(InvalidAnswers) as refused:
            plan(player, version, mapping={name: answer})
        assert set(refused.value.fields) == {name}
