"""Programs read no fact and no file, whatever they ask."""

from typing import Any

from sqlalchemy import update

from app.demo.play import MARKER, Player
from app.services import task_page, tasks
from app.storage.tables import Entry, ProcedureRow
from tests.services.committee import LAST_DAY
from tests.web.api.conftest import Program, Programs


def everything(player: Player, program: Program, case: str) -> dict[str, str]:
    """All that a program can read about a case."""
    ids = [player.task(case, name) for name in ("board_response", "committee_update")]
    paths = ["/tasks?scope=all", "/deadlines?closed=true", "/procedures", f"/cases/{case}", *(f"/tasks/{task}" for task in ids)]
    found = {path: program.get(path) for path in paths}
    assert {answer.status_code for answer in found.values()} <= {200, 403, 404}
    return {path: answer.text for path, answer in found.items()}


def members(found: Any) -> set[str]:  # noqa: ANN401 - any JSON
    if isinstance(found, dict):
        return set(found) | {name for inner in found.values() for name in members(inner)}
    return {name for inner in found for name in members(inner)} if isinstance(found, list) else set()


def test_what_programs_read_does_not_hang_on_facts_states_or_files(player: Player, program_of: Programs, case: str) -> None:
    programs = [program_of(part) for part in ("sanne", "marijke")]
    before = [everything(player, program, case) for program in programs]
    with player.app.database.write() as tx:
        tx.execute(update(ProcedureRow).values(facts="", state="", passed=""))
        tx.execute(update(Entry).values(ciphertext=b"", sealed_key=b""))
    assert [everything(player, program, case) for program in programs] == before
    assert str(LAST_DAY) in before[0]["/deadlines?closed=true"]


def test_no_answer_holds_a_word_that_somebody_wrote(player: Player, program_of: Programs, case: str) -> None:
    for part in ("sanne", "marijke", "wim", "ada"):
        assert not [path for path, text in everything(player, program_of(part), case).items() if MARKER in text], part


def test_the_pages_do_know_the_facts_that_programs_do_not_get(player: Player, program_of: Programs, case: str) -> None:
    task = player.task(case, "board_response")
    page = task_page.show(player.app, player.actor("marijke"), task)
    answer = program_of("marijke").read(f"/tasks/{task}") or {}
    assert {fact.key for fact in page.known}
    assert members(answer).isdisjoint({"facts", "known", "values", "files", "entries", "history"})
    assert {fact.key for fact in page.known}.isdisjoint({question["key"] for question in answer["questions"]})


def test_an_unfinished_draft_is_not_told(player: Player, program_of: Programs, case: str) -> None:
    task = player.task(case, "board_response")
    tasks.save_draft(player.app, player.actor("marijke"), task, {"shares_judgment": "deels", "decision": f"Ik denk {MARKER}"})
    program = program_of("marijke")
    before = program.get(f"/tasks/{task}").text
    assert MARKER not in before
    tasks.save_draft(player.app, player.actor("marijke"), task, {"shares_judgment": "nee"})
    assert program.get(f"/tasks/{task}").text == before
