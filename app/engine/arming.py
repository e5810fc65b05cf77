"""Moves timers that were armed before: when a term gets other moments, and when the date that a timer waits for changed."""

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.steps import levels, waiting
from app.engine.timers import MomentTimer, TimerKind, set_moment, source_of


def move_fact_timers(workflow: BpmnWorkflow) -> None:
    """Set every waiting timer of a date or moment fact to what the fact says now."""
    for task in waiting(workflow, MomentTimer):
        source = source_of(task)
        if source is not None and source.kind is TimerKind.FACT:
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
