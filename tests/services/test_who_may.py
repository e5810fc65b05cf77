"""Every service that takes an acting person, for each of the cast, in one case at several stages: what it answers to whom.

ok: it works. 403: he may see the case, but not do this. 404: he must not know that it exists.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from app.demo.cast import CAST
from app.demo.play import Player
from app.domain.errors import AlreadyDone, Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import accounts, case_page, cases, files, inbox, task_page, tasks, terms
from app.services.context import Actor
from app.services.views.inbox import InboxQuery
from app.storage.tables import Membership
from tests.services.committee import page, receive_advice, term

Act = Callable[[Player, Actor, str], object]

#: Whom each column stands for. `farida` is ticked nowhere, `wim` is the accused, `kemal` has lost his role since.
HANDLES = {"sanne": "adviser", "marijke": "board", "els": "board"}
STRANGERS = sorted(set(CAST) - set(HANDLES))

#: What each service answers to who handles the adviser's lane and the board's; everybody else gets the last column.
TABLE: dict[str, tuple[str, str, str]] = {
    "read the case": ("ok", "ok", "404"),
    "read the drawing": ("ok", "ok", "404"),
    "read a board task": ("403", "ok", "404"),
    "claim a board task": ("403", "ok", "404"),
    "keep a draft of a board task": ("403", "ok", "404"),
    "complete a board task": ("403", "ok", "404"),
    "give back a board task": ("403", "ok", "404"),
    "read an adviser task": ("ok", "404", "404"),
    "claim an adviser task": ("ok", "404", "404"),
    "keep a draft of an adviser task": ("ok", "404", "404"),
    "complete an adviser task": ("ok", "404", "404"),
    "extend the term": ("403", "ok", "404"),
    "note news as adviser": ("ok", "403", "404"),
    "note news as board": ("403", "ok", "404"),
    "withdraw": ("ok", "403", "404"),
    "open the board's file": ("404", "ok", "404"),
    "open the adviser's file": ("ok", "404", "404"),
    "let somebody into the board's file": ("404", "404", "404"),
    "ask to correct the start": ("403", "ok", "404"),
    "correct the start": ("403", "ok", "404"),
}


@pytest.fixture
def case(player: Player) -> str:
    """A case that waits for the board's answer, with an adviser's task beside it; Wim is accused, Kemal's role has ended."""
    player.writes = True
    number = receive_advice(player, tick={Role.BOARD: ("marijke", "els", "kemal")})
    player.beside("sanne", number, "committee_news")
    tasks.claim(player.app, player.actor("marijke"), player.task(number, "board_response"))
    with player.app.database.write() as tx:
        kemal = player.places.people["kemal"]
        tx.execute(update(Membership).where(Membership.user_id == kemal).values(until=player.clock.at))
    return number


def outcome(act: Act, player: Player, actor: Actor, number: str) -> str:
    try:
        act(player, actor, number)
    except NotFound:
        return "404"
    except Forbidden:
        return "403"
    except (InvalidAnswers, Conflict, AlreadyDone):
        return "ok"  # it was his to do: what he typed, or the moment, was wrong
    return "ok"


def on_task(what: Callable[..., object], element_id: str, *rest: object) -> Act:
    return lambda player, actor, number: what(player.app, actor, player.task(number, element_id), *rest)


def of_file(kind: FileKind) -> Act:
    return lambda player, actor, number: files.open_file(player.app, actor, number, kind)


def procedure_of(player: Player, number: str) -> UUID:
    return page(player, "sanne", number).procedure_id


def start(process_id: str) -> Act:
    return lambda player, actor, number: cases.start_anytime(player.app, actor, procedure_of(player, number), process_id)


def read_drawing(player: Player, actor: Actor, number: str) -> object:
    return case_page.diagram(player.app, actor, number, procedure_of(player, number), "committee_response")


def withdraw(player: Player, actor: Actor, number: str) -> object:
    return cases.announce(player.app, actor, procedure_of(player, number), "ev_withdrawn")


def let_in(player: Player, actor: Actor, number: str) -> object:
    files.let_in(player.app, actor, number, FileKind.BOARD, user_id=player.places.people["wim"], fingerprint_seen="")
    return None


def correct(player: Player, actor: Actor, number: str) -> object:
    raw = {"advice_received_on": "26-11-2026", "reason": "x"}
    return terms.correct_start(player.app, actor, term(player, number).id, raw)


ACTS: dict[str, Act] = {
    "read the case": lambda player, actor, number: case_page.show(player.app, actor, number, None),
    "read the drawing": read_drawing,
    "read a board task": on_task(task_page.show, "board_response"),
    "claim a board task": on_task(tasks.claim, "board_response"),
    "keep a draft of a board task": on_task(tasks.save_draft, "board_response", {}),
    "complete a board task": on_task(tasks.complete, "board_response", {}, {}),
    "give back a board task": on_task(tasks.release, "board_response"),
    "read an adviser task": on_task(task_page.show, "committee_update"),
    "claim an adviser task": on_task(tasks.claim, "committee_update"),
    "keep a draft of an adviser task": on_task(tasks.save_draft, "committee_update", {}),
    "complete an adviser task": on_task(tasks.complete, "committee_update", {}, {}),
    "extend the term": start("committee_extend_term"),
    "note news as adviser": start("committee_news"),
    "note news as board": start("committee_board_news"),
    "withdraw": withdraw,
    "open the board's file": of_file(FileKind.BOARD),
    "open the adviser's file": of_file(FileKind.ADVISER),
    "let somebody into the board's file": let_in,
    "ask to correct the start": lambda player, actor, number: terms.correction_form(player.app, actor, term(player, number).id),
    "correct the start": correct,
}


@pytest.mark.parametrize("what", TABLE)
def test_a_service_answers_each_of_the_cast_as_the_table_says(player: Player, case: str, what: str) -> None:
    adviser, board, nobody = TABLE[what]
    wanted = {part: nobody for part in STRANGERS} | {"sanne": adviser, "marijke": board}
    # What changes the case comes last: whoever may do it would change it for the others.
    order = sorted(wanted, key=lambda part: wanted[part] == "ok")
    assert {part: outcome(ACTS[what], player, player.actor(part), case) for part in order} == wanted


def test_every_service_has_its_row() -> None:
    assert set(ACTS) == set(TABLE)


def test_a_task_that_another_holds_is_read_but_not_done(player: Player, case: str) -> None:
    wanted = {"read": "ok", "claim": "403", "draft": "403", "complete": "403", "release": "403"}
    acts = {
        "read": on_task(task_page.show, "board_response"),
        "claim": on_task(tasks.claim, "board_response"),
        "draft": on_task(tasks.save_draft, "board_response", {}),
        "complete": on_task(tasks.complete, "board_response", {}, {}),
        "release": on_task(tasks.release, "board_response"),
    }
    assert {name: outcome(act, player, player.actor("els"), case) for name, act in acts.items()} == wanted


def test_lists_show_a_case_to_those_who_handle_it_alone(player: Player, case: str) -> None:
    sees = []
    for part in sorted(CAST):
        actor = player.actor(part)
        rows, _ = case_page.mine(player.app, actor, 1)
        shown = inbox.page(player.app, actor, InboxQuery(scope="all"))
        lines = [row.case_number for _, group in shown.groups for row in group]
        assert bool(rows) == bool(lines) == (shown.scope_counts["all"] > 0), part
        assert {row.number for row in rows} | set(lines) <= {case}
        sees += [part] if rows else []
    assert sees == sorted(HANDLES)


def test_an_inbox_holds_the_tasks_of_ones_own_lane_alone(player: Player, case: str) -> None:
    def titles(part: str, scope: str) -> set[str]:
        shown = inbox.page(player.app, player.actor(part), InboxQuery(scope=scope))
        return {row.title for _, group in shown.groups for row in group}

    assert titles("sanne", "all") == titles("sanne", "mine") == {"Noteer nieuws van de commissie"}
    assert titles("marijke", "mine") == titles("els", "all") == {"Besluit over het advies"}
    assert titles("els", "mine") == titles("els", "group") == set()
    narrowed = inbox.page(player.app, player.actor("nina"), InboxQuery(scope="all", number=case))
    assert narrowed.groups == ()


def test_a_board_sees_its_own_steps_and_not_the_advisers(player: Player, case: str) -> None:
    shown = page(player, "marijke", case)
    assert {step.role for step in shown.steps if step.state in ("done", "active")} == {Role.BOARD}
    assert [card.kind for card in shown.files] == [FileKind.BOARD]
    assert {fact.key for fact in shown.facts if fact.key in ("still_wants", "guided_by", "explained_on", "file_consent")} == set()
    assert {line.who for line in shown.history if line.kind == "task.completed"} == {"Marijke de Vries"}
    assert set(shown.handled_by) == {"Els van Dam", "Marijke de Vries"}, "whose role ended handles it no longer"
    done = {element_id for level in shown.diagrams for element_id in level.done}
    assert not done & {"explain_committee", "write_letter", "letter_sent", "committee_answer", "hearing"}


def test_an_adviser_sees_how_far_the_board_is_and_none_of_its_own_facts(player: Player, case: str) -> None:
    shown = page(player, "sanne", case)
    assert {step.role for step in shown.steps if step.state == "active"} >= {Role.BOARD}
    assert [card.kind for card in shown.files] == [FileKind.ADVISER]
    own_of_the_board = {"recommendations", "six_parts_present", "copies_to_both", "defended_by"}
    assert not own_of_the_board & {fact.key for fact in shown.facts}
    assert {"judgment", "advice_received_on"} <= {fact.key for fact in shown.facts}
    assert not {"recommendation_kind", "minutes", "complaint_about"} & {fact.key for fact in shown.facts}


@pytest.mark.parametrize("part", sorted(CAST))
def test_a_case_is_started_by_its_role_at_its_own_schools_alone(player: Player, part: str) -> None:
    starts = {Role.ADVISER: "start_with_adviser", Role.BOARD: "start_at_board", Role.SUBSTITUTE: "start_at_board"}
    own = player.places.schools if CAST[part].place.startswith("Stichting") else {CAST[part].place: None}
    board = {"De Linde", "Het Anker"} if CAST[part].place != "Stichting Noorderlicht" else {"De Wissel", "De Brug"}
    for start_id in ("start_with_adviser", "start_at_board"):
        for school in player.places.schools:
            may = starts.get(CAST[part].role) == start_id and school in own and (school in board or len(own) == 1)
            answered = outcome(_start(start_id, school), player, player.actor(part), "")
            assert answered == ("ok" if may else "404"), (start_id, school)


def _start(start_id: str, school: str) -> Act:
    return lambda player, actor, _: cases.start(player.app, actor, "committee", start_id, school_id=player.places.schools[school])


def test_what_does_not_exist_answers_like_what_is_hidden(player: Player, case: str) -> None:
    actor = player.actor("marijke")
    acts: tuple[Callable[[], object], ...] = (
        lambda: case_page.show(player.app, actor, "2026-XXXX", None),
        lambda: case_page.show(player.app, actor, case, uuid4()),
        lambda: task_page.show(player.app, actor, uuid4()),
        lambda: tasks.claim(player.app, actor, uuid4()),
        lambda: terms.correct_start(player.app, actor, uuid4(), {}),
        lambda: files.open_file(player.app, actor, case, FileKind.LEADER),
        lambda: case_page.diagram(player.app, actor, case, procedure_of(player, case), "elsewhere"),
        lambda: cases.announce(player.app, actor, uuid4(), "ev_withdrawn"),
        lambda: cases.start_anytime(player.app, actor, procedure_of(player, case), "elsewhere"),
    )
    texts = set()
    for act in acts:
        with pytest.raises(NotFound) as hidden:
            act()
        texts.add(hidden.value.text)
    assert len(texts) == 1


def test_a_role_that_ends_takes_effect_in_a_session_that_is_open(player: Player, case: str) -> None:
    marijke = player.actor("marijke")
    with player.app.database.write() as tx:
        tx.execute(update(Membership).where(Membership.user_id == marijke.user_id).values(until=player.clock.at))
    for name in ("read the case", "complete a board task", "open the board's file", "correct the start", "note news as board"):
        assert outcome(ACTS[name], player, marijke, case) == "404"
    cookie = accounts.sign_in(player.app, marijke.email, "zeepaard-in-de-zee", "127.0.0.1").cookie
    session = accounts.session(player.app, cookie)
    assert session is not None
    assert session.actor.places == ()
    assert date(2026, 11, 27) == player.clock.at.date()
