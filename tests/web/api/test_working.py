"""Working through programs: what they write is sealed, counts, and is read by people alone."""

from typing import Any
from uuid import UUID

import pytest

from app.demo.play import Player, fill
from app.domain.roles import FileKind, Role
from app.services import files, task_page
from tests.services.committee import committee_says, send_letter
from tests.web.api.conftest import Program, Programs, school

STORY = "Een verhaal dat een ander systeem al kende."


def answers_to(player: Player, part: str, task: UUID, **given: str) -> dict[str, str]:
    """What a person would type, in the texts that programs send."""
    page = task_page.show(player.app, player.actor(part), task)
    return {**fill(page.form, dict(page.facts), given, player.clock.at)}


def test_a_program_starts_a_case_and_completes_its_first_task(player: Player, program_of: Programs) -> None:
    sanne = program_of("sanne")
    body = {"procedure": "committee", "start": "start_with_adviser", "school": str(school(player))}
    started = sanne.post("/cases", body).json or {}
    task = sanne.read(f"/tasks/{started['task']}")
    assert (task["task"]["state"], task["task"]["case"]) == ("mine", started["number"])
    consent = next(question for question in task["questions"] if question["key"] == "file_consent")
    assert (consent["type"], consent["required"], consent["options"][0]["value"]) == ("enum", True, "ja")
    answers = {"file_consent": "ja", "consent_on": "2026-09-07", "may_contact": "ja", "safe_contact": STORY}
    done = sanne.post(f"/tasks/{started['task']}/complete", {"answers": answers}).json or {}
    assert (done["case"], done["ended"], len(done["opened"])) == (started["number"], False, 1)
    assert sanne.get(f"/tasks/{done['opened'][0]['id']}").status_code == 200
    assert sanne.read(f"/tasks/{started['task']}")["task"]["state"] == "done"


def test_what_a_program_writes_is_sealed_and_its_reader_opens_it(player: Player, program_of: Programs) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    task = player.task(number, "file_consent")
    answers = answers_to(player, "sanne", task, file_consent="ja", safe_contact=STORY)
    assert program_of("sanne").post(f"/tasks/{task}/complete", {"answers": answers}).status_code == 200
    opened = files.open_file(player.app, player.actor("sanne"), number, FileKind.ADVISER)
    assert STORY in [words for entry in opened.entries for _, words in entry.fields]


def test_a_lane_that_opens_needs_people_and_the_task_says_whom_to_choose_from(player: Player, program_of: Programs) -> None:
    number = send_letter(player)
    task = player.task(number, "committee_answer")
    sanne = program_of("sanne")
    asked = sanne.read(f"/tasks/{task}")["handlers"]
    board = next(choice for choice in asked if choice["role"] == "board")
    assert {person["name"] for person in board["people"]} == {"Marijke de Vries", "Kemal Aydin", "Wim Jansen", "Els van Dam"}
    answers = answers_to(player, "sanne", task, committee_route="formeel", complainant_agrees="ja")
    refused = sanne.post(f"/tasks/{task}/complete", {"answers": answers})
    assert (refused.status_code, (refused.json or {})["errors"][0]["pointer"]) == (422, "#/handlers/board")
    marijke = next(person["id"] for person in board["people"] if person["name"] == "Marijke de Vries")
    done = sanne.post(f"/tasks/{task}/complete", {"answers": answers, "handlers": {"board": [marijke]}})
    assert done.status_code == 200
    assert program_of("marijke").read("/tasks")["items"]
    assert program_of("wim").read("/tasks?scope=all")["items"] == []


def test_a_task_is_picked_up_before_it_is_completed(player: Player, program_of: Programs) -> None:
    number = committee_says(player, "formeel", tick={Role.BOARD: ("marijke", "kemal")})
    task = player.task(number, "submit_defence")
    marijke, kemal = program_of("marijke"), program_of("kemal")
    assert [line["state"] for line in lines(kemal, "group")] == ["unclaimed"]
    body: dict[str, Any] = {"answers": {"defence_due_on": "2026-10-01"}}
    assert kemal.post(f"/tasks/{task}/complete", body).status_code == 403
    assert kemal.post(f"/tasks/{task}/claim").json == {"id": str(task), "state": "mine"}
    assert marijke.post(f"/tasks/{task}/claim").status_code == 403
    assert ([line["state"] for line in lines(marijke, "all")], lines(marijke, "group")) == (["other"], [])
    assert len(lines(kemal, "mine")) == 1


def lines(program: Program, scope: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.read(f"/tasks?scope={scope}")["items"]
    return found


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_every_line_once_also_when_lines_go_in_between(player: Player, program_of: Programs, limit: int) -> None:
    sanne = program_of("sanne")
    numbers = {player.start("sanne", "committee", "start_with_adviser", "De Linde") for _ in range(4)}
    first = sanne.read(f"/tasks?limit={limit}&due=none&school={school(player)}")
    seen = [line["case"] for line in first["items"]]
    # The last line that was shown is done before the next page is asked.
    player.do("sanne", seen[-1], "file_consent", file_consent="nee")
    following = first["next"]
    while following:
        page = sanne.read(following.removeprefix("/api/v1"))
        assert len(page["items"]) <= limit
        seen += [line["case"] for line in page["items"]]
        following = page["next"]
    assert len([number for number in seen if number in numbers]) >= 4
    assert set(seen) == numbers


def test_terms_go_on_where_a_page_ended(program_of: Programs, case: str) -> None:
    marijke = program_of("marijke")
    whole = [line["id"] for line in marijke.read("/deadlines?closed=true")["items"]]
    paged, following = [], "/deadlines?closed=true&limit=1"
    while following:
        page = marijke.read(following.removeprefix("/api/v1"))
        paged += [line["id"] for line in page["items"]]
        following = page["next"]
    assert (paged, len(whole) > 1) == (whole, True)
    assert marijke.read("/deadlines?case=1999")["items"] == []
    assert len(marijke.read(f"/deadlines?case={case}")["items"]) == 1


def test_a_cursor_of_another_list_is_refused(program_of: Programs, case: str) -> None:
    marijke = program_of("marijke")
    following = marijke.read("/deadlines?closed=true&limit=1")["next"]
    assert marijke.get(following.removeprefix("/api/v1").replace("deadlines?closed=true&", "tasks?")).status_code == 422


def test_the_only_reader_of_a_file_does_not_leave_through_a_program_which_could_let_nobody_in(
    player: Player, program_of: Programs
) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    player.do(
        "marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee", complaint_letter=STORY
    )
    player.do("marijke", number, "board_committee_answer", committee_route="eerst_bestuur", complainant_agrees="ja")
    task = player.task(number, "handle_complaint")
    els = {"board": [str(player.places.people["els"])]}
    answers = answers_to(player, "marijke", task, conflict_of_interest="ja")
    refused = program_of("marijke").post(f"/tasks/{task}/complete", {"answers": answers, "handlers": els})
    assert refused.status_code == 403
    assert "Log in" in (refused.json or {})["detail"]
    player.do("marijke", number, "handle_complaint", tick={Role.BOARD: ("els",)}, conflict_of_interest="ja")
    opened = files.open_file(player.app, player.actor("els"), number, FileKind.BOARD)
    assert STORY in [words for entry in opened.entries for _, words in entry.fields]
