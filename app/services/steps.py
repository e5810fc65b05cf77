"""How far a procedure is: done, active, waiting and ahead, as a list and on the drawing, for the lanes a person may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app.domain.facts import FactValue
from app.domain.lookahead import Ahead, steps_ahead
from app.domain.policy import Permission, may
from app.domain.procedure import ENDS, Element, ElementKind, Procedure
from app.domain.roles import READERS, FileKind, Role
from app.engine.outcome import Passed, WaitingTimer
from app.services.shown_terms import due_view
from app.services.views.case import DiagramView, Step
from app.storage.tables import Deadline, Task

MOST_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a running or ended procedure a person may see."""

    procedure: Procedure
    #: Elements of done steps that this version of the procedure has no more, as the version had them that they were done in.
    former: Mapping[str, Element]
    main: str
    lanes: frozenset[Role]
    tasks: list[Task]
    terms: Mapping[UUID, Deadline]
    names: Mapping[UUID, str]
    #: The facts that this person may see: what they decide already is no longer a question.
    facts: Mapping[str, FactValue]
    hidden: frozenset[str]
    end_element: str | None
    ended_at: datetime | None
    now: datetime
    actor_id: UUID
    passed: list[Passed]

    def element(self, element_id: str) -> Element:
        """An element of this version, else as it was in an earlier one."""
        return self.former.get(element_id) or self.procedure.element(element_id)

    def readable(self, element: Element) -> bool:
        """Whether this person may know how far this element is."""
        return may(self.lanes, Permission.STEP_READ, element.lane)


def list_of(seen: Seen, timers: Iterable[WaitingTimer]) -> tuple[Step, ...]:
    """The steps in order: what was done, what is to be done now, what is waited for, what may come."""
    last = {passed.element_id: place for place, passed in enumerate(seen.passed)}
    done = sorted(
        (t for t in seen.tasks if t.outcome == "done"), key=lambda t: (t.closed_at or seen.now, last.get(t.element_id, len(last)))
    )
    active = [t for t in seen.tasks if t.closed_at is None]
    catches = [timer for timer in timers if _is_catch(seen, timer)]
    steps = [_done(seen, task) for task in done] + [_active(seen, task) for task in active]
    steps += [_waiting(seen, timer) for timer in catches]
    if seen.end_element is not None:
        return (*steps, _end(seen, seen.procedure.element(seen.end_element), seen.ended_at))
    started = {t.element_id for t in seen.tasks}
    here = [t.element_id for t in active] + [timer.element_id for timer in catches]
    return (*steps, *_ahead(seen, here, started))


def marks(seen: Seen, process_id: str, timers: Iterable[WaitingTimer]) -> DiagramView:
    """What to mark on the drawing of one level."""
    process = seen.procedure.processes[process_id]
    active = {t.element_id for t in seen.tasks if t.closed_at is None}
    inside = {seen.procedure.element(e).process_id for e in active}
    calls = {e.id for e in process.elements.values() if e.called is not None and inside & set(seen.procedure.levels(e.called))}
    done = dict.fromkeys(p.element_id for p in seen.passed if p.element_id in process.elements)
    waiting = [(t.element_id, _shown_at(seen, t.element_id, t.at)) for t in timers if t.at and t.element_id in process.elements]
    now = [e for e in process.elements if e in active or e in calls]
    return DiagramView(
        process_id=process_id,
        name=process.name,
        done=tuple(e for e in done if e not in now and seen.readable(process.elements[e])),
        active=tuple(now),
        waiting=tuple((e, at) for e, at in waiting if seen.readable(process.elements[e])),
    )


def _shown_at(seen: Seen, element_id: str, at: datetime) -> datetime:
    """A term's last moment, not the first one after it: on the drawing stands the day that people know it by."""
    over = (seen.procedure.element(element_id).timer or "").startswith("deadline.")
    return at - timedelta(microseconds=1) if over else at


def may_read_event(procedure: Procedure, lanes: frozenset[Role], element_id: str | None, detail: Mapping[str, object]) -> bool:
    """Whether a line of the history may be shown: by the lane of its element, by the lane it names, by the file it tells of."""
    if "file" in detail:
        # What was shared out of a file is told to the readers of both.
        concerned = [READERS[FileKind(str(detail["file"]))], *_named(detail)]
        return any(may(lanes, Permission.FILE_READ, lane) for lane in concerned)
    element = _element(procedure, element_id)
    about = [*_named(detail), *([element.lane] if element is not None and element.lane is not None else [])]
    return not about or any(may(lanes, Permission.STEP_READ, lane) for lane in about)


def _named(detail: Mapping[str, object]) -> list[Role]:
    return [Role(str(detail["lane"]))] if "lane" in detail else []


def name_of(procedure: Procedure, element_id: str | None) -> str | None:
    """The Dutch name of an element; None when there is none."""
    element = _element(procedure, element_id)
    return None if element is None else element.name


def _element(procedure: Procedure, element_id: str | None) -> Element | None:
    try:
        return procedure.element(element_id) if element_id else None
    except KeyError:
        return None


def _done(seen: Seen, task: Task) -> Step:
    who = seen.names.get(task.closed_by) if task.closed_by else None
    # Nobody but its holder completes a task, except a deputy for him.
    behalf = seen.names.get(task.assignee_id) if task.assignee_id and task.assignee_id != task.closed_by else None
    return replace(_line(seen, task.element_id, "done"), who=who, behalf=behalf, at=task.closed_at)


def _active(seen: Seen, task: Task) -> Step:
    term = seen.terms.get(task.id)
    rule = seen.procedure.element(task.element_id).term
    due = None if term is None else due_view(seen.now, term.due_at, term.warn_at, rule)
    mine = may(seen.lanes, Permission.TASK_DO, Role(task.lane))
    holder = seen.names.get(task.assignee_id) if task.assignee_id else None
    who, behalf = (seen.names.get(task.claimed_by), holder) if task.claimed_by else (holder, None)
    line = replace(_line(seen, task.element_id, "active"), who=who, behalf=behalf, at=task.opened_at)
    return replace(line, due=due, task_id=task.id if mine else None)


def _waiting(seen: Seen, timer: WaitingTimer) -> Step:
    # No term that ends, but a day that comes: the timer goes off at its first moment.
    return replace(_line(seen, timer.element_id, "waiting"), at=timer.at)


def _end(seen: Seen, element: Element, at: datetime | None) -> Step:
    return replace(_line(seen, element.id, "end"), at=at)


def _ahead(seen: Seen, here: list[str], started: set[str]) -> list[Step]:
    found: dict[str, Ahead] = {}
    for element_id in here:
        for ahead in steps_ahead(seen.procedure, element_id, seen.facts, seen.hidden):
            found.setdefault(ahead.element.id, ahead)
    tasks = [a for a in found.values() if a.element.kind not in ENDS and a.element.id not in started and seen.readable(a.element)]
    ends = [a for a in found.values() if a.element.kind in ENDS]
    steps = [replace(_line(seen, a.element.id, "ahead"), note=_note(a)) for a in tasks[:MOST_AHEAD]]
    # Which of several ends it will be is not known yet.
    line = [_line(seen, a.element.id, "end") for a in ends[:1]]
    return steps + [one if len(ends) == 1 else replace(one, label="") for one in line]


def _note(ahead: Ahead) -> str | None:
    """The last choice that leads there, in the words of the drawing."""
    return f"{ahead.choices[-1][0].name} {ahead.choices[-1][1]}" if ahead.choices else None


def _line(seen: Seen, element_id: str, state: str) -> Step:
    element = seen.element(element_id)
    return Step(element_id, element.name, state, who=None, role=element.lane, at=None, due=None, note=None, task_id=None)


def _is_catch(seen: Seen, timer: WaitingTimer) -> bool:
    element = seen.procedure.element(timer.element_id)
    return element.kind is ElementKind.TIMER_CATCH and seen.readable(element)
