"""A server process that dies while it answers a request: killed, without a chance to tidy up."""

import os
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import event

from app import bootstrap
from app.services import cases, once, tokens
from app.services.context import App
from app.vault.kdf import Kdf
from tests.world import CHEAP, PEPPER, settings_for

DIED: Final = 77
#: Where it dies: when the key is claimed, when all is written and the commit comes next, when the answer is to be sent.
POINTS: Final = ("claimed", "commits", "answers")

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.web.api.dying"])


@dataclass(frozen=True)
class Request:
    """The start of a case at a school under the key `a`, by whose token, in which installation, at what time."""

    url: str
    folder: Path
    at: datetime
    token: str
    school_id: UUID

    def send(self, app: App) -> str:
        """Do what the endpoint does; gives the case's number."""
        bearer = tokens.bearer(app, self.token, "127.0.0.1")

        def start(joined: App) -> str:
            return cases.start(joined, bearer.actor, "committee", "start_with_adviser", school_id=self.school_id)[0]

        return once.once(app, once.key_of(bearer, "a", b"request"), start)


def die(request: Request, point: str) -> int | None:
    """Send it from a process that dies at this point; gives its exit code."""
    process = _processes.Process(target=_send, args=(request, point))
    process.start()
    process.join()
    return process.exitcode


def _send(request: Request, point: str) -> None:
    app = bootstrap.create(settings_for(request.url, request.folder), at=lambda: request.at, kdf=Kdf(PEPPER, CHEAP, CHEAP))
    claimed = False

    def after_statement(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal claimed
        claimed = claimed or statement.startswith("INSERT INTO given_answer")
        if claimed and point == "claimed":
            os._exit(DIED)

    def before_commit(_connection: object) -> None:
        if claimed and point == "commits":
            os._exit(DIED)

    event.listen(app.database.engine, "after_cursor_execute", after_statement)
    event.listen(app.database.engine, "commit", before_commit)
    request.send(app)
    os._exit(DIED if point == "answers" else 0)
