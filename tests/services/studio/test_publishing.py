"""Publishing: everything is asked in one place, by two people, and one of two wins."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.demo.play import Player
from app.domain.errors import Conflict, DomainError, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services.studio import desks, drafts, publishing, reasons, story
from app.services.studio.publishing import NotReady
from tests.services.studio.acting import (
    KEY,
    MAIN,
    SLOW,
    WHY,
    add_versions,
    ask,
    change,
    decide,
    draft_of,
    draw,
    give_role,
    page,
    prove,
    publish,
    published,
    ready,
)

TOLD = {"stories": [{"name": "kerst", "title": "Kerst", "passed": False, "failures": ["Er kwam geen mail."], "changes": []}]}


def test_what_is_published_counts_for_new_cases_and_tells_its_story(player: Player) -> None:
    ready(player)
    assert publish(player) == 2
    row, people = published(player), player.places.people
    assert (row.number, row.why, row.published_at) == (2, WHY, player.clock.at)
    assert (row.published_by, row.reviewed_by) == (people["kemal"], people["marijke"])
    told = story.page(player.app, player.actor("piet"), KEY)
    assert told.draft is None
    assert [(one.number, one.status, one.drawers, one.published_by, one.retired_by) for one in told.versions] == [
        (2, "published", ("Piet Vos",), "Kemal Aydin", None),
        (1, "retired", (), None, "Kemal Aydin"),
    ]
    with pytest.raises(NotFound):
        draft_of(player)


@pytest.mark.parametrize("part", ["marijke", "els"])
def test_whoever_reviewed_may_publish_too_and_whoever_stands_in(player: Player, part: str) -> None:
    ready(player)
    assert page(player, part).own == ()
    assert publish(player, part) == 2


def test_nobody_else_publishes(player: Player) -> None:
    ready(player)
    refused: dict[str, type[DomainError]] = {"piet": Forbidden, "nina": Forbidden, "sanne": NotFound, "ada": NotFound}
    sha256 = draft_of(player).sha256
    for part, error in refused.items():
        with pytest.raises(error):
            publishing.publish(player.app, player.actor(part), KEY, sha256=sha256)
    assert published(player).number == 1


def test_whoever_drew_does_not_publish_with_a_boards_right_either(player: Player) -> None:
    give_role(player, "piet", Role.BOARD)
    give_role(player, "kemal", Role.PROCESS_OWNER)
    draw(player)
    draw(player, "nu", part="kemal")
    prove(player)
    ask(player)
    decide(player, "marijke")
    for part in ("piet", "kemal"):
        assert len(page(player, part).own) == 1
        with pytest.raises(Forbidden):
            publish(player, part)
    assert publish(player, "els") == 2


def test_a_board_that_nobody_drew_for_has_no_right(player: Player) -> None:
    give_role(player, "ruben", Role.PROCESS_OWNER, "De Wissel")
    draw(player, part="ruben")
    prove(player)
    ask(player, "piet")
    decide(player, "marijke")
    with pytest.raises(Forbidden):
        publish(player, "kemal")
    assert publish(player, "nina") == 2


def _error(player: Player) -> None:
    change(player, MAIN, 'camunda:formRef="withdraw"', 'camunda:formRef="nothing"')


def _stale(player: Player) -> None:
    draw(player)


def _again(player: Player) -> None:
    """Everything once more for the draft as it is, but for its review."""
    _stale(player)
    prove(player)


SPOILED: dict[str, tuple[Callable[[Player], None], set[str]]] = {
    "an error": (_error, {"nog", "doorlopen", "verhalen", "veranderd"}),
    "a save after all of it": (_stale, {"doorlopen", "verhalen", "veranderd"}),
    "a save after its review": (_again, {"veranderd"}),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=list(SPOILED))
def test_what_is_missing_is_told_and_refused(player: Player, spoil: tuple[Callable[[Player], None], set[str]]) -> None:
    ready(player)
    assert page(player).ready.missing == ()
    act, words = spoil
    act(player)
    missing = page(player).ready.missing
    assert len(missing) == len(words)
    assert all(any(word in text for text in missing) for word in words), missing
    with pytest.raises(NotReady) as told:
        publish(player)
    assert told.value.missing == missing
    assert published(player).number == 1


def test_a_draft_that_nobody_proved_or_reviewed_is_refused(player: Player) -> None:
    draw(player)
    assert len(page(player).ready.missing) == 3
    prove(player)
    assert len(page(player).ready.missing) == 1
    ask(player)
    decide(player, "marijke", "returned", "Noem ook de termijn.")
    assert ["teruggestuurd" in text for text in page(player).ready.missing] == [True]
    with pytest.raises(NotReady):
        publish(player)


def test_a_warning_and_a_story_that_fails_need_a_reason(player: Player) -> None:
    draw(player)
    prove(player, {"findings": [SLOW], "states": 3, "complete": False}, TOLD)
    found = [one.finding for one in page(player).ready.warnings]
    assert {one.code for one in found} == {"slow", "driven_incomplete", "scenario"}
    for one in found:
        assert len(page(player).ready.missing) == 2
        with pytest.raises(NotReady):
            publish(player)
        given = {"code": one.code, "file": one.file, "element_id": one.element_id}
        with pytest.raises(InvalidAnswers):
            reasons.give(player.app, player.actor("piet"), KEY, {**given, "reason": " "})
        with pytest.raises(Forbidden):
            reasons.give(player.app, player.actor("kemal"), KEY, {**given, "reason": "Het mag."})
        reasons.give(player.app, player.actor("piet"), KEY, {**given, "reason": "Zo is het afgesproken."})
    ask(player)
    decide(player, "marijke")
    assert publish(player) == 2


def test_a_driven_error_is_an_error(player: Player) -> None:
    draw(player)
    prove(player, {"findings": [{**SLOW, "severity": "error"}], "states": 3, "complete": True})
    assert [one.code for one in page(player).ready.errors] == ["slow"]


def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told(player: Player) -> None:
    ready(player)
    sha256, gate = draft_of(player).sha256, Barrier(2)
    actors = [player.actor(part) for part in ("kemal", "els")]

    def act(which: int) -> str:
        gate.wait(30)
        try:
            return str(publishing.publish(player.app, actors[which], KEY, sha256=sha256))
        except Conflict as error:
            return error.text

    with ThreadPoolExecutor(2) as pool:
        ended = Counter(answer if answer == "2" else answer[:18] for answer in pool.map(act, range(2)))
    assert ended == {"2": 1, "Iemand was je voor": 1}
    assert [one.number for one in story.page(player.app, player.actor("piet"), KEY).versions] == [2, 1]


def test_a_draft_that_was_overtaken_says_so(player: Player) -> None:
    ready(player)
    publish(player)
    draw(player)
    publishing.roll_back(player.app, player.actor("marijke"), KEY, 1, {"why": "Er klopte iets niet."})
    assert {one.finding.code for one in page(player).ready.warnings} == {"overtaken"}


def test_a_board_goes_back_at_once_and_says_why(player: Player) -> None:
    ready(player)
    publish(player)
    back = {"why": "De brief klopte niet."}
    for part, error in {"piet": Forbidden, "nina": Forbidden, "sanne": NotFound}.items():
        with pytest.raises(error):
            publishing.roll_back(player.app, player.actor(part), KEY, 1, back)
    with pytest.raises(InvalidAnswers):
        publishing.roll_back(player.app, player.actor("marijke"), KEY, 1, {"why": ""})
    assert publishing.roll_back(player.app, player.actor("marijke"), KEY, 1, back) == 3
    told = story.page(player.app, player.actor("piet"), KEY).versions
    assert [(one.number, one.status, one.same_as, one.why) for one in told] == [
        (3, "published", 1, back["why"]),
        (2, "retired", None, WHY),
        (1, "retired", None, None),
    ]
    with pytest.raises(Conflict):
        publishing.roll_back(player.app, player.actor("kemal"), KEY, 1, back)
    with pytest.raises(NotFound):
        publishing.roll_back(player.app, player.actor("kemal"), KEY, 9, back)


def test_the_list_costs_the_same_however_many_versions_there_are(player: Player) -> None:
    draw(player)
    costs = []
    for number in (0, 30):
        add_versions(player, number)
        desks.procedures(player.app, player.actor("piet"))
        with player.app.database.count() as statements:
            desks.procedures(player.app, player.actor("piet"))
        costs.append(statements.number)
    assert costs[0] == costs[1] <= 20


def test_a_draft_that_is_dropped_stays_in_the_story(player: Player) -> None:
    draw(player)
    drafts.drop(player.app, player.actor("piet"), KEY)
    (line,) = story.page(player.app, player.actor("kemal"), KEY).dropped
    assert (line.drawers, line.dropped_by) == (("Piet Vos",), "Piet Vos")
