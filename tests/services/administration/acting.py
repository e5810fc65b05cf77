"""What the tests of administration do again and again, and what they look up behind the pages."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from app.demo.cast import email_of
from app.demo.play import Player
from app.services import accounts
from app.services.administration import accepting, inviting, people, proposals, proposing
from app.services.administration.letters import send_letters
from app.services.context import Actor, App
from app.services.people import profile
from app.storage.tables import AdminEvent, Board, Invitation, Letter, Membership, Proposal
from tests.services.post import SENDER, Post

KRING, NOORDERLICHT = "Stichting De Kring", "Stichting Noorderlicht"
#: A word that a new person chooses.
PASSWORD = "een heel nieuwe zin"
NOOR = {"name": "Noor Dijkstra", "email": "noor@school.example", "adviser_kind": "intern"}
COMPARED = {"compared": "ja"}


def board(player: Player, name: str = KRING) -> UUID:
    with player.app.database.read() as tx:
        return tx.scalars(select(Board.id).where(Board.name == name)).one()


def posting(app: App) -> App:
    """The same installation, with an address from which mail leaves."""
    return replace(app, settings=replace(app.settings, smtp_from=SENDER, base_url="https://veilig.example"))


def link(player: Player, post: Post, to: str = NOOR["email"]) -> str:
    """The token of the invitation that was mailed to this address last."""
    send_letters(posting(player.app), post.server.send, 10)
    texts = [message.get_content() for message in post.arrived if message["To"] == to]
    token: str = texts[-1].partition("/uitnodiging/")[2].split()[0]
    return token


def invite(player: Player, by: str = "ada", **wish: str) -> None:
    inviting.invite(player.app, player.actor(by), board(player), {**NOOR, **wish})


def accepted(player: Player, post: Post, **wish: str) -> Actor:
    """Invite Noor and let her accept; gives her, signed in."""
    invite(player, **wish)
    accepting.accept(player.app, link(player, post), PASSWORD, PASSWORD)
    return signed_in(player.app, NOOR["email"], PASSWORD)


def signed_in(app: App, email: str, password: str) -> Actor:
    session = accounts.session(app, accounts.sign_in(app, email, password, "127.0.0.1").cookie)
    assert session is not None
    return session.actor


def propose(player: Player, by: str, part: str, role: str, school: str = "", **more: str) -> UUID:
    """Propose a role at De Kring; gives the proposal."""
    place = str(player.places.schools[school]) if school else ""
    wish = {"role": role, "school": place, **more}
    proposing.propose(player.app, player.actor(by), board(player), player.places.people[part], wish)
    return last_proposal(player)


def last_proposal(player: Player) -> UUID:
    newest = select(Proposal.id).where(Proposal.state == "open").order_by(Proposal.proposed_at.desc())
    with player.app.database.read() as tx:
        return tx.scalars(newest.limit(1)).one()


def confirm(player: Player, by: str, proposal_id: UUID, **raw: str) -> None:
    """Confirm after comparing the mark that the appointed reads out."""
    actor = player.actor(by)
    shown = proposals.one(player.app, actor, proposal_id).fingerprint or ""
    proposals.confirm(player.app, actor, proposal_id, {**COMPARED, "fingerprint": shown, **raw})


def roles(player: Player, part: str) -> list[str]:
    page = people.person(player.app, player.actor("ada"), board(player), player.places.people[part])
    return [f"{role.role} {role.where}" for role in page.person.roles]


def memberships(player: Player, user_id: UUID) -> list[Membership]:
    with player.app.database.read() as tx:
        return list(tx.scalars(select(Membership).where(Membership.user_id == user_id).order_by(Membership.since)))


def deeds(player: Player) -> list[str]:
    """What the log says so far."""
    with player.app.database.read() as tx:
        return list(tx.scalars(select(AdminEvent.kind).order_by(AdminEvent.id)))


def letters(player: Player) -> list[Letter]:
    with player.app.database.read() as tx:
        return list(tx.scalars(select(Letter).order_by(Letter.queued_at, Letter.id)))


def invitation(player: Player) -> Invitation:
    with player.app.database.read() as tx:
        return tx.scalars(select(Invitation)).one()


def mark_of(app: App, actor: Actor) -> str:
    return profile(app, actor).fingerprint


def addresses(*parts: str) -> set[str]:
    return {email_of(part) for part in parts}
