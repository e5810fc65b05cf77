"""A case goes to another adviser with chosen entries; whoever had it knows it no more, and nobody reads what stayed behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.demo.play import Player
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import case_page, files, outline, task_page, tasks
from app.services.mailing import send_waiting
from app.services.upkeep import anchor_today
from app.storage.tables import Draft, Membership, Outbox
from app.storage.verify import verify
from tests.services.committee import case_of, history, page, told
from tests.services.handing.play import (
    ADVISER,
    NOTE,
    STORY,
    ask,
    begin,
    draw,
    give,
    handlers,
    key_holders,
    note,
    texts,
)

CONSENT_STEP, NOTE_STEP = "Vraag toestemming", "Kies wat nu gebeurt"


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of the two procedures of these tests."""
    return draw(player)


def given(cast: Player, taken: tuple[str, ...] = (CONSENT_STEP,), letter: str = "") -> str:
    """A case that Sanne handed over to Ruben; gives its number."""
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    give(cast, number, "sanne", taken, letter)
    return number


def test_the_page_lists_entries_by_step_and_date_and_opens_none(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    shown = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "give_file"))
    at = cast.clock.at
    assert [(e.step, e.at) for e in shown.entries or ()] == [(CONSENT_STEP, at - timedelta(minutes=1)), (NOTE_STEP, at)]
    assert STORY not in repr(shown)
    assert task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "choose_next")).entries is None
    assert "file.opened" not in {line.kind for line in history(cast, number)}


def test_the_successor_reads_what_was_chosen_and_the_letter_and_nobody_reads_the_rest(cast: Player) -> None:
    number = given(cast, letter="Wees geduldig.")
    assert texts(cast, "ruben", number) == [STORY, "Wees geduldig."]
    assert key_holders(cast, number) == {"ruben"}
    [file] = page(cast, "ruben", number).files
    assert (file.readers, file.entries) == (("Ruben Smit",), 2)
    [line] = history(cast, number, "file.resealed")
    assert line.detail == {"file": "adviser_file", "taken": 2, "left": 1}
    anchor_today(cast.app)
    with cast.app.database.read() as tx:
        assert verify(tx, cast.app.settings.ledger) == []


def test_nothing_chosen_leaves_an_empty_file(cast: Player) -> None:
    number = given(cast, taken=())
    assert texts(cast, "ruben", number) == []
    note(cast, "ruben", number, "Nieuw begin.")
    assert texts(cast, "ruben", number) == ["Nieuw begin."]


def test_the_former_adviser_must_not_know_of_the_case_any_more(cast: Player) -> None:
    number = begin(cast)
    open_task = cast.task(number, "choose_next")
    ask(cast, number, "sanne", "ruben")
    closed_task = cast.task(number, "give_file")
    give(cast, number, "sanne", (CONSENT_STEP,))
    sanne, app = cast.actor("sanne"), cast.app
    for task_id in (open_task, closed_task, cast.task(number, "welcome")):
        with pytest.raises(NotFound):
            task_page.show(app, sanne, task_id)
        with pytest.raises(NotFound):
            outline.task(app, sanne, task_id)
        with pytest.raises(NotFound):
            tasks.claim(app, sanne, task_id)
    with pytest.raises(NotFound):
        case_page.show(app, sanne, number, None)
    with pytest.raises(NotFound):
        outline.case(app, sanne, number)
    with pytest.raises(NotFound):
        files.open_file(app, sanne, number, ADVISER)
    assert case_page.mine(app, sanne, 1) == ([], False)


def test_open_tasks_of_all_procedures_are_the_successors_and_drafts_go(cast: Player) -> None:
    number = begin(cast)
    sanne, task_id = cast.actor("sanne"), cast.task(number, "choose_next")
    ask(cast, number, "sanne", "ruben")
    task_id = cast.task(number, "choose_next")
    tasks.save_draft(cast.app, sanne, task_id, {"next_move": "opschrijven", "note": "nog niet af"})
    give(cast, number, "sanne", ())
    assert handlers(cast, number) == {"ruben"}
    assert [task_page.show(cast.app, cast.actor("ruben"), cast.task(number, e)).state for e in ("choose_next", "welcome")] == [
        "mine",
        "mine",
    ]
    with cast.app.database.read() as tx:
        assert tx.scalars(select(Draft)).all() == []


def test_the_successor_is_told_once_that_the_case_is_his_and_nobody_else_is(cast: Player) -> None:
    number = given(cast)
    assert told(cast, number, "case_handed_over") == ["ruben"]
    cast.do("ruben", number, "welcome", met="ja")
    ask(cast, number, "ruben", "farida")
    give(cast, number, "ruben", ())
    assert told(cast, number, "case_handed_over") == ["farida", "ruben"]


def test_a_draft_keeps_which_entries_were_ticked(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    sanne, task_id = cast.actor("sanne"), cast.task(number, "give_file")
    first, second = (entry.entry_id for entry in task_page.show(cast.app, sanne, task_id).entries or ())
    for ticked in ((first, second), (second,), ()):
        tasks.save_draft(cast.app, sanne, task_id, {"letter": "Nog niet af."}, entries=ticked)
        shown = task_page.show(cast.app, sanne, task_id)
        assert (shown.taken, shown.values) == (frozenset(ticked), {"letter": "Nog niet af."})
    other = cast.task(number, "choose_next")
    tasks.save_draft(cast.app, sanne, other, {"next_move": "opschrijven"}, entries=(first,))
    assert task_page.show(cast.app, sanne, other).taken == frozenset()


def test_mail_that_waits_for_the_former_adviser_is_not_sent(cast: Player) -> None:
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="vragen", tick={Role.SCHOOL_LEADER: ("joost",)})
    cast.do("joost", number, "ask_leader")  # tells Sanne that a task waits for her
    ask(cast, number, "sanne", "ruben")
    give(cast, number, "sanne", ())
    sent: list[str] = []
    posting = replace(cast.app, settings=replace(cast.app.settings, smtp_from="route@veilig.example"))
    send_waiting(posting, lambda message: sent.append(message["To"]), 50)
    assert "sanne@voorbeeld.example" not in sent
    assert sent != []
    with cast.app.database.read() as tx:
        states = tx.scalars(select(Outbox.state).where(Outbox.user_id == cast.places.people["sanne"])).all()
    assert set(states) == {"not_needed"}


def test_after_a_second_handover_the_last_adviser_alone_reads_what_was_chosen_twice(cast: Player) -> None:
    number = given(cast, taken=(CONSENT_STEP, NOTE_STEP), letter="Voor Ruben.")
    cast.do("ruben", number, "welcome", met="ja")
    ask(cast, number, "ruben", "farida")
    give(cast, number, "ruben", (CONSENT_STEP,), "Voor Farida.")
    assert texts(cast, "farida", number) == [STORY, "Voor Farida."]
    assert key_holders(cast, number) == {"farida"}
    for part in ("sanne", "ruben"):
        with pytest.raises(NotFound):
            page(cast, part, number)
        with pytest.raises(NotFound):
            files.open_file(cast.app, cast.actor(part), number, ADVISER)


def test_whoever_is_asked_sees_his_own_step_and_nothing_of_the_others(cast: Player) -> None:
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="overdragen")
    offered = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "prepare_handover")).handlers
    [choice] = [choice for choice in offered if choice.role is Role.SUCCESSOR]
    assert {name for _, name in choice.people} == {"Ruben Smit", "Farida El Amrani"}
    cast.do("sanne", number, "prepare_handover", asked_for_it="ja", tick={Role.SUCCESSOR: ("ruben",)})
    ruben = cast.actor("ruben")
    assert task_page.show(cast.app, ruben, cast.task(number, "accept_handover")).known == ()
    shown = page(cast, "ruben", number)
    assert (shown.facts, shown.files, [step.element_id for step in shown.steps if step.state != "end"]) == (
        (),
        (),
        ["accept_handover"],
    )
    assert [card.name for card in shown.cards] == ["Overdracht in een test"]
    with pytest.raises(NotFound):
        files.open_file(cast.app, ruben, number, ADVISER)
    with pytest.raises(NotFound):
        task_page.show(cast.app, ruben, cast.task(number, "choose_next"))


def test_one_successor_is_asked_and_none_but_an_adviser_without_the_case(cast: Player) -> None:
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="overdragen")
    for wrong in (("ruben", "farida"), ("joost",), ("otto",), ("sanne",), ()):
        with pytest.raises(InvalidAnswers) as refused:
            cast.do("sanne", number, "prepare_handover", tick={Role.SUCCESSOR: wrong})
        assert list(refused.value.fields) == ["handlers_successor"]


def test_whoever_refuses_leaves_and_the_adviser_asks_somebody_else(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben", accepts="nee")
    with pytest.raises(NotFound):
        page(cast, "ruben", number)
    shown = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "prepare_handover"))
    assert [name for choice in shown.handlers for _, name in choice.people] == ["Farida El Amrani"]
    cast.do("sanne", number, "prepare_handover", tick={Role.SUCCESSOR: ("farida",)})
    cast.do("farida", number, "accept_handover", accepts="ja")
    give(cast, number, "sanne", (NOTE_STEP,))
    assert texts(cast, "farida", number) == [NOTE]


def test_a_program_hands_nothing_over(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    program = replace(cast.actor("sanne"), private_key=None)
    with pytest.raises(Forbidden) as refused:
        tasks.complete(cast.app, program, cast.task(number, "give_file"), {"consent_written": "ja"}, {})
    assert "programma" in str(refused.value)
    assert (handlers(cast, number), key_holders(cast, number)) == ({"sanne"}, {"sanne"})


def test_entries_of_another_case_cannot_be_chosen(cast: Player) -> None:
    other, number = begin(cast), begin(cast)
    for one in (other, number):
        ask(cast, one, "sanne", "ruben")
    sanne = cast.actor("sanne")
    shown = task_page.show(cast.app, sanne, cast.task(other, "give_file"))
    foreign = [entry.entry_id for entry in shown.entries or ()]
    with pytest.raises(InvalidAnswers):
        tasks.complete(cast.app, sanne, cast.task(number, "give_file"), {"consent_written": "ja"}, {}, entries=foreign)
    assert handlers(cast, number) == {"sanne"}


def test_a_successor_whose_role_ended_gets_nothing(cast: Player) -> None:
    number = begin(cast)
    ask(cast, number, "sanne", "ruben")
    with cast.app.database.write() as tx:
        [role] = tx.scalars(select(Membership).where(Membership.user_id == cast.places.people["ruben"]))
        role.until = cast.clock.at
    with pytest.raises(Conflict):
        give(cast, number, "sanne", ())
    assert key_holders(cast, number) == {"sanne"}


def test_without_consent_there_is_no_file_and_the_tasks_go_all_the_same(cast: Player) -> None:
    number = begin(cast, consent="nee")
    ask(cast, number, "sanne", "ruben")
    assert task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "give_file")).entries == ()
    give(cast, number, "sanne", ())
    assert handlers(cast, number) == {"ruben"}
    with cast.app.database.read() as tx:
        assert case_of(tx, number).closed_at is None
