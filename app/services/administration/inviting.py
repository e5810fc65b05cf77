"""Inviting people by a link that works once. Whether an address has an account elsewhere is told to nobody but its owner."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.administration import KINDS, AdminKind
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.people_file import is_address
from app.domain.roles import Role
from app.services.administration import access, letters, proposing
from app.services.administration.log import About, Deed
from app.services.administration.proposing import Candidate
from app.services.administration.sitting import People
from app.services.context import Actor, App
from app.services.views.appointing import InvitationLine, InvitationsPage
from app.storage.database import Transaction
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import invitations as invitation_queries
from app.storage.tables import Invitation, Letter
from app.vault import links

VALID: Final = timedelta(days=7)
_LONGEST: Final = 200
_SHOWN: Final = 50
_HERE: Final = "Deze persoon is al bekend bij dit bestuur. Zoek hem op bij Mensen."
_ASKED: Final = "Aan dit adres loopt al een uitnodiging. Verstuur die opnieuw, of trek hem in."


def page(app: App, actor: Actor, board_id: UUID, number: int = 1) -> InvitationsPage:
    """Fifty people whom this board invited, and at which schools a role can be proposed. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        found = invitation_queries.open_invitations(tx, board_id, limit=_SHOWN + 1, offset=_SHOWN * (number - 1))
        rows = found[:_SHOWN]
        asked = invitation_queries.proposals_of(tx, [row.id for row, _ in rows])
        schools = tuple((school.id, school.name) for school in queries.schools(tx, board_id))
    roles: dict[UUID | None, list[tuple[Role, str]]] = {}
    for one in asked:
        where = dict(schools)[one.school_id] if one.school_id else desk.name
        roles.setdefault(one.invitation_id, []).append((Role(one.role), where))
    lines = tuple(_line(row, letter, roles.get(row.id, []), now) for row, letter in rows)
    return InvitationsPage(desk, lines, schools, number, len(found) > _SHOWN)


def invite(app: App, actor: Actor, board_id: UUID, raw: Mapping[str, str]) -> None:
    """Invite somebody, and propose a role for him where one is given. Raises NotFound, InvalidAnswers."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        name, email, kind = _checked(tx, board_id, raw)
        wish = proposing.read_wish(tx, board_id, raw, local_day(now)) if raw.get("role") else None
        if wish is not None and wish.role is Role.ADVISER and kind is None:
            raise InvalidAnswers({"adviser_kind": "Zeg of deze vertrouwenspersoon intern of extern is."})
        deed = Deed(tx, now, board_id, actor.user_id)
        row = put(app, deed, name, email, kind)
        if wish is not None:
            proposing.add(deed, Candidate(None, row), wish, People.of(tx, board_id, now))


def put(app: App, deed: Deed, name: str, email: str, kind: str | None) -> Invitation:
    """Write an invitation and its letter."""
    row, token = new_row(deed, name, email, kind)
    departures.let_in(deed.tx, [email])
    deed.tx.add(row)
    deed.tx.flush()
    deed.tx.add(letters.invitation_letter(app, row.id, token, deed.now))
    deed.note(AdminKind.PERSON_INVITED, About(invitation_id=row.id))
    return row


def new_row(deed: Deed, name: str, email: str, kind: str | None) -> tuple[Invitation, str]:
    """An invitation, yet to be added, and the token of its link."""
    assert deed.by is not None  # noqa: S101 - on the host people are made, not invited
    link = links.new_link()
    row = Invitation(board_id=deed.board_id, email=email, name=name, adviser_kind=kind, token_hash=link.lookup_hash)
    row.invited_by, row.invited_at, row.ends_at = deed.by, deed.now, deed.now + VALID
    return row, link.text


def again(app: App, actor: Actor, board_id: UUID, invitation_id: UUID) -> str:
    """Send a fresh link; the former one opens nothing any more. Gives the name. Raises NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        row = _open(tx, actor, board_id, invitation_id, app)
        link = links.new_link()
        row.token_hash, row.ends_at = link.lookup_hash, now + VALID
        letters.invite(app, tx, row.id, link.text, now)
        Deed(tx, now, board_id, actor.user_id).note(AdminKind.INVITATION_SENT_AGAIN, About(invitation_id=row.id))
        return row.name


def revoke(app: App, actor: Actor, board_id: UUID, invitation_id: UUID) -> str:
    """Revoke an invitation, and withdraw the roles that were proposed with it. Gives the name. Raises NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        row = _open(tx, actor, board_id, invitation_id, app)
        row.revoked_at = now
        deed = Deed(tx, now, board_id, actor.user_id)
        letters.drop(tx, row.id)
        for proposal in invitation_queries.proposals_of(tx, [row.id]):
            proposal.state, proposal.decided_by, proposal.decided_at = "withdrawn", actor.user_id, now
            about = About(None, row.id, proposal.school_id, Role(proposal.role))
            deed.note(AdminKind.PROPOSAL_WITHDRAWN, about, proposal=proposal.id.hex)
        deed.note(AdminKind.INVITATION_REVOKED, About(invitation_id=row.id))
        return row.name


def _line(row: Invitation, letter: Letter | None, roles: list[tuple[Role, str]], now: datetime) -> InvitationLine:
    mail = letter.state if letter else "waiting"
    return InvitationLine(row.id, row.name, row.email, row.ends_at, row.ends_at <= now, mail, tuple(roles))


def _open(tx: Transaction, actor: Actor, board_id: UUID, invitation_id: UUID, app: App) -> Invitation:
    access.desk(tx, actor, board_id, app.clock())
    row = invitation_queries.invitation(tx, board_id, invitation_id)
    if row is None:
        raise NotFound
    return row


def _checked(tx: Transaction, board_id: UUID, raw: Mapping[str, str]) -> tuple[str, str, str | None]:
    name, email = " ".join(raw.get("name", "").split()), raw.get("email", "").strip().lower()
    kind = raw.get("adviser_kind") or None
    errors = {}
    if not name or len(name) > _LONGEST:
        errors["name"] = f"Vul de naam in, hoogstens {_LONGEST} tekens."
    if not is_address(email):
        errors["email"] = "Vul een e-mailadres in zoals naam@school.nl."
    elif queries.people_by_email(tx, board_id, [email]):
        errors["email"] = _HERE
    elif invitation_queries.invitations_by_email(tx, board_id, [email]):
        errors["email"] = _ASKED
    if kind is not None and kind not in KINDS:
        errors["adviser_kind"] = "Kies intern of extern."
    if errors:
        raise InvalidAnswers(errors)
    return name, email, kind
