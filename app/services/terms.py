"""Correcting the date that a running term counts from. The reason is sealed; the history shows the old and the new date."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.facts import FactRecord, FactType
from app.domain.form_rules import validate
from app.domain.forms import Field, Form, When
from app.domain.policy import Permission, may
from app.domain.procedure import Procedure
from app.domain.roles import FILES, Role
from app.services import acting, notices, sealed, transition
from app.services.context import Actor, App
from app.services.shown_terms import may_correct
from app.services.work import Work, begin
from app.storage.database import Transaction
from app.storage.tables import Deadline, Task

REASON = "reason"


def correction_form(app: App, actor: Actor, deadline_id: UUID) -> tuple[Form, str, date]:
    """The questions for correcting a start, the number of the case and the start as it stands. Raises NotFound, Forbidden."""
    with app.database.write() as tx:
        work, task, form = _correctable(app, tx, actor, deadline_id)
        stands = work.facts.values().get(form.fields[0].key)
        return form, work.case.number, stands if isinstance(stands, date) else work.terms[task.id].starts_at


def correct_start(app: App, actor: Actor, deadline_id: UUID, raw: Mapping[str, str]) -> str:
    """Give the start of a running term another date; warning and term move along. Gives the number of the case.

    Raises InvalidAnswers, NotFound, Forbidden.
    """
    with app.database.write() as tx:
        work, task, form = _correctable(app, tx, actor, deadline_id)
        answers = validate(form, raw, work.facts.values(), work.now)
        if answers.errors:
            raise InvalidAnswers(answers.errors)
        name = form.fields[0].key
        if answers.facts[name] == work.facts.values().get(name):
            raise InvalidAnswers({name: "Dit is de datum die er al staat."})
        last = work.facts.log[name][-1]
        work.facts.put(name, FactRecord(answers.facts[name], work.now, task.element_id, last.lane, last.audience))
        kind = form.fields[1].file
        if kind is not None and REASON in answers.sealed:
            sealed.write(work, kind, {REASON: answers.sealed[REASON]}, form_id=form.id, task_id=task.id)
        transition.move_started_terms(work, [name])
        notices.tell_lanes(work, [Role(task.lane)], "term_corrected", work.element(task), task=task)
        notices.queue(work)
        return work.case.number


def _correctable(app: App, tx: Transaction, actor: Actor, deadline_id: UUID) -> tuple[Work, Task, Form]:
    """A running term whose start was entered in a lane of this person: he corrects his own date, not another's."""
    row = tx.get(Deadline, deadline_id)
    if row is None:
        raise NotFound
    work = begin(app, tx, actor, row.procedure_id, now=app.clock())
    task = next((t for t in work.tasks if t.id == row.task_id), None)
    lanes = work.lanes
    if task is None or not may(lanes, Permission.STEP_READ, Role(task.lane)):
        raise NotFound
    element = work.element(task)
    start = element.term.starts_from if element.term else None
    if start is None or not may_correct(element, work.facts, lanes):
        raise Forbidden("Het begin van deze termijn kun jij niet verbeteren.")
    lane = work.facts.log[start][-1].lane or Role(task.lane)
    acting.represent(work, lane)
    return work, task, _form(work.procedure, start, lane)


def _form(procedure: Procedure, fact: str, lane: Role) -> Form:
    """The date's own question once more, and why it changes."""
    asked = next((f for form in procedure.forms.values() for f in form.fields if f.key == fact), None)
    date = Field(
        key=fact,
        label=asked.label if asked else fact,
        type=asked.type if asked else FactType.DATE,
        description="Vul de datum in die had moeten staan.",
        required=True,
        when=When.PAST,
    )
    reason = Field(key=REASON, label="Waarom klopt de oude datum niet?", type=None, required=True, file=FILES[lane][0])
    return Form("correct_start", (date, reason))
