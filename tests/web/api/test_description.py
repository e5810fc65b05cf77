"""What /api/v1/openapi.json promises is what programs meet, whatever they send."""

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.case import Case
from schemathesis.schemas import BaseSchema

from app.demo.play import Player
from tests.web.api.conftest import Programs

OPERATIONS = {
    ("/api/v1/cases", "post"),
    ("/api/v1/cases/{number}", "get"),
    ("/api/v1/tasks", "get"),
    ("/api/v1/tasks/{task_id}", "get"),
    ("/api/v1/tasks/{task_id}/claim", "post"),
    ("/api/v1/tasks/{task_id}/complete", "post"),
    ("/api/v1/deadlines", "get"),
    ("/api/v1/procedures", "get"),
}
#: Nothing but an id or a number is sent here, and any text is one that may be unknown.
TAKE_ANYTHING = {("/api/v1/cases/{number}", "get"), ("/api/v1/tasks/{task_id}", "get"), ("/api/v1/procedures", "get")}
#: What is answered whatever fits the schema; for a case or a completed task one must know which words there are.
ANSWERED = {path for path, _ in OPERATIONS} - {"/api/v1/cases", "/api/v1/tasks/{task_id}/complete"}
#: A request that fits the schema can still hold answers, or a cursor, that cannot stand.
ACCEPTED = ["2xx", "403", "404", "409", "422"]


@pytest.fixture
def described(site: Flask, program_of: Programs, player: Player, case: str) -> BaseSchema:
    """The description with a token of a board member, and ids of a real case where there are some, on each database in turn."""
    marijke = program_of("marijke")
    parameters = {"path.number": case, "path.task_id": str(player.task(case, "board_response"))}
    config = SchemathesisConfig.from_dict(
        {
            "parameters": parameters,
            "headers": marijke.headers(),
            "checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}},
        }
    )
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site, config=config)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_described(described: BaseSchema, player: Player, mode: GenerationMode) -> None:
    met: set[tuple[str, int]] = set()
    for path, method in sorted(OPERATIONS if mode is GenerationMode.POSITIVE else OPERATIONS - TAKE_ANYTHING):
        operation = described[path][method.upper()]

        @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        @given(sent=operation.as_strategy(generation_mode=mode))
        def ask(sent: Case) -> None:
            # It sends wrong tokens too; a minute later none of them has to wait any more.
            player.clock.at += timedelta(minutes=1)
            met.add((path, sent.call_and_validate().status_code))

        ask()
    assert mode is GenerationMode.NEGATIVE or {path for path, status in met if status == 200} >= ANSWERED


def test_the_description_names_every_operation_and_its_refusals(site: Flask) -> None:
    answer = site.test_client().get("/api/v1/openapi.json")
    described: dict[str, Any] = answer.json or {}
    assert described["openapi"] == "3.0.3"
    assert {
        (path, method) for path, found in described["paths"].items() for method in found if method != "parameters"
    } == OPERATIONS
    for path, found in described["paths"].items():
        for operation in (found[method] for method in found if method != "parameters"):
            refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
            assert {"400", "401", "403", "429"} <= set(refusals), path
            assert {answer["$ref"] for answer in refusals.values()} == {"#/components/responses/Problem"}, path
    assert "application/problem+json" in described["components"]["responses"]["Problem"]["content"]
    assert described["security"] == [{"token": []}]
