"""What people do with tasks: pick up, give back, pass on, keep a draft, complete."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.domain.answers import TIME
from app.domain.errors import AlreadyDone, Forbidden, InvalidAnswers, NotFound
from app.domain.events import EventKind
from app.domain.facts import FactRecord
from app.domain.form_rules import validate, visible_fields
from app.domain.forms import Answers, Form
from app.domain.policy import Permission, may
from app.domain.procedure import Element
from app.domain.roles import FILES, FileKind, Role
from app.engine.run import TaskNotReady
from app.services import acting, handling, handover, notices, sealed, term_rows, transition
from app.services.context import Actor, App
from app.services.work import Chosen, Work, Written, begin_on_task, state_of
from app.storage.database import Transaction
from app.storage.queries import comfort as comfort_queries
from app.storage.queries import files as file_queries
from app.storage.queries import work as queries
from app.storage.tables import Draft, Task
from app.vault.drafts import seal_draft
from app.vault.envelope import public_of

_NOT_YOURS = "Je neemt hier waar. Deze taak blijft van wie hem oppakte: je kunt hem wel afronden, maar niet weggeven."


@dataclass(frozen=True, slots=True)
class Opened:
    """A task that opened: its title, who gets it, and its id when it is the acting person's own.

    `again`: it is the completed task itself, for its next answer.
    """

    title: str
    role: Role
    task_id: UUID | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a task, with this title, led to. `ended` is the label of the end that was reached.

    `handles`: whether who completed it handles this procedure still, and may look at its case.
    """

    title: str
    case_number: str
    procedure_id: UUID
    opened: tuple[Opened, ...]
    ended: str | None
    handles: bool


def claim(app: App, actor: Actor, task_id: UUID) -> None:
    """Pick up a task of one's own lane; a deputy picks it up for whom he acts. Raises NotFound, Forbidden, AlreadyDone."""
    now = app.clock()
    with app.database.write() as tx:
        work, task, _ = _on_task(app, tx, actor, task_id, now=now)
        if task.assignee_id is not None and task.assignee_id in (actor.user_id, work.behalf):
            return
        if task.assignee_id is not None:
            raise Forbidden(f"{_name(tx, task.assignee_id)} heeft deze taak al opgepakt.")
        task.assignee_id, task.claimed_at = work.behalf or actor.user_id, now
        task.claimed_by = actor.user_id if work.behalf else None
        comfort_queries.take_back(tx, task.id, actor.user_id)
        work.note(EventKind.TASK_CLAIMED, task.element_id)


def release(app: App, actor: Actor, task_id: UUID) -> None:
    """Give a task back to those who handle its lane; the draft goes. A deputy gives back what he picked up himself.

    Raises NotFound, Forbidden, AlreadyDone.
    """
    now = app.clock()
    with app.database.write() as tx:
        work, task, _ = _on_task(app, tx, actor, task_id, now=now)
        _must_hold(work, task)
        if task.claimed_by != actor.user_id:
            acting.in_person(work, _NOT_YOURS)
        task.assignee_id, task.claimed_at, task.claimed_by = None, None, None
        file_queries.drop_own_draft(tx, task.id, actor.user_id)
        comfort_queries.take_back(tx, task.id, actor.user_id)
        work.note(EventKind.TASK_RELEASED, task.element_id)


def pass_on(app: App, actor: Actor, task_id: UUID, user_id: UUID | None) -> str:
    """Give a task that one holds to another handler of its lane, who is told; the draft goes. Gives the other's name.

    Raises NotFound, Forbidden (also when nobody was chosen who handles the lane), AlreadyDone.
    """
    now = app.clock()
    with app.database.write() as tx:
        work, task, element = _on_task(app, tx, actor, task_id, now=now)
        _must_hold(work, task)
        acting.in_person(work, _NOT_YOURS)
        other = next((user for user in handling.colleagues(work, Role(task.lane)) if user.id == user_id), None)
        if other is None:
            raise Forbidden("Deze collega behandelt deze taak niet mee. Kies iemand anders.")
        task.assignee_id, task.claimed_at, task.claimed_by = other.id, now, None
        file_queries.drop_own_draft(tx, task.id, actor.user_id)
        comfort_queries.take_back(tx, task.id, actor.user_id)
        comfort_queries.came_to(tx, task.id, other.id)
        work.note(EventKind.TASK_PASSED_ON, task.element_id, user=other.id.hex)
        notices.tell_person(work, other.id, "task_passed_on", element, task)
        notices.queue(work)
        return other.name


def save_draft(app: App, actor: Actor, task_id: UUID, raw: Mapping[str, str], *, entries: Collection[UUID] = ()) -> datetime:
    """Keep what was typed and which entries were ticked, sealed to its author alone. Gives the moment of saving.

    What no file may hold yet is not kept.
    """
    now = app.clock()
    if actor.private_key is None:
        raise Forbidden
    with app.database.write() as tx:
        work, task, element = _on_task(app, tx, actor, task_id, now=now)
        _must_hold(work, task)
        kept = _keep(work.procedure.form_of(element.id), raw, work) | handover.kept(work.procedure, element.id, entries)
        content = seal_draft(task.id.hex, actor.user_id.hex, public_of(actor.private_key), kept)
        tx.merge(Draft(task_id=task.id, user_id=actor.user_id, sealed=content, saved_at=now))
    return now


def complete(
    app: App, actor: Actor, task_id: UUID, raw: Mapping[str, str], handlers: Chosen, *, entries: Collection[UUID] = ()
) -> Completed:
    """Complete a task with these answers, and go on with the procedure. What time did comes first: a late answer stays late.

    `entries`: what of the adviser's file goes along, where the case is handed over behind this step.
    Raises InvalidAnswers (also HandlersNeeded), AlreadyDone, Forbidden, NotFound; then nothing has changed.
    """
    now = app.clock()
    with app.database.write() as tx:
        work, task, element = _on_task(app, tx, actor, task_id, now=now, chosen=handlers)
        work.entries = frozenset(entries)
        _must_hold(work, task)
        form = work.procedure.form_of(element.id)
        _must_be_asked(form, raw)
        answers = validate(form, raw, work.facts.values(), now)
        if answers.errors:
            raise InvalidAnswers(answers.errors)
        _carry_out(work, task, form, answers)
        return _completed(work, element)


def _must_be_asked(form: Form, raw: Mapping[str, str]) -> None:
    """A misspelt key must not look like an answer that was left out."""
    known = {key for field in form.fields for key in (field.key, field.key + TIME)}
    unknown = sorted(set(raw) - known)
    if unknown:
        raise InvalidAnswers({key: "Deze vraag staat niet op het formulier." for key in unknown})


def _carry_out(work: Work, task: Task, form: Form, answers: Answers) -> None:
    transition.tell_what_time_did(work)
    changed = _put_facts(work, task, form, answers)
    _write_sealed(work, task, form, answers)
    transition.move_started_terms(work, changed)
    work.note(EventKind.TASK_COMPLETED, task.element_id)
    transition.close(work, task, "done")
    try:
        outcome = work.app.runner.complete(work.procedure, state_of(work), task.engine_id, situation=term_rows.situation(work))
    except TaskNotReady as error:
        raise AlreadyDone("Deze taak is net vervallen. Wat je typte, staat hieronder nog.", None, work.now) from error
    transition.apply(work, outcome)


def _put_facts(work: Work, task: Task, form: Form, answers: Answers) -> list[str]:
    """Write the facts that were answered or emptied; gives the names of those that are different now."""
    old = work.facts.values()
    changed = [name for name, value in answers.facts.items() if old.get(name) != value]
    for name in changed:
        audience = form.field(name).audience
        work.facts.put(name, FactRecord(answers.facts[name], work.now, task.element_id, Role(task.lane), audience))
    return changed


def _write_sealed(work: Work, task: Task, form: Form, answers: Answers) -> None:
    work.written = Written(form.id, task.id, answers.sealed)
    by_file: dict[FileKind, dict[str, str]] = {}
    for key, text in answers.sealed.items():
        if text:
            kind = form.field(key).file or FILES[Role(task.lane)][0]
            by_file.setdefault(kind, {})[key] = text
    for kind, texts in by_file.items():
        sealed.write(work, kind, texts, form_id=form.id, task_id=task.id)


def _on_task(
    app: App, tx: Transaction, actor: Actor, task_id: UUID, *, now: datetime, chosen: Chosen | None = None
) -> tuple[Work, Task, Element]:
    """The locked work on a task that this person may do. Raises NotFound, Forbidden, AlreadyDone."""
    work = begin_on_task(app, tx, actor, task_id, now=now, chosen=chosen)
    lanes = work.lanes
    task = next((t for t in work.tasks if t.id == task_id), None)
    found = task or tx.get_one(Task, task_id)
    lane = Role(found.lane)
    if not may(lanes, Permission.STEP_READ, lane):
        raise NotFound
    if not may(lanes, Permission.TASK_DO, lane):
        raise Forbidden("Deze taak is voor iemand anders. Je kunt wel zien hoe ver de zaak is.")
    if task is None:
        raise _already(tx, found)
    acting.represent(work, lane, task.assignee_id)
    return work, task, work.element(task)


def _already(tx: Transaction, task: Task) -> AlreadyDone:
    by = _name(tx, task.closed_by) if task.closed_by else None
    done = "afgerond" if task.outcome == "done" else "vervallen"
    text = f"Deze taak is al {done}{f' door {by}' if by else ''}. Wat je typte, staat hieronder nog."
    return AlreadyDone(text, by, task.closed_at)


def _must_hold(work: Work, task: Task) -> None:
    if task.assignee_id is None:
        raise Forbidden("Pak de taak eerst op.")
    if task.assignee_id != (work.behalf or work.actor_id):
        raise Forbidden(f"{_name(work.tx, task.assignee_id)} heeft deze taak opgepakt.")


def _keep(form: Form, raw: Mapping[str, str], work: Work) -> dict[str, str]:
    """What of the typed text may be kept: without consent there is no text about persons (Handreiking 2.9)."""
    answers = validate(form, raw, work.facts.values(), work.now)
    visible = {field.key for field in visible_fields(form, work.facts.values(), answers.facts)}
    return {key: text for key, text in raw.items() if key.removesuffix("__time") in visible}


def _completed(work: Work, element: Element) -> Completed:
    # Whoever stepped aside by this very answer handles nothing any more; that he holds his role was read when he began.
    lanes = acting.lanes_after(work)
    opened = [one for target, task in work.follow.opened for one in _told(work, element, target, task)]
    ended = work.procedure.element(work.row.end_element).name if work.row.end_element else None
    # That the same task comes again is said last.
    opened.sort(key=lambda one: one.again)
    return Completed(element.name, work.case.number, work.row.id, tuple(opened), ended, bool(lanes))


def _told(work: Work, element: Element, target: Work, task: Task) -> Iterator[Opened]:
    """A task that opened, here or in a procedure that this step started, told or woke; if the acting person may know of it."""
    own = target.row.id == work.row.id
    lanes = acting.lanes_after(work) if own else acting.lanes_after(replace(target, actor=work.actor)) & work.lanes
    lane = Role(task.lane)
    if task.closed_at is None and may(lanes, Permission.STEP_READ, lane):
        mine = task.assignee_id in {work.actor_id, work.behalf} - {None} and lane in lanes
        again = own and task.element_id == element.id
        yield Opened(target.element(task).name, lane, task.id if mine else None, again)


def _name(tx: Transaction, user_id: UUID) -> str:
    return queries.names(tx, {user_id}).get(user_id, "Iemand anders")
