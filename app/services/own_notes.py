"""What somebody keeps for himself: sealed to him, and opened for him alone, where his key is at hand."""

from uuid import UUID

from app.domain.errors import Forbidden
from app.services.context import Actor
from app.vault.envelope import public_of
from app.vault.own import Kind, open_own, seal_own


def seal(actor: Actor, kind: Kind, row: UUID, **texts: str) -> bytes:
    """Texts of this person's own. Raises Forbidden for a program: it holds no key."""
    if actor.private_key is None:
        raise Forbidden
    return seal_own(kind, row.hex, actor.user_id.hex, public_of(actor.private_key), texts)


def opened(actor: Actor, kind: Kind, row: UUID, sealed: bytes | None) -> dict[str, str]:
    """His texts by key; none where there are none, or where no key is at hand."""
    if sealed is None or actor.private_key is None:
        return {}
    return open_own(kind, row.hex, actor.user_id.hex, actor.private_key, sealed)


def reason(actor: Actor, task_id: UUID, sealed: bytes | None) -> str:
    """Why he put a task off."""
    return opened(actor, "put_off", task_id, sealed).get("reason", "")
