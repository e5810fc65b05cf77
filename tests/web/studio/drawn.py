"""Asking the addresses of a drawing, as the script of its page does."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.demo.play import Player
from app.services.studio import drafts
from tests.web.forms import token

KEY, FILE = "committee", "committee/response.bpmn"
AT = f"/studio/{KEY}"

Asking = Callable[..., TestResponse]


def asking(client: FlaskClient) -> Asking:
    """Ask as the script of the page does."""
    csrf = token(client, "/profiel")

    def ask(method: str, where: str, body: Any = None) -> TestResponse:  # noqa: ANN401 - whatever may be sent
        headers = {"Accept": "application/json", "X-CSRFToken": csrf}
        return client.open(f"{AT}/{where}", method=method, headers=headers, json=body)

    return ask


def content(scene: Player, name: str = FILE) -> str:
    return drafts.read(scene.app, scene.actor("piet"), KEY).files[name].decode()
