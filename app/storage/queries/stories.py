"""What somebody tries in the studio, and the stories that are kept of a procedure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.storage.database import Transaction
from app.storage.tables import KeptScenario, StudioTrial, User


def trial(tx: Transaction, key: str, user_id: UUID, *, locks: bool = False) -> StudioTrial | None:
    """What this person tries with a procedure."""
    wanted = select(StudioTrial).where(StudioTrial.key == key, StudioTrial.user_id == user_id)
    return tx.scalars(wanted.with_for_update() if locks else wanted).one_or_none()


def kept(tx: Transaction, key: str) -> list[tuple[KeptScenario, str]]:
    """The stories that are kept of a procedure, by name, each with who kept it."""
    wanted = select(KeptScenario, User.name).join(User, User.id == KeptScenario.kept_by)
    wanted = wanted.where(KeptScenario.key == key, KeptScenario.dropped_at.is_(None)).order_by(KeptScenario.name)
    return [(story, name) for story, name in tx.execute(wanted)]


def dropped(tx: Transaction, key: str) -> list[KeptScenario]:
    """The stories that were kept of a procedure once, the last one that went first."""
    wanted = select(KeptScenario).where(KeptScenario.key == key, KeptScenario.dropped_at.is_not(None))
    return list(tx.scalars(wanted.order_by(KeptScenario.dropped_at.desc(), KeptScenario.id)))


def changed(tx: Transaction, key: str, since: datetime) -> list[tuple[KeptScenario, str]]:
    """The stories of a procedure that are kept now and were not at this moment, and those that were and are not; by name."""
    came = and_(KeptScenario.kept_at > since, KeptScenario.dropped_at.is_(None))
    went = and_(KeptScenario.kept_at <= since, KeptScenario.dropped_at > since)
    wanted = select(KeptScenario, User.name).join(User, User.id == KeptScenario.kept_by)
    wanted = wanted.where(KeptScenario.key == key, or_(came, went)).order_by(KeptScenario.name, KeptScenario.kept_at)
    return [(story, name) for story, name in tx.execute(wanted)]


def kept_one(tx: Transaction, key: str, name: str) -> KeptScenario | None:
    """The story that is kept under this name."""
    named = (KeptScenario.key == key, KeptScenario.name == name, KeptScenario.dropped_at.is_(None))
    return tx.scalars(select(KeptScenario).where(*named)).one_or_none()
