"""Every refusal to a program is a problem document, whoever raises it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.demo.play import Player
from tests.web.api.conftest import Program, Programs


def problem(answer: TestResponse) -> dict[str, Any]:
    assert answer.content_type == "application/problem+json"
    found: dict[str, Any] = answer.json or {}
    assert found["status"] == answer.status_code
    assert found["title"]
    assert answer.headers["Cache-Control"] == "no-store"
    return found


def test_what_does_not_exist_and_what_must_not_be_known_are_told_alike(player: Player, program_of: Programs, case: str) -> None:
    otto = program_of("otto")
    hidden = [f"/cases/{case}", f"/tasks/{player.task(case, 'board_response')}"]
    absent = ["/cases/2026-ZZZZ", "/cases/%00", "/tasks/00000000-0000-0000-0000-000000000001", "/tasks/x", "/nergens"]
    found = [problem(otto.get(path)) for path in hidden + absent]
    assert all(document == found[0] for document in found)
    assert (found[0]["status"], found[0]["type"]) == (404, "urn:veilige-route:not-found")


def test_strangers_learn_nothing_about_paths(site: Flask) -> None:
    stranger = Program(site, None)
    assert problem(stranger.get("/cases/2026-ZZZZ"))["status"] == 401
    assert problem(stranger.post("/cases", {}))["status"] == 401


def test_a_method_that_is_not_there_is_named_with_those_that_are(program_of: Programs) -> None:
    answer = program_of("sanne").client.delete("/api/v1/cases")
    assert problem(answer)["status"] == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"", "", 415),
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
    ],
)
def test_a_body_that_is_no_json_is_refused(program_of: Programs, body: bytes, kind: str, status: int) -> None:
    sanne = program_of("sanne")
    answer = sanne.client.post("/api/v1/cases", data=body, headers=sanne.headers(), content_type=kind)
    assert problem(answer)["status"] == status


def test_a_line_end_behind_what_is_asked_is_refused(program_of: Programs) -> None:
    assert problem(program_of("sanne").get("/deadlines?case=2026%0A"))["status"] == 422


def test_a_body_that_is_too_large_is_refused(program_of: Programs) -> None:
    assert problem(program_of("sanne").post("/cases", {"procedure": "x" * 3_000_000}))["status"] == 413


def test_each_wrong_member_is_pointed_at_in_dutch(program_of: Programs) -> None:
    found = problem(program_of("sanne").post("/cases", {"procedure": 1, "school": "x", "naam": "Jan"}))
    assert found["status"] == 422
    assert {line["pointer"]: line["detail"] for line in found["errors"]} == {
        "#/procedure": "Dit moet tekst zijn.",
        "#/school": "Dit moet een UUID zijn.",
        "#/start": "Dit veld is verplicht.",
        "#/naam": "Dit veld bestaat niet.",
    }
    listed = problem(program_of("sanne").get("/tasks?limit=0&scoop=all&cursor=abc"))
    assert {line["parameter"] for line in listed["errors"]} == {"limit", "scoop", "cursor"}


def test_each_wrong_answer_is_pointed_at(player: Player, program_of: Programs, case: str) -> None:
    path = f"/tasks/{player.task(case, 'board_response')}/complete"
    marijke = program_of("marijke")
    found = problem(marijke.post(path, {"answers": {"shares_judgment": "misschien"}}))
    assert found["type"] == "urn:veilige-route:invalid"
    assert {"#/answers/shares_judgment", "#/answers/takes_measures"} <= {line["pointer"] for line in found["errors"]}
    odd = problem(marijke.post(path, {"answers": {"a/b~\ud800": "x"}}))
    assert [line["pointer"] for line in odd["errors"]] == ["#/answers/a~1b~0\ud800"]


def test_a_task_that_is_done_says_so(player: Player, program_of: Programs) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    task = player.task(number, "file_consent")
    player.do("sanne", number, "file_consent", file_consent="ja")
    found = problem(program_of("sanne").post(f"/tasks/{task}/complete", {"answers": {}}))
    assert (found["status"], found["type"]) == (409, "urn:veilige-route:already-done")


def test_a_failure_of_ours_tells_no_more_than_that(player: Player, program_of: Programs) -> None:
    marijke = program_of("marijke")
    with player.app.database.write() as tx:
        tx.execute(text("ALTER TABLE case_handler RENAME TO elsewhere"))
    found = problem(marijke.get("/tasks"))
    assert found == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Er ging iets mis, en dat ligt niet aan jou. Probeer het zo nog een keer.",
    }
