"""Brings a database to the tables of this release, or back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from app.storage.database import Database

HEAD: Final = "head"
_BASE: Final = "base"
#: Any number, but always this one: it keeps two migrating processes apart on PostgreSQL.
_LOCK: Final = 7_160_263


def upgrade(url: str, to: str = HEAD) -> None:
    """Run the steps that the database has not had yet, up to `to`. Raises OperationalError when a lock stays taken."""
    with _alembic(url) as config:
        command.upgrade(config, to)


def downgrade(url: str, to: str = _BASE) -> None:
    """Undo the steps after `to`; what their tables held is lost."""
    with _alembic(url) as config:
        command.downgrade(config, to)


def current(url: str) -> str | None:
    """The last step that the database has had, None when it is empty."""
    database = Database(url)
    with database.engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    database.close()
    return revision


@contextmanager
def _alembic(url: str) -> Iterator[Config]:
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        with database.engine.connect() as connection, _alone(connection):
            config.attributes["connection"] = connection
            yield config
    finally:
        database.close()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "postgresql":  # on SQLite all steps are one transaction of the only writer
        yield
        return
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
    # A step that waits for a table keeps everybody else waiting behind it: give up soon.
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    yield
    # The lock belongs to the connection; a failed step ends both when the engine is disposed of.
    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
    connection.commit()
