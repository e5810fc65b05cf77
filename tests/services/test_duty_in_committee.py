"""What comes up in aftercare opens the meldplicht or the meldcode; the board that handles the complaint sees no trace of it."""

from datetime import date

import pytest

from app.demo.play import Answer, Player
from app.domain.errors import InvalidAnswers
from app.domain.facts import Audience, FactRecord
from app.domain.roles import FileKind, Role
from app.services import case_page
from app.services.at_rest import open_facts
from app.storage.queries import work as work_queries
from tests.services.committee import BOARD, case_of, committee_says, open_steps, page, told

CHECK_ON = date(2026, 10, 5)
OFFICER = {Role.MELDCODE_OFFICER: ("amira",)}
SOLVED: dict[str, Answer] = {"contact_made": "ja", "stopped_structurally": "ja", "acute_danger": "nee"}


@pytest.fixture
def number(player: Player) -> str:
    """A complaint that was solved, on the day of the follow-up; Marijke and Kemal handled it at the board."""
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    player.do("sanne", number, "complainant_satisfied", satisfied="ja")
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=CHECK_ON)
    player.until(player.on(CHECK_ON))
    return number


def staff(player: Player, number: str) -> None:
    """Perhaps a colleague, perhaps none of the board; nothing at home."""
    player.do(
        "sanne",
        number,
        "follow_up_check",
        tick=None,
        **SOLVED,
        sexual_staff_minor="mogelijk",
        board_involved="nee",
        violence_at_home="nee",
    )


def facts_of(player: Player, number: str, main: str) -> dict[str, FactRecord]:
    with player.app.database.read() as tx:
        (row,) = [row for row in work_queries.procedures_of(tx, case_of(tx, number).id) if row.main == main]
        return {name: log[-1] for name, log in open_facts(player.app.server_keys, row.id, row.facts).log.items()}


def test_the_board_of_the_complaint_does_not_come_along_to_the_meldplicht(player: Player, number: str) -> None:
    staff(player, number)
    assert open_steps(player, number) == {"informant", "evaluation"}
    seen = page(player, "kemal", number)
    assert [card.name for card in seen.cards] == ["Klachtencommissie"]
    assert "Mogelijk zedendelict gehoord" not in {line.step for line in seen.history}
    player.do("sanne", number, "informant", informant="ouder", acute_danger="nee")
    with pytest.raises(InvalidAnswers) as refused:
        player.do("sanne", number, "report_to_board")
    assert list(refused.value.fields) == ["handlers_board"]
    player.do("sanne", number, "report_to_board", tick={Role.BOARD: ("marijke",)})
    assert told(player, number, "task_opened").count("kemal") == 1


def test_what_the_meldplicht_hands_back_is_for_the_adviser_alone(player: Player, number: str) -> None:
    staff(player, number)
    player.do("sanne", number, "informant", informant="ouder", acute_danger="nee")
    player.do("sanne", number, "report_to_board", tick={Role.BOARD: ("marijke",)})
    player.do("sanne", number, "tell_duty")
    player.do("sanne", number, "explain_legal_steps")
    player.do("marijke", number, "take_over", conflict_of_interest="nee", contact_by="bestuur")
    player.do("marijke", number, "consult_inspector", conclusion="geen_redelijk_vermoeden")
    player.do("marijke", number, "record_no_suspicion", accused_told="wist_niets")
    back = facts_of(player, number, "committee")["conclusion"]
    assert (back.value, back.audience, back.lane) == ("geen_redelijk_vermoeden", Audience.OWN, Role.ADVISER)
    assert "conclusion" not in {fact.key for fact in page(player, "kemal", number).facts}


def test_somebody_of_the_board_who_is_involved_keeps_the_report_out_of_the_case(player: Player, number: str) -> None:
    player.do(
        "sanne",
        number,
        "follow_up_check",
        tick=None,
        **SOLVED,
        sexual_staff_minor="ja",
        board_involved="ja",
        violence_at_home="nee",
    )
    assert open_steps(player, number) == {"open_separate_case"}
    assert "board_involved" not in {fact.key for fact in page(player, "kemal", number).facts}
    player.do("sanne", number, "open_separate_case")
    assert open_steps(player, number) == {"evaluation"}


def test_signals_go_to_the_officer_whom_the_adviser_chooses_and_into_her_file(player: Player, number: str) -> None:
    player.writes = True
    quiet: dict[str, Answer] = {"sexual_staff_minor": "nee", "violence_at_home": "mogelijk"}
    player.do("sanne", number, "follow_up_check", tick=None, **SOLVED, **quiet)
    player.do("sanne", number, "hand_over_signals", tick=OFFICER)
    assert open_steps(player, number) == {"take_over_signals", "evaluation"}
    amira = player.actor("amira")
    (card,) = case_page.show(player.app, amira, number, None).files
    assert (card.kind, card.readers, card.entries) == (FileKind.MELDCODE, ("Amira Haddad",), 1)
    for part in ("marijke", "kemal"):
        assert [card.name for card in page(player, part, number).cards] == ["Klachtencommissie"]
