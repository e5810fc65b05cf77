"""One transition in progress: the locked rows, what is known, and what the engine is told.

Rows are locked in one order everywhere: the case, then the procedure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.clock import local_day
from app.domain.events import EventKind
from app.domain.facts import Facts
from app.domain.procedure import Element, Procedure
from app.domain.roles import Role
from app.domain.watching import watched
from app.engine.outcome import Passed
from app.services.at_rest import open_facts, open_passed, open_state, seal_facts, seal_passed, seal_state
from app.services.board_terms import BoardTerms
from app.services.context import Actor, App
from app.services.versions import Published
from app.storage import history
from app.storage.database import Transaction
from app.storage.queries import absences as absence_queries
from app.storage.queries import cases as case_queries
from app.storage.queries import work as queries
from app.storage.queries.absences import Stand
from app.storage.tables import Case, CaseHandler, Deadline, Outbox, ProcedureRow, Task

Chosen = Mapping[Role, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Written:
    """The sealed texts that the acting person wrote in this very request, by field: the form, and its task."""

    form_id: str
    task_id: UUID
    texts: Mapping[str, str]


@dataclass(slots=True)
class Follow:
    """What all works of one transition share: what opened, what follows in other procedures, and what boards set."""

    #: The tasks that opened, in order, each with the work on its procedure.
    opened: list[tuple["Work", Task]] = field(default_factory=list)

    #: Procedures that ended, in order; those who started them do not know yet.
    ended: list["Work"] = field(default_factory=list)
    #: Whether something waits now until a procedure that it started has ended.
    listens: bool = False
    #: What the board of a school set about terms, by school, as soon as a target asked.
    boards: dict[UUID, BoardTerms] = field(default_factory=dict)


@dataclass(slots=True)
class Work:
    """What one transition works on. `actor` None is a timer; `chosen` are the handlers ticked for lanes that open now."""

    app: App
    tx: Transaction
    now: datetime
    actor: Actor | None
    case: Case
    row: ProcedureRow
    published: Published
    facts: Facts
    handlers: list[CaseHandler]
    #: The lanes that the acting person handles and still may handle, or in which he acts for a handler; read in this transaction.
    lanes: frozenset[Role] = frozenset()
    tasks: list[Task] = field(default_factory=list)
    terms: dict[UUID, Deadline] = field(default_factory=dict)
    #: The tasks with drafts; whoever saves one locks the case too.
    drafted: frozenset[UUID] = frozenset()
    chosen: Chosen = field(default_factory=dict)
    #: What is left to deputies in this case, also for later; and for whom the acting person does this (None: for himself).
    left: tuple[Stand, ...] = ()
    behalf: UUID | None = None
    written: Written | None = None
    #: Which entries of the adviser's file were chosen to go along, where this step hands the case over.
    entries: frozenset[UUID] = frozenset()
    follow: Follow = field(default_factory=Follow)
    #: What people are told at the end of this transition.
    mail: list[Outbox] = field(default_factory=list)

    @property
    def procedure(self) -> Procedure:
        """The frozen procedure that this row runs."""
        return self.published.procedure

    @property
    def stands(self) -> tuple[Stand, ...]:
        """Who acts for whom in this case now."""
        return tuple(stand for stand in self.left if stand.begun)

    @property
    def actor_id(self) -> UUID | None:
        """Who acts; None is the system."""
        return self.actor.user_id if self.actor else None

    def element(self, task: Task) -> Element:
        """The element that a task is drawn as."""
        return self.procedure.element(task.element_id)

    def note(
        self, kind: EventKind, element_id: str | None = None, *, commitment: bytes | None = None, **detail: str | int | None
    ) -> None:
        """Append to the history of the case, also for whom it was done; `commitment` when something sealed was written."""
        if self.actor is not None and self.behalf is not None:
            detail["on_behalf_of"] = self.behalf.hex
        event = history.NewEvent(
            kind=kind,
            at=self.now,
            actor_id=self.actor_id,
            procedure_id=self.row.id,
            element_id=element_id,
            detail=dict(detail),
            commitment=commitment,
        )
        history.append(self.tx, self.case, event)


def begin(
    app: App, tx: Transaction, actor: Actor | None, procedure_id: UUID, *, now: datetime, chosen: Chosen | None = None
) -> Work:
    """Lock the case and the procedure and read what a transition needs. Raises NotFound."""
    work = resume(app, tx, actor, case_queries.lock(tx, procedure_id), now=now)
    work.chosen = chosen or {}
    return work


def begin_on_task(app: App, tx: Transaction, actor: Actor, task_id: UUID, *, now: datetime, chosen: Chosen | None = None) -> Work:
    """The same for the procedure of a task. Raises NotFound."""
    work = resume(app, tx, actor, case_queries.lock_of_task(tx, task_id), now=now)
    work.chosen = chosen or {}
    return work


def resume(
    app: App,
    tx: Transaction,
    actor: Actor | None,
    locked: tuple[Case, ProcedureRow],
    *,
    now: datetime,
    left: tuple[Stand, ...] | None = None,
) -> Work:
    """The work on a procedure whose case and row are locked already. `left`: what is left to deputies, where that is known.

    The day on which that counts is read anew: waiting for the lock may have taken until after midnight.
    """
    case, row = locked
    found = queries.open_work(tx, row.id)
    day = local_day(app.clock())
    handlers, any_left = queries.handlers(tx, case, row.id, now=now, day=day)
    if left is None:
        left = absence_queries.stands_in(tx, case.id, now=now, day=day) if any_left else ()
    here = {(handler.lane, handler.user_id) for handler in handlers}
    own = {Role(lane) for lane, user_id in here if actor is not None and user_id == actor.user_id}
    mine = (stand for stand in left if stand.begun and actor is not None and stand.deputy_id == actor.user_id)
    lent = {Role(stand.lane) for stand in mine if (stand.lane, stand.owner_id) in here}
    return Work(
        app=app,
        tx=tx,
        now=now,
        actor=actor,
        case=case,
        row=row,
        published=app.versions.get(tx, row.version_id),
        facts=open_facts(app.server_keys, row.id, row.facts),
        handlers=handlers,
        lanes=frozenset(own | lent),
        tasks=[task for task, _, _ in found],
        terms={task.id: term for task, term, _ in found if term is not None},
        drafted=frozenset(task.id for task, _, drafted in found if drafted),
        left=left,
    )


def state_of(work: Work) -> str:
    """The engine's state as it was last written."""
    return open_state(work.app.server_keys, work.row.id, work.row.state)


def save(work: Work, state: str, passed: Sequence[Passed]) -> None:
    """Write state, facts and what was passed back into the row, sealed; and who may watch it, as the facts say now."""
    keys, row = work.app.server_keys, work.row
    before = open_passed(keys, row.id, row.passed) if row.passed else []
    row.state = seal_state(keys, row.id, state)
    row.facts = seal_facts(keys, row.id, work.facts)
    found = watched(work.procedure, work.facts.values())
    queries.let_watch(work.tx, work.case, row, board=found.board, leader=found.leader)
    row.counted = found.counted
    if work.actor is not None:
        row.stepped_at = work.now
    if passed or not row.passed:
        row.passed = seal_passed(keys, row.id, [*before, *passed])
