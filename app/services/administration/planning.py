"""What the lines of a file of people would do, as a board is now; and which of them cannot stand."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.people_file import Line, PeopleFile, Wrong
from app.domain.roles import Role
from app.services.administration import proposing
from app.services.administration.log import Deed
from app.services.administration.proposing import Candidate, Wish
from app.services.administration.sitting import People
from app.storage.queries import directory as queries
from app.storage.queries import invitations as invitation_queries
from app.storage.tables import Invitation, School, User

NEW_SCHOOL: Final = "new_school"
NOTHING: Final = "nothing"
#: What a line may do for a person.
INVITES: Final = frozenset({"invite", "invite_and_propose"})
PROPOSES: Final = frozenset({"propose", "invite_and_propose"})
_STRANGER: Final = "Deze school kent het bestuur niet. Zet haar op een eigen regel, met alleen school en regio."


@dataclass(frozen=True, slots=True)
class Known:
    """What a board knows already; schools by name."""

    schools: dict[str, School]
    users: dict[str, User]
    invitations: dict[str, Invitation]
    people: People
    #: What everybody is, or was proposed for: by the id of the person or of the invitation.
    roles: dict[UUID, list[tuple[Role, UUID | None]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What each line would do; where `wrong` holds anything, nothing is done."""

    known: Known
    lines: list[tuple[Line, str]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def plan(deed: Deed, read: PeopleFile) -> Plan:
    """Look at every line. Nothing is written."""
    planning = _Planning(deed, read, _known(deed, read))
    lines = [(line, planning.line(line)) for line in read.lines]
    wrong = sorted([*read.wrong, *planning.wrong], key=lambda one: one.number)
    return Plan(planning.known, lines, wrong)


class _Planning:
    """The lines looked at so far."""

    def __init__(self, deed: Deed, read: PeopleFile, known: Known) -> None:
        self.deed = deed
        self.known = known
        self.wrong: list[Wrong] = []
        self._places = {name.casefold(): school.id for name, school in known.schools.items()}
        self._coming = {line.school.casefold() for line in read.lines if not line.email}
        self._kinds = {line.email: line.adviser_kind for line in read.lines if line.adviser_kind}
        self._invited: set[str] = set()
        self._own: dict[str, list[tuple[Role, UUID | None]]] = {}

    def line(self, line: Line) -> str:
        """What a line does; what is wrong with it is kept."""
        if not line.email:
            return self._school(line)
        new = self._person(line)
        proposes = line.role is not None and self._role(line, line.role)
        if line.school and line.role is None:
            self._tell(line, "rol", "Vul ook een rol in, of laat de school leeg.")
        if new:
            return "invite_and_propose" if proposes else "invite"
        return "propose" if proposes else NOTHING

    def _school(self, line: Line) -> str:
        if line.school.casefold() in self._places:
            return NOTHING
        if line.region is None:
            self._tell(line, "regio", "Kies noord, midden of zuid. Daarvan hangen de schoolvakanties van deze school af.")
        return NEW_SCHOOL

    def _person(self, line: Line) -> bool:
        """Whether this line invites somebody."""
        user, invitation = self.known.users.get(line.email), self.known.invitations.get(line.email)
        name = user.name if user else invitation.name if invitation else line.name
        if name.casefold() != line.name.casefold():
            self._tell(line, "naam", "Bij dit e-mailadres hoort hier een andere naam. Kijk welke van de twee klopt.")
        kind = user.adviser_kind if user else invitation.adviser_kind if invitation else None
        if kind is not None and line.adviser_kind not in (None, kind):
            self._tell(line, "soort", f"Deze persoon staat hier als {kind}.")
        if user or invitation or line.email in self._invited:
            return False
        self._invited.add(line.email)
        return True

    def _role(self, line: Line, role: Role) -> bool:
        """Whether this line proposes a role; False when he has it already, or was proposed for it."""
        school_id = self._places.get(line.school.casefold()) if line.school else None
        if line.school and school_id is None and line.school.casefold() not in self._coming:
            self._tell(line, "school", _STRANGER)
            return False
        user, invitation = self.known.users.get(line.email), self.known.invitations.get(line.email)
        there = self._own.setdefault(line.email, list(self.known.roles.get(_id(user, invitation), ())))
        if (role, school_id) in there and (school_id is not None or not line.school):
            return False
        today = local_day(self.deed.now)
        if line.last_day is not None and line.last_day < today:
            self._tell(line, "tot en met", "Deze dag is al voorbij.")
        wish = Wish(role, school_id, line.first_day or today, line.last_day)
        candidate = Candidate(user, invitation, self._kinds.get(line.email))
        reason = proposing.why_not(candidate, wish, self.known.people, self.deed, there)
        if reason is not None:
            self._tell(line, "rol", reason)
        there.append((role, school_id))
        return True

    def _tell(self, line: Line, column: str, reason: str) -> None:
        self.wrong.append(Wrong(line.number, column, reason))


def _id(user: User | None, invitation: Invitation | None) -> UUID:
    return user.id if user else invitation.id if invitation else UUID(int=0)


def _known(deed: Deed, read: PeopleFile) -> Known:
    tx, board_id, emails = deed.tx, deed.board_id, [line.email for line in read.lines if line.email]
    roles: dict[UUID, list[tuple[Role, UUID | None]]] = {}
    for held in queries.roles_of(tx, board_id, None, deed.now):
        roles.setdefault(held.user_id, []).append((Role(held.role), held.school_id))
    for asked in invitation_queries.all_asked(tx, board_id):
        roles.setdefault(asked.user_id or asked.invitation_id or asked.id, []).append((Role(asked.role), asked.school_id))
    return Known(
        schools={school.name: school for school in queries.schools(tx, board_id)},
        users=queries.people_by_email(tx, board_id, emails),
        invitations=invitation_queries.invitations_by_email(tx, board_id, emails),
        people=People.of(tx, board_id, deed.now),
        roles=roles,
    )
