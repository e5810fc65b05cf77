"""A meldplicht in a real case: who gets what to do, new facts open it again, and the meldcode starts it beside itself."""

from sqlalchemy import select

from app.demo.play import Answer, Player
from app.domain.roles import Role
from app.storage.tables import ProcedureRow
from tests.services.committee import case_of, history, open_steps, page, told
from tests.services.statutory import BOARD, known_to_the_board, without_suspicion

MELDPLICHT = "Meldplicht bij een mogelijk zedendelict"


def procedures(player: Player, number: str) -> list[tuple[str, bool]]:
    """The procedures of a case, the oldest first, and whether each has ended."""
    with player.app.database.read() as tx:
        wanted = select(ProcedureRow).where(ProcedureRow.case_id == case_of(tx, number).id).order_by(ProcedureRow.started_at)
        rows = list(tx.scalars(wanted))
        above = {row.id: row.parent_id for row in rows}
        return [(row.main, row.ended_at is not None) for row in sorted(rows, key=lambda row: _depth(row.parent_id, above))]


def _depth(parent: object, above: object) -> int:
    assert isinstance(above, dict)
    return 0 if parent is None else 1 + _depth(above[parent], above)


def test_telling_the_parent_holds_up_nobody(player: Player) -> None:
    number = known_to_the_board(player)
    assert open_steps(player, number) == {"tell_duty", "protect_now", "consult_inspector", "board_keep_contact"}


def test_new_facts_open_it_again_for_the_same_board_while_the_adviser_still_has_something_to_tell(player: Player) -> None:
    number = without_suspicion(player)
    assert open_steps(player, number) == {"tell_duty"}
    player.beside("marijke", number, "meldplicht_new_facts")
    player.do("marijke", number, "new_facts")
    assert open_steps(player, number) == {"tell_duty", "take_over"}
    ended = [("meldplicht", False), ("meldplicht_new_facts", True), ("meldplicht", False)]
    assert procedures(player, number) == ended


def test_new_facts_open_it_only_once(player: Player) -> None:
    number = without_suspicion(player)
    for _ in range(2):
        player.beside("marijke", number, "meldplicht_new_facts")
        player.do("marijke", number, "new_facts")
    assert [name for name, _ in procedures(player, number)].count("meldplicht") == 2


def test_new_facts_open_it_again_after_everything_ended(player: Player) -> None:
    number = without_suspicion(player)
    player.do("sanne", number, "tell_duty")
    player.do("sanne", number, "explain_legal_steps")
    assert open_steps(player, number) == set()
    player.beside("sanne", number, "meldplicht_adviser_new_facts")
    player.do("sanne", number, "adviser_new_facts")
    assert open_steps(player, number) == {"take_over"}


def test_a_board_member_who_is_involved_hands_it_on_and_keeps_no_step(player: Player) -> None:
    number = player.start("wim", "meldplicht", "start_board", "De Linde")
    player.do("wim", number, "take_over", tick={Role.BOARD: ("marijke", "els")}, conflict_of_interest="ja")
    assert [line.detail["mark"] for line in history(player, number, "procedure.marked")] == ["stepped_aside"]
    player.do("marijke", number, "take_over", conflict_of_interest="nee", contact_by="bestuur")


def test_a_head_who_decided_in_the_meldcode_does_not_come_along_when_it_is_about_him(player: Player) -> None:
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    player.do("amira", number, "take_over_signals", acute_danger="nee", by_school_staff="nee", special_form="nee")
    for step in ("map_signals", "consult_colleague", "talk_with_child", "talk_with_parents"):
        player.do("amira", number, step)
    decides: dict[str, Answer] = {"w2_danger": "acuut", "report_decided_by": "schoolleiding"}
    player.do("amira", number, "weigh", tick={Role.SCHOOL_LEADER: ("joost",)}, **decides)
    player.beside("amira", number, "meldcode_staff")
    player.do("amira", number, "staff_suspected", tick={Role.BOARD: ("marijke",)}, by_school_staff="ja")
    handled = {part: [card.name for card in page(player, part, number).cards] for part in ("joost", "marijke")}
    assert handled["marijke"] == [MELDPLICHT]
    assert MELDPLICHT not in handled["joost"]
    assert told(player, number, "task_opened").count("joost") == 1


def test_the_meldcode_starts_the_meldplicht_beside_itself(player: Player) -> None:
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    player.do("amira", number, "take_over_signals", tick=BOARD, acute_danger="nee", by_school_staff="mogelijk")
    assert open_steps(player, number) == {"map_signals", "take_over"}
    player.do("marijke", number, "take_over", conflict_of_interest="nee", contact_by="bestuur")
    player.do("amira", number, "map_signals")
    assert "consult_colleague" in open_steps(player, number)
