"""A real installation, served by waitress in a thread, on a clock that the test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from socket import socket
from threading import Event, Thread
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from app.demo.play import Player
from app.services.context import App
from app.services.mailing import send_waiting
from app.web import create_app

_LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and the player behind it, who can move time and act without a browser."""

    player: Player
    address: str

    def until(self, moment: datetime) -> None:
        """Let time pass; what falls due on the way happens, as with a worker."""
        self.player.until(moment)

    def told(self, what: str) -> list[str]:
        """Who get a message of this subject now; everything else that waits is sent too."""
        app, sent = self.player.app, list[EmailMessage]()
        sending = replace(app, settings=replace(app.settings, smtp_from="route@voorbeeld.example"))
        send_waiting(sending, sent.append, 1000)
        return sorted(str(mail["To"]).partition("@")[0] for mail in sent if mail["Subject"].endswith(what))


@contextmanager
def served(app: App) -> Iterator[str]:
    """Serve an installation on a free port of the loopback address while the block runs; gives the address."""
    channels: dict[int, Any] = {}
    listening = socket()
    listening.bind(("127.0.0.1", 0))
    server = create_server(create_app(app), channels, sockets=[listening], threads=4, ident=None)
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
