"""Tables of who is answered what at which endpoint: how a line is read, and how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.demo.cast import CAST, PASSWORD, email_of
from tests.web.forms import sign_in, token

SENT_ON = 302


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a status for each column; `404,ada:200` is an answer with an exception, `door` the sign-in page."""

    method: str
    endpoint: str
    asks: dict[str, str]
    answers: tuple[str, ...]

    def expected(self, place: int, part: str | None) -> str:
        """What somebody of a column is answered."""
        usual, *others = self.answers[place].split(",")
        return dict(other.split(":") for other in others).get(part or "", usual)

    def address(self, site: Flask, known: Mapping[str, Any]) -> str:
        """Where it is asked, of what is known and what the line itself names."""
        rule = next(rule for rule in site.url_map.iter_rules() if rule.endpoint == self.endpoint)
        values = {name: value for name, value in known.items() if name in rule.arguments}
        return str(site.url_map.bind("").build(self.endpoint, values | self.asks, method=self.method))


def rows_of(table: str) -> list[Row]:
    """The lines of a table, read."""
    return [_row(line) for line in table.strip().splitlines()]


def _row(line: str) -> Row:
    method, endpoint, asks, *answers = line.split()
    pairs = (pair.partition("=") for pair in asks.split(",") if asks != "-")
    return Row(method, endpoint, {name: value for name, _, value in pairs}, tuple(answers))


def enter(site: Flask, part: str | None) -> tuple[FlaskClient, str]:
    """A browser in which this person is signed in, with the token of its forms."""
    client = site.test_client()
    # Each at a machine of his own: one at which people guess has to wait.
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{list(CAST).index(part) if part else 99}"
    if part is not None:
        # Where somebody starts is looked at elsewhere; whoever is refused is not sent on.
        assert sign_in(client, email_of(part), PASSWORD).status_code == SENT_ON
    return client, token(client, "/inloggen" if part is None else "/profiel")


def asked(browser: tuple[FlaskClient, str], row: Row, where: str, part: str | None) -> tuple[str, TestResponse]:
    """Ask it, with an empty form where it is one: the answer in the words of a table, and whole."""
    client, csrf = browser
    answer = client.open(where, method=row.method, data=None if row.method == "GET" else {"csrf_token": csrf})
    to_door = answer.status_code == 302 and part is None and answer.location.startswith("/inloggen")
    return "door" if to_door else str(answer.status_code), answer
