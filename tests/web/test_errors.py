"""Every refusal is a page that says what happened and shows nothing of the inside."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.domain.errors import AlreadyDone, Conflict, DomainError, Forbidden, InvalidAnswers, NotFound
from app.services.context import App
from app.web.errors import status_of
from app.web.guard import public
from tests.web.forms import sign_in


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), 404),
        (Forbidden(), 403),
        (Conflict("Iemand was je voor."), 409),
        (AlreadyDone("Al klaar.", None, None), 409),
        (InvalidAnswers({}), 422),
        (DomainError("Dat gaat niet."), 422),
    ],
)
def test_a_refusal_has_its_status(error: DomainError, status: int) -> None:
    assert status_of(error) == status


def test_a_page_that_is_not_there_reads_as_one_that_is_not_for_you(visitor: FlaskClient) -> None:
    lost = visitor.get("/bestaat-niet")
    assert lost.status_code == 404
    assert NotFound().text in lost.text


def test_a_failure_tells_nobody_what_was_typed(web: Flask, caplog: pytest.LogCaptureFixture) -> None:
    @web.get("/kapot")
    @public
    def broken() -> str:
        raise ValueError("zeepaardje")

    with caplog.at_level(logging.ERROR):
        answer = web.test_client().get("/kapot")
    assert answer.status_code == 500
    assert "dat ligt niet aan jou" in answer.text
    assert "zeepaardje" not in answer.text + caplog.text
    assert "ValueError at " in caplog.text


def test_a_failing_database_still_gives_a_page(visitor: FlaskClient, bare: App) -> None:
    with bare.database.write() as tx:
        tx.execute(text("drop table session"))
    answer = visitor.get("/inbox")
    assert answer.status_code == 500
    assert "dat ligt niet aan jou" in answer.text


def test_too_much_guessing_has_to_wait(stranger: FlaskClient, sanne: str) -> None:
    answers = [sign_in(stranger, sanne, "verkeerd woord hier").status_code for _ in range(7)]
    assert answers[:5] == [422] * 5
    assert answers[-1] == 429
