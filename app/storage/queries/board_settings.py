"""Settings of boards, with all that was ever set: nothing here is ever changed."""

import json
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from app.domain.board_settings import Entry, SettingKind
from app.storage.database import Transaction
from app.storage.tables import BoardSetting, School, User

#: What terms read.
_OF_TERMS = (SettingKind.TARGET, SettingKind.COMMITTEE, SettingKind.DAY_OFF, SettingKind.HOLIDAY)


def of_board(tx: Transaction, board_id: UUID) -> tuple[Entry, ...]:
    """All that a board ever set, with who set it; the oldest first."""
    wanted = select(BoardSetting, User.name).join(User, User.id == BoardSetting.set_by).where(BoardSetting.board_id == board_id)
    return tuple(
        _entry(row, name)
        for row, name in tx.execute(wanted.order_by(BoardSetting.set_at, BoardSetting.valid_from, BoardSetting.id))
    )


def for_terms(tx: Transaction, school_id: UUID) -> tuple[str, str, tuple[Entry, ...]]:
    """A school's name and region, and what its board ever set about targets, committees and calendars: one statement."""
    about = or_(*(BoardSetting.key.startswith(f"{kind.value}:", autoescape=True) for kind in _OF_TERMS))
    wanted = select(School.name, School.region, BoardSetting).outerjoin(
        BoardSetting, and_(BoardSetting.board_id == School.board_id, about)
    )
    # It reads nothing that a transition writes, so what was not written yet need not be.
    asked = wanted.where(School.id == school_id).execution_options(autoflush=False)
    rows: list[Row[str, str, BoardSetting | None]] = list(tx.execute(asked).all())
    name, region, _ = rows[0]
    return name, region, tuple(_entry(row, "") for _, _, row in rows if row is not None)


def _entry(row: BoardSetting, by: str) -> Entry:
    return Entry(row.key, json.loads(row.value), row.valid_from, row.source, row.set_at, by)
