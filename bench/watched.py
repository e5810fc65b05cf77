"""Cases of five years at a board of eighty schools, written straight into the tables, for its compliance board."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.clock import now
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.tables import (
    Base,
    Board,
    Case,
    CaseHandler,
    Deadline,
    Event,
    ProcedureRow,
    ProcedureVersion,
    School,
    Task,
    User,
)
from bench.crowd import put_in_order
from bench.figures import Progress
from bench.installation import Installation, Person

_SCHOOLS: Final = 80
_BATCH: Final = 1000
_DAYS: Final = 5 * 365
_EVENTS: Final = 10
#: Where the board was asked too, so that who was not ticked knows nothing of it; and where the reader decides himself.
_ASKED, _OWN = 10, 40
#: By procedure: the lane, the step, and the days of its term.
_STEPS: Final = {"measures": (Role.SCHOOL_LEADER, "school_leader_measures", 21), "committee": (Role.BOARD, "board_response", 28)}
_STATE: Final = "x" * 400  # nobody reads it; it gives the rows some size

_Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass
class _Filling:
    """What is written for one case after another: the reader's board, its schools, and who does the work."""

    reader: UUID
    other: UUID
    board_id: UUID
    schools: list[UUID]
    versions: dict[str, UUID]
    at: datetime = field(default_factory=now)

    def case(self, place: int, number: int) -> _Rows:
        """Measures of a head in every case, and a committee in each fourth, with ten lines of history."""
        school_id, begun = self.schools[place % _SCHOOLS], self.at - timedelta(days=_DAYS) * (1 - place / number)
        rows: _Rows = {Case: [], ProcedureRow: [], CaseHandler: [], Task: [], Deadline: [], Event: []}
        case = {"id": uuid4(), "number": f"W{place:07}", "school_id": school_id, "board_id": self.board_id}
        asked = place % _ASKED == 0 or place % 4 == 0
        case |= {"opened_at": begun, "event_count": _EVENTS, "event_head": b"", "board_ticked": asked}
        rows[Case].append(case)
        one = _One(self, rows, case["id"], school_id, watched=not asked)
        days = 3 + place % 35
        one.procedure("measures", begun, days)
        if place % _ASKED == 0:
            one.handler(self.other, Role.BOARD)
        if place % 4 == 0:
            one.procedure("committee", begun + timedelta(days=days), 15 + place % 30)
            one.handler(self.reader if place % _OWN == 0 else self.other, Role.BOARD)
        one.events(begun)
        return rows


@dataclass
class _One:
    """The rows of one case."""

    filling: _Filling
    rows: _Rows
    case_id: object
    school_id: UUID
    watched: bool
    row: dict[str, Any] = field(default_factory=dict)

    def procedure(self, key: str, begun: datetime, days: int) -> None:
        """A procedure with one step, done after so many days, and its term."""
        lane, step, term = _STEPS[key]
        law = key == "committee"
        done = begun + timedelta(days=days)
        ended = done if done < self.filling.at else None
        watched = {
            "watch_board": self.watched and not law,
            "watch_leader": not law,
            "case_id": self.case_id,
            "school_id": self.school_id,
        }
        watched["version_id"] = self.filling.versions[key]
        self.row = {"id": uuid4(), "main": key, "state": _STATE, "facts": _STATE, "passed": _STATE, "revision": 1}
        self.row |= watched | {"started_at": begun, "stepped_at": begun, "ended_at": ended, "end_element": ended and "end"}
        self.rows[ProcedureRow].append(self.row)
        due = begun + timedelta(days=term)
        of = watched | {"procedure_id": self.row["id"], "element_id": step, "lane": lane.value}
        task = {"id": uuid4(), "engine_id": uuid4().hex, "opened_at": begun, "due_at": due, "closed_at": ended}
        task |= {"outcome": ended and "done", "closed_by": ended and self.filling.other}
        self.rows[Task].append(of | task)
        state = "missed" if due < (ended or self.filling.at) else "met" if ended else "running"
        moments = {"starts_at": begun, "due_at": due, "settled_at": ended, "state": state, "statutory": law}
        self.rows[Deadline].append(of | moments | {"id": uuid4(), "task_id": task["id"]})

    def handler(self, user_id: UUID, lane: Role) -> None:
        """Somebody who handles a lane of the procedure."""
        who = {"id": uuid4(), "case_id": self.case_id, "procedure_id": self.row["id"], "user_id": user_id}
        self.rows[CaseHandler].append(who | {"lane": lane.value, "since": self.row["started_at"]})

    def events(self, begun: datetime) -> None:
        """A history."""
        line = {"case_id": self.case_id, "actor_id": self.filling.other, "kind": "task.opened", "detail": "{}", "hash": b"x" * 32}
        line |= {"procedure_id": self.row["id"], "element_id": "end"}
        self.rows[Event] += [line | {"seq": seq, "at": begun + timedelta(days=seq)} for seq in range(1, _EVENTS + 1)]


def add_watched_cases(installation: Installation, number: int, progress: Progress) -> Person:
    """Add so many cases at a board of their own; gives its member, who may watch nine of ten and handles some."""
    with installation.app.database.write() as tx:
        board = Board(name="Stichting De Grote Maat")
        tx.add(board)
        tx.flush()
        schools = [School(board_id=board.id, name=f"School {place:02}", region="midden") for place in range(_SCHOOLS)]
        tx.add_all(schools)
        other = User(email="w-0@voorbeeld.example", name="Collega", created_at=now(), active=True, language="nl")
        other.public_key, other.verifier, other.kdf = b"", b"", ""  # who never signs in
        tx.add(other)
    reader = installation.person("kijker", Role.BOARD, board.id, None)
    with installation.app.database.read() as tx:
        filling = _Filling(reader.actor.user_id, other.id, board.id, [school.id for school in schools], _versions(tx))
    for first in range(0, number, _BATCH):
        places = range(first, min(first + _BATCH, number))
        with installation.app.database.write() as tx:
            _write(tx, (filling.case(place, number) for place in places))
        progress.step(len(places))
    put_in_order(installation.app.database)
    return reader


def _versions(tx: Transaction) -> dict[str, UUID]:
    published = select(ProcedureVersion.key, ProcedureVersion.id).where(ProcedureVersion.status == "published")
    return dict(tx.execute(published).all())


def _write(tx: Transaction, cases: Iterator[_Rows]) -> None:
    found = list(cases)
    for model in (Case, ProcedureRow, CaseHandler, Task, Deadline, Event):
        if rows := [row for one in found for row in one[model]]:
            tx.execute(insert(Base.metadata.tables[model.__tablename__]), rows)
