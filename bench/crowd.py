"""Open tasks of other people, written straight into the tables: an inbox and a tick must not notice them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Table, insert, select, text

from app.clock import now
from app.domain.roles import Role
from app.storage.database import Database, Transaction
from app.storage.tables import Base, Case, CaseHandler, Deadline, Membership, ProcedureRow, ProcedureVersion, School, Task, User
from bench import procedure
from bench.figures import Progress
from bench.installation import Installation, Pair

#: Schools of the board, each with one of the people; the first is the reader's own, where the colleague works in his lane.
_SCHOOLS: Final = 100
_BATCH: Final = 2000
_FIRST_DUE_DAYS: Final = 100  # later than any wake that is measured
_STATE: Final = "x" * 400  # nobody reads it; it gives the rows some size

_Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class _Colleague:
    user_id: UUID
    school_id: UUID


def add_open_tasks(installation: Installation, reader: Pair, number: int, progress: Progress) -> None:
    """Add so many open tasks with terms, none of which the reader may see, and let the database put itself in order."""
    database = installation.app.database
    with database.write() as tx:
        colleagues = list(_colleagues(tx, installation.board_id, reader.school_id))
        version_id = tx.scalars(select(ProcedureVersion.id).where(ProcedureVersion.key == procedure.KEY)).one()
    for first in range(0, number, _BATCH):
        places = range(first, min(first + _BATCH, number))
        with database.write() as tx:
            _write(tx, (_task(place, colleagues, version_id, installation.board_id) for place in places))
        progress.step(len(places))
    put_in_order(database)


def put_in_order(database: Database) -> None:
    """Let the database look at what it holds now, as it does by itself after a while."""
    if database.engine.dialect.name == "sqlite":
        with database.write() as tx:
            tx.execute(text("ANALYZE"))
        return
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for statement in ("VACUUM (ANALYZE)", "CHECKPOINT"):
            connection.execute(text(statement))


def _colleagues(tx: Transaction, board_id: UUID, own_school: UUID) -> Iterator[_Colleague]:
    since = now()
    schools = [School(board_id=board_id, name=f"Elders {place}", region="midden") for place in range(1, _SCHOOLS)]
    tx.add_all(schools)
    tx.flush()
    for place, school_id in enumerate([own_school, *(school.id for school in schools)]):
        user = User(email=f"c-{place}@voorbeeld.example", name=f"Collega {place}", created_at=since, active=True, language="nl")
        user.public_key, user.verifier, user.kdf = b"", b"", ""  # they never sign in
        tx.add(user)
        tx.flush()
        tx.add(Membership(user_id=user.id, role=Role.ADVISER, board_id=board_id, school_id=school_id, since=since))
        yield _Colleague(user.id, school_id)


def _write(tx: Transaction, tasks: Iterable[_Rows]) -> None:
    found = list(tasks)
    for model in (Case, ProcedureRow, CaseHandler, Task, Deadline):
        table: Table = Base.metadata.tables[model.__tablename__]
        tx.execute(insert(table), [row for rows in found for row in rows[model.__tablename__]])


def _task(place: int, colleagues: list[_Colleague], version_id: UUID, board_id: UUID) -> _Rows:
    who, opened = colleagues[place % len(colleagues)], now() - timedelta(days=place % 30)
    due = now() + timedelta(days=_FIRST_DUE_DAYS + place % 60, minutes=place % 1000)
    case_id, procedure_id, task_id = uuid4(), uuid4(), uuid4()
    of_case = {"case_id": case_id}
    case = {"id": case_id, "number": f"B{place:06}", "school_id": who.school_id, "board_id": board_id, "opened_at": opened}
    running = of_case | {"id": procedure_id, "version_id": version_id, "main": procedure.KEY, "state": _STATE, "facts": _STATE}
    running |= {"passed": _STATE, "next_wake_at": due, "revision": 1, "started_at": opened}
    in_lane = of_case | {"procedure_id": procedure_id, "lane": Role.ADVISER.value}
    handler = in_lane | {"id": uuid4(), "user_id": who.user_id, "since": opened}
    task = in_lane | {"id": task_id, "engine_id": task_id.hex, "element_id": "a1", "school_id": who.school_id}
    task |= {"assignee_id": who.user_id, "claimed_at": opened, "opened_at": opened, "due_at": due}
    return {
        Case.__tablename__: [case | {"event_count": 0, "event_head": b""}],
        ProcedureRow.__tablename__: [running],
        CaseHandler.__tablename__: [handler],
        Task.__tablename__: [task],
        Deadline.__tablename__: [of_case | _term(procedure_id, task_id, opened, due)],
    }


def _term(procedure_id: UUID, task_id: UUID, opened: datetime, due: datetime) -> dict[str, Any]:
    moments = {"starts_at": opened, "due_at": due, "state": "running"}
    return {"id": uuid4(), "procedure_id": procedure_id, "task_id": task_id, "element_id": "a1", "statutory": False, **moments}
