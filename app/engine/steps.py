"""Lets a procedure run as far as it can without people: engine steps and timers that are due, in a fixed order.

SpiffWorkflow's own loop also runs tasks that a step before them cancelled, and leaves a fired timer ready until a next call.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from SpiffWorkflow.bpmn.specs.defaults import EndEvent, ParallelGateway
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.compact import preorder
from app.engine.outcome import Passed
from app.engine.script_engine import NEVER
from app.engine.timers import MomentTimer, moment_of

#: Far more than any diagram passes between two people; beyond it the diagram goes round without ever waiting.
MAX_STEPS: Final = 5000


class RunsForever(Exception):
    """The procedure goes round in a loop in which nobody and nothing is waited for."""


class Course:
    """One transition of one workflow: runs steps and remembers, in order, what was passed. `tidy` forgets what is finished.

    `most`: after this many steps it counts as going round for ever.
    """

    def __init__(self, workflow: BpmnWorkflow, tidy: Callable[[BpmnWorkflow], None], most: int = MAX_STEPS) -> None:
        self.workflow = workflow
        self.tidy = tidy
        self._most = most
        self.engine = workflow.script_engine
        self.now: datetime = self.engine.situation.now
        self.passed: list[Passed] = []
        #: The id of the main process' last end event that was passed.
        self.ended: str | None = None
        self._run = 0

    def advance(self) -> None:
        """Run every engine step; then fire the earliest due timer, and so on until neither is left."""
        self._steps()
        while (due := self._earliest()) is not None and due <= self.now:
            self.engine.horizon = due
            for task in waiting(self.workflow, MomentTimer):
                task.task_spec._update(task)
            self.engine.horizon = NEVER
            self._steps()

    def run(self, task: Task) -> None:
        """Run one ready task and note it when it is drawn. Raises RunsForever."""
        self._run += 1
        if self._run > self._most:
            raise RunsForever(str(task.task_spec.name))
        task.run()
        element_id = task.task_spec.bpmn_id
        if element_id is None or not task.has_state(TaskState.COMPLETED):
            return
        moment = moment_of(task) if _is_timer(task) else None
        self.passed.append(Passed(element_id, moment or self.now))
        if task.workflow is self.workflow and isinstance(task.task_spec, EndEvent):
            self.ended = element_id

    def _steps(self) -> None:
        while (task := _next_step(self.workflow)) is not None:
            self.run(task)
            if isinstance(task.task_spec, ParallelGateway):
                # A join that comes round again in this same transition must not count this round's tokens.
                self.tidy(self.workflow)

    def _earliest(self) -> datetime | None:
        moments = [moment_of(task) for task in waiting(self.workflow, MomentTimer)]
        return min((moment for moment in moments if moment is not None), default=None)


def levels(workflow: BpmnWorkflow) -> list[BpmnBaseWorkflow]:
    """The main process and every running call, outer ones first."""
    return [workflow, *sorted(workflow.subprocesses.values(), key=lambda sub: sub.depth)]


def waiting(workflow: BpmnWorkflow, definition: type) -> Iterator[Task]:
    """The waiting event tasks with this kind of event definition, outer levels first, in the order of the tree."""
    for level in levels(workflow):
        for task in list(preorder(level)):
            if task.state == TaskState.WAITING and isinstance(getattr(task.task_spec, "event_definition", None), definition):
                yield task


def _next_step(workflow: BpmnWorkflow) -> Task | None:
    # Inner levels first, so that a call has ended before its caller goes on.
    for level in reversed(levels(workflow)):
        for task in preorder(level):
            if task.state == TaskState.READY and not task.task_spec.manual:
                return task
    return None


def _is_timer(task: Task) -> bool:
    return isinstance(getattr(task.task_spec, "event_definition", None), MomentTimer)
