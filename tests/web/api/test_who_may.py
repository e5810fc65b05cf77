"""Every endpoint for every part of the cast, in one case: what a program is answered that acts for him."""

import pytest

from app.demo.cast import CAST
from app.demo.play import Player
from app.services import tokens
from tests.web.api.conftest import Program, Programs, school

#: Who handles the adviser's lane, and who the board's; everybody else must not know of the case.
ADVISER, BOARD = {"sanne"}, {"marijke", "els"}
#: What is asked of the board's task and of the adviser's: adviser, board, others.
TABLE = {
    "GET /cases/{case}": (200, 200, 404),
    "GET /tasks/{board}": (403, 200, 404),
    "POST /tasks/{board}/claim": (403, 200, 404),
    "POST /tasks/{board}/complete": (403, 422, 404),
    "GET /tasks/{adviser}": (200, 404, 404),
    "POST /tasks/{adviser}/claim": (200, 404, 404),
    "POST /tasks/{adviser}/complete": (422, 404, 404),
}
#: Who may start what, by the id of the start event.
STARTS = {
    **dict.fromkeys(("sanne", "ruben", "farida", "otto", "bram"), "start_with_adviser"),
    **dict.fromkeys(("marijke", "wim", "els", "nina"), "start_at_board"),
}


def answered(program: Program, line: str, ids: dict[str, str]) -> int:
    method, _, path = line.format(**ids).partition(" ")
    if method == "GET":
        return program.get(path).status_code
    return program.post(path, {"answers": {}} if path.endswith("complete") else None).status_code


def column(part: str) -> int:
    return 0 if part in ADVISER else 1 if part in BOARD else 2


def test_each_person_is_answered_as_the_pages_answer_him(player: Player, program_of: Programs, case: str) -> None:
    ids = {
        "case": case,
        "board": str(player.task(case, "board_response")),
        "adviser": str(player.task(case, "committee_update")),
    }
    # Els only looks whether she may: Marijke holds the board's task already.
    expected = {(part, line): row[column(part)] for part in CAST for line, row in TABLE.items()}
    held = {("els", "POST /tasks/{board}/claim"), ("els", "POST /tasks/{board}/complete")}
    expected |= dict.fromkeys(held, 403)
    programs = {part: program_of(part) for part in CAST}
    assert {(part, line): answered(programs[part], line, ids) for part, line in expected} == expected


def test_lists_hold_what_a_person_handles_and_nothing_for_others(player: Player, program_of: Programs, case: str) -> None:
    for part in CAST:
        program = program_of(part, tokens.READ)
        tasks = [line["title"] for line in program.read("/tasks?scope=all")["items"]]
        terms = [(line["title"], line["task_id"] is None) for line in program.read("/deadlines")["items"]]
        theirs = {0: ["Noteer nieuws van de commissie"], 1: ["Besluit over het advies"], 2: []}[column(part)]
        # The adviser sees how long the board has left, but holds no way into its task.
        seen = {0: [("Besluit over het advies", True)], 1: [("Besluit over het advies", False)], 2: []}[column(part)]
        assert (tasks, terms) == (theirs, seen), part


def test_procedures_are_listed_for_all_with_the_starts_of_each(program_of: Programs) -> None:
    for part in CAST:
        answer = program_of(part, tokens.READ).read("/procedures")["items"]
        committee = next(line for line in answer if line["key"] == "committee")
        expected = [STARTS[part]] if part in STARTS else ["start_at_board"] if part == "kemal" else []
        assert [start["id"] for start in committee["starts"]] == expected, part


@pytest.mark.parametrize(
    ("part", "place", "status"), [("sanne", "De Linde", 201), ("sanne", "Het Anker", 404), ("ada", "De Linde", 404)]
)
def test_a_case_is_started_only_where_one_may(player: Player, program_of: Programs, part: str, place: str, status: int) -> None:
    body = {"procedure": "committee", "start": "start_with_adviser", "school": str(school(player, place))}
    answer = program_of(part).post("/cases", body)
    assert answer.status_code == status
    if status == 201:
        started = answer.json or {}
        assert answer.location == f"/api/v1/cases/{started['number']}"
        assert player.task(started["number"], "file_consent").hex == started["task"].replace("-", "")
