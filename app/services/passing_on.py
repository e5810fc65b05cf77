"""The adviser's lane of a whole case passes to one other person, with its tasks; whoever handled it before knows it no more."""

from uuid import UUID

from app.domain.events import EventKind
from app.domain.roles import Role
from app.services import acting
from app.services.work import Work
from app.storage.queries import cases as case_queries
from app.storage.queries import files as file_queries
from app.storage.queries import work as work_queries
from app.storage.tables import CaseHandler


def pass_on(work: Work, heir: UUID) -> None:
    """Everybody who handles the adviser's lane leaves it in all procedures of the case (Handreiking 5.2), and the heir has it.

    Open tasks become his, and drafts of them go. Mail that waits for those who left is not sent: it asks who handles the case.
    """
    former = case_queries.lane_of_case(work.tx, work.case.id, Role.ADVISER)
    leavers = {handler.user_id for handler in former} - {heir}
    asked = case_queries.lane_of_case(work.tx, work.case.id, Role.SUCCESSOR)
    for handler in [*former, *asked]:
        if handler.user_id in leavers:
            handler.until = work.now
    work.tx.flush()  # who handles the lane is asked for below
    for user_id in sorted(leavers, key=str):
        work.note(EventKind.HANDLER_REMOVED, lane=Role.ADVISER.value, user=user_id.hex)
    for procedure_id in sorted({handler.procedure_id for handler in former}, key=str):
        row = CaseHandler(case_id=work.case.id, procedure_id=procedure_id, lane=Role.ADVISER.value, user_id=heir, since=work.now)
        work_queries.tick(work.tx, work.case, row)
    work.note(EventKind.HANDLER_ADDED, lane=Role.ADVISER.value, user=heir.hex)
    acting.stop(work, Role.ADVISER, owners=leavers)
    work.handlers = case_queries.handlers(work.tx, work.row.id)
    _pass_tasks(work, heir)


def _pass_tasks(work: Work, heir: UUID) -> None:
    tasks = case_queries.open_tasks_of_lane(work.tx, work.case.id, Role.ADVISER)
    for task in tasks:
        task.assignee_id, task.claimed_at, task.claimed_by = heir, work.now, None
        file_queries.drop_drafts(work.tx, task.id)
