"""One transaction per intention, on SQLite or PostgreSQL; what the database refuses becomes a sentence for the user."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from select import POLLIN, poll
from sqlite3 import SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Engine, Executable, Insert, Row, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, IsolationLevel
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.errors import Conflict, TryAgain

WAIT_SECONDS: Final = 15
#: Joins go in the order in which a query names them, from a person's own rows outward. Left to itself, PostgreSQL tries all
#: orders anew at every request, which takes longer than the answer, and now and then ends up with a slow one.
_OPTIONS: Final = f"-c lock_timeout={WAIT_SECONDS}s -c timezone=UTC -c join_collapse_limit=1"
#: In seconds: how soon an idle connection finds out that the other end is gone without a word.
_KEEPALIVES: Final = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 3}
_CHANGED = "Iemand anders veranderde dit net voor jou. Laad de pagina opnieuw en probeer het nog eens."
_EXISTS = "Dit bestaat al. Laad de pagina opnieuw en kijk wat er staat."
_BUSY = "Het is nu te druk om dit op te slaan. Probeer het zo nog eens."
#: unique_violation, and primary key or unique on SQLite.
_TAKEN = frozenset({"23505", SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY})
#: serialization_failure, deadlock_detected, lock_not_available.
_WAITED = frozenset({"40001", "40P01", "55P03", SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT})


class Transaction(Session):
    """A session that lives for one transaction; `Database.write` commits it, nobody else does."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own form
        """Begins with nothing to write."""
        super().__init__(*args, **options)
        self._appended: dict[Insert, list[Mapping[str, object]]] = {}

    def append(self, insert: Insert, row: Mapping[str, object]) -> None:
        """Have a row written behind all that is pending: one that nobody reads as an object, or changes, in this transaction."""
        self._appended.setdefault(insert, []).append(row)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what is pending, as also happens before anything is asked."""
        super().flush(objects)
        appended, self._appended = self._appended, {}
        for insert, rows in appended.items():
            self.connection().execute(insert, rows)

    def rows(self, statement: Executable, parameters: Mapping[str, object]) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows of a statement that asks columns alone, also of what is still to be written.

        `execute` prepares each row for objects that might be in it, which takes longer than asking.
        """
        self.flush()
        return self.connection().execute(statement, parameters).all()


@dataclass
class Statements:
    """The SQL statements that were sent while counting, in order; BEGIN and COMMIT are not among them."""

    sent: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many there were."""
        return len(self.sent)


class Database:
    """A database by its URL (`sqlite:///path`, `postgresql://…`), shared by all threads of a process."""

    def __init__(self, url: str) -> None:
        self.engine, self._reading = _engines(url)
        self._writer = sessionmaker(self.engine, class_=Transaction, expire_on_commit=False)
        reading = self._reading.execution_options(writes=False)
        self._reader = sessionmaker(reading, class_=Transaction, expire_on_commit=False)
        self._joined: Transaction | None = None

    def within(self, transaction: Transaction) -> "Database":
        """This database for whoever must take part in an open transaction: it commits or rolls back what he does too."""
        joined = copy(self)
        joined._joined = transaction
        return joined

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that commits when the block ends and rolls back when it raises.

        Raises Conflict when a unique value is taken, and TryAgain when somebody else was first, when a lock was not free in
        time, and when the database cannot be reached.
        """
        if self._joined is not None:
            yield self._joined
            return
        with _told_in_dutch(), self._writer.begin() as transaction:
            yield transaction
            transaction.flush()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction in which the database refuses to write. Raises TryAgain as `write` does."""
        if self._joined is not None:
            yield self._joined
            return
        with _told_in_dutch(), self._reader.begin() as transaction:
            yield transaction

    @contextmanager
    def trial(self) -> Iterator[Transaction]:
        """A transaction in which all is written and nothing stays: what would happen if. Raises as `write` does."""
        with _told_in_dutch(), self._writer() as transaction:
            yield transaction
            transaction.flush()
            transaction.rollback()

    @contextmanager
    def count(self) -> Iterator[Statements]:
        """Collects the SQL statements that any thread sends through this database inside the block."""
        statements = Statements()

        def collect(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                statements.sent.append(statement)

        engines = {self.engine, self._reading}
        for engine in engines:
            event.listen(engine, "before_cursor_execute", collect)
        try:
            yield statements
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", collect)

    def close(self) -> None:
        """Closes the idle connections; the object stays usable."""
        self.engine.dispose()
        self._reading.dispose()


def _engines(url: str) -> tuple[Engine, Engine]:
    """What writes and what reads: on SQLite the same connections, on PostgreSQL others.

    There, each statement of a READ COMMITTED transaction sees what is committed when it begins, with or without a transaction
    around it. So readers do without, which spares them two of every three journeys, and their connections refuse to write.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine, engine
    address = address.set(drivername="postgresql+psycopg")
    reading = _postgresql(address, f"{_OPTIONS} -c default_transaction_read_only=on", "AUTOCOMMIT")
    return _postgresql(address, _OPTIONS, "READ COMMITTED"), reading


def _postgresql(address: URL, options: str, isolation: IsolationLevel) -> Engine:
    engine = create_engine(
        address,
        isolation_level=isolation,
        skip_autocommit_rollback=True,
        hide_parameters=True,
        connect_args={"options": options, **_KEEPALIVES},
    )
    event.listen(engine, "checkout", _refuse_lost)
    return engine


def _refuse_lost(connection: psycopg.Connection, _entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Have a connection replaced, and all that wait with it, that was lost while it was idle.

    An idle connection has nothing to say, unless the server ended it; asking its socket costs no journey to the server.
    """
    waiting = poll()
    if not connection.closed:
        waiting.register(connection.fileno(), POLLIN)
    if connection.closed or waiting.poll(0):
        raise InvalidatePoolError


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late: concurrent increments were lost. We begin them ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    cursor = connection.connection.cursor()  # the driver's own: this is no statement of anybody, and comes before every one
    cursor.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    cursor.close()
    # A writer takes its lock before it reads, as FOR UPDATE does elsewhere; readers never wait for it.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told_in_dutch() -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise TryAgain(_CHANGED) from error
    except DBAPIError as error:
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorcode", None)
        if code in _TAKEN:
            raise Conflict(_EXISTS) from error
        # A lost or refused connection has no code; the next one may do.
        if code in _WAITED or error.connection_invalidated or (code is None and isinstance(error, OperationalError)):
            raise TryAgain(_BUSY) from error
        raise
