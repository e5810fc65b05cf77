"""Ways through the complaint route and what it starts, on which every text is asked that somebody may write there."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.clock import local_day
from app.demo.play import Answer, Player
from app.domain.roles import Role
from tests.services.committee import Tick

LEADER: Tick = {Role.SCHOOL_LEADER: ("joost",)}
BOARD: Tick = {Role.BOARD: ("kemal",)}
SUCCESSOR: Tick = {Role.SUCCESSOR: ("ruben",)}
OFFICER: Tick = {Role.MELDCODE_OFFICER: ("amira",)}
SAFE: Mapping[str, Answer] = {"sexual_staff_minor": "nee", "violence_at_home": "nee", "acute_danger": "nee"}
DANGER: Mapping[str, Answer] = {**SAFE, "acute_danger": "ja"}


def told(player: Player, kind: str = "klacht", **answers: str) -> str:
    """Somebody comes by and tells; gives the case's number."""
    number = player.start("sanne", "complaint_route", "start_knock", "De Linde")
    player.do("sanne", number, "register_contact", contact_kind=kind)
    known: Mapping[str, Answer] = {"contact_kind": kind, "minor": "nee", "one_off": "nee", **SAFE}
    player.do("sanne", number, "first_talk", tick=None, **{**known, **answers})
    return number


def guided(player: Player, head_involved: str = "nee", board_member_involved: str = "nee", **answers: str) -> str:
    """A complaint whose complainant chooses the next step; gives the case's number."""
    number = told(player, **answers)
    player.do("sanne", number, "explain")
    player.do("sanne", number, "file_consent", file_consent="ja", may_contact="ja", replacement_consent="nee")
    choice = "deze_vertrouwenspersoon"
    player.do("sanne", number, "self_check", fit_to_guide="ja", complainant_is_colleague="nee", complainant_prefers=choice)
    about: Mapping[str, Answer] = {"area": "ongewenst_gedrag", "head_involved": head_involved}
    about = {**about, "board_member_involved": board_member_involved}
    player.do("sanne", number, "scope", tick=None, possible_offence="nee", conduct_part_stays="nee", **about, **SAFE)
    return number


def choose(player: Player, number: str, step: str) -> None:
    """The complainant chooses a step."""
    player.do("sanne", number, "choose_step", step=step)


def on(player: Player, days: int) -> date:
    """So many days from now."""
    return local_day(player.clock.at) + timedelta(days=days)


def talks(player: Player) -> str:
    """Talks of every kind, danger among them, the police and a referral; gives the case's number."""
    number = guided(player)
    choose(player, number, "vervolggesprek")
    player.do("sanne", number, "talk_again", tick=None, **{**DANGER, "violence_at_home": "mogelijk"})
    player.do("sanne", number, "act_on_danger")
    player.do("sanne", number, "hand_over_signals", tick=OFFICER)
    choose(player, number, "gesprek_aangeklaagde")
    player.do("sanne", number, "prepare_talk", accused_willing="ja")
    player.do("sanne", number, "hold_talk", tick=None, talk_held="ja", new_complaint="ja", **SAFE)
    player.do("sanne", number, "set_priorities", handle_as="bij_deze_zaak")
    choose(player, number, "aangifte")
    player.do("sanne", number, "support_police_report", police_step="aangifte_gedaan")
    for beside, step in (("record_talk", "record_talk"), ("consent", "change_consent"), ("police_result", "police_result")):
        player.beside("sanne", number, f"complaint_route_{beside}")
        player.do("sanne", number, step, tick=None, **(SAFE if step == "record_talk" else {}))
    choose(player, number, "hulp_ernaast")
    player.do("sanne", number, "refer_warmly", referral_permission="ja", referral_check_on=on(player, 7))
    player.until(player.clock.at + timedelta(days=8))
    reports: Mapping[str, Answer] = {**DANGER, "violence_at_home": "mogelijk"}
    player.do("sanne", number, "check_referral", tick=None, referral_helped="ja", **reports)
    player.do("sanne", number, "act_on_danger")
    player.do("sanne", number, "hand_over_signals", tick=None)
    return number


def measures(player: Player) -> None:
    """Mediation that helps a little, measures by the head and then by the board, an agreement, and closing."""
    number = guided(player)
    choose(player, number, "bemiddeling")
    player.do("sanne", number, "ask_both", both_willing="ja")
    player.do("sanne", number, "arrange_mediator", mediation_planned_on=player.on(on(player, 1)))
    player.do("sanne", number, "mediation_result", mediation_outcome="deels")
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", names_allowed="alle_namen")
    player.do("joost", number, "school_leader_measures", conflict_of_interest="nee", measure_kind="afspraken", to_board="ja")
    player.do("sanne", number, "agree_board_sharing", tick=BOARD, sharing_agreed="ja", names_allowed="zonder_namen")
    player.do("kemal", number, "board_measures", conflict_of_interest="nee", measure_kind="gesprek")
    choose(player, number, "pauze")
    player.do("sanne", number, "plan_pause", pause_check_on=on(player, 7))


def closed(player: Player) -> None:
    """The complainant goes on alone; the agreement is looked at, and it ends with aftercare."""
    number = guided(player)
    choose(player, number, "zelf_verder")
    player.do("sanne", number, "stay_in_background", evaluation_agreed="ja", follow_up_on=on(player, 7))
    player.until(player.clock.at + timedelta(days=8))
    kept: Mapping[str, Answer] = {"contact_made": "ja", "kept": "ja", "stopped_structurally": "ja"}
    player.do("sanne", number, "follow_up_check", tick=None, **kept, **{**SAFE, "violence_at_home": "ja"})
    player.do("sanne", number, "hand_over_signals", tick=OFFICER)
    player.do("sanne", number, "how_is_it_now", tick=None, minor="nee", next_step="afronden", **SAFE)
    player.do("sanne", number, "aftercare", tick=None, wanted="ja", farewell="ja", **SAFE)
    player.do("sanne", number, "what_can_the_school_learn", lesson_kind="toezicht")
    player.do("sanne", number, "close_case")
    number = guided(player)
    player.beside("sanne", number, "complaint_route_other_area")
    player.do("sanne", number, "other_area", tick=None, **SAFE)
    player.announce("sanne", number, "ev_withdrawn")
    player.do("sanne", number, "record_withdrawal")
    number = guided(player)
    player.beside("sanne", number, "complaint_route_silent_check")
    player.do("sanne", number, "silent_check", school_safety="voldoende", silent_decision="afronden")
    player.do("sanne", number, "record_withdrawal", stop_reason="geen_contact_meer")


def parents(player: Player) -> None:
    """A pupil who objects: the head decides, later the board, and then the parents are involved."""
    number = guided(player, minor="ja", complainant_kind="leerling")
    objects: Mapping[str, Answer] = {"minor": "ja", "pupil_agrees": "nee", "safe_to_inform": "nee", "parent_is_party": "nee"}
    player.do("sanne", number, "talk_about_parents", tick=LEADER, head_involved="nee", **objects, **SAFE)
    again: Mapping[str, Answer] = {"conflict_of_interest": "nee", "parents_decision": "niet_informeren"}
    player.do("joost", number, "decide_not_informing", tick=None, review_on=on(player, 7), **again)
    player.until(player.clock.at + timedelta(days=8))
    player.do("sanne", number, "talk_about_parents", tick=BOARD, head_involved="ja", **objects, **SAFE)
    player.do("kemal", number, "board_decide_not_informing", tick=None, review_on=on(player, 7), **again)
    player.until(player.clock.at + timedelta(days=8))
    agrees: Mapping[str, Answer] = {**objects, "pupil_agrees": "ja", "safe_to_inform": "ja", "head_involved": "nee"}
    player.do("sanne", number, "talk_about_parents", tick=None, **agrees, **SAFE)
    player.do("sanne", number, "involve_parents", tick=None, parents_informed="ja", **SAFE)


def changes_hands(player: Player) -> str:
    """Another adviser takes the case over, with all that was written; gives its number."""
    number = guided(player)
    choose(player, number, "andere_vertrouwenspersoon")
    player.do("sanne", number, "propose_handover", tick=SUCCESSOR, handover_consent="ja")
    player.do("ruben", number, "accept_handover", accepts="ja")
    player.do("sanne", number, "hand_over_file", handed_over="ja")
    return number


def signals(player: Player) -> None:
    """A signal that the head acts on, and one that the board acts on."""
    for recipient, part, step, tick in (
        ("schoolleiding", "joost", "act_on_signal", LEADER),
        ("bestuur", "kemal", "board_act_on_signal", BOARD),
    ):
        number = told(player, "signaal", second_hand="ja", unsafe_situation="nee")
        player.do("sanne", number, "pass_on_signal", tick=tick, signal_passed="ja", recipient=recipient)
        player.do(part, number, step, conflict_of_interest="nee", acted="ja")


def play_the_route(player: Player) -> None:
    """Every text of the route's forms at least once."""
    talks(player)
    measures(player)
    closed(player)
    parents(player)
    changes_hands(player)
    signals(player)
