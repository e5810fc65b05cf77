"""What /api/v1/openapi.json promises is what programs meet, whatever they send."""

from dataclasses import dataclass
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
REFUSED = {400, 415, 422}
ACCEPTED = ["2xx", "403", "404", "409", "422"]


@pytest.fixture
def described(site: Flask) -> BaseSchema:
    """The description, read from the application, on each database in turn."""
    config = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site, config=config)


@dataclass(frozen=True)
class Asking:
    """Sends what fits the description, or does not, as a board member's program; `known` are ids that exist."""

    described: BaseSchema
    player: Player
    headers: dict[str, str]
    known: dict[str, str]

    def statuses(self, path: str, method: str, mode: GenerationMode) -> set[int]:
        """How requests to an operation were answered."""
        met = set()
        named = {name: value for name, value in self.known.items() if f"{{{name}}}" in path}
        requests = self.described[path][method.upper()].as_strategy(generation_mode=mode, path_parameters=named or None)

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        @given(sent=requests)
        def ask(sent: Case[Any]) -> None:
            # It sends wrong tokens too; a minute later none of them has to wait any more.
            self.player.clock.at += timedelta(minutes=1)
            met.add(sent.call_and_validate(headers=self.headers).status_code)

        ask()
        return met


@pytest.fixture
def asking(described: BaseSchema, player: Player, program_of: Programs, case: str) -> Asking:
    known = {"number": case, "task_id": str(player.task(case, "board_response"))}
    return Asking(described, player, program_of("marijke").headers(), known)


def test_what_fits_the_description_is_answered_as_it_says(asking: Asking) -> None:
    met = {
        (path, status) for path, method in sorted(OPERATIONS) for status in asking.statuses(path, method, GenerationMode.POSITIVE)
    }
    assert {path for path, status in met if status == 200} >= ANSWERED


def test_what_does_not_fit_it_is_refused_as_it_says(asking: Asking) -> None:
    for path, method in sorted(OPERATIONS - TAKE_ANYTHING):
        assert asking.statuses(path, method, GenerationMode.NEGATIVE) & REFUSED


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
