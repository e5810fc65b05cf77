"""Whatever somebody types is found nowhere but in the sealed files: not on disk, not in mail, logs, states or the ledger."""

import logging
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage

import pytest

from app.catalogue import load
from app.demo.play import Answer, MovingClock
from app.domain.forms import Field
from app.domain.roles import FileKind, Role
from app.services import files, task_page, tasks, terms
from app.services.context import App
from app.services.mailing import send_waiting
from app.services.upkeep import anchor_today
from tests.services.committee import ADVICE_ON, BOARD, committee_says, receive_advice, term
from tests.services.marked import MarkingPlayer, everything, forms_of, marker, opened, readable_values
from tests.services.route import play_the_route
from tests.services.statutory import play_both
from tests.world import World

#: An adviser's own words in a meldplicht: they are asked only when the case that started it had the complainant's consent.
FOR_WHO_CONSENTED_BEFORE = {"external_considerations", "tell_reaction", "steps_reaction", "contact_report"}


@pytest.fixture
def marking(installation: App, clock: MovingClock, world: World) -> MarkingPlayer:
    return MarkingPlayer(installation, clock, world.places)


def play_formally(player: MarkingPlayer) -> str:
    number = receive_advice(player, judgment="ongegrond")
    raw = {"advice_received_on": "26-11-2026", "reason": marker("reason")}
    terms.correct_start(player.app, player.actor("marijke"), term(player, number).id, raw)
    player.beside("marijke", number, "committee_extend_term")
    told = {"complainant_notified_on": ADVICE_ON, "committee_notified_on": ADVICE_ON}
    player.do("marijke", number, "extend_term", tick=None, extended_to=date(2027, 1, 22), **told)
    player.beside("sanne", number, "committee_news")
    player.do("sanne", number, "committee_update", update="uitstel")
    player.until(term(player, number).due_at)
    due = date(2027, 2, 1)
    player.do("kemal", number, "board_response", takes_measures="ja", measure_kind="afspraken", measures_due_on=due)
    player.do("kemal", number, "measures_done", done="ja")
    player.do("marijke", number, "ask_rehabilitation", ground="commissie_ongegrond", accused_wants="ja")
    player.do("sanne", number, "ask_aftercare", wanted="ja", follow_up_on=date(2027, 3, 1))
    player.until(player.on(date(2027, 3, 1)))
    signs: dict[str, Answer] = {"violence_at_home": "ja", "acute_danger": "ja"}
    player.do("sanne", number, "follow_up_check", tick=None, contact_made="ja", stopped_structurally="ja", **signs)
    player.do("sanne", number, "act_on_danger")
    player.do("sanne", number, "hand_over_signals", tick={Role.MELDCODE_OFFICER: ("amira",)})
    player.do("sanne", number, "evaluation", wanted="ja", farewell="ja", acute_danger="nee")
    return number


def play_the_other_answers(player: MarkingPlayer) -> None:
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee")
    player.do("sanne", number, "complainant_satisfied", satisfied="ja")
    number = committee_says(player, "bemiddeling")
    player.do("sanne", number, "mediation_result", both_willing="ja", mediation_outcome="gelukt")
    player.announce("sanne", committee_says(player, "bemiddeling"), "ev_withdrawn")
    number = committee_says(player, "formeel", tick=BOARD)
    player.announce("sanne", number, "ev_withdrawn")
    player.do("sanne", number, "withdraw")


def play_without_adviser(player: MarkingPlayer) -> None:
    def register() -> str:
        number = player.start("marijke", "committee", "start_at_board", "Het Anker")
        player.do("marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
        return number

    number = register()
    player.do("marijke", number, "board_committee_answer", committee_route="bemiddeling", complainant_agrees="ja")
    player.do("marijke", number, "board_mediation_result", both_willing="ja", mediation_outcome="gelukt")
    number = register()
    player.do("marijke", number, "board_committee_answer", committee_route="eerst_bestuur", complainant_agrees="ja")
    player.do("marijke", number, "handle_complaint", conflict_of_interest="nee")
    player.do("marijke", number, "board_complainant_satisfied", satisfied="nee")
    player.do("marijke", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    player.until(player.clock.at + timedelta(days=100))
    player.do("marijke", number, "board_ask_progress", committee_says="loopt")
    player.beside("marijke", number, "committee_board_news")
    player.do("marijke", number, "board_committee_update", update="uitstel")
    player.announce("marijke", number, "ev_withdrawn")
    player.do("marijke", number, "board_withdraw")


def play_silence(player: MarkingPlayer) -> None:
    number = committee_says(player, "formeel", tick={Role.BOARD: ("kemal",)})
    player.do("kemal", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    player.do("sanne", number, "hearing")
    player.until(player.clock.at + timedelta(days=100))
    player.do("sanne", number, "ask_progress", committee_says="loopt")


def play_all(player: MarkingPlayer) -> str:
    number = play_formally(player)
    play_the_other_answers(player)
    play_without_adviser(player)
    play_silence(player)
    play_both(player)
    play_the_route(player)
    return number


def test_a_word_that_was_typed_is_found_in_a_sealed_file_alone(marking: MarkingPlayer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    mails: list[EmailMessage] = []
    app = replace(marking.app, settings=replace(marking.app.settings, smtp_from="route@veilig.example"))
    number = play_all(marking)
    send_waiting(app, mails.append, limit=1000)
    assert anchor_today(app)
    readers = (("sanne", FileKind.ADVISER), ("kemal", FileKind.BOARD))
    read = [files.open_file(app, marking.actor(part), number, kind) for part, kind in readers]

    asked = {one.key for one in _fields(app) if one.sealed}
    assert set(marking.marked) == asked - FOR_WHO_CONSENTED_BEFORE
    words = [*marking.marked.values(), marker("reason")]
    in_files = {text for one in read for entry in one.entries for _, text in entry.fields}
    assert {marker("reason"), marker("advice"), marker("complainant_name")} <= in_files
    haystacks = [*everything(app), *((name, text.encode()) for name, text in opened(app))]
    haystacks += [("log", caplog.text.encode()), *(("mail", bytes(mail)) for mail in mails)]
    assert {"log", "mail", "ledger", "state", "facts"} <= {name for name, _ in haystacks}
    found = [(name, word) for name, content in haystacks for word in words for form in forms_of(word) if form in content]
    assert found == []
    assert [(name, number) for name, content in haystacks if name == "mail" and number.encode() in content] != []


def test_of_the_facts_only_dates_of_terms_stand_readable(marking: MarkingPlayer) -> None:
    play_formally(marking)
    codes = {option.value for one in _fields(marking.app) for option in one.options}
    assert "gegrond" in codes
    values = readable_values(marking.app)
    assert "board_response" in values
    assert values & codes == set()


def test_a_draft_that_lies_open_is_sealed(marking: MarkingPlayer) -> None:
    number = receive_advice(marking)
    kemal, task_id = marking.actor("kemal"), marking.task(number, "board_response")
    tasks.claim(marking.app, kemal, task_id)
    typed = {"shares_judgment": "deels", "reasoned_decision": marker("draft")}
    tasks.save_draft(marking.app, kemal, task_id, typed)
    assert task_page.show(marking.app, kemal, task_id).values == typed
    stored = list(everything(marking.app))
    assert any(number.encode() in content for _, content in stored)
    assert [name for name, content in stored for word in forms_of(marker("draft")) if word in content] == []


def _fields(app: App) -> list[Field]:
    catalogue = load(app.settings.processes, app.settings.forms)
    return [one for procedure in catalogue.procedures.values() for form in procedure.forms.values() for one in form.fields]
