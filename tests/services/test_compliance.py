"""The compliance board: every number is the length of its list, and whoever may be involved learns nothing from either."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.demo.cast import CAST
from app.demo.play import Player
from app.domain.compliance import Figure
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.services import compliance
from app.services.compliance_lines import PAGE
from app.services.views.compliance import CompliancePage
from app.services.views.figures import Behind, LinesPage, Scope
from app.storage.tables import Membership, School
from tests.services.committee import Tick, receive_advice, term
from tests.services.route import BOARD, LEADER, choose, guided
from tests.services.watched import Crowd, numbers

NOBODY = ("sanne", "amira", "piet", "ada", "fleur")
ALL = Scope()


def board_of(player: Player, part: str, scope: Scope = ALL) -> CompliancePage:
    return compliance.board(player.app, player.actor(part), scope)


def list_of(player: Player, part: str, figure: Figure, scope: Scope = ALL) -> LinesPage:
    return compliance.lines(player.app, player.actor(part), Behind(figure, scope), None)


def ask_measures(player: Player, tick: Tick = LEADER, **involved: str) -> str:
    """An adviser asks for measures, of the head unless he is involved; gives the case's number."""
    number = guided(player, **involved)
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=tick, sharing_agreed="ja", names_allowed="alle_namen")
    return number


@pytest.mark.parametrize(("part", "most"), [("marijke", 60), ("joost", 30), ("nina", 30)])
def test_every_number_is_the_length_of_its_list(player: Player, part: str, most: int) -> None:
    player.clock.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for seed in (1, 2):
        crowd = Crowd(player, seed)
        crowd.add(60)
        page = board_of(player, part)
        heat = [compliance.heat(player.app, player.actor(part), Scope(procedure_key=key)) for key, _ in page.choices.procedures]
        seen = list(dict.fromkeys([*numbers(page), *(number for one in heat for number in numbers(one))]))
        assert sum(one.number for one in seen) > 0
        for one in crowd.random.sample(seen, k=min(most, len(seen))):
            found = compliance.lines(player.app, player.actor(part), one.behind, None)
            assert (one.behind, found.total, len(found.lines)) == (one.behind, one.number, one.number)


def test_what_is_narrowed_adds_up_to_the_whole(player: Player) -> None:
    player.clock.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    Crowd(player, 3).add(60)
    whole = board_of(player, "marijke")
    schools = [board_of(player, "marijke", Scope(school_id=id_)) for id_, _ in whole.choices.schools]
    roles = [board_of(player, "marijke", Scope(role=role)) for role in whole.choices.roles]
    keys = [board_of(player, "marijke", Scope(procedure_key=key)) for key, _ in whole.choices.procedures]
    for parts in (schools, roles, keys):
        assert sum(part.overdue.number for part in parts) == whole.overdue.number > 0
        assert sum(part.sleeping.number for part in parts) == whole.sleeping.number > 0
        assert [sum(part.months[place].kept.kept.number for part in parts) for place in range(12)] == [
            month.kept.kept.number for month in whole.months
        ]
    assert sum(month.kept.missed.number for month in whole.months) == whole.kept.missed.number > 0


def test_a_list_goes_on_over_pages(player: Player) -> None:
    player.clock.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    Crowd(player, 4).add(170)
    whole = list_of(player, "marijke", Figure.WAITING)
    assert whole.total > PAGE
    last = -(-whole.total // PAGE)
    actor = player.actor("marijke")
    pages = [compliance.lines(player.app, actor, Behind(Figure.WAITING), place) for place in range(1, last + 1)]
    assert [page.more for page in pages] == [True] * (last - 1) + [False]
    assert whole.lines == tuple(line for page in pages for line in page.lines)


@pytest.mark.parametrize("part", NOBODY)
def test_whoever_is_neither_of_a_board_nor_a_head_finds_nothing(player: Player, part: str) -> None:
    actor = player.actor(part)
    asked = Scope(procedure_key="measures")
    for call in (
        lambda: compliance.board(player.app, actor, ALL),
        lambda: compliance.lines(player.app, actor, Behind(Figure.WAITING)),
        lambda: compliance.heat(player.app, actor, asked),
        lambda: compliance.drawing(player.app, actor, asked, 1, "measures"),
    ):
        with pytest.raises(NotFound):
            call()


def test_the_menu_leads_there_for_boards_and_heads_alone(player: Player) -> None:
    found = {part for part in CAST if compliance.watches(player.actor(part))}
    assert found == {"marijke", "kemal", "wim", "els", "joost", "nina"}


def test_of_one_role_no_whole_procedure_is_counted(player: Player) -> None:
    player.clock.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    Crowd(player, 5).add(60)
    whole = board_of(player, "marijke")
    assert whole.durations != ()
    for role in whole.choices.roles:
        assert board_of(player, "marijke", Scope(role=role)).durations == ()


def test_a_term_in_hours_is_late_on_the_day_itself(player: Player) -> None:
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    player.do("sanne", number, "informant", tick={Role.BOARD: ("marijke",)}, informant="ouder", acute_danger="nee")
    player.do("sanne", number, "report_to_board", tick={Role.BOARD: ("marijke",)})
    ends = term(player, number, "take_over").due_at
    player.until(ends + timedelta(minutes=1))
    for figure in (Figure.OVERDUE, Figure.MISSED):
        [line] = list_of(player, "marijke", figure).lines
        assert (line.step, line.at, line.late, line.days) == ("Neem de melding over", ends, True, 0)


def test_a_head_sees_his_own_school_and_nobody_another_board(player: Player) -> None:
    ids = player.places.schools
    assert [name for _, name in board_of(player, "joost").choices.schools] == ["De Linde"]
    assert [name for _, name in board_of(player, "marijke").choices.schools] == ["De Linde", "Het Anker"]
    with player.app.database.read() as tx:
        other = tx.scalars(select(School.board_id).where(School.name == "De Wissel")).one()
    outside = [
        ("joost", Scope(school_id=ids["Het Anker"])),
        ("joost", Scope(role=Role.BOARD)),
        ("marijke", Scope(school_id=ids["De Wissel"])),
        ("marijke", Scope(board_id=other)),
        ("marijke", Scope(role=Role.ADVISER)),
        ("marijke", Scope(procedure_key="handover")),
    ]
    for part, scope in outside:
        with pytest.raises(NotFound):
            board_of(player, part, scope)


def test_a_board_watches_what_the_facts_say_does_not_concern_it(player: Player) -> None:
    number = ask_measures(player)
    for part in ("marijke", "wim", "els"):
        [line] = list_of(player, part, Figure.WAITING).lines
        assert (line.case_number, line.step, line.role, line.may_open) == (number, "Neem maatregelen", Role.SCHOOL_LEADER, False)
    [own] = list_of(player, "joost", Figure.WAITING).lines
    assert (own.case_number, own.may_open) == (number, True)
    assert list_of(player, "nina", Figure.WAITING).lines == ()
    player.clock.at += timedelta(weeks=4)
    late = board_of(player, "marijke")
    assert [(one.role, one.school, one.count.number) for one in late.overdue_at] == [(Role.SCHOOL_LEADER, "De Linde", 1)]
    assert late.overdue_at[0].longest > 0


def test_once_somebody_was_ticked_the_others_know_no_more(player: Player) -> None:
    number = ask_measures(player)
    player.do("joost", number, "school_leader_measures", conflict_of_interest="nee", measure_kind="afspraken", to_board="ja")
    player.do("sanne", number, "agree_board_sharing", tick=BOARD, sharing_agreed="ja", names_allowed="zonder_namen")
    assert [line.case_number for line in list_of(player, "kemal", Figure.WAITING).lines] == [number]
    for part in ("marijke", "wim", "els"):
        assert list_of(player, part, Figure.WAITING).lines == list_of(player, part, Figure.DONE).lines == ()


def test_who_lost_the_role_sees_nothing_from_then_on(player: Player) -> None:
    ask_measures(player)
    assert list_of(player, "marijke", Figure.WAITING).total == 1
    with player.app.database.write() as tx:
        held = select(Membership).where(Membership.user_id == player.places.people["marijke"])
        tx.scalars(held).one().until = player.clock.at
    with pytest.raises(NotFound):
        board_of(player, "marijke")


def test_a_step_of_another_role_is_no_step_of_the_head(player: Player) -> None:
    receive_advice(player)
    assert [line.step for line in list_of(player, "marijke", Figure.WAITING).lines] == ["Besluit over het advies"]
    assert list_of(player, "joost", Figure.WAITING).lines == ()
    page = board_of(player, "marijke")
    assert sum(line.statutory.number for line in page.running) == 1
    player.until(player.clock.at + timedelta(weeks=7))
    late = board_of(player, "marijke")
    assert (late.kept.kept.number, late.kept.missed.number, late.kept.share, late.escalated.number) == (0, 1, 0, 1)
    with player.app.database.count() as statements:
        board_of(player, "marijke")
    assert statements.number <= 12 - 4  # what a page asks besides: its session, its roles, its menu


def test_the_heat_map_tells_where_and_the_drawing_is_that_of_the_version(player: Player) -> None:
    ask_measures(player)
    actor, scope = player.actor("marijke"), Scope(procedure_key="measures")
    heat = compliance.heat(player.app, actor, scope)
    hot = [(one.role, one.waiting.number, one.median, one.heat) for one in heat.elements if one.heat]
    assert hot == [(Role.SCHOOL_LEADER, 1, 0, 4), (None, 1, 0, 4)]  # the step, and the phase that it lies in
    assert {one.process_id for one in heat.elements} <= {level for level, _ in heat.levels}
    for level, _ in heat.levels:
        assert b"<bpmn:process" in compliance.drawing(player.app, actor, scope, heat.version, level)
    for version, level in ((99, "measures"), (heat.version, "committee")):
        with pytest.raises(NotFound):
            compliance.drawing(player.app, actor, scope, version, level)
    with pytest.raises(NotFound):
        compliance.heat(player.app, actor, replace(scope, procedure_key=None))


def learned(player: Player, part: str, at: datetime) -> list[object]:
    """All that somebody can learn from the board at a moment."""
    player.clock.at = at
    page = board_of(player, part)
    lists = [list_of(player, part, figure) for figure in Figure]
    keys = [key for key, _ in page.choices.procedures]
    maps = [compliance.heat(player.app, player.actor(part), Scope(procedure_key=key)) for key in keys]
    return [page, *lists, *maps, *(board_of(player, part, Scope(school_id=id_)) for id_, _ in page.choices.schools)]


def about_a_board_member(player: Player) -> list[str]:
    """The adviser knows that somebody of the board is involved; Kemal, who is not, decides in another case."""
    return [ask_measures(player, board_member_involved="ja"), receive_advice(player)]


def about_the_head(player: Player) -> list[str]:
    """The head is involved, so the board is asked."""
    return [ask_measures(player, tick=BOARD, head_involved="ja")]


@pytest.mark.parametrize(
    ("involved", "happens", "other"),
    [("wim", about_a_board_member, "marijke"), ("joost", about_the_head, "kemal")],
)
def test_the_case_of_somebody_changes_nothing_that_he_sees(
    player: Player, involved: str, happens: Callable[[Player], list[str]], other: str
) -> None:
    Crowd(player, 5).add(30)
    begun = player.clock.at
    moments = [begun + timedelta(days=days) for days in (0, 75)]
    before = [learned(player, involved, moment) for moment in moments]
    player.clock.at = begun
    numbers_of_cases = happens(player)
    for moment, known in zip(moments, before, strict=True):
        player.until(moment)
        assert learned(player, involved, moment) == known
    seen = {line.case_number for figure in Figure for line in list_of(player, other, figure).lines}
    assert seen & set(numbers_of_cases)


@pytest.mark.parametrize(("said", "seen"), [("nee", 1), ("ja", 0), ("", 0)])
def test_a_board_counts_a_meldcode_only_when_it_is_said_that_none_of_its_members_is_involved(
    player: Player, said: str, seen: int
) -> None:
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    answers = {"acute_danger": "nee", "by_school_staff": "nee", "special_form": "nee", "board_member_involved": said}
    player.do("amira", number, "take_over_signals", tick=None, **answers)
    assert list_of(player, "marijke", Figure.WAITING).total == seen
    assert board_of(player, "marijke", Scope(role=Role.MELDCODE_OFFICER)).running[0].all.number <= seen
    for step in ("map_signals", "consult_colleague", "talk_with_child", "talk_with_parents"):
        player.do("amira", number, step)
    assert list_of(player, "marijke", Figure.WAITING).total == seen
    player.do("amira", number, "weigh", w2_danger="acuut", report_decided_by="aandachtsfunctionaris", board_member_involved="ja")
    assert list_of(player, "marijke", Figure.WAITING).total == 0
