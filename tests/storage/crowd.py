"""One person at a desk, and many others with all that they have to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text

from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.tables import CaseHandler, Membership, ProcedureRow, Task, User
from tests.storage import rows
from tests.storage.rows import NOW, Place

PEOPLE: Final = 40
#: With ten open tasks each.
PROCEDURES: Final = 10_000


@dataclass
class Desk:
    """A board member of a school, who handles the board's lane of one procedure."""

    me: User
    where: Place
    membership: Membership
    procedure: ProcedureRow
    handler: CaseHandler

    def task(self, tx: Transaction, due: datetime | None = None, assignee: User | None = None) -> Task:
        made = rows.task(tx, self.procedure, Role.BOARD, self.where, due)
        if assignee is not None:
            made.assignee_id, made.claimed_at = assignee.id, NOW
            tx.flush()
        return made


def desk(tx: Transaction, role: Role = Role.BOARD) -> Desk:
    where, me = rows.place(tx), rows.person(tx)
    procedure = rows.procedure(tx, rows.case(tx, where), rows.version(tx))
    handler = rows.handler(tx, me, procedure, Role.BOARD)
    return Desk(me, where, rows.member(tx, me, role, where, at_school=False), procedure, handler)


def fill(tx: Transaction) -> None:
    """A hundred thousand open tasks with terms, in procedures that forty other people handle."""
    other = desk(tx)
    due = NOW + timedelta(days=1)
    task = other.task(tx, due)
    term = rows.term(tx, task, due)
    for number in range(PEOPLE):
        rows.person(tx).id = UUID(f"{number:08x}{0:024x}")
    tx.flush()
    on_sqlite = tx.get_bind().dialect.name == "sqlite"
    key = (
        "(printf('%08x', I) || printf('%024x', J))"
        if on_sqlite
        else "(lpad(to_hex(I), 8, '0') || lpad(to_hex(J), 24, '0'))::uuid"
    )
    numbers = "WITH RECURSIVE p(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM p WHERE i < :procedures), "
    numbers += "t(j) AS (VALUES (1) UNION ALL SELECT j + 1 FROM t WHERE j < :each)"
    new = {"id": key, "task_id": key, "procedure_id": key.replace("J", "1"), "engine_id": "'n' || i || '-' || j"}
    new["user_id"] = key.replace("I", f"i % {PEOPLE}").replace("J", "0")
    for row, each in ((other.procedure, 1), (other.handler, 1), (task, 10), (term, 10)):
        names = [column.name for column in row.__table__.columns]
        table, values = row.__tablename__, ", ".join(new.get(name, f"x.{name}") for name in names)
        copies = f"INSERT INTO {table} ({', '.join(names)}) {numbers} SELECT {values} FROM {table} x, p, t WHERE x.id = :id"  # noqa: S608
        tx.execute(text(copies).bindparams(bindparam("id", type_=Uuid)), {"procedures": PROCEDURES, "each": each, "id": row.id})
    if not on_sqlite:  # it does so by itself after a while; SQLite never does, and must find its way without
        tx.execute(text("ANALYZE"))
