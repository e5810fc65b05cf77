"""The tables that migrations make are the tables that the code knows, up, down and up again, on both databases."""

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.storage import migrate
from app.storage.database import Database
from app.storage.tables import Base

STEPS = [f"{number:04}" for number in range(1, 18)]

_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
_POSTGRES = """
SELECT 'column', table_name || '.' || column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL SELECT 'constraint', conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic_version%'
UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""

Schema = set[tuple[str, str, str]]


def schema(url: str) -> Schema:
    """Everything that a database consists of, but not Alembic's own table."""
    database = Database(url)
    with database.read() as tx:
        rows = tx.execute(text(_SQLITE if url.startswith("sqlite") else _POSTGRES)).all()
    database.close()
    return {(kind, name, _tidy(_unquoted(definition))) for kind, name, definition in rows if definition is not None}


def _unquoted(definition: str) -> str:
    """SQLite puts quotes around the name of a table that was made anew."""
    return re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", definition)


def _tidy(definition: str) -> str:
    """Without white space, and with the parts of a CREATE TABLE in order: models and migrations write them in another.

    SQLite writes a column that was added later behind the one before it.
    """
    lines = re.sub(r", (?=[a-z_]+ [A-Z])", "\n", definition.replace(", \n", "\n")).splitlines()
    parts = (" ".join(line.split()).rstrip(",) ") for line in lines)
    return " | ".join(sorted(part for part in parts if part))


def test_the_last_migration_leaves_what_the_models_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_and_models_make_the_same_constraints(database_url: str, empty_url: str) -> None:
    database = Database(empty_url)
    Base.metadata.create_all(database.engine)
    database.close()
    ours = ("trigger", "function")
    assert {row for row in schema(database_url) if row[0] not in ours} == schema(empty_url)


def test_going_down_and_up_again_leaves_the_same_schema(database_url: str) -> None:
    before = schema(database_url)
    migrate.downgrade(database_url)
    assert schema(database_url) == set()
    assert migrate.current(database_url) is None
    migrate.upgrade(database_url)
    assert schema(database_url) == before
    assert migrate.current(database_url) == STEPS[-1]


def test_each_migration_can_be_undone(empty_url: str) -> None:
    below = None
    for step in STEPS:
        before = schema(empty_url)
        migrate.upgrade(empty_url, step)
        after = schema(empty_url)
        assert after - before
        migrate.downgrade(empty_url, below or "base")
        assert schema(empty_url) == before
        migrate.upgrade(empty_url, step)
        assert schema(empty_url) == after
        below = step


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    before = schema(database_url)
    migrate.upgrade(database_url)
    assert schema(database_url) == before


def test_two_processes_that_start_at_once_migrate_once(empty_url: str, database_url: str) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(migrate.upgrade, [empty_url] * 3))
    assert migrate.current(empty_url) == STEPS[-1]
    assert schema(empty_url) == schema(database_url)
