"""Arms boundary events and their timers: new ones where a drawing gained them, and those whose term or date has other moments."""

from typing import Final

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.compact import preorder
from app.engine.steps import levels, waiting
from app.engine.timers import MomentTimer, TimerKind, is_set, set_moment, source_of

#: What SpiffWorkflow puts before a step with boundary events, and behind it, is called after the step and this.
SPLIT: Final = ".BoundaryEventSplit"
JOIN: Final = ".BoundaryEventJoin"


def hang_events(workflow: BpmnWorkflow) -> None:
    """Let boundary events that are drawn on a running step or call wait there, where none does and none fired."""
    for level in levels(workflow):
        for task in list(preorder(level)):
            spec = level.spec.task_specs.get(f"{task.task_spec.name}{SPLIT}")
            if spec is not None and task.has_state(TaskState.WAITING | TaskState.READY | TaskState.STARTED):
                _hang(task.parent if task.parent.task_spec is spec else _put_between(task, spec))


def _put_between(task: Task, spec: BoundaryEventSplit) -> Task:
    """A split that was passed, between a running task and what was before it."""
    before = task.parent
    split = before._add_child(spec, TaskState.COMPLETED)
    before.children = [split if child is task else child for child in before.children if child is not split]
    split.children, task.parent = [task], split
    return split


def _hang(split: Task) -> None:
    """The events that are missing below a split, all in the order of the drawing; what was armed again stays behind them."""
    order = split.task_spec.outputs
    for spec in order:
        if all(child.task_spec is not spec for child in split.children):
            split._add_child(spec, TaskState.WAITING)
    first = {child.task_spec: child for child in reversed(split.children)}
    again = [child for child in split.children if first[child.task_spec] is not child]
    split.children = [*sorted(first.values(), key=lambda child: order.index(child.task_spec)), *again]


def set_timers(workflow: BpmnWorkflow) -> None:
    """Set every waiting timer that was never set, and that of every date or moment fact to what the fact says now."""
    for task in waiting(workflow, MomentTimer):
        source = source_of(task)
        if source is not None and (source.kind is TimerKind.FACT or not is_set(task)):
            set_moment(task, workflow.script_engine.moment(task.task_spec.event_definition.expression))


def move_term_timers(workflow: BpmnWorkflow, element_id: str) -> None:
    """Set the waiting timers of a user task's term to its moments of now; arm fired ones again when these lie in the future."""
    for task in waiting(workflow, MomentTimer):
        if _is_of(task, element_id):
            set_moment(task, workflow.script_engine.moment(task.task_spec.event_definition.expression))
    for level in levels(workflow):
        for task in list(level.tasks.values()):
            # A split that was not reached yet is a prediction, of which the children may be missing.
            if isinstance(task.task_spec, BoundaryEventSplit) and task.state == TaskState.COMPLETED:
                _arm_again(task, element_id)


def _arm_again(split: Task, element_id: str) -> None:
    if not guarded(split).has_state(TaskState.READY | TaskState.STARTED):
        return
    engine = split.workflow.script_engine
    fired = {task.task_spec.name: task for task in split.children if _is_of(task, element_id)}
    for task in fired.values():
        # The last of the same timer counts: it may have been armed again before.
        at = engine.moment(task.task_spec.event_definition.expression)
        if task.has_state(TaskState.COMPLETED) and at is not None and at > engine.situation.now:
            child = split._add_child(task.task_spec, TaskState.FUTURE)
            child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
            child.task_spec._update(child)


def guarded(split: Task) -> Task:
    """The task that the boundary events under this split are attached to."""
    return next(task for task in split.children if not isinstance(task.task_spec, BoundaryEvent))


def _is_of(task: Task, element_id: str) -> bool:
    source = source_of(task)
    return source is not None and source.kind is not TimerKind.FACT and source.name == element_id
