"""Rows for tests of the database: a board, its schools, people, a case with a procedure, tasks. Nothing here is sealed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries.work import tick
from app.storage.tables import Board, Case, CaseHandler, Deadline, Membership, ProcedureRow, ProcedureVersion, School, Task, User

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
_number = count(1)


@dataclass(frozen=True)
class Place:
    """A board with one school."""

    board_id: UUID
    school_id: UUID


def place(tx: Transaction) -> Place:
    """A board with one school."""
    board = Board(name=f"Bestuur {next(_number)}")
    tx.add(board)
    tx.flush()
    school = School(board_id=board.id, name=f"School {next(_number)}")
    tx.add(school)
    tx.flush()
    return Place(board.id, school.id)


def person(tx: Transaction, name: str = "M. de Vries") -> User:
    """A person who can sign in nowhere."""
    user = User(
        email=f"u{next(_number)}@school.example", name=name, public_key=b"", verifier=b"", kdf="{}", created_at=NOW, active=True
    )
    tx.add(user)
    tx.flush()
    return user


def member(tx: Transaction, user: User, role: Role, where: Place, *, at_school: bool = True) -> Membership:
    """A role since always, installed on the host."""
    row = Membership(
        user_id=user.id,
        role=role,
        board_id=where.board_id,
        school_id=where.school_id if at_school else None,
        since=datetime(2020, 1, 1, tzinfo=UTC),
    )
    tx.add(row)
    tx.flush()
    return row


def case(tx: Transaction, where: Place) -> Case:
    """A case without procedures."""
    row = Case(number=f"2026-{next(_number):04}", school_id=where.school_id, board_id=where.board_id, opened_at=NOW)
    tx.add(row)
    tx.flush()
    return row


def version(tx: Transaction, key: str = "committee") -> ProcedureVersion:
    """A published version of a procedure."""
    row = ProcedureVersion(key=key, number=next(_number), sha256=f"{next(_number):064}", bundle="{}", status="published")
    tx.add(row)
    tx.flush()
    return row


def procedure(tx: Transaction, of_case: Case, of_version: ProcedureVersion, wake: datetime | None = None) -> ProcedureRow:
    """A running procedure."""
    row = ProcedureRow(
        case_id=of_case.id,
        version_id=of_version.id,
        main="committee",
        state="",
        facts="",
        passed="",
        started_at=NOW,
        next_wake_at=wake,
        school_id=of_case.school_id,
    )
    tx.add(row)
    tx.flush()
    return row


def running(tx: Transaction, wake: datetime | None = None) -> ProcedureRow:
    """A running procedure in a case of its own, at a school of its own."""
    return procedure(tx, case(tx, place(tx)), version(tx), wake)


def handler(tx: Transaction, user: User, of: ProcedureRow, lane: Role) -> CaseHandler:
    """That this person handles a lane."""
    row = CaseHandler(case_id=of.case_id, procedure_id=of.id, lane=lane, user_id=user.id, since=NOW)
    tick(tx, tx.get_one(Case, of.case_id), row)
    tx.flush()
    return row


def task(tx: Transaction, of: ProcedureRow, lane: Role, where: Place, due: datetime | None = None) -> Task:
    """An open task that nobody has claimed."""
    row = Task(
        case_id=of.case_id,
        procedure_id=of.id,
        engine_id=f"e{next(_number)}",
        element_id="board_response",
        lane=lane,
        school_id=where.school_id,
        opened_at=NOW,
        due_at=due,
        version_id=of.version_id,
        watch_board=of.watch_board,
        watch_leader=of.watch_leader,
    )
    tx.add(row)
    tx.flush()
    return row


def term(tx: Transaction, of: Task, due: datetime) -> Deadline:
    """The statutory term of a task."""
    row = Deadline(
        case_id=of.case_id,
        procedure_id=of.procedure_id,
        task_id=of.id,
        element_id=of.element_id,
        statutory=True,
        starts_at=datetime(2020, 1, 1, tzinfo=UTC),
        due_at=due,
        school_id=of.school_id,
        lane=of.lane,
        version_id=of.version_id,
        watch_board=of.watch_board,
        watch_leader=of.watch_leader,
    )
    tx.add(row)
    tx.flush()
    return row
