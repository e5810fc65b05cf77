"""The demo's cases of the two duties: a report that waits for the board, one that went to the police, and two of the meldcode."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.demo.play import Answer, Player
from app.domain.roles import Role

#: Gives how many days ago the next thing happens.
Story = Iterator[int]
_BOARD = {Role.BOARD: ("marijke", "kemal")}


def reported(player: Player, _: date) -> Story:
    """A parent told an adviser today; the report waits for the board to take it over."""
    yield 0
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    player.do("sanne", number, "informant", tick=_BOARD, informant="ouder", acute_danger="nee")
    player.do("sanne", number, "report_to_board")
    player.do("sanne", number, "tell_duty", told_on=player.clock.at, told_to="ouder")


def with_the_police(player: Player, today: date) -> Story:
    """The board has reported to the police and told the inspector; the adviser keeps contact."""
    yield 16
    number = player.start("sanne", "meldplicht", "start_adviser", "De Linde")
    player.do("sanne", number, "informant", tick=_BOARD, informant="ouder", acute_danger="nee")
    player.do("sanne", number, "report_to_board")
    player.do("sanne", number, "tell_duty", told_on=player.clock.at, told_to="ouder")
    player.do("sanne", number, "explain_legal_steps", safe_to_inform="ja", parents_told_on=player.clock.at)
    player.do("marijke", number, "take_over", conflict_of_interest="nee", contact_by="vertrouwenspersoon")
    player.do("marijke", number, "protect_now", protection="vrij_van_werk")
    player.do("marijke", number, "consult_inspector", conclusion="redelijk_vermoeden")
    player.do("marijke", number, "inform_parents", parents_informed_on=player.clock.at)
    player.do("marijke", number, "inform_accused", accused_informed_on=player.clock.at)
    yield 15
    player.do("marijke", number, "police_report")
    player.do("marijke", number, "inform_inspector")
    again = today + timedelta(days=5)
    player.do("sanne", number, "keep_contact", matter_done="nee", contact_by="vertrouwenspersoon", next_contact_on=again)


def talking_with_parents(player: Player, _: date) -> Story:
    """Step 3 of the meldcode: the child was talked to, the parents come next."""
    yield 4
    number = _signals(player)
    yield 3
    _two_steps(player, number)


def followed(player: Player, today: date) -> Story:
    """The head decided that help is enough; the day on which to look again is agreed."""
    yield 20
    number = _signals(player)
    yield 18
    _two_steps(player, number)
    player.do("amira", number, "talk_with_parents", parents_talk_held="ja")
    yield 13
    leader = {Role.SCHOOL_LEADER: ("joost",)}
    player.do(
        "amira", number, "weigh", tick=leader, w2_danger="geen", report_decided_by="schoolleiding", board_member_involved="nee"
    )
    yield 12
    again = today + timedelta(days=9)
    decision: Mapping[str, Answer] = {"head_involved": "nee", "decision_report": "niet_melden", "follow_up_on": again}
    player.do("joost", number, "leader_decide_report", tick=None, **decision)


def deciding(player: Player, _: date) -> Story:
    """Structural danger: the head must decide about help; that it is reported is no question any more."""
    yield 8
    number = _signals(player)
    yield 6
    _two_steps(player, number)
    player.do("amira", number, "talk_with_parents", parents_talk_held="ja")
    yield 1
    leader = {Role.SCHOOL_LEADER: ("joost",)}
    player.do(
        "amira",
        number,
        "weigh",
        tick=leader,
        w2_danger="structureel",
        report_decided_by="schoolleiding",
        board_member_involved="nee",
    )


def _signals(player: Player) -> str:
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    said = {"acute_danger": "nee", "special_form": "nee", "by_school_staff": "nee", "board_member_involved": "nee"}
    player.do("amira", number, "take_over_signals", tick=None, **said)
    return number


def _two_steps(player: Player, number: str) -> None:
    player.do("amira", number, "map_signals")
    player.do("amira", number, "consult_colleague", veilig_thuis_asked="nee", safe_to_talk="ja")
    player.do("amira", number, "talk_with_child", child_talk_held="ja")
