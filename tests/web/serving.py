"""Serving an application to a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket
from threading import Event, Thread
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

_LOOK_SECONDS = 0.02


@contextmanager
def served(site: Flask) -> Iterator[str]:
    """The address at which the application answers, as long as the block lasts; by waitress, as outside the tests."""
    channels: dict[int, Any] = {}
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    server = create_server(site, channels, sockets=[listening], threads=4, ident=None)
    stop = Event()

    def run() -> None:
        while not stop.is_set():
            wasyncore.loop(_LOOK_SECONDS, map=channels, count=1)

    thread = Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        stop.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)
