"""Somebody turns out to be involved: he leaves the lane in the whole case, with its tasks, drafts and keys of files."""

from uuid import UUID

from app.domain.events import EventKind
from app.domain.roles import Role
from app.services import acting, handling, sealed
from app.services.replacement import withdraw
from app.services.work import Work
from app.storage.queries import cases as case_queries
from app.storage.queries import files as file_queries
from app.storage.queries import replacements as replacement_queries
from app.storage.queries import work as work_queries
from app.storage.tables import CaseHandler

#: The mark of a service task behind which the acting person handles its lane no longer.
STEPPED_ASIDE = "stepped_aside"
#: The mark of a service task behind which nobody handles the lane that its property `leaves` names: its people are involved.
LEFT_OUT = "left_out"

_GIVE_BACK = "Je neemt hier waar. Ben jij zelf betrokken? Geef de waarneming dan terug op de pagina Afwezig, bij je profiel."


def step_aside(work: Work, role: Role) -> None:
    """The acting person handles this lane no longer (WPO art. 14 lid 4 onder b).

    Raises HandlersNeeded when another procedure that runs would be left without a handler; where the lane has a next step in
    this one, opening that asks for somebody. A head who is involved leaves nobody behind when it goes to the board; nor does a
    successor who refuses: the case is still its adviser's.
    """
    if work.actor is None:
        raise ValueError("a timer cannot step aside")
    acting.in_person(work, _GIVE_BACK)
    leaver = work.actor.user_id
    left = case_queries.handled_by(work.tx, work.case.id, role, leaver)
    for handler in left:
        handler.until = work.now
    work.tx.flush()  # who left is asked for when the lane is handed on
    work.handlers = [handler for handler in work.handlers if handler.until is None]
    work.note(EventKind.HANDLER_REMOVED, lane=role.value, user=leaver.hex)
    if role is Role.SUCCESSOR:
        _refuse(work, leaver)
    else:
        beside = _running(work, {handler.procedure_id for handler in left} - {work.row.id})
        if beside or work.chosen.get(role):
            handling.ensure(work, role)
        _take_over(work, role, beside)
    _free_tasks(work, role, leaver)
    acting.stop(work, role, owners=[leaver])
    sealed.shut_out(work, role, work.actor)


def _free_tasks(work: Work, role: Role, leaver: UUID) -> None:
    for task in case_queries.tasks_held(work.tx, work.case.id, role, leaver):
        task.assignee_id, task.claimed_at, task.claimed_by = None, None, None
        file_queries.drop_own_draft(work.tx, task.id, leaver)


def leave_out(work: Work, role: Role) -> None:
    """Nobody who handles this lane of the case handles it any more: it turned out that they are involved (WPO art. 14
    lid 4 onder b).

    Their tasks wait until the drawing has others do them. What they could read is closed to them by policy; its keys stay,
    because nobody else may hold any. What is written from then on is sealed without them.
    """
    left = case_queries.lane_of_case(work.tx, work.case.id, role)
    for handler in left:
        handler.until = work.now
    work.tx.flush()
    work.handlers = [handler for handler in work.handlers if handler.until is None]
    for user_id in sorted({handler.user_id for handler in left}, key=str):
        work.note(EventKind.HANDLER_REMOVED, lane=role.value, user=user_id.hex)
        _free_tasks(work, role, user_id)
        acting.stop(work, role, owners=[user_id])
    sealed.close_off(work, role)


def _refuse(work: Work, leaver: UUID) -> None:
    """Who was asked to take the case over leaves the lane empty: the adviser asks another. Nor is he a replacement any more."""
    named = replacement_queries.replacement_of(work.tx, work.case.id)
    if named is not None and named.user_id == leaver:
        withdraw(work)


def _running(work: Work, procedures: set[UUID]) -> set[UUID]:
    return {row.id for row in work_queries.procedures_of(work.tx, work.case.id) if row.id in procedures and row.ended_at is None}


def _take_over(work: Work, role: Role, procedures: set[UUID]) -> None:
    """What ran beside this procedure, and is left without a handler now, is taken over by those who handle the lane here."""
    others = {handler.user_id for handler in work.handlers if handler.lane == role}
    for procedure_id in sorted(procedures, key=str):
        if any(handler.lane == role for handler in case_queries.handlers(work.tx, procedure_id)):
            continue
        for user_id in sorted(others, key=str):
            row = CaseHandler(case_id=work.case.id, procedure_id=procedure_id, lane=role.value, user_id=user_id, since=work.now)
            work_queries.tick(work.tx, work.case, row)
