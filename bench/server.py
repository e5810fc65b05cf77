"""A server process as an installation runs it, on a free port."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

_SERVE: Final = (sys.executable, "-c", "from app.cli import main; main()", "serve", "--port")
_LONGEST_START_S: Final = 60
_OK: Final = 200


@dataclass(frozen=True)
class Server:
    """A process that answers; `start_s` is the time from exec to its first 200."""

    port: int
    start_s: float
    process_id: int

    def rss_mb(self) -> float:
        """The memory that the process has in use now, in MB of a million bytes."""
        status = Path(f"/proc/{self.process_id}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1_000_000


@contextmanager
def serving(environ: Mapping[str, str]) -> Iterator[Server]:
    """A server that runs as long as the block lasts. Raises RuntimeError when it does not answer in time."""
    port = _free_port()
    begun = perf_counter()
    with subprocess.Popen([*_SERVE, str(port)], env={**os.environ, **environ}, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        try:
            while not _answers(port):
                if perf_counter() - begun > _LONGEST_START_S or process.poll() is not None:
                    raise RuntimeError("the server does not answer")
                sleep(0.005)
            yield Server(port, perf_counter() - begun, process.pid)
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_LONGEST_START_S)
    try:
        connection.request("GET", "/inloggen")
        return connection.getresponse().status == _OK
    except ConnectionError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
