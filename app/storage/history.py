"""The history of a case: append-only, each line chained to the one before, so that a change shows."""

import json
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from app.domain.events import Detail, EventKind, check_facts_only
from app.storage.database import Transaction
from app.storage.tables import Base, Case, Event

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


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the history says, as its table has it; `detail` is JSON."""

    case_id: UUID
    seq: int
    at: datetime
    actor_id: UUID | None
    kind: str
    procedure_id: UUID | None
    element_id: str | None
    detail: str
    commitment: bytes | None


_SAID: Final = [one.name for one in fields(Line)]
_INSERT: Final = insert(Base.metadata.tables[Event.__tablename__]).inline()


def append(tx: Transaction, case: Case, new: NewEvent) -> None:
    """Add a line to the history of a case, whose row the caller has locked. Raises ValueError when it holds more than facts."""
    check_facts_only(new.element_id, new.detail)
    line = Line(
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
    case.event_count, case.event_head = line.seq, chained_hash(case.event_head, line)
    tx.append(_INSERT, {**{name: getattr(line, name) for name in _SAID}, "hash": case.event_head})


def chained_hash(former: bytes, event: Event | Line) -> bytes:
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
