"""Ways into a committee case, played by the cast, and what a test may look up behind the pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.demo.play import Answer, Player
from app.demo.stories import write_letter
from app.domain.roles import Role
from app.services import case_page
from app.services.views.case import CasePage
from app.storage.database import Transaction
from app.storage.tables import Case, Deadline, Event, Outbox, Task

Tick = Mapping[Role, tuple[str, ...]]
BOARD: Tick = {Role.BOARD: ("marijke", "kemal")}
#: A Friday; four weeks later it is Christmas, so that the answer may be given until Monday 28 December 2026.
ADVICE_ON = date(2026, 11, 27)
LAST_DAY = date(2026, 12, 28)


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a case's history."""

    kind: str
    element_id: str | None
    detail: Mapping[str, str]


def send_letter(player: Player) -> str:
    """From the first talk to the letter; gives the case's number."""
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja")
    player.do("sanne", number, "explain_committee", still_wants="ja", committee="lkc")
    player.do("sanne", number, "choose_guide", guided_by="interne_vertrouwenspersoon")
    write_letter(player, "sanne", number)
    player.do("sanne", number, "letter_sent")
    return number


def committee_says(player: Player, route: str, *, tick: Tick | None = None, **answers: Answer) -> str:
    """From the first talk to the committee's answer; gives the case's number."""
    number = send_letter(player)
    agrees = answers.pop("complainant_agrees", "ja")
    player.do("sanne", number, "committee_answer", tick=tick, committee_route=route, complainant_agrees=agrees, **answers)
    return number


def wait_for_advice(player: Player, number: str) -> None:
    """The board defends itself and the committee hears everybody."""
    player.do("marijke", number, "submit_defence", defence_due_on=date(2026, 10, 1))
    player.do("sanne", number, "hearing")


def receive_advice(player: Player, judgment: str = "gegrond", *, tick: Tick = BOARD) -> str:
    """From the first talk to the committee's advice, on ADVICE_ON; gives the case's number."""
    number = committee_says(player, "formeel", tick=tick)
    wait_for_advice(player, number)
    player.until(player.on(ADVICE_ON))
    player.do("marijke", number, "advice_received", advice_received_on=ADVICE_ON, judgment=judgment)
    return number


def page(player: Player, part: str, number: str) -> CasePage:
    """The case as this person sees it."""
    return case_page.show(player.app, player.actor(part), number, None)


def open_steps(player: Player, number: str) -> set[str]:
    """The steps of a case that wait for a person, whoever may see them."""
    with player.app.database.read() as tx:
        wanted = select(Task.element_id).where(Task.case_id == case_of(tx, number).id, Task.closed_at.is_(None))
        return set(tx.scalars(wanted))


def term(player: Player, number: str, element_id: str = "board_response") -> Deadline:
    """The newest term of a step, as it is stored."""
    with player.app.database.read() as tx:
        wanted = select(Deadline).join(Task, Task.id == Deadline.task_id)
        wanted = wanted.where(Deadline.case_id == case_of(tx, number).id, Deadline.element_id == element_id)
        return tx.scalars(wanted.order_by(Task.opened_at.desc())).first() or _none(element_id)


def history(player: Player, number: str, *kinds: str) -> list[Happened]:
    """What the history tells, the oldest first: everything, or only these kinds."""
    with player.app.database.read() as tx:
        found = tx.scalars(select(Event).where(Event.case_id == case_of(tx, number).id).order_by(Event.seq))
        return [Happened(e.kind, e.element_id, json.loads(e.detail)) for e in found if not kinds or e.kind in kinds]


def told(player: Player, number: str, notice: str) -> list[str]:
    """Who were told of something, once for each message that waits for them; in alphabetical order."""
    parts = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        wanted = select(Outbox.user_id).where(Outbox.case_id == case_of(tx, number).id, Outbox.notice == notice)
        return sorted(parts[user_id] for user_id in tx.scalars(wanted))


def case_of(tx: Transaction, number: str) -> Case:
    """The row of a case."""
    return tx.scalars(select(Case).where(Case.number == number)).one()


def _none(element_id: str) -> Deadline:
    raise LookupError(f"{element_id} has no term")
