"""What a browser does with a form: fetch the page, send its token back with what was typed."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def token(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None, address
    return found[1]


def send(client: FlaskClient, page: str, address: str | None = None, **typed: str) -> TestResponse:
    """Send the form of a page; `address` is where it goes when that is not the page itself."""
    return client.post(address or page, data={"csrf_token": token(client, page), **typed})


#: Where work starts: for advisers, and for everybody else.
DAY, INBOX = "/vandaag", "/inbox"


def sign_in(client: FlaskClient, email: str, password: str) -> TestResponse:
    return send(client, "/inloggen", email=email, password=password)
