"""A committee case as its people live it, from the first talk to the farewell, along every route."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.demo.play import Player
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import cases, files, task_page, tasks
from app.storage.tables import Draft
from tests.services.committee import (
    ADVICE_ON,
    BOARD,
    LAST_DAY,
    committee_says,
    history,
    open_steps,
    page,
    receive_advice,
    send_letter,
    term,
    wait_for_advice,
)


def test_a_board_answers_over_christmas_and_the_case_ends_after_the_evaluation(player: Player) -> None:
    number = receive_advice(player)
    running = next(t for t in page(player, "marijke", number).terms if t.statutory)
    assert running.due.last_day == LAST_DAY

    player.until(player.on(date(2026, 12, 22)))
    due = date(2027, 2, 1)
    player.do("marijke", number, "board_response", takes_measures="ja", measure_kind="afspraken", measures_due_on=due)
    player.do("marijke", number, "measures_done", done="ja")
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=date(2027, 3, 1))
    player.until(player.on(date(2027, 3, 1)))
    player.do("sanne", number, "follow_up_check", contact_made="ja", stopped_structurally="ja", acute_danger="nee")
    done = player.do("sanne", number, "evaluation", wanted="ja", farewell="ja", acute_danger="nee")

    assert done.ended == "Afgerond"
    assert term(player, number).state == "met"
    assert page(player, "sanne", number).closed_at == player.clock.at


def test_a_complainant_whom_the_board_satisfied_gets_no_advice(player: Player) -> None:
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    player.do("sanne", number, "complainant_satisfied", satisfied="ja")
    done = player.do("sanne", number, "ask_aftercare", wanted="nee")
    assert done.ended == "Opgelost zonder advies"


def test_a_complainant_whom_the_board_did_not_satisfy_goes_on_formally(player: Player) -> None:
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    player.do("sanne", number, "complainant_satisfied", satisfied="nee")
    wait_for_advice(player, number)
    player.do("kemal", number, "advice_received", judgment="gegrond")
    player.do("kemal", number, "board_response", takes_measures="nee")
    done = player.do("sanne", number, "ask_aftercare", wanted="nee")
    assert done.ended == "Afgerond"


def test_mediation_that_worked_ends_without_advice(player: Player) -> None:
    number = committee_says(player, "bemiddeling")
    player.do("sanne", number, "mediation_result", both_willing="ja", mediation_outcome="gelukt")
    done = player.do("sanne", number, "ask_aftercare", wanted="nee")
    assert done.ended == "Opgelost zonder advies"


def test_mediation_that_failed_opens_the_boards_lane_and_goes_on_formally(player: Player) -> None:
    number = committee_says(player, "bemiddeling")
    with pytest.raises(InvalidAnswers) as refused:
        player.do("sanne", number, "mediation_result", both_willing="nee", mediation_outcome="mislukt")
    assert list(refused.value.fields) == ["handlers_board"]
    player.do("sanne", number, "mediation_result", tick=BOARD, both_willing="nee", mediation_outcome="mislukt")
    assert open_steps(player, number) == {"submit_defence"}


def test_a_complaint_that_the_committee_does_not_admit_ends_at_once(player: Player) -> None:
    number = send_letter(player)
    done = player.do("sanne", number, "committee_answer", committee_route="niet_ontvankelijk", complainant_agrees="nee")
    assert done.ended == "Niet in behandeling genomen"
    assert open_steps(player, number) == set()


def test_a_complainant_who_stays_with_the_school_sends_no_letter(player: Player) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="nee")
    done = player.do("sanne", number, "explain_committee", still_wants="nee_interne_route", committee="lkc")
    assert done.ended == "Terug naar de interne route"


def test_an_unfounded_complaint_lets_the_board_ask_the_accused_about_rehabilitation(player: Player) -> None:
    number = receive_advice(player, judgment="ongegrond")
    player.do("kemal", number, "board_response", takes_measures="nee")
    player.do("kemal", number, "ask_rehabilitation", ground="commissie_ongegrond", accused_wants="ja")
    marks = [line.detail["mark"] for line in history(player, number, "procedure.marked")]
    assert marks == ["rehabilitation_wanted"]
    assert player.do("sanne", number, "ask_aftercare", wanted="nee").ended == "Afgerond"


def test_a_board_without_an_adviser_goes_all_the_way_by_itself(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "Het Anker")
    player.do("marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    player.do("marijke", number, "board_committee_answer", committee_route="formeel", complainant_agrees="niet_van_toepassing")
    player.do("marijke", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    player.until(player.on(ADVICE_ON))
    player.do("marijke", number, "advice_received", advice_received_on=ADVICE_ON, judgment="gegrond")
    done = player.do("marijke", number, "board_response", takes_measures="nee")
    assert done.ended == "Afgerond"


def test_a_board_that_asks_an_adviser_in_ticks_who_it_is(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    tick = {Role.ADVISER: ("ruben",)}
    player.do("marijke", number, "register_at_board", tick=tick, adviser_takes_part="ja", conflict_of_interest="nee")
    player.do("ruben", number, "file_consent", file_consent="ja")
    assert open_steps(player, number) == {"committee_answer"}
    with pytest.raises(NotFound):
        page(player, "sanne", number)


def test_a_person_of_another_school_cannot_be_ticked(player: Player) -> None:
    number = send_letter(player)
    for stranger in ("nina", "otto", "piet", "ada", "sanne"):
        tick = {Role.BOARD: ("marijke", stranger)}
        with pytest.raises(InvalidAnswers):
            player.do("sanne", number, "committee_answer", tick=tick, committee_route="formeel", complainant_agrees="ja")
    assert open_steps(player, number) == {"committee_answer"}


@pytest.mark.parametrize("step", ["file_consent", "committee_answer", "submit_defence", "advice_received", "board_response"])
def test_a_complainant_withdraws_at_any_moment_and_what_was_open_is_gone(player: Player, step: str) -> None:
    number = _until(player, step)
    who = "marijke" if step in ("submit_defence", "advice_received", "board_response") else "sanne"
    task_id = player.task(number, step)
    tasks.claim(player.app, player.actor(who), task_id)
    form = task_page.show(player.app, player.actor(who), task_id).form
    tasks.save_draft(player.app, player.actor(who), task_id, {form.fields[0].key: "ja"})

    player.announce("sanne", number, "ev_withdrawn")
    assert open_steps(player, number) == {"withdraw"}
    with player.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(Draft)) == 0
    assert player.do("sanne", number, "withdraw").ended == "Klacht ingetrokken"
    player.until(player.on(date(2028, 1, 1)))
    assert history(player, number, "term.missed") == []
    with pytest.raises(Conflict):
        player.announce("sanne", number, "ev_withdrawn")


def _until(player: Player, step: str) -> str:
    if step == "file_consent":
        return player.start("sanne", "committee", "start_with_adviser", "De Linde")
    if step == "committee_answer":
        return send_letter(player)
    if step == "board_response":
        return receive_advice(player)
    number = committee_says(player, "formeel", tick=BOARD)
    if step == "advice_received":
        wait_for_advice(player, number)
    return number


def test_a_withdrawal_without_an_adviser_is_noted_by_the_board(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "Het Anker")
    player.do("marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    shown = page(player, "marijke", number)
    assert [element_id for element_id, _ in shown.messages] == ["ev_withdrawn"]
    task_id = cases.announce(player.app, player.actor("marijke"), shown.procedure_id, "ev_withdrawn")
    assert task_id == player.task(number, "board_withdraw")
    assert player.do("marijke", number, "board_withdraw").ended == "Klacht ingetrokken"


def test_what_was_started_beside_a_withdrawn_complaint_can_still_be_finished(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    player.beside("sanne", number, "committee_news")
    player.announce("sanne", number, "ev_withdrawn")
    player.do("sanne", number, "withdraw")
    assert page(player, "sanne", number).closed_at is None
    player.do("sanne", number, "committee_update", update="ingetrokken")
    assert page(player, "sanne", number).closed_at == player.clock.at


def test_a_board_member_who_turns_out_to_be_involved_leaves_the_case_to_the_other(player: Player) -> None:
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("marijke", number, "handle_complaint", conflict_of_interest="ja")
    with pytest.raises(NotFound):
        page(player, "marijke", number)
    with pytest.raises(NotFound):
        task_page.show(player.app, player.actor("marijke"), player.task(number, "handle_complaint"))
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    assert open_steps(player, number) == {"complainant_satisfied"}


def test_the_only_board_member_who_is_involved_must_name_another_who_then_reads_the_file(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    player.do(
        "marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee", complaint_letter="brief"
    )
    player.do("marijke", number, "board_committee_answer", committee_route="eerst_bestuur", complainant_agrees="ja")
    for nobody in (None, {Role.BOARD: ("marijke",)}):
        with pytest.raises(InvalidAnswers) as refused:
            player.do("marijke", number, "handle_complaint", tick=nobody, conflict_of_interest="ja")
        assert list(refused.value.fields) == ["handlers_board"]
    player.do("marijke", number, "handle_complaint", tick={Role.BOARD: ("els",)}, conflict_of_interest="ja")
    player.do("els", number, "handle_complaint", conflict_of_interest="nee", decision="besluit")
    read = files.open_file(player.app, player.actor("els"), number, FileKind.BOARD)
    assert {"brief", "besluit"} <= {text for entry in read.entries for _, text in entry.fields}
    with pytest.raises(NotFound):
        files.open_file(player.app, player.actor("marijke"), number, FileKind.BOARD)


def test_a_substitute_may_start_where_the_board_may(player: Player) -> None:
    number = player.start("els", "committee", "start_at_board", "De Linde")
    assert open_steps(player, number) == {"register_at_board"}


def test_a_board_member_whom_the_letter_is_about_hands_the_case_on_and_sees_it_no_more(player: Player) -> None:
    number = player.start("wim", "committee", "start_at_board", "De Linde")
    with pytest.raises(InvalidAnswers):
        player.do("wim", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="ja")

    els = {Role.BOARD: ("els",)}
    player.do("wim", number, "register_at_board", tick=els, adviser_takes_part="nee", conflict_of_interest="ja")

    with pytest.raises(NotFound):
        page(player, "wim", number)
    assert open_steps(player, number) == {"board_committee_answer"}
    player.do("els", number, "board_committee_answer", committee_route="niet_ontvankelijk")


def test_a_board_that_does_not_extend_after_all_can_say_so_after_its_answer(player: Player) -> None:
    number = receive_advice(player, judgment="gegrond")
    player.beside("marijke", number, "committee_extend_term")
    player.do("kemal", number, "board_response", takes_measures="nee")

    done = player.do("marijke", number, "extend_term", extend_now="nee")

    assert done.ended == "Toch niet verlengd"


def test_a_date_that_the_committee_named_is_filled_in_and_guards_the_defence(player: Player) -> None:
    due = date(2026, 9, 30)
    number = committee_says(player, "formeel", tick=BOARD, defence_due_on=due)
    task_id = player.task(number, "submit_defence")

    shown = task_page.show(player.app, player.actor("marijke"), task_id)

    assert shown.values["defence_due_on"] == "30-09-2026"
    assert shown.term is not None
    assert shown.term.due.last_day == due
    player.until(player.on(date(2026, 10, 5)))
    player.do("marijke", number, "submit_defence", defence_due_on=due, defence_sent_on=date(2026, 9, 29))
    [met] = [t for t in page(player, "marijke", number).terms if t.title == "Stuur het verweer"]
    assert (met.state, met.bar.met, met.bar.end) == ("met", 0.0, 100.0)
