"""Who handles a lane: ticked by whoever first opens it, among those who hold the role, leaving out who is involved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.errors import InvalidAnswers
from app.domain.events import EventKind
from app.domain.procedure import Element
from app.domain.roles import Role
from app.services.sides import elsewhere
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import people as people_queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, CaseHandler, User

#: A case is handed to one person, who answers for it alone.
ONE_PERSON: Final = frozenset({Role.SUCCESSOR})


class HandlersNeeded(InvalidAnswers):
    """A lane opens that nobody handles yet: the page asks whom to tick."""

    def __init__(self, role: Role) -> None:
        least = "precies" if role in ONE_PERSON else "minstens"
        super().__init__({f"handlers_{role}": f"Kies {least} één persoon die dit gaat doen."})
        self.role = role


def eligible(tx: Transaction, case: Case, role: Role, now: datetime, *, side: str | None = None) -> list[User]:
    """Whom to choose from for a lane: who holds the role at the case's school or board, or stands in for it.

    With a `side`, for the same lane of a case that is yet to be opened, on the `same` side as this one or on the `other`.

    Whoever left the lane, because he is involved, does not come back, and nobody handles two sides of a matter. A successor does
    not handle the case already.
    """
    found = people_queries.candidates(tx, role, board_id=case.board_id, school_id=case.school_id, now=now)
    gone = case_queries.left_lane(tx, case.id, role)
    if role is Role.SUCCESSOR:
        # Who was adviser here once may be asked to come back, say after an illness; who refused is not asked again.
        gone -= case_queries.left_lane(tx, case.id, Role.ADVISER)
        gone |= {handler.user_id for handler in case_queries.lane_of_case(tx, case.id, Role.ADVISER)}
    gone |= elsewhere(tx, case, role, side=side)
    return [user for user in found if user.id not in gone]


def colleagues(work: Work, role: Role) -> list[User]:
    """Who else handles a lane of this procedure, and still holds its role."""
    handlers = {handler.user_id for handler in work.handlers if handler.lane == role} - {work.actor_id}
    return [user for user in candidates(work, role) if user.id in handlers] if handlers else []


def candidates(work: Work, role: Role) -> list[User]:
    """Whom to choose from for a lane of this case now."""
    with work.tx.no_autoflush:  # what this transition wrote so far is written together with the rest
        return eligible(work.tx, work.case, role, work.now)


def ensure(work: Work, role: Role) -> bool:
    """See that a lane which opens has handlers; gives whether people were ticked for it now.

    Raises HandlersNeeded; a timer opens no lane, it records that nobody is there.
    """
    if any(handler.lane == role for handler in work.handlers):
        return False
    if work.actor is None and not work.chosen.get(role):
        work.note(EventKind.NOTICE_NOBODY, lane=role.value)
        return False
    for user_id in sorted(ticked(work, role), key=str):
        add(work, role, user_id)
    return True


def ticked(work: Work, role: Role) -> set[UUID]:
    """Who was ticked for a lane. Raises HandlersNeeded when nobody was, somebody who may not, or more than may."""
    chosen = set(work.chosen.get(role, ()))
    allowed = {user.id for user in candidates(work, role)} if chosen else set()
    if not chosen or not chosen <= allowed or (role in ONE_PERSON and len(chosen) > 1):
        raise HandlersNeeded(role)
    return chosen


def add(work: Work, role: Role, user_id: UUID) -> None:
    """Make somebody handle a lane of this procedure."""
    handler = CaseHandler(case_id=work.case.id, procedure_id=work.row.id, lane=role.value, user_id=user_id, since=work.now)
    work_queries.tick(work.tx, work.case, handler)
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
