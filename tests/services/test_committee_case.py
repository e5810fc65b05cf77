"""A committee case as its people live it, from the first talk to the farewell."""

from datetime import date

from app.demo.play import Player
from app.demo.stories import write_letter
from app.domain.roles import Role
from app.services import case_page

BOARD = {Role.BOARD: ("marijke", "kemal")}


def until_advice(player: Player) -> str:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")
    player.do("sanne", number, "explain_committee", still_wants="ja", committee="lkc")
    player.do("sanne", number, "choose_guide", guided_by="interne_vertrouwenspersoon")
    write_letter(player, "sanne", number)
    player.do("sanne", number, "letter_sent")
    player.do("sanne", number, "committee_answer", tick=BOARD, committee_route="formeel", complainant_agrees="ja")
    player.do("marijke", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    player.do("sanne", number, "hearing")
    return number


def test_a_board_answers_over_christmas_and_the_case_ends_after_the_evaluation(player: Player) -> None:
    number = until_advice(player)
    player.until(player.on(date(2026, 11, 27)))
    player.do("kemal", number, "advice_received", advice_received_on=date(2026, 11, 27), judgment="gegrond")

    term = next(t for t in case_page.show(player.app, player.actor("marijke"), number, None).terms if t.statutory)
    assert term.due.last_day == date(2026, 12, 28)

    player.until(player.on(date(2026, 12, 22)))
    due = date(2027, 2, 1)
    player.do("marijke", number, "board_response", takes_measures="ja", measure_kind="afspraken", measures_due_on=due)
    player.do("marijke", number, "measures_done", done="ja")
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=date(2027, 3, 1))
    player.until(player.on(date(2027, 3, 1)))
    player.do("sanne", number, "follow_up_check", contact_made="ja", stopped_structurally="ja")
    done = player.do("sanne", number, "evaluation", wanted="ja", farewell="ja")

    assert done.ended == "Afgerond"
    term = next(t for t in case_page.show(player.app, player.actor("marijke"), number, None).terms if t.statutory)
    assert term.state == "met"
