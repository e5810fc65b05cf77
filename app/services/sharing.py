"""Sharing: a text that an adviser has just written goes to the file of others too, with the complainant's consent."""

from app.domain.lookahead import runs_next
from app.domain.procedure import Procedure
from app.domain.roles import FileKind, Role
from app.engine.outcome import Call
from app.services import own_request, sealed
from app.services.work import Work

#: The topic of the service task that shares.
SHARE = "share"


def shares(procedure: Procedure, element_id: str) -> dict[str, FileKind]:
    """The fields of a task's form whose texts may be shared directly behind it, and the file that each goes to."""
    behind = (element.properties for element in runs_next(procedure, element_id) if element.topic == SHARE)
    return {properties["field"]: FileKind(properties["to"]) for properties in behind}


def share(work: Work, call: Call) -> None:
    """Write the text of one field of this very request to another file too; a field that stayed empty shares nothing.

    Raises Forbidden for a program, and HandlersNeeded when nobody could read that file.
    """
    own_request.reader(work, call, Role.ADVISER, lent=True)
    written, field = work.written, call.properties["field"]
    if written is None or written.form_id != call.properties["form"] or field not in written.texts:
        return
    kind = FileKind(call.properties["to"])
    texts = {field: written.texts[field]}
    sealed.write(work, kind, texts, form_id=written.form_id, task_id=written.task_id, shared_by=Role.ADVISER)
