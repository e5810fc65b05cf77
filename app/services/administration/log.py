"""What administration did: written with each deed, in its transaction; read by administrators, boards and privacy officers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.events import Detail, check_facts_only
from app.domain.roles import Role
from app.services.administration import access
from app.services.context import Actor, App
from app.services.views.administration import LogLine, LogPage, SettingSet
from app.storage.database import Transaction
from app.storage.queries import directory as queries
from app.storage.tables import AdminEvent

_LINES = 100


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a line is about."""

    user_id: UUID | None = None
    invitation_id: UUID | None = None
    school_id: UUID | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something at a board, and when. `by` is empty on the host."""

    tx: Transaction
    now: datetime
    board_id: UUID
    by: UUID | None

    def note(self, kind: AdminKind, about: About | None = None, **detail: str | int | None) -> None:
        """Write it down. Raises ValueError when a detail holds anything but codes, ids, dates and numbers."""
        self.note_all([(kind, about or About(), detail)])

    def note_all(self, lines: Iterable[tuple[AdminKind, About, Detail]]) -> None:
        """Write down much at once, in this order. Raises ValueError as `note` does."""
        rows = [self._row(kind, about, detail) for kind, about, detail in lines]
        if rows:
            self.tx.flush()  # what a line is about stands in rows of its own
            queries.record(self.tx, rows)

    def _row(self, kind: AdminKind, about: About, detail: Detail) -> dict[str, object]:
        check_facts_only(None, detail)
        return {
            "board_id": self.board_id,
            "at": self.now,
            "actor_id": self.by,
            "kind": kind.value,
            "user_id": about.user_id,
            "invitation_id": about.invitation_id,
            "school_id": about.school_id,
            "role": about.role.value if about.role else None,
            "detail": json.dumps(detail, sort_keys=True),
        }


def page(app: App, actor: Actor, board_id: UUID, before: int | None = None) -> LogPage:
    """A page of what administration did, from before a line on. Raises NotFound for who may not read it."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now, roles=access.OVERSEERS)
        rows = queries.events(tx, board_id, before=before, limit=_LINES + 1)
        shown = rows[:_LINES]
        names = queries.names(tx, [x for row in shown for x in (row.actor_id, row.user_id)], [row.invitation_id for row in shown])
        schools = {school.id: school.name for school in queries.schools(tx, board_id)}
        steps = _steps(app, tx) if any(row.kind == AdminKind.SETTING_SET for row in shown) else {}
    lines = tuple(_line(row, names, schools, steps) for row in shown)
    return LogPage(desk, lines, shown[-1].id if len(rows) > _LINES else None)


def _steps(app: App, tx: Transaction) -> dict[tuple[str, str], str]:
    """The names of the steps of all procedures, by the key of the procedure and their id."""
    published = app.versions.published(tx).values()
    processes = ((one.procedure.key, process) for one in published for process in one.procedure.processes.values())
    return {(key, step.id): step.name for key, process in processes for step in process.elements.values()}


def _line(row: AdminEvent, names: dict[UUID, str], schools: dict[UUID, str], steps: dict[tuple[str, str], str]) -> LogLine:
    about = row.user_id or row.invitation_id
    detail = json.loads(row.detail)
    return LogLine(
        at=row.at,
        by=names.get(row.actor_id) if row.actor_id else None,
        kind=AdminKind(row.kind),
        about=names.get(about) if about else None,
        where=schools.get(row.school_id) if row.school_id else None,
        role=Role(row.role) if row.role else None,
        number=detail.get("number"),
        setting=_setting(detail, steps) if "setting" in detail else None,
    )


def _setting(detail: dict[str, str], steps: dict[tuple[str, str], str]) -> SettingSet:
    step = detail.get("step", "")
    named = steps.get((detail.get("procedure", ""), step), step)
    return SettingSet(detail["setting"], date.fromisoformat(detail["day"]), detail.get("name", ""), named)
