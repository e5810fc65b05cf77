"""The history of a case: append-only, each line chained to the one before, so that a change shows."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from uuid import UUID

from app.domain.events import Detail, EventKind, check_facts_only
from app.storage.database import Transaction
from app.storage.tables import Case, Event

#: Names what is hashed and how; another form of line gets another name.
_PURPOSE: Final = b"case-event-1"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What happened. `actor_id` None is the system; `commitment` binds sealed content without showing it."""

    kind: EventKind
    at: datetime
    actor_id: UUID | None = None
    procedure_id: UUID | None = None
    element_id: str | None = None
    detail: Detail = field(default_factory=dict)
    commitment: bytes | None = None


def append(tx: Transaction, case: Case, new: NewEvent) -> Event:
    """Add a line to the history of a case, whose row the caller has locked. Raises ValueError when it holds more than facts."""
    check_facts_only(new.element_id, new.detail)
    event = Event(
        case_id=case.id,
        seq=case.event_count + 1,
        at=new.at,
        actor_id=new.actor_id,
        kind=new.kind.value,
        procedure_id=new.procedure_id,
        element_id=new.element_id,
        detail=json.dumps(dict(new.detail), sort_keys=True, separators=(",", ":")),
        commitment=new.commitment,
    )
    event.hash = chained_hash(case.event_head, event)
    case.event_count, case.event_head = event.seq, event.hash
    tx.add(event)
    return event


def chained_hash(former: bytes, event: Event) -> bytes:
    """BLAKE2b of the former line's hash and all that this line says, its case and its place included."""
    said = {
        "case": event.case_id.hex,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(),  # as it is read back, whatever clock wrote it
        "actor": event.actor_id.hex if event.actor_id else None,
        "kind": event.kind,
        "procedure": event.procedure_id.hex if event.procedure_id else None,
        "element": event.element_id,
        "detail": event.detail,
        "commitment": event.commitment.hex() if event.commitment is not None else None,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return blake2b(former + text.encode(), digest_size=32, person=_PURPOSE).digest()
