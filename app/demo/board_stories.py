"""A year of a board's own work in the demo: answers to the committee, most in time, and a promise that was asked after."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from app.demo.play import Answer, Player
from app.domain.roles import Role

#: Gives how many days ago the next thing happens.
Story = Iterator[int]
#: How many days ago the board answered, after how many days (four weeks are allowed), about which school, and who did.
_ANSWERS = (
    (325, 20, "De Linde", "marijke"),
    (290, 27, "Het Anker", "marijke"),
    (255, 35, "De Linde", "marijke"),
    (220, 14, "De Linde", "marijke"),
    (190, 24, "Het Anker", "marijke"),
    (158, 26, "De Linde", "marijke"),
    (120, 22, "Het Anker", "marijke"),
    (100, 25, "De Linde", "kemal"),
    (80, 18, "De Linde", "marijke"),
    (60, 21, "Het Anker", "marijke"),
)


def _answered(player: Player, today: date, *, ago: int, took: int, school: str, part: str) -> Story:
    """A complainant went to the committee alone; the board answered its advice."""
    yield ago + took + 30
    number = player.start(part, "committee", "start_at_board", school)
    player.do(part, number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    yield ago + took + 20
    player.do(part, number, "board_committee_answer", committee_route="formeel", complainant_agrees="niet_van_toepassing")
    player.do(part, number, "submit_defence", defence_due_on=today - timedelta(days=ago + took + 10))
    yield ago + took
    player.do(part, number, "advice_received", advice_received_on=player.clock.at.date(), judgment="gegrond")
    yield ago
    player.do(part, number, "board_response", takes_measures="nee")


def _asked_after(player: Player, today: date) -> Story:
    """The head decided that help is enough; on the day that was agreed somebody asked how it is."""
    yield 80
    number = player.start("amira", "meldcode", "start_suspicion", "De Linde")
    said = {"acute_danger": "nee", "special_form": "nee", "by_school_staff": "nee", "board_member_involved": "nee"}
    player.do("amira", number, "take_over_signals", tick=None, **said)
    player.do("amira", number, "map_signals")
    player.do("amira", number, "consult_colleague", veilig_thuis_asked="nee", safe_to_talk="ja")
    player.do("amira", number, "talk_with_child", child_talk_held="ja")
    player.do("amira", number, "talk_with_parents", parents_talk_held="ja")
    leader = {Role.SCHOOL_LEADER: ("joost",)}
    player.do(
        "amira", number, "weigh", tick=leader, w2_danger="geen", report_decided_by="schoolleiding", board_member_involved="nee"
    )
    again = today - timedelta(days=40)
    decision: Mapping[str, Answer] = {"head_involved": "nee", "decision_report": "niet_melden", "follow_up_on": again}
    player.do("joost", number, "leader_decide_report", tick=None, **decision)
    yield 40
    player.do("amira", number, "follow_up", safety_now="voldoende", meldcode_next="afsluiten")
    player.do("amira", number, "close_meldcode")


def _contacts(player: Player, _: date) -> Story:
    """Questions of three months that stayed without a case."""
    for ago in (100, 88, 71, 60, 44, 36, 29):
        yield ago
        player.contact("sanne", "vraag", 10, "De Linde")


ALL: tuple[Callable[[Player, date], Story], ...] = (
    *(partial(_answered, ago=ago, took=took, school=school, part=part) for ago, took, school, part in _ANSWERS),
    _asked_after,
    _contacts,
)
