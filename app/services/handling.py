"""Who handles a lane: ticked by whoever first opens it, among those who hold the role, leaving out who is involved."""

from collections.abc import Iterable
from uuid import UUID

from app.domain.errors import InvalidAnswers
from app.domain.events import EventKind
from app.domain.procedure import Element
from app.domain.roles import Role
from app.services.work import Work
from app.storage.queries import cases as case_queries
from app.storage.queries import people as people_queries
from app.storage.tables import CaseHandler, User


class HandlersNeeded(InvalidAnswers):
    """A lane opens that nobody handles yet: the page asks whom to tick."""

    def __init__(self, role: Role) -> None:
        super().__init__({f"handlers_{role}": "Kies minstens één persoon die dit gaat doen."})
        self.role = role


def candidates(work: Work, role: Role) -> list[User]:
    """Whom to choose from for a lane: who holds the role at the case's school or board, or stands in for it.

    Whoever left the lane, because he is involved, does not come back.
    """
    case = work.case
    with work.tx.no_autoflush:  # what this transition wrote so far is written together with the rest
        found = people_queries.candidates(work.tx, role, board_id=case.board_id, school_id=case.school_id, now=work.now)
        gone = case_queries.left_lane(work.tx, case.id, role)
    return [user for user in found if user.id not in gone]


def ensure(work: Work, role: Role) -> None:
    """See that a lane which opens has handlers. Raises HandlersNeeded; a timer opens no lane, it records that nobody is there."""
    if any(handler.lane == role for handler in work.handlers):
        return
    ticked = set(work.chosen.get(role, ()))
    allowed = {user.id for user in candidates(work, role)} if ticked else set()
    if not ticked or not ticked <= allowed:
        if work.actor is None:
            work.note(EventKind.NOTICE_NOBODY, lane=role.value)
            return
        raise HandlersNeeded(role)
    for user_id in sorted(ticked, key=str):
        add(work, role, user_id)


def add(work: Work, role: Role, user_id: UUID) -> None:
    """Make somebody handle a lane of this procedure."""
    handler = CaseHandler(case_id=work.case.id, procedure_id=work.row.id, lane=role.value, user_id=user_id, since=work.now)
    work.tx.add(handler)
    work.handlers.append(handler)
    work.note(EventKind.HANDLER_ADDED, lane=role.value, user=user_id.hex)


def along(element: Element) -> frozenset[Role]:
    """The lanes whose handlers go along when this service task starts a procedure: those it names, else its own.

    Nobody else: in what starts here, somebody who handles another lane may be the one who is accused.
    """
    named = element.properties.get("lanes")
    if named is not None:
        return frozenset(Role(lane.strip()) for lane in named.split(","))
    return frozenset() if element.lane is None else frozenset({element.lane})


def inherit(work: Work, handlers: Iterable[CaseHandler]) -> None:
    """These handlers of the procedure that started this one handle the same lanes here, as far as they are drawn here."""
    drawn = {element.lane for process in work.procedure.processes.values() for element in process.elements.values()}
    for handler in handlers:
        if Role(handler.lane) in drawn:
            add(work, Role(handler.lane), handler.user_id)
