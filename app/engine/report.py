"""Tells what follows from a transition: the state and all that waits now, in plain values."""

from collections.abc import Iterator

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import UserTask
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.arming import guarded
from app.engine.compact import preorder
from app.engine.outcome import Outcome, ReadyTask, Waiting, WaitingTimer
from app.engine.state import dump
from app.engine.steps import Course, levels, waiting
from app.engine.timers import MomentTimer, moment_of


def outcome_of(course: Course) -> Outcome:
    """The outcome of a transition that has run to its end."""
    workflow = course.workflow
    now_waiting = waiting_of(workflow)
    return Outcome(
        state=dump(workflow),
        ready=tuple(ReadyTask(str(task.id), task.task_spec.bpmn_id) for task in ready_tasks(workflow)),
        timers=now_waiting.timers,
        passed=tuple(course.passed),
        calls=tuple(course.engine.calls),
        messages=now_waiting.messages,
        ended=course.ended if workflow.completed else None,
    )


def waiting_of(workflow: BpmnWorkflow) -> Waiting:
    """The timers and messages that a workflow waits for."""
    return Waiting(
        timers=tuple(_timer(task) for task in waiting(workflow, MomentTimer)),
        messages=tuple(task.task_spec.bpmn_id for task in waiting(workflow, MessageEventDefinition)),
    )


def ready_tasks(workflow: BpmnWorkflow) -> Iterator[Task]:
    """The user tasks that wait for a person, outer levels first, in the order of the tree."""
    for level in levels(workflow):
        for task in preorder(level):
            if task.state == TaskState.READY and isinstance(task.task_spec, UserTask):
                yield task


def _timer(task: Task) -> WaitingTimer:
    guards = None
    if isinstance(task.parent.task_spec, BoundaryEventSplit):
        host = guarded(task.parent)
        guards = str(host.id) if isinstance(host.task_spec, UserTask) else None
    return WaitingTimer(task.task_spec.bpmn_id, guards, moment_of(task))
