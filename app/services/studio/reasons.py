"""Why a warning stands: a sentence beside it, which whoever reviews and publishes reads too."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.domain.errors import InvalidAnswers, NotFound
from app.domain.procedure import Finding
from app.services.context import Actor, App
from app.services.studio import access
from app.services.views.reviewing import Given
from app.storage.database import Transaction
from app.storage.queries import reviews as queries
from app.storage.queries import studio as draft_queries
from app.storage.tables import StudioReason

_LONGEST: Final = 2_000
#: What a warning is known by, and how long that may be.
_PLACE: Final = {"code": 60, "file": 200, "element_id": 200}
Place = tuple[str, str, str]


def place_of(finding: Finding) -> Place:
    """What a warning is known by, also when its words change: its kind, and where it is."""
    return finding.code, finding.file, finding.element_id


def give(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> None:
    """Say why a warning stands (`code`, `file`, `element_id`, `reason`). Raises NotFound, Forbidden, InvalidAnswers."""
    with app.database.write() as tx:
        access.draw(app, tx, actor)
        draft = draft_queries.open_draft(tx, key, locks=True)
        if draft is None or not raw.get("code") or any(len(raw.get(name, "")) > most for name, most in _PLACE.items()):
            raise NotFound
        row = StudioReason(draft_id=draft.id, reason=read_words(raw, "reason", "Schrijf waarom dit zo mag blijven."))
        row.code, row.file, row.element_id = (raw.get(name, "") for name in _PLACE)
        row.given_by, row.given_at = actor.user_id, app.clock()
        tx.add(row)


def of(tx: Transaction, draft_id: UUID) -> dict[Place, Given]:
    """What was said of the warnings of a draft; the last of each counts."""
    found = queries.reasons(tx, draft_id)
    return {(row.code, row.file, row.element_id): Given(row.reason, by, row.given_at) for row, by in found}


def read_words(raw: Mapping[str, str], name: str, missing: str) -> str:
    """What somebody wrote in a field, of at most 2000 characters. Raises InvalidAnswers."""
    text = raw.get(name, "").strip()
    if not text:
        raise InvalidAnswers({name: missing})
    if len(text) > _LONGEST:
        raise InvalidAnswers({name: f"Schrijf het korter: hoogstens {_LONGEST} tekens."})
    return text
