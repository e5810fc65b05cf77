"""What the tests of absence do with the cast: go away, leave cases, and look what somebody sees and may open."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.clock import local_day
from app.demo.play import Player, fill
from app.domain.errors import Forbidden, NotFound
from app.domain.roles import FileKind, Role
from app.services import absences, files, inbox, task_page, tasks
from app.services.views.inbox import InboxQuery, InboxRow
from app.storage.tables import Absence, AbsenceKey, Case, File
from tests.services.committee import case_of


def leave(
    player: Player,
    owner: str,
    deputy: str | None,
    *numbers: str,
    role: Role = Role.BOARD,
    days: tuple[int, int] = (0, 7),
) -> UUID:
    """Be away from so many to so many days from now, and leave a lane of these cases to a deputy; gives the absence."""
    today = local_day(player.clock.at)
    first, last = (today + timedelta(days=number) for number in days)
    raw = {"first_day": f"{first:%d-%m-%Y}", "last_day": f"{last:%d-%m-%Y}"}
    ticked = [key_of(player, number, role) for number in numbers]
    deputy_id = player.places.people[deputy] if deputy else None
    with player.app.database.read() as tx:
        before = set(tx.scalars(select(Absence.id)))
    absences.create(player.app, player.actor(owner), raw, deputy_id=deputy_id, ticked=ticked)
    with player.app.database.read() as tx:
        return next(one for one in tx.scalars(select(Absence.id)) if one not in before)


def key_of(player: Player, number: str, role: Role = Role.BOARD) -> str:
    """What a form sends for a lane of a case."""
    with player.app.database.read() as tx:
        return f"{case_of(tx, number).id}:{role}"


def rows(player: Player, part: str, scope: str = "mine") -> list[InboxRow]:
    """The inbox of somebody."""
    page = inbox.page(player.app, player.actor(part), InboxQuery(scope=scope))
    found = [row for _, group in page.groups for row in group]
    assert page.scope_counts[scope] == len(found)
    return found


def sees(player: Player, part: str, number: str) -> bool:
    """Whether anything of a case is in somebody's inbox."""
    return any(row.case_number == number for row in rows(player, part, "all"))


def do(player: Player, part: str, task_id: UUID, **given: str) -> None:
    """Complete a task as it is, without picking it up first."""
    actor = player.actor(part)
    shown = task_page.show(player.app, actor, task_id)
    tasks.complete(player.app, actor, task_id, fill(shown.form, dict(shown.facts), given, player.clock.at), {})


def typed(player: Player, part: str, number: str, element_id: str, **given: str) -> dict[str, str]:
    """The answers of a task as somebody would send them; what is required and not given is filled in."""
    shown = task_page.show(player.app, player.actor(part), player.task(number, element_id))
    return fill(shown.form, dict(shown.facts), given, player.clock.at)


def reads(player: Player, part: str, number: str, kind: FileKind = FileKind.BOARD) -> list[str] | None:
    """The texts of a file that somebody opens; None when it stays shut for him."""
    try:
        page = files.open_file(player.app, player.actor(part), number, kind)
    except (Forbidden, NotFound):
        return None
    return [text for entry in page.entries for _, text in entry.fields]


def lent_keys(player: Player, number: str) -> set[tuple[str, int]]:
    """The locked keys of a case: for whom, and of which epoch."""
    parts = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        wanted = select(Absence.deputy_id, AbsenceKey.epoch).join(Absence, Absence.id == AbsenceKey.absence_id)
        here = wanted.join(File, File.id == AbsenceKey.file_id).where(File.case_id == case_of(tx, number).id)
        return {(parts[deputy], epoch) for deputy, epoch in tx.execute(here) if deputy is not None}


def epoch(player: Player, number: str, kind: FileKind = FileKind.BOARD) -> int:
    """The present epoch of a file."""
    with player.app.database.read() as tx:
        wanted = select(File.epoch).join(Case, Case.id == File.case_id)
        return tx.scalars(wanted.where(Case.number == number, File.kind == kind)).one()
