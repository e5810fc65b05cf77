"""A text that the adviser has just written goes to the file of others too: those words, in his own request, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import files, tasks
from tests.services.committee import history, page
from tests.services.handing.play import STORY, begin, draw, note, texts

AGREED = "Alleen dit mag de directeur weten."
LEADERS: dict[Role, tuple[str, ...]] = {Role.SCHOOL_LEADER: ("joost",)}


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of the two procedures of these tests."""
    return draw(player)


def share(cast: Player, number: str, text: str, **answers: str) -> None:
    """Sanne shares a text with the school leader, a minute later."""
    cast.clock.at += timedelta(minutes=1)
    cast.do("sanne", number, "choose_next", tick=LEADERS, next_move="delen", shared_text=text, **answers)


def shared(cast: Player) -> str:
    """A case in which Sanne shared a text with the school leader; gives its number."""
    number = begin(cast)
    share(cast, number, AGREED, note="Blijft hier.")
    return number


def test_the_receiver_reads_the_shared_text_and_who_shared_it_and_nothing_else(cast: Player) -> None:
    number = shared(cast)
    read = files.open_file(cast.app, cast.actor("joost"), number, FileKind.LEADER)
    [entry] = read.entries
    assert (entry.author, entry.shared, [text for _, text in entry.fields]) == ("Sanne Bakker", True, [AGREED])
    with pytest.raises(NotFound):
        files.open_file(cast.app, cast.actor("joost"), number, FileKind.ADVISER)


def test_the_adviser_keeps_the_text_in_his_own_file_as_written_by_himself(cast: Player) -> None:
    number = shared(cast)
    own = files.open_file(cast.app, cast.actor("sanne"), number, FileKind.ADVISER)
    assert [text for entry in own.entries for _, text in entry.fields][-2:] == ["Blijft hier.", AGREED]
    assert not any(entry.shared for entry in own.entries)
    with pytest.raises(NotFound):
        files.open_file(cast.app, cast.actor("sanne"), number, FileKind.LEADER)


def test_the_history_tells_both_that_something_was_shared_and_never_what(cast: Player) -> None:
    number = shared(cast)
    [line] = history(cast, number, "entry.shared")
    assert (line.element_id, line.detail) == ("choose_next", {"file": "leader_file", "lane": "adviser"})
    for part in ("sanne", "joost"):
        kinds = [line.kind for line in page(cast, part, number).history]
        assert kinds.count("entry.shared") == 1


def test_nothing_written_shares_nothing_and_asks_for_nobody(cast: Player) -> None:
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="delen")
    assert history(cast, number, "entry.shared") == []
    assert [card.kind for card in page(cast, "sanne", number).files] == [FileKind.ADVISER]


def test_without_consent_there_is_nothing_to_share(cast: Player) -> None:
    number = begin(cast, consent="nee")
    sanne, task_id = cast.actor("sanne"), cast.task(number, "choose_next")
    tasks.complete(cast.app, sanne, task_id, {"next_move": "delen", "shared_text": AGREED}, {})
    assert history(cast, number, "entry.shared", "entry.written") == []


def test_somebody_must_be_there_to_read_it_the_first_time(cast: Player) -> None:
    number = begin(cast)
    with pytest.raises(InvalidAnswers) as refused:
        cast.do("sanne", number, "choose_next", next_move="delen", shared_text=AGREED)
    assert list(refused.value.fields) == ["handlers_school_leader"]
    share(cast, number, AGREED)
    cast.clock.at += timedelta(minutes=1)
    cast.do("sanne", number, "choose_next", next_move="delen", shared_text="En dit ook.")
    assert texts(cast, "joost", number, FileKind.LEADER) == [AGREED, "En dit ook."]


def test_what_was_written_before_is_not_shared_with_it(cast: Player) -> None:
    number = begin(cast)
    note(cast, "sanne", number, "Eerder geschreven.")
    share(cast, number, AGREED)
    assert not {STORY, "Eerder geschreven."} & set(texts(cast, "joost", number, FileKind.LEADER))


def test_a_program_shares_nothing(cast: Player) -> None:
    number = begin(cast)
    program = replace(cast.actor("sanne"), private_key=None)
    raw, ticked = {"next_move": "delen", "shared_text": AGREED}, {Role.SCHOOL_LEADER: [cast.places.people["joost"]]}
    with pytest.raises(Forbidden) as refused:
        tasks.complete(cast.app, program, cast.task(number, "choose_next"), raw, ticked)
    assert "programma" in str(refused.value)
    assert history(cast, number, "entry.shared") == []
