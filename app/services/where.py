"""Where a link in mail, in the list of notices and in a calendar leads to."""

from uuid import UUID

from app.storage.tables import Outbox, Task

#: Lanes of a case that somebody handles, each with its procedure.
Lanes = set[tuple[UUID, str]]


def path_to(task: Task | None, case_number: str, lanes: Lanes) -> str:
    """The task for whoever may do it; for everybody else the case, where no more is shown than they may see."""
    if task is not None and (task.procedure_id, task.lane) in lanes:
        return f"/taken/{task.id}"
    return f"/zaken/{case_number}"


def path_of(notice: Outbox, task: Task | None, case_number: str, lanes: Lanes) -> str:
    """Where a notice leads to: of a comment, where its file can be opened."""
    if notice.lane is not None:
        return f"/zaken/{case_number}?deel=dossier"
    return path_to(task, case_number, lanes)
