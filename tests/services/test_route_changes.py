"""What changes on the way of a complaint reaches what runs: silence ends the guidance, and another area moves what others do."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from app.demo.play import Answer, Player
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.roles import FileKind
from app.services import case_page, cases, files
from app.services.at_rest import open_facts
from app.storage.queries import work as work_queries
from tests.services.committee import Tick, case_of, history
from tests.services.route import BOARD, DANGER, LEADER, OFFICER, SAFE, choose, guided, on, told
from tests.services.started import open_tasks, opened_out_of, running

CLOSE: Mapping[str, Answer] = {"school_safety": "voldoende", "silent_decision": "afronden"}
UNSAFE: Mapping[str, Answer] = {"school_safety": "signaal_nodig", "silent_decision": "afronden"}

HERE: Mapping[str, Answer] = {
    "committee_would_take": "ja",
    "area": "ongewenst_gedrag",
    "possible_offence": "nee",
    "head_involved": "nee",
    **SAFE,
}


def look_at_silence(player: Player, number: str, answers: Mapping[str, Answer]) -> None:
    """The adviser looks at a case in which nothing was heard for long, and decides."""
    player.beside("sanne", number, "complaint_route_silent_check")
    player.do("sanne", number, "silent_check", tick=None, **answers)


def change(player: Player, number: str, *, tick: Tick | None = None, **answers: Answer) -> None:
    """The complaint turns out to be another one."""
    player.beside("sanne", number, "complaint_route_other_area")
    player.do("sanne", number, "other_area", tick=tick, **{**HERE, **answers})


def told_of(player: Player, number: str, main: str, fact: str) -> list[object]:
    """Every value that a fact of a procedure of the case had."""
    with player.app.database.read() as tx:
        (row,) = [row for row in work_queries.procedures_of(tx, case_of(tx, number).id) if row.main == main]
        return [record.value for record in open_facts(player.app.server_keys, row.id, row.facts).log[fact]]


def test_an_adviser_who_stops_waiting_ends_the_guidance(player: Player) -> None:
    number = guided(player)
    look_at_silence(player, number, CLOSE)

    assert (running(player, number), open_tasks(player, number)) == (["complaint_route"], ["record_withdrawal"])
    player.do("sanne", number, "record_withdrawal", tick=None, stop_reason="geen_contact_meer")
    player.do("sanne", number, "what_can_the_school_learn")
    player.do("sanne", number, "close_case", outcome="geen_contact_meer")
    assert running(player, number) == []


def test_where_nothing_is_left_to_end_nothing_happens(player: Player) -> None:
    number = guided(player)
    look_at_silence(player, number, CLOSE)
    player.beside("sanne", number, "complaint_route_silent_check")
    for step in ("record_withdrawal", "what_can_the_school_learn", "close_case"):
        player.do("sanne", number, step)

    player.do("sanne", number, "silent_check", tick=None, **CLOSE)
    assert (running(player, number), open_tasks(player, number)) == ([], [])
    assert [one.element_id for one in history(player, number, "message.sent")] == ["ev_withdrawn"]


def test_nobody_is_silent_in_what_has_ended(player: Player) -> None:
    number = told(player, "melding")
    player.do("sanne", number, "what_can_the_school_learn")
    shown = case_page.show(player.app, player.actor("sanne"), number, None)
    assert running(player, number) == []
    assert "complaint_route_record_talk" in dict(shown.anytime)
    assert "complaint_route_silent_check" not in dict(shown.anytime)
    with pytest.raises(Conflict):
        cases.start_anytime(player.app, player.actor("sanne"), shown.procedure_id, "complaint_route_silent_check")


def test_only_the_case_that_is_silent_ends(player: Player) -> None:
    number, other = guided(player), guided(player)
    look_at_silence(player, number, CLOSE)
    assert (open_tasks(player, number), open_tasks(player, other)) == (["record_withdrawal"], ["choose_step"])


def test_a_leader_cannot_tell_whose_silence_is_behind_a_signal(player: Player) -> None:
    number = guided(player)
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", share_with="schoolleiding")
    look_at_silence(player, number, UNSAFE)

    [(signal, side)] = opened_out_of(player, number)
    assert (side, open_tasks(player, signal)) == ("same", ["pass_on_unsafe_signal"])
    player.do("sanne", signal, "pass_on_unsafe_signal", tick=LEADER, recipient="schoolleiding")
    assert case_page.show(player.app, player.actor("sanne"), signal, None).linked == (number,)
    for one in (number, signal):
        assert case_page.show(player.app, player.actor("joost"), one, None).linked == ()


def test_a_signal_about_an_involved_head_goes_to_the_board(player: Player) -> None:
    number = guided(player)
    change(player, number, head_involved="ja")
    look_at_silence(player, number, UNSAFE)
    [(signal, _)] = opened_out_of(player, number)
    player.do("sanne", signal, "pass_on_unsafe_signal", tick=BOARD)
    assert open_tasks(player, signal) == ["board_act_on_signal"]


def test_a_head_who_turns_out_to_be_involved_loses_his_step_and_the_board_is_asked_about(player: Player) -> None:
    number = guided(player)
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", share_with="schoolleiding")
    change(player, number, head_involved="ja")

    assert open_tasks(player, number) == ["agree_board_sharing", "choose_step"]
    with pytest.raises(NotFound):
        case_page.show(player.app, player.actor("joost"), number, None)
    with pytest.raises(NotFound):
        files.open_file(player.app, player.actor("joost"), number, FileKind.LEADER)
    assert told_of(player, number, "complaint_route", "head_involved") == ["nee", "ja"]
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=BOARD, sharing_agreed="nee")


def objects(player: Player, number: str) -> None:
    """A pupil does not want that the parents hear it; whether the head is involved, nobody knew yet."""
    refuses: Mapping[str, Answer] = {"minor": "ja", "pupil_agrees": "nee", "safe_to_inform": "nee", "parent_is_party": "nee"}
    player.do("sanne", number, "talk_about_parents", tick=LEADER, head_involved="nee", **refuses, **SAFE)


def test_the_board_decides_about_parents_when_the_head_turns_out_to_be_involved(player: Player) -> None:
    number = guided(player, minor="ja", complainant_kind="leerling")
    objects(player, number)
    assert "decide_not_informing" in open_tasks(player, number)
    with pytest.raises(InvalidAnswers) as refused:
        change(player, number, tick={}, head_involved="ja")
    assert set(refused.value.fields) == {"handlers_board"}

    player.do("sanne", number, "other_area", tick=BOARD, **{**HERE, "head_involved": "ja"})
    assert open_tasks(player, number) == ["board_decide_not_informing", "choose_step"]
    assert told_of(player, number, "parents", "head_involved")[-2:] == ["nee", "ja"]
    with pytest.raises(NotFound):
        case_page.show(player.app, player.actor("joost"), number, None)
    decision: Mapping[str, Answer] = {"conflict_of_interest": "nee", "parents_decision": "wel_informeren"}
    player.do("kemal", number, "board_decide_not_informing", tick=None, **decision)
    assert "involve_parents" in open_tasks(player, number)


def test_a_head_who_is_named_in_the_first_look_at_the_complaint_decides_nothing_about_parents(player: Player) -> None:
    number = told(player, minor="ja", complainant_kind="leerling")
    player.do("sanne", number, "explain")
    player.do("sanne", number, "file_consent", file_consent="ja")
    player.do("sanne", number, "self_check", fit_to_guide="ja", complainant_prefers="deze_vertrouwenspersoon")
    objects(player, number)
    player.do("sanne", number, "scope", tick=BOARD, **{**HERE, "head_involved": "ja"})
    assert open_tasks(player, number) == ["board_decide_not_informing", "choose_step"]


def test_what_belongs_elsewhere_is_referred_and_the_guidance_goes_on(player: Player) -> None:
    number = guided(player)
    change(player, number, area="onderwijskundig")
    assert running(player, number) == ["complaint_route", "referral"]
    assert "choose_step" in open_tasks(player, number)
    assert told_of(player, number, "complaint_route", "area")[-2:] == ["ongewenst_gedrag", "onderwijskundig"]


def test_what_must_be_reported_begins_at_once(player: Player) -> None:
    number = guided(player)
    change(player, number, tick=OFFICER, violence_at_home="ja")
    assert running(player, number) == ["complaint_route", "meldcode"]


def test_the_board_decides_about_a_report_when_the_head_turns_out_to_be_involved(player: Player) -> None:
    number = guided(player)
    change(player, number, tick=OFFICER, violence_at_home="ja")
    player.do("amira", number, "take_over_signals", acute_danger="nee", special_form="nee", by_school_staff="nee")
    player.do("amira", number, "map_signals")
    player.do("amira", number, "consult_colleague", safe_to_talk="nee")
    player.do("amira", number, "talk_with_child")
    player.do("amira", number, "weigh", tick=LEADER, w2_danger="structureel", report_decided_by="schoolleiding")
    with pytest.raises(InvalidAnswers) as refused:
        change(player, number, tick={}, head_involved="ja")
    assert set(refused.value.fields) == {"handlers_board"}

    player.do("sanne", number, "other_area", tick=BOARD, **{**HERE, "head_involved": "ja"})
    assert open_tasks(player, number) == ["board_decide_report", "choose_step"]
    assert told_of(player, number, "meldcode", "head_involved") == ["nee", "ja"]
    with pytest.raises(NotFound):
        case_page.show(player.app, player.actor("joost"), number, None)
    player.do("kemal", number, "board_decide_report", conflict_of_interest="nee")
    assert "make_report" in open_tasks(player, number)


def test_an_agreement_that_lapses_while_danger_is_looked_at_gets_no_new_day(player: Player) -> None:
    number = guided(player)
    choose(player, number, "zelf_verder")
    player.do("sanne", number, "stay_in_background", evaluation_agreed="ja", follow_up_on=on(player, 7))
    player.until(player.clock.at + timedelta(days=8))
    early: Mapping[str, Answer] = {"contact_made": "ja", "stopped_structurally": "te_vroeg", "follow_up_on": on(player, 7)}
    player.do("sanne", number, "follow_up_check", tick=None, **early, **DANGER)
    player.announce("sanne", number, "ev_withdrawn")
    player.do("sanne", number, "record_withdrawal", stop_follow_up="ja")
    assert (running(player, number), "act_on_danger" in open_tasks(player, number)) == (["complaint_route", "follow_up"], True)

    player.do("sanne", number, "act_on_danger")
    assert running(player, number) == ["complaint_route"]
