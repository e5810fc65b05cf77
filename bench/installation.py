"""An installation to measure: its settings, people who may sign in, and cases that wait for them."""

import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from uuid import UUID

import pyotp

from app import bootstrap, clock
from app.catalogue import load
from app.domain.roles import Role
from app.services import accounts, cases, people, saved_views, tokens
from app.services.context import Actor, App
from app.services.publishing import publish
from app.services.saved_views import Wish
from app.services.views.inbox import InboxQuery
from app.settings import load as load_settings
from app.storage.tables import Board, Membership, School, Task
from bench import procedure

_ROOT = Path(__file__).parents[1]
_PASSWORD = "een-zin-om-mee-te-meten"  # noqa: S105 - of people who live as long as a measurement


@dataclass(frozen=True)
class Person:
    """Somebody with a role: his session's cookie, his token, and himself as the services know him."""

    cookie: str
    token: str
    actor: Actor


@dataclass(frozen=True)
class Pair:
    """An adviser and a board member who do all tasks of their cases at one school."""

    school_id: UUID
    adviser: Person
    board: Person

    @property
    def handlers(self) -> Mapping[Role, Sequence[UUID]]:
        """Whom to tick when the board's lane opens."""
        return {Role.BOARD: [self.board.actor.user_id]}


@dataclass(frozen=True)
class Installation:
    """A database with the product's procedures and the one to measure, and the environment that its servers start in."""

    app: App
    environ: Mapping[str, str]
    board_id: UUID

    @classmethod
    def make(cls, url: str, folder: Path) -> Self:
        """Fill an empty database; the files go to `folder`."""
        environ = _environ(url, folder)
        app = bootstrap.create(load_settings(environ))
        _publish(app, folder)
        board = Board(name="Stichting De Meetlat")
        with app.database.write() as tx:
            tx.add(board)
        return cls(app, environ, board.id)

    def pair(self, name: str) -> Pair:
        """A new school with two people who are signed in, by password and code."""
        school = School(board_id=self.board_id, name=f"School {name}", region="midden")
        with self.app.database.write() as tx:
            tx.add(school)
        adviser = self.person(f"a-{name}", Role.ADVISER, self.board_id, school.id)
        return Pair(school.id, adviser, self.person(f"b-{name}", Role.BOARD, self.board_id, school.id))

    def start_case(self, pair: Pair) -> UUID:
        """Begin a case, of which the first task is the adviser's; gives the id of its procedure."""
        _, task_id = cases.start(self.app, pair.adviser.actor, procedure.KEY, procedure.START, school_id=pair.school_id)
        with self.app.database.read() as tx:
            return tx.get_one(Task, task_id).procedure_id

    def save_views(self, pair: Pair, number: int) -> None:
        """Let the adviser save so many views of his inbox, half of them for his team."""
        actor = pair.adviser.actor
        [team] = saved_views.page(self.app, actor).teams
        for place in range(number):
            asked = InboxQuery(scope="group" if place % 2 else "mine", procedure=procedure.KEY)
            saved_views.save(self.app, actor, Wish(asked, f"Weergave {place}", team=team.key if place % 2 else ""))

    def person(self, name: str, role: Role, board_id: UUID, school_id: UUID | None) -> Person:
        """Somebody with a role at a school, or at a whole board, who is signed in by password and code."""
        email = f"{name}@voorbeeld.example"
        new = people.create(self.app, name=name, email=email, password=_PASSWORD)
        held = Membership(user_id=new.user_id, role=role, board_id=board_id, school_id=school_id, since=clock.now())
        with self.app.database.write() as tx:
            tx.add(held)
        return self._signed_in(email)

    def _signed_in(self, email: str) -> Person:
        half = accounts.session(self.app, accounts.sign_in(self.app, email, _PASSWORD, "127.0.0.1").cookie)
        if half is None:
            raise LookupError(email)
        secret, _ = accounts.enrol_totp(self.app, half)
        cookie = accounts.confirm_totp(self.app, half, pyotp.TOTP(secret).now()).cookie
        whole = accounts.session(self.app, cookie)
        if whole is None:
            raise LookupError(email)
        token = tokens.create_on_host(self.app, email, scope=tokens.WRITE, last_day=clock.local_day(clock.now()))
        return Person(cookie, token, whole.actor)


def _publish(app: App, folder: Path) -> None:
    processes, forms = folder / "processes", folder / "forms"
    processes.mkdir()
    forms.mkdir()
    procedure.write(processes, forms)
    for where in ((_ROOT / "processes", _ROOT / "forms"), (processes, forms)):
        for one in load(*where).procedures.values():
            publish(app, one)


def _environ(url: str, folder: Path) -> dict[str, str]:
    def key() -> str:
        return b64encode(secrets.token_bytes(32)).decode("ascii")

    environ = {"SECRET_KEY": key(), "PEPPER": key(), "SERVER_KEYS": f"k1:{key()}", "DATABASE_URL": url}
    return environ | {"LEDGER": str(folder / "ledger.jsonl"), "PROCESSES": str(_ROOT / "processes")}
