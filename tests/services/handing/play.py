"""A small guidance and a small handover, drawn for these tests beside this file, and the cast that plays them."""

from collections.abc import Collection
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.catalogue import load
from app.demo.play import Answer, Player
from app.domain.procedure import Procedure
from app.domain.roles import FileKind, Role
from app.services import files, task_page, tasks
from app.services.publishing import publish
from app.storage.tables import CaseHandler, DormantKey, File, FileKey
from tests.services.committee import case_of

HERE = Path(__file__).parent
STORY = "Het begon op het plein."
NOTE = "Zij belt liever niet."
ADVISER = FileKind.ADVISER


@cache
def drawn() -> tuple[Procedure, ...]:
    """Both procedures."""
    return tuple(load(HERE / "processes", HERE / "forms").procedures.values())


def draw(player: Player) -> Player:
    """Publish both procedures; gives the player back."""
    for procedure in drawn():
        publish(player.app, procedure)
    return player


def begin(player: Player, part: str = "sanne", *, consent: str = "ja", school: str = "De Linde") -> str:
    """A case with an adviser, whose file holds STORY and NOTE where there is consent; gives its number."""
    number = player.start(part, "guided", "start_guided", school)
    said: dict[str, Answer] = {"story": STORY} if consent == "ja" else {}
    player.do(part, number, "consent", tick=None, file_consent=consent, **said)
    note(player, part, number, NOTE if consent == "ja" else "")
    return number


def note(player: Player, part: str, number: str, text: str) -> None:
    """Write something into the adviser's file."""
    player.clock.at += timedelta(minutes=1)
    said: dict[str, Answer] = {"note": text} if text else {}
    player.do(part, number, "choose_next", tick=None, next_move="opschrijven", **said)


def ask(player: Player, number: str, leaver: str, heir: str, accepts: str = "ja") -> None:
    """Start a handover, ask a successor, and let him answer."""
    player.do(leaver, number, "choose_next", next_move="overdragen")
    player.do(leaver, number, "prepare_handover", tick={Role.SUCCESSOR: (heir,)})
    player.do(heir, number, "accept_handover", accepts=accepts)


def give(player: Player, number: str, leaver: str, taken: Collection[str], letter: str = "") -> None:
    """Hand the case over, with the entries that were written at these steps."""
    player.clock.at += timedelta(minutes=1)
    actor, task_id = player.actor(leaver), player.task(number, "give_file")
    page = task_page.show(player.app, actor, task_id)
    chosen = [entry.entry_id for entry in page.entries or () if entry.step in taken]
    raw = {"consent_written": "ja"} | ({"letter": letter} if letter else {})
    tasks.complete(player.app, actor, task_id, raw, {}, entries=chosen)


def named(player: Player, number: str, part: str = "sanne", who: str = "ruben") -> None:
    """Name who may take the case over in illness."""
    player.do(part, number, "choose_next", next_move="aanwijzen", tick={Role.SUCCESSOR: (who,)})


def texts(player: Player, part: str, number: str, kind: FileKind = ADVISER) -> list[str]:
    """What somebody reads in a file, in order."""
    read = files.open_file(player.app, player.actor(part), number, kind)
    return [text for entry in read.entries for _, text in entry.fields]


def key_holders(player: Player, number: str, *, sleeping: bool = False) -> set[str]:
    """Who holds a key of the adviser's file, or has one that sleeps for him."""
    parts = {user_id: part for part, user_id in player.places.people.items()}
    table = DormantKey if sleeping else FileKey
    with player.app.database.read() as tx:
        file = select(File.id).where(File.case_id == case_of(tx, number).id, File.kind == ADVISER)
        return {parts[user_id] for user_id in tx.scalars(select(table.user_id).where(table.file_id.in_(file)))}


def handlers(player: Player, number: str, role: Role = Role.ADVISER) -> set[str]:
    """Who handles a lane of a case now, in whatever procedure."""
    parts: dict[UUID, str] = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        wanted = select(CaseHandler.user_id).where(CaseHandler.case_id == case_of(tx, number).id, CaseHandler.lane == role)
        return {parts[user_id] for user_id in tx.scalars(wanted.where(CaseHandler.until.is_(None)))}
