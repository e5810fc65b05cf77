"""Proposing a role for somebody whom a board knows, or has invited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.clock import local_day
from app.domain.administration import APPOINTABLE, KINDS, AdminKind, wrong_place
from app.domain.answers import AnswerError, read_day
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.policy import may_hold
from app.domain.roles import Role
from app.services.administration import access, letters
from app.services.administration.log import About, Deed
from app.services.administration.proposals import APART
from app.services.administration.sitting import People
from app.services.context import Actor, App
from app.storage.database import Transaction
from app.storage.queries import departures
from app.storage.queries import directory as queries
from app.storage.queries import invitations as proposal_queries
from app.storage.tables import Invitation, Proposal, User

_NOBODY = (
    "Er is niemand die dit kan bevestigen. Deze rol geven de beheerder en iemand die de rol al heeft, of anders een bestuurder. "
    "Laat een van hen dit voorstellen."
)
_LEFT = "Deze persoon is vertrokken bij dit bestuur. Haal hem eerst terug, en stel daarna een rol voor."
_TWICE = "Deze rol heeft deze persoon daar al, of is al voorgesteld."


@dataclass(frozen=True, slots=True)
class Wish:
    """A role to propose: what, where (None: the whole board), from and until which day."""

    role: Role
    school_id: UUID | None
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """For whom: somebody with an account, or (with `user` None) somebody who was invited."""

    user: User | None
    invitation: Invitation | None
    #: What a file says of somebody of whom nothing is known yet.
    said: str | None = None

    @property
    def adviser_kind(self) -> str | None:
        """Whether he is an internal or an external adviser, as far as known."""
        known = self.user.adviser_kind if self.user else None
        return known or (self.invitation.adviser_kind if self.invitation else None) or self.said


def propose(app: App, actor: Actor, board_id: UUID, user_id: UUID, raw: Mapping[str, str]) -> None:
    """Propose a role for somebody whom this board knows. Raises NotFound, InvalidAnswers, Conflict when he left."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        user = queries.person(tx, board_id, user_id)
        if user is None:
            raise NotFound
        if departures.departure(tx, board_id, user_id) is not None:
            raise Conflict(_LEFT)
        wish = read_wish(tx, board_id, raw, local_day(now))
        deed = Deed(tx, now, board_id, actor.user_id)
        if wish.role is Role.ADVISER:
            set_kind(deed, user, raw.get("adviser_kind"))
        add(deed, Candidate(user, None), wish, People.of(tx, board_id, now))


def set_kind(deed: Deed, user: User, kind: str | None) -> None:
    """Whether an adviser is internal or external, where that is not known yet. Raises InvalidAnswers."""
    if user.adviser_kind is not None:
        return
    if kind not in KINDS:
        raise InvalidAnswers({"adviser_kind": "Zeg of deze vertrouwenspersoon intern of extern is."})
    user.adviser_kind = kind
    deed.note(AdminKind.KIND_SET, About(user.id), adviser=kind)


def add(deed: Deed, candidate: Candidate, wish: Wish, people: People) -> None:
    """Write a proposal, and tell those who may confirm it. Raises InvalidAnswers by the fields of `read_wish`."""
    refuse(candidate, wish, people, deed)
    row = new_row(deed, candidate, wish)
    deed.tx.add(row)
    deed.tx.flush()
    record(deed, [row])
    if row.user_id is not None:
        letters.tell_confirmers(deed.tx, deed.board_id, people.confirmers(row), deed.now)


def new_row(deed: Deed, candidate: Candidate, wish: Wish) -> Proposal:
    """A proposal, yet to be added."""
    assert deed.by is not None  # noqa: S101 - on the host roles are given, not proposed
    user, invitation = candidate.user, candidate.invitation
    row = Proposal(board_id=deed.board_id, school_id=wish.school_id, role=wish.role.value, state="open")
    row.user_id, row.invitation_id = user.id if user else None, invitation.id if invitation else None
    row.first_day, row.last_day, row.proposed_by, row.proposed_at = wish.first_day, wish.last_day, deed.by, deed.now
    return row


def record(deed: Deed, rows: Iterable[Proposal]) -> None:
    """Write down that roles were proposed."""
    deed.note_all((AdminKind.ROLE_PROPOSED, _about(row), {"proposal": row.id.hex}) for row in rows)


def _about(row: Proposal) -> About:
    return About(row.user_id, None if row.user_id else row.invitation_id, row.school_id, Role(row.role))


def refuse(candidate: Candidate, wish: Wish, people: People, deed: Deed) -> None:
    """Raises InvalidAnswers when this role cannot be proposed for him by this person."""
    there = _there(deed, candidate.user.id) if candidate.user else []
    reason = why_not(candidate, wish, people, deed, there)
    if (wish.role, wish.school_id) in there:
        reason = _TWICE
    if reason is not None:
        raise InvalidAnswers({"role": reason})


def why_not(
    candidate: Candidate, wish: Wish, people: People, deed: Deed, there: Iterable[tuple[Role, UUID | None]]
) -> str | None:
    """Why this role cannot be proposed, given what he is there already or was proposed for; None when it can."""
    assert deed.by is not None  # noqa: S101 - on the host roles are given, not proposed
    user_id = candidate.user.id if candidate.user else None
    if user_id == deed.by:
        return "Voor jezelf kun je geen rol voorstellen. Vraag een ander."
    if not may_hold(wish.role, {role for role, _ in there}, candidate.adviser_kind):
        return APART
    return None if people.sitting(wish.role, wish.school_id, but=user_id).confirmers(deed.by) else _NOBODY


def _there(deed: Deed, user_id: UUID) -> list[tuple[Role, UUID | None]]:
    """What somebody is already at this board, or was proposed for, and where."""
    held = [(Role(row.role), row.school_id) for row in queries.roles_of(deed.tx, deed.board_id, [user_id], deed.now)]
    asked = proposal_queries.open_proposals_for(deed.tx, deed.board_id, user_id)
    return held + [(Role(row.role), row.school_id) for row in asked]


def read_wish(tx: Transaction, board_id: UUID, raw: Mapping[str, str], today: date) -> Wish:
    """Which role, where and when, as typed in `role`, `school`, `first_day`, `last_day`. Raises InvalidAnswers."""
    errors: dict[str, str] = {}
    role = next((role for role in APPOINTABLE if role.value == raw.get("role")), None)
    if role is None:
        errors["role"] = "Kies een rol."
    schools = {str(school.id): school.id for school in queries.schools(tx, board_id)}
    typed = raw.get("school", "")
    if typed and typed not in schools:
        errors["school"] = "Kies een school van dit bestuur."
    elif role is not None and (reason := wrong_place(role, at_school=bool(typed))):
        errors["school"] = reason
    first = _day(raw, "first_day", errors) or today
    last = _day(raw, "last_day", errors)
    if last is not None and last < max(first, today):
        errors["last_day"] = "De laatste dag is al voorbij, of ligt voor de eerste dag."
    if errors or role is None:
        raise InvalidAnswers(errors)
    return Wish(role, schools.get(typed), first, last)


def _day(raw: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    typed = raw.get(name, "").strip()
    try:
        return read_day(typed) if typed else None
    except AnswerError as error:
        errors[name] = error.text
        return None
