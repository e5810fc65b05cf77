"""The demo's cases. Each story says how many days ago something happens, and then does it; many stories run side by side."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from app.clock import local_day
from app.demo import board_stories, duty_stories, route_stories
from app.demo.play import Player
from app.domain.roles import Role

Story = Iterator[int]
START, AT_BOARD = "start_with_adviser", "start_at_board"
BOARD = {Role.BOARD: ("marijke", "kemal")}


def play_all(player: Player, today: datetime) -> None:
    """Run all stories in the order of their days, up to now."""
    days = local_day(today)
    stories = [make(player, days) for make in STORIES]
    waiting = [(-next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        ago, number, story = heapq.heappop(waiting)
        player.until(min(player.on(days + timedelta(days=ago)), today))
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (-following, number, story))
    player.until(today)


def _sent(player: Player, ago: int, *, adviser: str = "sanne", school: str = "De Linde") -> Iterator[int | str]:
    """From the first talk about the committee to the letter; gives days, and last the case's number."""
    yield ago
    number = player.start(adviser, "committee", START, school)
    player.do(adviser, number, "file_consent", file_consent="ja")
    yield ago - 3
    player.do(adviser, number, "explain_committee", still_wants="ja", committee="lkc")
    player.do(adviser, number, "choose_guide", guided_by="interne_vertrouwenspersoon")
    yield ago - 8
    write_letter(player, adviser, number)
    yield ago - 10
    player.do(adviser, number, "letter_sent")
    yield number


def write_letter(player: Player, adviser: str, number: str) -> None:
    """A letter with all that the committee asks for."""
    player.do(
        adviser,
        number,
        "write_letter",
        in_writing="ja",
        has_name_address="ja",
        has_accused_name="ja",
        has_factual_description="ja",
        has_date_signature="ja",
    )


def _formal(player: Player, ago: int, today: date, *, adviser: str = "sanne", school: str = "De Linde") -> Iterator[int | str]:
    """Up to the board's defence; gives days, and last the case's number."""
    number = ""
    for step in _sent(player, ago, adviser=adviser, school=school):
        if isinstance(step, str):
            number = step
        else:
            yield step
    yield ago - 20
    board = BOARD if school != "De Wissel" else {Role.BOARD: ("nina",)}
    player.do(adviser, number, "committee_answer", tick=board, committee_route="formeel", complainant_agrees="ja")
    who = board[Role.BOARD][0]
    yield ago - 35
    player.do(who, number, "submit_defence", defence_due_on=today - timedelta(days=ago - 36))
    yield ago - 50
    player.do(adviser, number, "hearing")
    yield number


def _days(steps: Iterator[int | str], found: list[str]) -> Story:
    for step in steps:
        if isinstance(step, str):
            found.append(step)
        else:
            yield step


def _just_started(player: Player, _: date) -> Story:
    yield 1
    number = player.start("sanne", "committee", START, "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")


def _asked_for_consent(player: Player, _: date) -> Story:
    yield 2
    player.start("sanne", "committee", START, "De Linde")


def _thinks_it_over(player: Player, _: date) -> Story:
    yield 9
    number = player.start("sanne", "committee", START, "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")
    yield 6
    player.do("sanne", number, "explain_committee", still_wants="denkt_na", committee="lkc")


def _waits_for_committee(player: Player, _: date) -> Story:
    yield from _days(_sent(player, 24), [])


def _first_the_board(player: Player, _: date) -> Story:
    found: list[str] = []
    yield from _days(_sent(player, 40), found)
    yield 20
    player.do("sanne", found[0], "committee_answer", tick=BOARD, committee_route="eerst_bestuur", complainant_agrees="ja")


def _mediation(player: Player, _: date) -> Story:
    found: list[str] = []
    yield from _days(_sent(player, 33), found)
    yield 12
    player.do("sanne", found[0], "committee_answer", committee_route="bemiddeling", complainant_agrees="ja")


def _defence_due(player: Player, _: date) -> Story:
    found: list[str] = []
    yield from _days(_sent(player, 30), found)
    yield 7
    player.do("sanne", found[0], "committee_answer", tick=BOARD, committee_route="formeel", complainant_agrees="ja")


def _advice_is_slow(player: Player, today: date) -> Story:
    yield from _days(_formal(player, 130, today), [])


def _answer_soon(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 110, today), found)
    yield 23
    player.do("marijke", found[0], "advice_received", advice_received_on=today - timedelta(days=24), judgment="deels_gegrond")


def _answer_late(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 140, today), found)
    yield 32
    player.do("kemal", found[0], "advice_received", advice_received_on=today - timedelta(days=33), judgment="gegrond")


def _answer_extended(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 120, today), found)
    yield 29
    player.do("marijke", found[0], "advice_received", advice_received_on=today - timedelta(days=30), judgment="gegrond")
    yield 8
    player.beside("marijke", found[0], "committee_extend_term")
    player.do("marijke", found[0], "extend_term", extended_to=today + timedelta(days=19))


def _measures(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 150, today), found)
    yield 45
    player.do("marijke", found[0], "advice_received", judgment="gegrond")
    yield 20
    due = today + timedelta(days=12)
    player.do("marijke", found[0], "board_response", takes_measures="ja", measure_kind="afspraken", measures_due_on=due)


def _aftercare(player: Player, today: date, ago: int = 170, follow_up: int = 16) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, ago, today), found)
    yield ago - 90
    player.do("marijke", found[0], "advice_received", judgment="deels_gegrond")
    yield ago - 110
    player.do("marijke", found[0], "board_response", takes_measures="nee")
    yield ago - 115
    player.do("sanne", found[0], "ask_aftercare", wanted="ja", follow_up_on=today + timedelta(days=follow_up))


def _ended(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 200, today), found)
    yield 130
    player.do("kemal", found[0], "advice_received", judgment="gegrond")
    yield 110
    player.do("kemal", found[0], "board_response", takes_measures="nee")
    yield 108
    player.do("sanne", found[0], "ask_aftercare", wanted="nee")


def _withdrawn(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 90, today), found)
    yield 30
    player.announce("sanne", found[0], "ev_withdrawn")
    player.do("sanne", found[0], "withdraw")


def _board_alone(player: Player, _: date) -> Story:
    yield 15
    number = player.start("marijke", "committee", AT_BOARD, "Het Anker")
    player.do("marijke", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    yield 10
    player.do("marijke", number, "board_committee_answer", committee_route="formeel", complainant_agrees="niet_van_toepassing")


def _accused_board_member(player: Player, _: date) -> Story:
    """The complaint is about Wim: the adviser ticks Marijke and the substitute, and Wim sees nothing of it."""
    found: list[str] = []
    yield from _days(_sent(player, 36, adviser="farida"), found)
    yield 14
    tick = {Role.BOARD: ("marijke", "els")}
    player.do("farida", found[0], "committee_answer", tick=tick, committee_route="formeel", complainant_agrees="ja")


def _other_school(player: Player, _: date) -> Story:
    yield from _days(_sent(player, 28, adviser="otto", school="Het Anker"), [])


def _other_board(player: Player, today: date) -> Story:
    found: list[str] = []
    yield from _days(_formal(player, 105, today, adviser="bram", school="De Wissel"), found)
    yield 18
    player.do("nina", found[0], "advice_received", judgment="ongegrond")


def _contacts(player: Player, _: date) -> Story:
    """What stays without a case: a question on the stairs, a call."""
    for ago, kind, minutes in ((16, "vraag", 10), (9, "vraag", 5), (2, "nog_niet_duidelijk", 15)):
        yield ago
        player.contact("sanne", kind, minutes, "De Linde")


STORIES: tuple[Callable[[Player, date], Story], ...] = (
    _just_started,
    _asked_for_consent,
    _thinks_it_over,
    _waits_for_committee,
    _first_the_board,
    _mediation,
    _defence_due,
    _advice_is_slow,
    _answer_soon,
    _answer_late,
    _answer_extended,
    _measures,
    _aftercare,
    _ended,
    _withdrawn,
    _board_alone,
    _accused_board_member,
    _other_school,
    _other_board,
    _contacts,
    duty_stories.reported,
    duty_stories.with_the_police,
    duty_stories.talking_with_parents,
    duty_stories.deciding,
    duty_stories.followed,
    route_stories.at_the_head,
    route_stories.about_the_head,
    route_stories.paused,
    route_stories.agreed,
    route_stories.notice,
    route_stories.handed_over,
    route_stories.handing_over,
    route_stories.signal,
    *board_stories.ALL,
)
