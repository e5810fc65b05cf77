"""An invitation is a link that works once, for seven days; nobody learns from it who has an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.errors import Conflict, DomainError, Forbidden, InvalidAnswers, NotFound
from app.services import accounts
from app.services.accounts import WrongLogin
from app.services.administration import accepting, inviting, people, proposals
from app.services.administration.letters import send_letters
from app.services.mailing import MOST_TRIES, MailReport
from app.storage.tables import User
from tests.services.administration import acting
from tests.services.administration.acting import NOOR, PASSWORD
from tests.services.post import Post


def test_the_invited_chooses_his_own_password_and_gets_a_recovery_code(player: Player, post: Post) -> None:
    acting.invite(player)
    token = acting.link(player, post)
    seen = accepting.look(player.app, token)
    assert (seen.board, seen.name, seen.email, seen.known) == (acting.KRING, "Noor Dijkstra", NOOR["email"], False)
    made = accepting.accept(player.app, token, PASSWORD, PASSWORD)
    assert len(made.recovery_code) == 39
    assert acting.signed_in(player.app, NOOR["email"], PASSWORD).places == ()
    assert acting.deeds(player) == ["person.invited", "invitation.accepted"]


def test_the_mail_holds_a_board_and_a_link_and_no_name(player: Player, post: Post) -> None:
    acting.invite(player)
    token = acting.link(player, post)
    [message] = post.arrived
    assert (message["To"], message["Subject"]) == (NOOR["email"], "Je bent uitgenodigd voor Veilige Route")
    text = message.get_content()
    assert f"https://veilig.example/uitnodiging/{token}" in text
    assert acting.KRING in text
    assert not any(word in text for word in ("Noor", "Dijkstra", "Ada", "wachtwoord:"))


def test_only_a_hash_is_kept_once_the_mail_has_left(player: Player, post: Post) -> None:
    acting.invite(player)
    [letter] = acting.letters(player)
    assert letter.sealed is not None
    token = acting.link(player, post)
    assert token not in letter.sealed
    [letter] = acting.letters(player)
    assert (letter.state, letter.sealed) == ("sent", None)
    assert token.encode() not in acting.invitation(player).token_hash


@pytest.mark.parametrize(("days", "works"), [(6.99, True), (7, False)])
def test_a_link_works_for_seven_days(player: Player, post: Post, days: float, works: bool) -> None:
    acting.invite(player)
    token = acting.link(player, post)
    player.clock.at += timedelta(days=days)
    if works:
        accepting.accept(player.app, token, PASSWORD, PASSWORD)
    else:
        with pytest.raises(NotFound, match="werkt niet"):
            accepting.look(player.app, token)


def test_a_link_works_once(player: Player, post: Post) -> None:
    acting.invite(player)
    token = acting.link(player, post)
    accepting.accept(player.app, token, PASSWORD, PASSWORD)
    with pytest.raises(NotFound):
        accepting.accept(player.app, token, "een ander wachtwoord", "een ander wachtwoord")
    with pytest.raises(WrongLogin):
        accounts.sign_in(player.app, NOOR["email"], "een ander wachtwoord", "127.0.0.1")


def test_a_link_that_is_used_twice_at_the_same_moment_makes_one_person(player: Player, post: Post) -> None:
    acting.invite(player)
    token, gate = acting.link(player, post), Barrier(4)

    def use(number: int) -> str:
        gate.wait(30)
        try:
            accepting.accept(player.app, token, f"{PASSWORD} {number}", f"{PASSWORD} {number}")
        except DomainError as error:
            return type(error).__name__
        return "made"

    with ThreadPoolExecutor(4) as pool:
        ended = sorted(pool.map(use, range(4)))
    assert ended == ["NotFound", "NotFound", "NotFound", "made"]
    with player.app.database.read() as tx:
        assert len(list(tx.scalars(select(User).where(User.email == NOOR["email"])))) == 1


def test_a_fresh_link_shuts_the_former_one(player: Player, post: Post) -> None:
    acting.invite(player)
    former = acting.link(player, post)
    inviting.again(player.app, player.actor("ada"), acting.board(player), acting.invitation(player).id)
    fresh = acting.link(player, post)
    with pytest.raises(NotFound):
        accepting.look(player.app, former)
    assert accepting.look(player.app, fresh).name == "Noor Dijkstra"


def test_a_link_that_was_never_mailed_is_not_mailed_after_a_fresh_one(player: Player, post: Post) -> None:
    acting.invite(player)
    inviting.again(player.app, player.actor("ada"), acting.board(player), acting.invitation(player).id)
    acting.link(player, post)
    assert len(post.arrived) == 1
    assert sorted((letter.state, letter.sealed) for letter in acting.letters(player)) == [("not_needed", None), ("sent", None)]


def test_a_revoked_invitation_opens_nothing_and_takes_its_roles_along(player: Player, post: Post) -> None:
    acting.invite(player, role="board")
    token = acting.link(player, post)
    inviting.revoke(player.app, player.actor("marijke"), acting.board(player), acting.invitation(player).id)
    with pytest.raises(NotFound):
        accepting.look(player.app, token)
    assert inviting.page(player.app, player.actor("ada"), acting.board(player)).invitations == ()
    assert acting.deeds(player)[2:] == ["proposal.withdrawn", "invitation.revoked"]
    acting.invite(player)


def test_a_weak_password_and_two_that_differ_are_told_and_use_nothing_up(player: Player, post: Post) -> None:
    acting.invite(player)
    token = acting.link(player, post)
    for first, second, field in (("kort", "kort", "new"), (PASSWORD, PASSWORD + "x", "again")):
        with pytest.raises(InvalidAnswers) as refused:
            accepting.accept(player.app, token, first, second)
        assert list(refused.value.fields) == [field]
    accepting.accept(player.app, token, PASSWORD, PASSWORD)


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "../../inbox", "é" * 43])
def test_what_is_no_link_of_ours_opens_nothing(player: Player, token: str) -> None:
    with pytest.raises(NotFound, match="werkt niet"):
        accepting.look(player.app, token)


def test_who_has_an_account_elsewhere_is_invited_like_anybody_and_signs_in_with_it(player: Player, post: Post) -> None:
    acting.invite(player)
    strange = acting.letters(player)
    acting.invite(player, name="Bram Postma", email=email_of("bram"), role="adviser")
    page = inviting.page(player.app, player.actor("ada"), acting.board(player))
    assert {line.mail for line in page.invitations} == {strange[0].state}
    token = acting.link(player, post, email_of("bram"))
    assert accepting.look(player.app, token).known
    with pytest.raises(Conflict, match="al een account"):
        accepting.accept(player.app, token, PASSWORD, PASSWORD)
    with pytest.raises(Forbidden):
        accepting.join(player.app, player.actor("otto"), token)
    accepting.join(player.app, player.actor("bram"), token)
    acting.confirm(player, "farida", acting.last_proposal(player))
    assert acting.roles(player, "bram") == ["adviser Stichting De Kring"]
    with pytest.raises(WrongLogin):
        accounts.sign_in(player.app, email_of("bram"), PASSWORD, "127.0.0.1")


def test_who_is_known_here_or_invited_already_is_not_invited_again(player: Player) -> None:
    acting.invite(player)
    for wish, field in (
        ({}, "email"),
        ({"email": email_of("joost")}, "email"),
        ({"email": "joost@"}, "email"),
        ({"name": " "}, "name"),
    ):
        with pytest.raises(InvalidAnswers) as refused:
            acting.invite(player, **wish)
        assert field in refused.value.fields


@pytest.mark.parametrize("part", ["sanne", "joost", "amira", "piet", "fleur", "bram", "nina"])
def test_nobody_else_invites_or_sees_who_is_invited(player: Player, part: str) -> None:
    acting.invite(player)
    board, actor, row = acting.board(player), player.actor(part), acting.invitation(player)
    with pytest.raises(NotFound):
        inviting.invite(player.app, actor, board, {**NOOR, "email": "x@school.example"})
    with pytest.raises(NotFound):
        inviting.page(player.app, actor, board)
    with pytest.raises(NotFound):
        people.page(player.app, actor, board, "", 1)
    for deed in (inviting.again, inviting.revoke):
        with pytest.raises(NotFound):
            deed(player.app, actor, board, row.id)


def test_a_role_that_was_proposed_waits_until_the_invited_has_a_key(player: Player, post: Post) -> None:
    acting.invite(player, role="adviser", school=str(player.places.schools["De Linde"]))
    proposal = acting.last_proposal(player)
    with pytest.raises(Conflict, match="nog niet aangenomen"):
        acting.confirm(player, "sanne", proposal)
    noor = accepting.accept(player.app, acting.link(player, post), PASSWORD, PASSWORD)
    acting.confirm(player, "sanne", proposal)
    [own] = acting.memberships(player, noor.user_id)
    assert (own.role, own.school_id) == ("adviser", player.places.schools["De Linde"])


def test_those_who_may_confirm_are_told_once_an_hour_at_most(player: Player, post: Post) -> None:
    acting.propose(player, "ada", "joost", "board")
    acting.propose(player, "ada", "amira", "board")
    app = acting.posting(player.app)
    assert send_letters(app, post.server.send, 20).sent == 3
    assert {message["To"] for message in post.arrived} == acting.addresses("marijke", "kemal", "wim")
    assert "Joost" not in post.arrived[0].as_string()
    acting.propose(player, "ada", "piet", "board")
    assert send_letters(app, post.server.send, 20) == MailReport(0, 0)
    player.clock.at += timedelta(hours=1)
    assert send_letters(app, post.server.send, 20).sent == 3


def test_nobody_is_told_of_what_was_withdrawn_meanwhile(player: Player, post: Post) -> None:
    proposal = acting.propose(player, "ada", "joost", "board")
    proposals.withdraw(player.app, player.actor("ada"), proposal)
    assert send_letters(acting.posting(player.app), post.server.send, 20) == MailReport(0, 0)
    assert {letter.state for letter in acting.letters(player)} == {"not_needed"}


def test_mail_is_tried_again_with_the_same_link_and_number_and_given_up_at_last(player: Player, post: Post) -> None:
    acting.invite(player)
    app = acting.posting(player.app)
    post.to_message = "451 later"
    assert send_letters(app, post.server.send, 20) == MailReport(0, 1)
    assert send_letters(app, post.server.send, 20) == MailReport(0, 0)
    page = inviting.page(player.app, player.actor("ada"), acting.board(player))
    assert page.invitations[0].mail == "waiting"
    post.to_message = "550 never"
    player.clock.at += timedelta(minutes=1)
    assert send_letters(app, post.server.send, 20) == MailReport(0, 1)
    [letter] = acting.letters(player)
    assert (letter.state, letter.sealed, letter.attempts) == ("given_up", None, 2)
    assert letter.attempts < MOST_TRIES
    assert inviting.page(player.app, player.actor("ada"), acting.board(player)).invitations[0].mail == "given_up"


def test_a_worker_that_dies_after_sending_sends_the_same_again(player: Player, post: Post) -> None:
    acting.invite(player)
    app = acting.posting(player.app)

    class DiedError(Exception):
        """The process ended here."""

    def send_and_die(message: object) -> None:
        post.server.send(message)  # type: ignore[arg-type]  # what the loop hands over
        raise DiedError

    with pytest.raises(DiedError):
        send_letters(app, send_and_die, 20)
    player.clock.at += timedelta(minutes=10)
    acting.link(player, post)
    first, second = post.arrived
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_content() == second.get_content()
