"""How the database finds what a query asks for, as it explains it itself."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from app.storage.database import Database, Transaction

_WHOLE = re.compile(r"(?:Seq Scan on|SCAN) (task|case_handler|deadline|procedure)\b")


def whole_tables(plan: str) -> list[str]:
    """The large tables that a plan reads from end to end."""
    return _WHOLE.findall(plan)


@contextmanager
def explained(database: Database, tx: Transaction) -> Iterator[list[str]]:
    """Collects the plan of each statement that is sent inside the block; the list fills when the block ends."""
    sent: list[tuple[str, Any]] = []
    found: list[str] = []

    def collect(_connection: Connection, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:  # noqa: ANN401
        sent.append((statement, parameters))

    # On PostgreSQL what reads has connections of its own, so the one that is asked is listened to.
    asked = tx.connection()
    event.listen(asked, "before_cursor_execute", collect)
    yield found
    event.remove(asked, "before_cursor_execute", collect)
    explain = "EXPLAIN QUERY PLAN " if database.engine.dialect.name == "sqlite" else "EXPLAIN "
    for statement, parameters in sent:
        plan = tx.connection().exec_driver_sql(explain + statement, parameters)
        found.append("\n".join(str(row[-1]) for row in plan))
