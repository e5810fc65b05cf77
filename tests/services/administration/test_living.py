"""The directory through the years: boards and people get other names, people leave and come back."""

from datetime import date, timedelta

import pytest

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import accounts, agenda, case_page, tokens
from app.services.accounts import WrongLogin
from app.services.administration import boards, changing, departing, inviting, proposals
from app.services.administration import people as directory
from app.services.administration.letters import send_letters
from app.services.appointing import install
from app.storage.tables import Absence, User
from tests.services import away
from tests.services.administration import acting
from tests.services.committee import BOARD, committee_says
from tests.services.post import Post


def user(player: Player, part: str) -> User:
    with player.app.database.read() as tx:
        return tx.get_one(User, player.places.people[part])


def sign_in(player: Player, email: str, password: str = PASSWORD) -> accounts.SignedIn:
    return accounts.sign_in(player.app, email, password, "127.0.0.1")


def leave(player: Player, part: str, by: str = "ada") -> str:
    player.clock.at += timedelta(minutes=1)
    return departing.leave(player.app, player.actor(by), acting.board(player), player.places.people[part])


def works_elsewhere(player: Player, part: str) -> None:
    install(player.app, email=email_of(part), role=Role.ADVISER, board=acting.NOORDERLICHT, school="De Wissel")


def test_a_board_gets_another_name_that_no_other_board_has(player: Player) -> None:
    board = acting.board(player)
    for wrong in ("", acting.NOORDERLICHT):
        with pytest.raises(InvalidAnswers) as refused:
            boards.rename(player.app, player.actor("marijke"), board, {"name": wrong})
        assert list(refused.value.fields) == ["name"]
    boards.rename(player.app, player.actor("marijke"), board, {"name": " Stichting  De Ring "})
    assert boards.page(player.app, player.actor("ada"), board).name == "Stichting De Ring"
    assert acting.deeds(player) == ["board.changed"]
    with pytest.raises(NotFound):
        boards.rename(player.app, player.actor("nina"), board, {"name": "Van ons"})


def test_somebody_signs_in_with_another_address_and_is_told_at_both(player: Player, post: Post) -> None:
    board, joost = acting.board(player), player.places.people["joost"]
    new = {"name": "Joost Mulder-Bos", "email": "J.Bos@School.example"}
    with pytest.raises(InvalidAnswers) as refused:
        changing.change(player.app, player.actor("ada"), board, joost, {"name": "", "email": email_of("marijke")})
    assert set(refused.value.fields) == {"name", "email"}
    changing.change(player.app, player.actor("ada"), board, joost, new)
    assert (user(player, "joost").name, user(player, "joost").email) == ("Joost Mulder-Bos", "j.bos@school.example")
    assert sign_in(player, "j.bos@school.example").step == "full"
    with pytest.raises(WrongLogin):
        sign_in(player, email_of("joost"))
    assert acting.deeds(player) == ["person.name_changed", "person.address_changed"]

    send_letters(acting.posting(player.app), post.server.send, 10)
    assert {message["To"] for message in post.arrived} == {email_of("joost"), "j.bos@school.example"}
    assert all("j.bos" not in message.get_content() for message in post.arrived)
    assert {letter.address for letter in acting.letters(player)} == {None}


def test_one_board_changes_nothing_of_somebody_who_works_for_another_too(player: Player) -> None:
    works_elsewhere(player, "farida")
    farida, new = player.places.people["farida"], {"name": "Farida", "email": "elders@school.example"}
    assert changing.page(player.app, player.actor("ada"), acting.board(player), farida).elsewhere
    with pytest.raises(Conflict, match="ander bestuur"):
        changing.change(player.app, player.actor("ada"), acting.board(player), farida, new)
    changing.change_on_host(player.app, email_of("farida"), name=None, new_email=new["email"])
    assert (user(player, "farida").name, user(player, "farida").email) == ("Farida El Amrani", new["email"])
    assert acting.deeds(player)[-2:] == ["person.address_changed"] * 2


@pytest.fixture
def gone(player: Player) -> Player:
    """Ruben, an adviser of De Linde, left."""
    assert leave(player, "ruben") == "Ruben Smit"
    return player


def test_who_left_is_refused_in_the_words_of_a_wrong_password(gone: Player) -> None:
    said = []
    for password in (PASSWORD, "een ander wachtwoord"):
        with pytest.raises(WrongLogin) as refused:
            sign_in(gone, email_of("ruben"), password)
        said.append(refused.value.text)
    assert said == [accounts.WRONG_LOGIN] * 2
    assert acting.deeds(gone) == ["role.ended", "person.left"]


def test_sessions_tokens_calendar_and_what_was_left_to_a_deputy_end_with_leaving(player: Player) -> None:
    cookie = sign_in(player, email_of("wim")).cookie
    session = accounts.session(player.app, cookie)
    assert session is not None
    token = tokens.create_on_host(player.app, email_of("wim"), scope="read", last_day=date(2026, 12, 31))
    feed = agenda.make(player.app, session, PASSWORD)
    wim = player.actor("wim")
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    absence = away.leave(player, "kemal", "wim", number)
    leave(player, "wim")
    assert accounts.session(player.app, cookie) is None
    with pytest.raises(tokens.WrongToken):
        tokens.bearer(player.app, token, "127.0.0.1")
    with pytest.raises(NotFound):
        agenda.read(player.app, feed, "127.0.0.1")
    with player.app.database.read() as tx:
        assert tx.get_one(Absence, absence).ended_at == player.clock.at
    with pytest.raises(NotFound):
        case_page.show(player.app, wim, number, None)
    assert "Wim Jansen" in str(case_page.show(player.app, player.actor("kemal"), number, None).history)


def test_who_left_comes_back_without_a_role_and_gets_one_from_two_people(gone: Player) -> None:
    board, ruben = acting.board(gone), gone.places.people["ruben"]
    page = directory.person(gone.app, gone.actor("ada"), board, ruben)
    assert (page.left_at, page.person.roles) == (gone.clock.at, ())
    with pytest.raises(Conflict, match="Haal hem eerst terug"):
        acting.propose(gone, "ada", "ruben", "adviser", "De Linde")
    assert departing.come_back(gone.app, gone.actor("ada"), board, ruben) == "Ruben Smit"
    assert sign_in(gone, email_of("ruben")).step == "full"
    assert acting.roles(gone, "ruben") == []
    acting.confirm(gone, "sanne", acting.propose(gone, "ada", "ruben", "adviser", "De Linde"))
    assert acting.roles(gone, "ruben") == ["adviser De Linde"]
    assert acting.deeds(gone)[2:] == ["person.back", "role.proposed", "proposal.confirmed"]
    with pytest.raises(NotFound):
        departing.come_back(gone.app, gone.actor("ada"), board, ruben)


def test_whoever_left_is_let_in_by_the_invitation_of_another_board(gone: Player) -> None:
    raw = {"name": "Ruben Smit", "email": email_of("ruben")}
    inviting.invite(gone.app, gone.actor("nina"), acting.board(gone, acting.NOORDERLICHT), raw)
    assert sign_in(gone, email_of("ruben")).step == "full"
    page = directory.person(gone.app, gone.actor("ada"), acting.board(gone), gone.places.people["ruben"])
    assert page.left_at is not None


def test_leaving_one_board_leaves_the_account_to_the_other(player: Player) -> None:
    works_elsewhere(player, "farida")
    cookie = sign_in(player, email_of("farida")).cookie
    leave(player, "farida")
    session = accounts.session(player.app, cookie)
    assert session is not None
    assert [place.board_id for place in session.actor.places if place.role is Role.ADVISER] == [
        acting.board(player, acting.NOORDERLICHT)
    ]


def test_what_hangs_on_somebody_is_told_by_role_and_a_proposal_for_him_goes(player: Player) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    board, joost = acting.board(player), player.places.people["joost"]
    page = departing.page(player.app, player.actor("marijke"), board, joost)
    assert [(role.line.role, role.others, role.reads) for role in page.roles] == [(Role.SCHOOL_LEADER, 0, True)]
    assert (page.proposals, page.warnings, page.refused) == (1, ("cases",), None)
    leave(player, "joost", by="marijke")
    with pytest.raises(Conflict):
        proposals.one(player.app, player.actor("ada"), proposal)
    ada = departing.page(player.app, player.actor("marijke"), board, player.places.people["ada"])
    assert ada.warnings == ("last_administrator",)


def test_nobody_lets_himself_leave_nor_the_last_of_the_board(player: Player) -> None:
    with pytest.raises(Conflict, match="jij zelf"):
        leave(player, "ada")
    for part in ("marijke", "kemal", "els"):
        leave(player, part)
    with pytest.raises(Conflict, match="laatste bestuurder"):
        leave(player, "wim")
    assert user(player, "wim").active
    with pytest.raises(Conflict, match="al vertrokken"):
        leave(player, "els")
    for stranger in ("nina", "fleur", "sanne"):
        with pytest.raises(NotFound):
            leave(player, "joost", by=stranger)
    with pytest.raises(NotFound):
        leave(player, "nina")
