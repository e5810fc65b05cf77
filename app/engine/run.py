"""Transitions of a running procedure: start, complete a task, wake, send a message, move timers.

Every transition loads a state, gives it one frozen situation, runs as far as it can without people and answers with an outcome.
Nothing is kept between transitions but the specs of a procedure version, which never change.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from SpiffWorkflow.bpmn.specs.defaults import StartEvent
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain.procedure import Procedure
from app.engine.arming import move_term_timers, set_timers
from app.engine.compact import compact
from app.engine.moving import move
from app.engine.moving_checks import Pair
from app.engine.outcome import Outcome, Situation, Waiting
from app.engine.report import outcome_of, ready_tasks, waiting_of
from app.engine.script_engine import NEVER, FactsEngine, ScriptRefused
from app.engine.spiff_parser import Specs, build
from app.engine.state import load
from app.engine.steps import MAX_STEPS, Course, RunsForever, waiting

#: How many procedure versions keep their specs in memory; a spec of fifty elements takes about 1 MB.
CACHED_SPECS: Final = 32

#: For reading a state without running it.
_NOTHING_KNOWN: Final = Situation({}, NEVER, lambda _: None)


#: What running a drawing may raise whose mistakes nobody looked for yet: it goes round for ever, or no way leads on.
CANNOT_RUN: Final = (RunsForever, ScriptRefused, WorkflowException)


class TaskNotReady(Exception):
    """The task was completed or cancelled before, or by a timer in this very transition."""


class MessageNotExpected(Exception):
    """No message event with this id waits now."""


class UnknownStart(Exception):
    """The process has no start event with this id."""


class Runner:
    """Runs procedures; holds a bounded cache of specs and may be shared between threads.

    `tidy` forgets what is finished after each transition; tests compare it with forgetting nothing. After `most_steps` steps in
    one transition it counts as going round for ever.
    """

    def __init__(self, tidy: Callable[[BpmnWorkflow], None] = compact, most_steps: int = MAX_STEPS) -> None:
        self._tidy = tidy
        self._most_steps = most_steps
        self._specs: OrderedDict[tuple[str, str], Specs] = OrderedDict()
        self._lock = Lock()

    def start(self, procedure: Procedure, start_id: str, situation: Situation) -> Outcome:
        """Start the process (the main one, or an `anytime` one) that has this start event. Raises UnknownStart."""
        specs = self._specs_of(procedure)
        processes = (specs.main, *specs.anytime.values())
        spec = next((s for s in processes if any(event.name == start_id for event in s.bpmn_start_events)), None)
        if spec is None:
            raise UnknownStart(start_id)
        workflow = BpmnWorkflow(spec, dict(specs.subs), script_engine=FactsEngine(situation))
        course = Course(workflow, self._tidy, self._most_steps)
        _choose_start(workflow, start_id)
        return self._finish(course)

    def complete(self, procedure: Procedure, state: str, task_id: str, situation: Situation) -> Outcome:
        """Complete a user task; the situation's facts hold its answers already. Raises TaskNotReady.

        What is due comes first, so a term before a late completion, which then may find its task gone.
        """
        course = self._resume(procedure, state, situation)
        task = next((t for t in ready_tasks(course.workflow) if str(t.id) == task_id), None)
        if task is None:
            raise TaskNotReady(task_id)
        course.run(task)
        return self._finish(course)

    def wake(self, procedure: Procedure, state: str, situation: Situation) -> Outcome:
        """Fire what is due, in the order of the moments, and go on. Does no harm when nothing is due."""
        return self._finish(self._resume(procedure, state, situation))

    def send(self, procedure: Procedure, state: str, element_id: str, situation: Situation) -> Outcome:
        """Deliver a message to a waiting message event; the outermost when several wait. Raises MessageNotExpected."""
        course = self._resume(procedure, state, situation)
        events = waiting(course.workflow, MessageEventDefinition)
        task = next((t for t in events if t.task_spec.bpmn_id == element_id), None)
        if task is None:
            raise MessageNotExpected(element_id)
        _deliver(task)
        return self._finish(course)

    def move_timers(self, procedure: Procedure, state: str, element_id: str, situation: Situation) -> Outcome:
        """Ask anew for the term of this user task and move its timers, before anything fires.

        A waiting timer gets the new moment, and fires now when that has passed. A fired one is armed again when its new moment
        lies in the future and its task is still open.
        """
        course = self._load(procedure, state, situation)
        move_term_timers(course.workflow, element_id)
        return self._finish(course)

    def move(self, pair: Pair, state: str) -> str:
        """The state as another version of its procedure has it; nothing runs. Raises CannotMove."""
        return move(pair, self._specs_of(pair.new), state, FactsEngine(_NOTHING_KNOWN))

    def waiting(self, procedure: Procedure, state: str) -> Waiting:
        """What a procedure waits for, without running it."""
        return waiting_of(load(self._specs_of(procedure), state, FactsEngine(_NOTHING_KNOWN)))

    def _load(self, procedure: Procedure, state: str, situation: Situation) -> Course:
        workflow = load(self._specs_of(procedure), state, FactsEngine(situation))
        set_timers(workflow)
        return Course(workflow, self._tidy, self._most_steps)

    def _resume(self, procedure: Procedure, state: str, situation: Situation) -> Course:
        course = self._load(procedure, state, situation)
        course.advance()
        return course

    def _finish(self, course: Course) -> Outcome:
        course.advance()
        course.tidy(course.workflow)
        return outcome_of(course)

    def _specs_of(self, procedure: Procedure) -> Specs:
        key = (procedure.sha256, procedure.main)
        with self._lock:
            specs = self._specs.pop(key, None) or build(procedure)
            self._specs[key] = specs
            if len(self._specs) > CACHED_SPECS:
                self._specs.popitem(last=False)
        return specs


def _choose_start(workflow: BpmnWorkflow, start_id: str) -> None:
    # Stock start events without a message all fire at once: run what lies before them by hand, and leave only the chosen one.
    root = workflow.task_tree
    root.run()
    for child in root.children:
        if not isinstance(child.task_spec, StartEvent):
            child.run()
    events = [task for task in list(workflow.tasks.values()) if isinstance(task.task_spec, StartEvent)]
    for task in events:
        if task.task_spec.bpmn_id != start_id:
            task.cancel()
        elif task.state == TaskState.WAITING:
            _deliver(task)


def _deliver(task: Task) -> None:
    # Not `send_event`: that goes by the name of the message and reaches every event with that name.
    task.internal_data["event_fired"] = True
    task.task_spec._update(task)
