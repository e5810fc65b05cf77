"""What a transition needs to know of a procedure, in as few statements as it takes."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, or_, select, tuple_, update

from app.clock import local_day
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.absences import acts_for_handler, left_in_case
from app.storage.queries.people import lanes_held, still_handles
from app.storage.tables import Case, CaseHandler, Deadline, Draft, ProcedureRow, Task, User
from app.storage.types import Moment

#: These are asked at every transition, so they are put together once.
_USER, _NOW = bindparam("user_id", type_=Uuid()), bindparam("now", type_=Moment())
_OPEN: Final = (
    select(Task, Deadline, exists().where(Draft.task_id == Task.id))
    # A term that another version of the procedure does not have any more is settled while its task is open.
    .outerjoin(Deadline, and_(Deadline.task_id == Task.id, Deadline.settled_at.is_(None)))
    .where(Task.procedure_id == bindparam("procedure_id"), Task.closed_at.is_(None))
    .order_by(Task.opened_at, Task.id)
    .execution_options(populate_existing=True)
)
_MAY_HANDLE: Final = tuple_(CaseHandler.lane, bindparam("school_id", type_=Uuid())).in_(lanes_held(_USER, _NOW))
_LANES: Final = select(CaseHandler.procedure_id, CaseHandler.lane).where(
    CaseHandler.until.is_(None),
    CaseHandler.procedure_id.in_(bindparam("procedure_ids", expanding=True)),
    or_(and_(CaseHandler.user_id == _USER, _MAY_HANDLE), acts_for_handler()),
)
_HANDLERS: Final = (
    select(CaseHandler, left_in_case())
    .where(CaseHandler.procedure_id == bindparam("procedure_id"), CaseHandler.until.is_(None))
    .where(still_handles(bindparam("school_id", type_=Uuid()), _NOW))
    .order_by(CaseHandler.lane, CaseHandler.since, CaseHandler.id)
)


def open_tasks_with_terms(tx: Transaction, procedure_id: UUID) -> list[tuple[Task, Deadline | None]]:
    """The open tasks of a procedure, the oldest first, each with its term when it has one."""
    return [(task, deadline) for task, deadline, _ in open_work(tx, procedure_id)]


def open_work(tx: Transaction, procedure_id: UUID) -> list[tuple[Task, Deadline | None, bool]]:
    """The same, each also with whether it has drafts."""
    return [(task, deadline, drafted) for task, deadline, drafted in tx.execute(_OPEN, {"procedure_id": procedure_id})]


def handlers(tx: Transaction, case: Case, procedure_id: UUID, *, now: datetime, day: date) -> tuple[list[CaseHandler], bool]:
    """Who handles a procedure now, per lane, the longest first; and whether anything may be left to a deputy in the case.

    Whoever lost the role of his lane does not count: a lane of such people alone has no handlers.
    """
    asked = {"procedure_id": procedure_id, "school_id": case.school_id, "case_id": case.id, "now": now, "day": day}
    found = tx.execute(_HANDLERS, asked).all()
    return [handler for handler, _ in found], not found or found[0][1]


def lanes_of(
    tx: Transaction, user_id: UUID, case: Case, *, procedure_ids: list[UUID], now: datetime
) -> dict[UUID, frozenset[Role]]:
    """The lanes that a person handles in each procedure, as far as he still holds the role at the case's school or board.

    Also those in which he acts now for whoever handles them.
    """
    asked = {"user_id": user_id, "procedure_ids": procedure_ids, "school_id": case.school_id, "now": now, "day": local_day(now)}
    found: dict[UUID, set[Role]] = {}
    for procedure_id, lane in tx.execute(_LANES, asked):
        found.setdefault(procedure_id, set()).add(Role(lane))
    return {procedure_id: frozenset(lanes) for procedure_id, lanes in found.items()}


def versions_run(tx: Transaction, case_id: UUID) -> list[UUID]:
    """The versions that the procedures of a case run, and after these the ones that they ran before they moved."""
    ran = select(ProcedureRow.version_id, Task.version_id).outerjoin(Task, Task.procedure_id == ProcedureRow.id)
    found = tx.execute(ran.where(ProcedureRow.case_id == case_id).distinct()).all()
    return list(dict.fromkeys([now for now, _ in found] + [before for _, before in found if before is not None]))


def names(tx: Transaction, user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of these people."""
    return dict(tx.execute(select(User.id, User.name).where(User.id.in_(user_ids))).all()) if user_ids else {}


def let_watch(tx: Transaction, case: Case, row: ProcedureRow, *, board: bool, leader: bool) -> None:
    """Say who may watch a procedure, also beside its tasks and terms, where it is counted: as its facts have it, and nobody of
    a role of whom somebody was ever ticked in the case.
    """
    said = {"watch_board": board and not case.board_ticked, "watch_leader": leader and not case.leader_ticked}
    if said == {"watch_board": row.watch_board, "watch_leader": row.watch_leader}:
        return
    row.watch_board, row.watch_leader = said["watch_board"], said["watch_leader"]
    for table in (Task, Deadline):
        tx.execute(update(table).where(table.procedure_id == row.id).values(said))


def tick(tx: Transaction, case: Case, handler: CaseHandler) -> None:
    """Put somebody in a lane of a case: the one way there. From then on nobody who could be ticked beside him watches it."""
    tx.add(handler)
    if handler.lane == Role.BOARD and not case.board_ticked:
        case.board_ticked = True
        _hide(tx, case.id, {"watch_board": False})
    elif handler.lane == Role.SCHOOL_LEADER and not case.leader_ticked:
        case.leader_ticked = True
        _hide(tx, case.id, {"watch_leader": False})


def _hide(tx: Transaction, case_id: UUID, said: dict[str, bool]) -> None:
    [watch] = said
    of_case = [update(table).where(table.case_id == case_id, getattr(table, watch).is_(True)) for table in (Task, Deadline)]
    hidden = update(ProcedureRow).where(ProcedureRow.case_id == case_id, getattr(ProcedureRow, watch).is_(True))
    if tx.scalars(hidden.values(said).returning(ProcedureRow.id)).all():  # no step is watched whose procedure is not
        for steps in of_case:
            tx.execute(steps.values(said))


def procedures_of(tx: Transaction, case_id: UUID) -> list[ProcedureRow]:
    """All procedures of a case, running and ended, the oldest first."""
    wanted = select(ProcedureRow).where(ProcedureRow.case_id == case_id)
    return list(tx.scalars(wanted.order_by(ProcedureRow.started_at, ProcedureRow.id)))
