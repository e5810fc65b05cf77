"""Drafts of the studio: every save stays, and whoever comes second is told."""

import pytest

from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.studio import Changed
from app.services.studio import checking, desks, drafts

KEY, MAIN = "committee", "committee.bpmn"
BOARD = ("marijke", "els")
STRANGERS = ("sanne", "joost", "amira", "ada", "fleur")


@pytest.fixture
def begun(player: Player) -> Player:
    drafts.begin(player.app, player.actor("piet"), KEY)
    return player


def content(player: Player, name: str = MAIN) -> bytes:
    return drafts.read(player.app, player.actor("piet"), KEY).files[name]


def put(player: Player, name: str, text: bytes, number: int) -> int:
    return drafts.save(player.app, player.actor("piet"), KEY, name, text, number=number)


def test_a_draft_begins_as_what_is_published(begun: Player) -> None:
    with begun.app.database.read() as tx:
        published = begun.app.versions.current(tx, KEY)
    draft = drafts.read(begun.app, begun.actor("piet"), KEY)
    assert draft.files == published.procedure.files
    assert (draft.base_number, draft.drawers) == (published.number, {})


def test_every_save_stays(begun: Player) -> None:
    as_published = content(begun)
    assert (put(begun, MAIN, b"<one/>", 0), put(begun, MAIN, b"<two/>", 1), put(begun, MAIN, b"<two/>", 2)) == (1, 2, 2)
    piet = begun.actor("piet")
    assert [line.number for line in drafts.saves(begun.app, piet, KEY, MAIN)] == [2, 1, 0]
    assert [drafts.saved(begun.app, piet, KEY, MAIN, number) for number in (0, 1, 2)] == [as_published, b"<one/>", b"<two/>"]
    drafts.remove(begun.app, piet, KEY, MAIN, number=2)
    assert MAIN not in drafts.read(begun.app, piet, KEY).files
    assert drafts.saved(begun.app, piet, KEY, MAIN, 2) == b"<two/>"


def test_the_second_of_two_is_told_and_nothing_is_lost(begun: Player) -> None:
    put(begun, MAIN, b"<one/>", 0)
    with pytest.raises(Changed) as told:
        put(begun, MAIN, b"<other/>", 0)
    assert (told.value.by, told.value.number, content(begun)) == ("Piet Vos", 1, b"<one/>")


@pytest.mark.parametrize("name", ["../x.bpmn", "committee/../x.bpmn", "forms/../x.form", "other.bpmn", "committee/A b.bpmn", ""])
def test_a_name_that_leads_elsewhere_is_refused(begun: Player, name: str) -> None:
    with pytest.raises(InvalidAnswers):
        put(begun, name, b"<one/>", 0)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"a\0b", b" " * (drafts.MAX_BYTES + 1)])
def test_a_content_that_cannot_be_kept_is_refused(begun: Player, text: bytes) -> None:
    with pytest.raises(InvalidAnswers):
        put(begun, MAIN, text, 0)


def test_boards_look_and_do_not_draw(begun: Player) -> None:
    for part in BOARD:
        actor = begun.actor(part)
        assert drafts.read(begun.app, actor, KEY).key == KEY
        for refused in (
            lambda who=actor: drafts.save(begun.app, who, KEY, MAIN, b"<one/>", number=0),
            lambda who=actor: drafts.begin(begun.app, who, "meldcode"),
            lambda who=actor: drafts.drop(begun.app, who, KEY),
        ):
            with pytest.raises(Forbidden):
                refused()


@pytest.mark.parametrize("part", STRANGERS)
def test_nobody_else_knows_of_the_studio(begun: Player, part: str) -> None:
    actor = begun.actor(part)
    for refused in (
        lambda: desks.procedures(begun.app, actor),
        lambda: desks.desk(begun.app, actor, KEY),
        lambda: drafts.read(begun.app, actor, KEY),
        lambda: drafts.save(begun.app, actor, KEY, MAIN, b"<one/>", number=0),
        lambda: checking.findings(begun.app, actor, KEY),
    ):
        with pytest.raises(NotFound):
            refused()


def test_one_draft_of_a_procedure_is_open(begun: Player) -> None:
    with pytest.raises(Conflict):
        drafts.begin_with(begun.app, begun.actor("piet"), KEY, {MAIN: b"<one/>"})
    put(begun, MAIN, b"<one/>", 0)
    drafts.drop(begun.app, begun.actor("piet"), KEY)
    drafts.begin(begun.app, begun.actor("piet"), KEY)
    assert content(begun) != b"<one/>"


def test_a_draft_that_was_brought_along_holds_its_own_files_alone(player: Player) -> None:
    piet = player.actor("piet")
    drafts.begin_with(player.app, piet, KEY, {MAIN: b"<one/>"})
    draft = drafts.read(player.app, piet, KEY)
    assert (draft.files, list(draft.drawers.values())) == ({MAIN: b"<one/>"}, ["Piet Vos"])


def test_findings_are_of_what_is_on_the_screen(begun: Player) -> None:
    piet = begun.actor("piet")
    assert checking.findings(begun.app, piet, KEY) == ()
    longer = content(begun).replace(b"Klager kiest", b"De klager kiest", 1)
    found = checking.findings(begun.app, piet, KEY, {MAIN: b"<no"})
    assert {one.code for one in found} >= {"xml"}
    assert checking.findings(begun.app, piet, KEY, {MAIN: longer}) == ()


def test_what_it_would_break_elsewhere_is_said(begun: Player) -> None:
    renamed = content(begun).replace(b"start_with_adviser", b"start_elsewhere")
    assert renamed != content(begun)
    found = checking.findings(begun.app, begun.actor("piet"), KEY, {MAIN: renamed})
    assert {one.code for one in found} >= {"start_unknown"}
