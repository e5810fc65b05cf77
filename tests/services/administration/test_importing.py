"""A file of people does what its preview says, whole or not at all; and it gives nobody a role by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.errors import NotFound
from app.domain.people_file import NotATable
from app.domain.roles import Role
from app.services.administration import importing, inviting, schools
from app.services.administration.importing import StillWrong
from app.services.upkeep import tidy
from app.services.views.appointing import ImportPage
from app.storage.tables import AdminEvent, ImportFile, Invitation, Letter, Proposal, School
from tests.services.administration import acting

HEAD = "naam;e-mail;rol;school;soort;vanaf;tot en met;regio"
GOOD = (
    ";;;De Vlinder;;;;zuid",
    "Noor Dijkstra;noor@school.example;vertrouwenspersoon;De Vlinder;intern;;;",
    "Noor Dijkstra;noor@school.example;vertrouwenspersoon;Het Anker;intern;;;",
    "Joost Mulder;joost@voorbeeld.example;bestuurder;;;;;",
    "Sanne Bakker;sanne@voorbeeld.example;vertrouwenspersoon;De Linde;intern;;;",
    "Hans Kuiper;hans@school.example;;;;;;",
)


def look(player: Player, *lines: str, number: int = 1, by: str = "ada") -> ImportPage:
    content = "\r\n".join((HEAD, *lines)).encode()
    file_id = importing.upload(player.app, player.actor(by), acting.board(player), content)
    return importing.page(player.app, player.actor(by), acting.board(player), file_id, number)


def run(player: Player, page: ImportPage) -> int:
    return importing.run(player.app, player.actor("ada"), page.desk.board_id, page.file_id)


def written(player: Player) -> list[int]:
    """How many invitations, proposals, letters, schools and lines of the log there are."""
    tables = (Invitation, Proposal, Letter, School, AdminEvent)
    with player.app.database.read() as tx:
        return [tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_the_preview_says_what_each_line_will_do_and_does_nothing(player: Player) -> None:
    before = written(player)
    page = look(player, *GOOD)
    assert [(line.number, line.does) for line in page.lines] == [
        (2, "new_school"),
        (3, "invite_and_propose"),
        (4, "propose"),
        (5, "propose"),
        (6, "nothing"),
        (7, "invite"),
    ]
    assert page.wrong == ()
    assert written(player) == before


def test_a_file_is_imported_once(player: Player) -> None:
    page = look(player, *GOOD)
    invitations, proposals, letters, places, _ = written(player)
    assert run(player, page) == 5
    assert written(player)[:4] == [invitations + 2, proposals + 3, letters + 2 + 3, places + 1]
    with pytest.raises(NotFound):
        run(player, page)
    deeds = acting.deeds(player)
    assert (deeds[0], deeds[-1], len(deeds)) == ("school.added", "people.imported", 7)


def test_the_same_file_again_does_nothing_more(player: Player) -> None:
    run(player, look(player, *GOOD))
    again = look(player, *GOOD)
    assert {line.does for line in again.lines} == {"nothing"}
    before = written(player)[:4]
    assert run(player, again) == 0
    assert written(player)[:4] == before


def test_who_is_imported_has_no_role_until_two_people_gave_it(player: Player) -> None:
    run(player, look(player, *GOOD))
    assert acting.roles(player, "joost") == ["school_leader De Linde"]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("Noor;noor@school.example;vertrouwenspersoon;De Roos;intern;;;", "school", "kent het bestuur niet"),
        ("Noor;noor@school.example;vertrouwenspersoon;De Wissel;intern;;;", "school", "kent het bestuur niet"),
        (";;;De Roos;;;;", "regio", "schoolvakanties"),
        ("Joost Bakker;joost@voorbeeld.example;bestuurder;;;;;", "naam", "andere naam"),
        ("Sanne Bakker;sanne@voorbeeld.example;vertrouwenspersoon;Het Anker;extern;;;", "soort", "intern"),
        ("Sanne Bakker;sanne@voorbeeld.example;aandachtsfunctionaris;De Linde;;;;", "rol", "Handreiking 7.9"),
        ("Ada Kok;ada@voorbeeld.example;bestuurder;;;;;", "rol", "Voor jezelf"),
        ("Noor;noor@school.example;bestuurder;;;;01-01-2020;", "tot en met", "al voorbij"),
        ("Noor;noor@school.example;;De Linde;;;;", "rol", "rol"),
        ("Noor;noor@school.example;koning;;;;;", "rol", "kennen we niet"),
    ],
)
def test_one_wrong_line_imports_nothing(player: Player, line: str, column: str, said: str) -> None:
    before = written(player)
    page = look(player, *GOOD[:1], line)
    assert [(one.number, one.column) for one in page.wrong] == [(3, column)]
    assert said in page.wrong[0].reason
    assert page.lines == ()
    with pytest.raises(StillWrong):
        run(player, page)
    assert written(player) == before


def test_two_roles_of_one_new_person_that_do_not_go_together_are_told(player: Player) -> None:
    noor = "Noor;noor@school.example;{};De Linde;intern;;;"
    page = look(player, noor.format("vertrouwenspersoon"), noor.format("aandachtsfunctionaris"))
    assert [(one.number, one.column) for one in page.wrong] == [(3, "rol")]


def test_all_wrong_lines_are_shown_a_hundred_at_a_time(player: Player) -> None:
    lines = [f"P{n};p{n}@school;;;;;;" for n in range(250)]
    page = look(player, *lines, number=3)
    assert (len(page.wrong), page.pages, page.counts["wrong"]) == (50, 3, 250)
    assert page.wrong[-1].number == 251


def test_what_became_wrong_since_the_preview_imports_nothing(player: Player) -> None:
    page = look(player, *GOOD)
    acting.invite(player, name="Iemand anders")
    with pytest.raises(StillWrong):
        run(player, page)


def test_a_file_is_kept_sealed_for_a_day_and_for_its_reader_alone(player: Player) -> None:
    page = look(player, *GOOD)
    with player.app.database.read() as tx:
        assert "noor" not in tx.scalars(select(ImportFile.sealed)).one()
    assert importing.lines(player.app, player.actor("ada"), page.desk.board_id, page.file_id).splitlines() == [HEAD, *GOOD]
    for part in ("marijke", "nina", "sanne"):
        with pytest.raises(NotFound):
            importing.page(player.app, player.actor(part), page.desk.board_id, page.file_id, 1)
        with pytest.raises(NotFound):
            importing.lines(player.app, player.actor(part), page.desk.board_id, page.file_id)
    player.clock.at += timedelta(days=1)
    with pytest.raises(NotFound):
        run(player, page)
    player.clock.at += timedelta(seconds=1)
    tidy(player.app)
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(ImportFile)) == 0


@pytest.mark.parametrize("part", ["sanne", "joost", "fleur", "nina"])
def test_nobody_else_imports(player: Player, part: str) -> None:
    with pytest.raises(NotFound):
        importing.upload(player.app, player.actor(part), acting.board(player), b"")


def test_what_is_no_table_is_not_kept(player: Player) -> None:
    with pytest.raises(NotATable):
        importing.upload(player.app, player.actor("ada"), acting.board(player), b"\x00\x01")
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(ImportFile)) == 0


def test_thousands_of_lines_take_few_statements(player: Player) -> None:
    lines = [f"P{n};p{n}@school.example;bestuurder;;;;;" for n in range(2000)]
    page = look(player, *lines)
    with player.app.database.count() as statements:
        assert run(player, page) == 2000
    assert statements.number < 80
    overview = schools.overview(player.app, player.actor("ada"), page.desk.board_id)
    assert overview.invited == 2000
    third = inviting.page(player.app, player.actor("ada"), page.desk.board_id, 3)
    assert (len(third.invitations), third.more) == (50, True)
    assert third.invitations[0].roles == ((Role.BOARD, "Stichting De Kring"),)


def test_an_imported_person_who_is_here_already_keeps_his_account(player: Player) -> None:
    page = look(player, f"Joost Mulder;{email_of('joost').upper()};bestuurder;;;;;")
    assert [line.does for line in page.lines] == ["propose"]
    run(player, page)
    acting.confirm(player, "kemal", acting.last_proposal(player))
    assert "board Stichting De Kring" in acting.roles(player, "joost")
