"""Ways through the two statutory procedures, played by the cast."""

from datetime import timedelta

from app.demo.play import Player
from app.domain.roles import Role
from tests.services.committee import Tick

BOARD: Tick = {Role.BOARD: ("marijke", "kemal")}
LEADER: Tick = {Role.SCHOOL_LEADER: ("joost",)}


def known_to_the_board(player: Player, contact_by: str = "bestuur", *, tick: Tick | None = None) -> str:
    """A parent told an adviser, who reported it; the board took over. Gives the case's number."""
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    player.do("sanne", number, "informant", tick=BOARD, informant="ouder", acute_danger="nee")
    player.do("sanne", number, "report_to_board", tick=BOARD)
    player.do("marijke", number, "take_over", tick=tick, conflict_of_interest="nee", contact_by=contact_by)
    return number


def without_suspicion(player: Player) -> str:
    """The board recorded that there is no reasonable suspicion; the adviser has not yet told the parent everything."""
    number = known_to_the_board(player)
    player.do("marijke", number, "consult_inspector", conclusion="geen_redelijk_vermoeden")
    player.do("marijke", number, "record_no_suspicion", accused_told="wist_niets")
    return number


def with_suspicion(player: Player) -> None:
    """Danger, a silent colleague, a second consultation, the police, and contact by each in turn."""
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    player.do("sanne", number, "informant", tick=BOARD, informant="medewerker", acute_danger="ja")
    player.do("sanne", number, "act_on_danger", tick=BOARD)
    player.until(player.clock.at + timedelta(days=1))
    player.do("sanne", number, "report_for_colleague", tick=BOARD)
    player.do("marijke", number, "take_over", tick=LEADER, conflict_of_interest="nee", contact_by="schoolleiding")
    player.do("joost", number, "leader_keep_contact", tick=BOARD, matter_done="nee", contact_by="bestuur")
    player.do("marijke", number, "board_keep_contact", matter_done="ja")
    player.do("marijke", number, "protect_now")
    player.do("marijke", number, "consult_inspector", conclusion="eerst_meer_feiten", consult_again_on=player.clock.at.date())
    player.until(player.clock.at + timedelta(days=1))
    player.do("marijke", number, "consult_again", conclusion="redelijk_vermoeden")
    for step in ("inform_parents", "inform_accused", "police_report", "inform_inspector"):
        player.do("marijke", number, step)
    player.beside("marijke", number, "meldplicht_justice")
    player.do("marijke", number, "justice_result", justice_result="vrijspraak", accused_wants="ja")


def reopened(player: Player) -> None:
    """No suspicion, a wish for rehabilitation, and new facts that board and adviser hear."""
    number = known_to_the_board(player)
    player.do("marijke", number, "consult_inspector", conclusion="geen_redelijk_vermoeden")
    player.do("marijke", number, "record_no_suspicion", accused_told="ja")
    player.do("marijke", number, "ask_rehabilitation")
    player.beside("marijke", number, "meldplicht_new_facts")
    player.do("marijke", number, "new_facts")
    player.beside("sanne", number, "meldplicht_adviser_new_facts")
    player.do("sanne", number, "adviser_new_facts")


def meldcode(player: Player, decided_by: str, step: str, *, part: str, tick: Tick, **free: str) -> None:
    """Acute danger, doubt, a report, and staff after all; decided by one of the three."""
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    player.do("amira", number, "take_over_signals", acute_danger="ja", by_school_staff="nee")
    player.do("amira", number, "act_now")
    player.do("amira", number, "map_signals")
    player.do("amira", number, "consult_colleague", safe_to_talk="twijfel")
    player.do("amira", number, "ask_veilig_thuis", veilig_thuis_advice="eerst_praten")
    player.do("amira", number, "talk_with_child")
    player.do("amira", number, "talk_with_parents")
    player.do("amira", number, "weigh", w2_danger="twijfel")
    player.do("amira", number, "ask_in_doubt")
    player.do("amira", number, "weigh", tick=tick, w2_danger="acuut", report_decided_by=decided_by)
    player.do(part, number, step, tick=None, **free)
    player.do("amira", number, "make_report")
    player.beside("amira", number, "meldcode_staff")
    player.do("amira", number, "staff_suspected", tick=BOARD, by_school_staff="ja")
    player.until(player.clock.at + timedelta(days=10))
    player.do("amira", number, "follow_up", safety_now="voldoende", meldcode_next="afsluiten")
    player.do("amira", number, "close_meldcode")


def play_both(player: Player) -> None:
    """Every form of both procedures once."""
    with_suspicion(player)
    reopened(player)
    meldcode(player, "aandachtsfunctionaris", "decide_report", part="amira", tick={})
    meldcode(player, "schoolleiding", "leader_decide_report", part="joost", tick=LEADER, head_involved="nee")
    meldcode(player, "bestuur", "board_decide_report", part="marijke", tick=BOARD, conflict_of_interest="nee")
