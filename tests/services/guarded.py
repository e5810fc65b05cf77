"""A small installation around two procedures with terms: what a worker meets, without pages and forms.

`guarded`: a board must answer within a statutory term with drawn timers, beside an adviser who has a target of ten working days.
`follow_up`: on an agreed day the adviser gets a task, whose target counts from a date that may lie long back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from app.clock import Clock
from app.domain.calendar import CalendarConfig
from app.domain.facts import Audience, FactRecord, Facts, FactValue
from app.domain.procedure import Calendar, Element, ElementKind, Procedure, Process, TermRule
from app.domain.roles import Role
from app.engine.run import Runner
from app.services import handling, term_rows, transition
from app.services.context import App
from app.services.publishing import publish
from app.services.versions import Versions
from app.services.work import Work
from app.settings import Settings
from app.storage.database import Database
from app.storage.tables import Event, Outbox, ProcedureRow, User
from app.vault.kdf import Kdf
from app.vault.server import ServerKeys
from tests.storage import rows

DIAGRAMS = Path(__file__).parent / "diagrams"
#: A Monday morning. The adviser's target ends on 16 November, the board's term on 30 November 2026.
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TARGET_WARN, TARGET_DUE = datetime(2026, 11, 13, 23, tzinfo=UTC), datetime(2026, 11, 16, 23, tzinfo=UTC)
ANSWER_WARN, ANSWER_DUE = datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 30, 23, tzinfo=UTC)
FINDABLE = "zeepaardje"


@dataclass(slots=True)
class SetClock:
    """A clock that shows what it was set to."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class People:
    """Who handles the cases, and where."""

    board: User
    adviser: User
    place: rows.Place


def make_app(database: Database, ledger: Path, clock: Clock) -> App:
    """The parts that a worker needs, for a process of its own too."""
    settings = Settings(
        database_url="",
        secret_key=bytes(32),
        pepper=bytes(32),
        server_keys="",
        ledger=ledger,
        base_url="https://veilig.example",
        smtp_from="route@veilig.example",
    )
    keys = ServerKeys({"k1": bytes(32)})
    versions = Versions(lambda key, files: procedure(key))
    return App(settings, database, Runner(), versions, CalendarConfig(), Kdf(bytes(32)), keys, clock)


def procedure(key: str) -> Procedure:
    """One of the two procedures: the elements that services ask for by hand, the rest for the engine from the drawing."""
    source = (DIAGRAMS / f"{key}.bpmn").read_bytes()
    elements = {element.id: replace(element, process_id=key) for element in _ELEMENTS[key]}
    process = Process(key, key, elements, {})
    return Procedure(key, key, {key: process}, {}, sha256(source).hexdigest(), {f"{key}.bpmn": source})


def people(app: App, name: str = "M. de Vries") -> People:
    """A board member and an adviser of one school, who may handle cases there; both procedures are published."""
    for key in _ELEMENTS:
        publish(app, procedure(key))
    with app.database.write() as tx:
        place = rows.place(tx)
        board, adviser = rows.person(tx, name), rows.person(tx, name)
        rows.member(tx, board, Role.BOARD, place, at_school=False)
        rows.member(tx, adviser, Role.ADVISER, place)
    return People(board, adviser, place)


def start(app: App, who: People, key: str = "guarded", facts: Mapping[str, FactValue] | None = None) -> ProcedureRow:
    """A running procedure in a case of its own, handled by both."""
    now = app.clock()
    with app.database.write() as tx:
        version = app.versions.current(tx, key)
        case = rows.case(tx, who.place)
        row = ProcedureRow(id=uuid4(), case_id=case.id, version_id=version.id, main=key, started_at=now)
        row.state = row.facts = row.passed = ""
        tx.add(row)
        tx.flush()
        work = Work(app, tx, now, None, case, row, version, Facts(), handlers=[])
        handling.add(work, Role.BOARD, who.board.id)
        handling.add(work, Role.ADVISER, who.adviser.id)
        for name, value in (facts or {}).items():
            work.facts.put(name, FactRecord(value, now, "agreed", Role.ADVISER, Audience.OWN))
        begin = version.procedure.starts()[0].id
        transition.apply(work, app.runner.start(version.procedure, begin, term_rows.situation(work)))
    return row


def told(app: App, case_id: UUID) -> list[tuple[str, str]]:
    """What the history of a case says about terms, in order: kind and element."""
    with app.database.read() as tx:
        wanted = select(Event.kind, Event.element_id).where(Event.case_id == case_id, Event.kind.startswith("term."))
        return [(kind, element or "") for kind, element in tx.execute(wanted.order_by(Event.seq))]


def queued(app: App, case_id: UUID) -> list[tuple[str, UUID]]:
    """Which notices of terms stand in the outbox, and to whom."""
    with app.database.read() as tx:
        wanted = select(Outbox.notice, Outbox.user_id).where(Outbox.case_id == case_id, Outbox.notice.startswith("term"))
        return sorted((notice, user_id) for notice, user_id in tx.execute(wanted))


def row_of(app: App, procedure_id: UUID) -> ProcedureRow:
    """A procedure as it stands in the database now."""
    with app.database.read() as tx:
        return tx.get_one(ProcedureRow, procedure_id)


def long_ago() -> dict[str, FactValue]:
    """The facts of a follow-up whose task opens with a term that is over already."""
    return {"follow_up_on": date(2026, 12, 1), "heard_on": date(2026, 9, 1)}


def _task(element_id: str, lane: Role, term: TermRule) -> Element:
    return Element(element_id, element_id, ElementKind.USER_TASK, "", lane, term=term)


_ELEMENTS = {
    "guarded": (
        Element("begin", "begin", ElementKind.START, ""),
        _task(
            "board_answer",
            Role.BOARD,
            TermRule("P4W", Calendar.ATW, warn="P1W", escalate=Role.ADVISER, statutory=True),
        ),
        _task("adviser_look", Role.ADVISER, TermRule("P10D", Calendar.WORKDAYS, warn="P2D", escalate=Role.BOARD)),
        Element("answer_warn", "answer_warn", ElementKind.TIMER_BOUNDARY, "", Role.BOARD),
        Element("answer_due", "answer_due", ElementKind.TIMER_BOUNDARY, "", Role.BOARD),
        Element("note_soon", "note_soon", ElementKind.SERVICE_TASK, ""),
        Element("note_late", "note_late", ElementKind.SERVICE_TASK, ""),
        Element("done", "done", ElementKind.END, ""),
    ),
    "follow_up": (
        Element("agreed", "agreed", ElementKind.START, ""),
        Element("the_day", "the_day", ElementKind.TIMER_CATCH, "", Role.ADVISER),
        _task("ask_again", Role.ADVISER, TermRule("P2W", Calendar.CALENDAR, starts_from="heard_on", warn="P1W")),
        Element("asked", "asked", ElementKind.END, ""),
    ),
}
