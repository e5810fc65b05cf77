"""Programs that act for the cast, each with a token of its own, over the real application on each database in turn."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.clock import local_day
from app.demo.cast import email_of
from app.demo.play import Player
from app.domain.roles import Role
from app.services import tasks, tokens
from app.storage.tables import Membership
from tests.services.committee import receive_advice

JSON = Any


class Program:
    """A program with the token of somebody of the cast (None: without one)."""

    def __init__(self, site: Flask, token: str | None) -> None:
        self.client = site.test_client()
        self.token = token

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self.headers())

    def read(self, path: str) -> JSON:
        """What the answer to a question holds; it must be one."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: JSON = None, key: str | None = None) -> TestResponse:
        extra = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/api/v1{path}", json=body, headers={**self.headers(), **extra})


Programs = Callable[..., Program]


def last_day(player: Player) -> date:
    return local_day(player.clock.at) + timedelta(days=300)


@pytest.fixture
def program_of(site: Flask, player: Player) -> Programs:
    """Gives a program that acts for a person of the cast."""

    def make(part: str, scope: str = tokens.WRITE) -> Program:
        text = tokens.create_on_host(player.app, email_of(part), scope=scope, last_day=last_day(player))
        return Program(site, text)

    return make


@pytest.fixture
def case(player: Player) -> str:
    """A case that waits for the board's answer, with an adviser's task beside it; Wim is accused, Kemal's role has ended."""
    player.writes = True
    number = receive_advice(player, tick={Role.BOARD: ("marijke", "els", "kemal")})
    player.beside("sanne", number, "committee_news")
    tasks.claim(player.app, player.actor("marijke"), player.task(number, "board_response"))
    with player.app.database.write() as tx:
        kemal = player.places.people["kemal"]
        tx.execute(update(Membership).where(Membership.user_id == kemal).values(until=player.clock.at))
    return number


def school(player: Player, name: str = "De Linde") -> UUID:
    return player.places.schools[name]
