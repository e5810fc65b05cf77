"""What a procedure is to the rest of the product: elements, flows, terms and forms, free of any engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain.forms import Form
from app.domain.roles import Role


class ElementKind(StrEnum):
    """The kinds of BPMN element that our dialect runs."""

    START = "start"
    MESSAGE_START = "message_start"
    USER_TASK = "user_task"
    SERVICE_TASK = "service_task"
    CALL = "call"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    TIMER_CATCH = "timer_catch"
    MESSAGE_CATCH = "message_catch"
    TIMER_BOUNDARY = "timer_boundary"
    MESSAGE_BOUNDARY = "message_boundary"
    END = "end"
    TERMINATE_END = "terminate_end"


ENDS = (ElementKind.END, ElementKind.TERMINATE_END)
#: Events at which a running procedure waits for a message.
AWAITED = (ElementKind.MESSAGE_CATCH, ElementKind.MESSAGE_BOUNDARY)


#: The message that says that a procedure has ended which this one started. The system delivers it; no person does.
STEP_DONE: Final = "step_done"


class Begins(StrEnum):
    """What a start event begins: a new case, something beside another procedure, a complaint from the list of notices, or the
    replacement of an adviser who is ill.
    """

    CASE = "case"
    BESIDE = "beside"
    LIST = "list"
    ILLNESS = "illness"


#: Where no person is waited for, but a day or a message.
CATCHES = (ElementKind.TIMER_CATCH, ElementKind.MESSAGE_CATCH)


class Calendar(StrEnum):
    """Which days of a term are counted (app/domain/calendar.py); office hours are 8 to 17 on working days."""

    ATW = "atw"
    WORKDAYS = "workdays"
    SCHOOLDAYS = "schooldays"
    OFFICEHOURS = "officehours"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class TermRule:
    """The term of a user task as drawn: ISO 8601 periods; `starts_from` names a date or moment fact (None: opening)."""

    period: str
    calendar: Calendar
    starts_from: str | None = None
    warn: str | None = None
    escalate: Role | None = None
    extendable: bool = False
    statutory: bool = False
    #: Facts (dates or moments) that must all be set and lie on or before the due moment for the term to be met;
    #: empty: the moment of completing the task counts. From the property `deadlineMetBy`, comma-separated.
    met_by: tuple[str, ...] = ()
    #: The fact that says which complaints committee it is: of a target alone, what its board keeps for that committee counts in
    #: place of `period`. From the property `deadlineCommittee`.
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a diagram. `lane` is its own flowNodeRef; ids are unique over the whole procedure."""

    id: str
    name: str
    kind: ElementKind
    process_id: str
    lane: Role | None = None
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    form_id: str | None = None
    term: TermRule | None = None
    topic: str | None = None
    called: str | None = None
    message: str | None = None
    timer: str | None = None
    attached_to: str | None = None
    interrupting: bool = True

    @property
    def neutral_title(self) -> str:
        """What mail and calendar may say of this step; never more than that there is something to do."""
        return self.properties.get("neutralTitle", "Een stap in een zaak wacht op je")

    @property
    def begins(self) -> Begins:
        """What a start event begins; a new case where nothing is said. Raises ValueError for a word that the checks refuse."""
        return Begins(self.properties.get("begins", Begins.CASE))

    @property
    def help(self) -> str:
        """What the Handreiking asks at this step, in our own words; empty when there is nothing to tell."""
        return self.properties.get("help", "")

    @property
    def social_map(self) -> bool:
        """Whether whoever does this step needs the board's numbers and social map at hand."""
        return self.properties.get("socialMap") == "ja"

    @property
    def follow_up(self) -> bool:
        """Whether this step asks if what was agreed is kept; such steps are counted."""
        return self.properties.get("followUp") == "true"

    @property
    def several_at_once(self) -> bool:
        """Whether the drawing means this call to begin what may be open already."""
        return self.properties.get("severalAtOnce") == "true"

    @property
    def legal_basis(self) -> str:
        """The source of the step, for example `WPO art. 14 lid 7`."""
        return self.properties.get("legalBasis", "")

    @property
    def timer_fact(self) -> str | None:
        """The date or moment that a timer waits for; None for the timer of a term, and for all else."""
        return self.timer if self.timer is not None and "." not in self.timer else None

    @property
    def checklist(self) -> tuple[int, ...]:
        """The rows of the checklist of rules for schools that the step serves."""
        return tuple(int(row) for row in self.properties.get("checklist", "").split(",") if row.strip())


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow; `condition` is the text between `${` and `}`, None when there is none."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """One level of a procedure: the main process, a called phase, or an `anytime` process."""

    id: str
    name: str
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    documentation: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    #: The name of the source that draws it.
    file: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Facts copied in when the process starts as a procedure; they count as set."""
        return _names(self.properties.get("inputs", ""))

    @property
    def outputs(self) -> tuple[str, ...]:
        """Facts handed back to the starting procedure when this one ends."""
        return _names(self.properties.get("outputs", ""))

    @property
    def anytime(self) -> tuple[str, ...]:
        """Ids of one-task processes that may be started beside this one at any moment."""
        return _names(self.properties.get("anytime", ""))

    @property
    def only_while_running(self) -> bool:
        """Whether this `anytime` process makes no sense beside a procedure that has ended."""
        return self.properties.get("onlyWhileRunning") == "true"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole procedure: its main process, everything it calls, its anytime processes and all forms, under one sha256."""

    key: str
    main: str
    processes: Mapping[str, Process]
    forms: Mapping[str, Form]
    sha256: str
    sources: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    #: All files, diagrams and forms, as they are frozen when the procedure is published.
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)

    @property
    def name(self) -> str:
        """The Dutch name of the procedure."""
        return self.processes[self.main].name

    def element(self, element_id: str) -> Element:
        """The element with this id, wherever it is in the procedure. Raises KeyError when there is none."""
        for process in self.processes.values():
            if element_id in process.elements:
                return process.elements[element_id]
        raise KeyError(element_id)

    def levels(self, main: str) -> tuple[str, ...]:
        """A process and all that it calls, outer levels first, each once."""
        found = dict.fromkeys([main])
        waiting = [main]
        while waiting:
            elements = self.processes[waiting.pop(0)].elements.values()
            called = [e.called for e in elements if e.called is not None and e.called not in found]
            found.update(dict.fromkeys(called))
            waiting.extend(dict.fromkeys(called))
        return tuple(found)

    def source_of(self, process_id: str) -> bytes | None:
        """The diagram that draws a process; None when there is no such process."""
        process = self.processes.get(process_id)
        return None if process is None else self.sources.get(process.file)

    def starts(self) -> tuple[Element, ...]:
        """The start events of the main process, in drawing order."""
        kinds = (ElementKind.START, ElementKind.MESSAGE_START)
        return tuple(e for e in self.processes[self.main].elements.values() if e.kind in kinds)

    def form_of(self, element_id: str) -> Form:
        """The form of a user task. Raises KeyError when the element has none."""
        form_id = self.element(element_id).form_id
        if form_id is None:
            raise KeyError(element_id)
        return self.forms[form_id]


class Severity(StrEnum):
    """An error stops publishing; a warning needs a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a diagram or form: where (file, element id and name) and a Dutch sentence that says what to do."""

    file: str
    element_id: str
    element_name: str
    code: str
    text: str
    severity: Severity = Severity.ERROR


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
