"""What stands in the database under the server's key: facts, states, passed elements, and keys that sleep or are lent."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain.facts import Audience, FactRecord, Facts, FactValue
from app.domain.roles import Role
from app.engine.outcome import Passed
from app.vault.server import ServerKeys

Stored = list[str | int | None]


def seal_facts(keys: ServerKeys, procedure_id: UUID, facts: Facts) -> str:
    """Facts with their history, sealed to the row they stand in."""
    plain = {name: [_record(record) for record in records] for name, records in facts.log.items()}
    return keys.seal("facts", str(procedure_id), _json(plain))


def open_facts(keys: ServerKeys, procedure_id: UUID, sealed: str) -> Facts:
    """The facts of a procedure. Raises Tampered when the text belongs elsewhere or was changed."""
    plain = json.loads(keys.open("facts", str(procedure_id), sealed))
    return Facts({name: [_read_record(stored) for stored in records] for name, records in plain.items()})


def seal_state(keys: ServerKeys, procedure_id: UUID, state: str) -> str:
    """The engine's state, as opaque text."""
    return keys.seal("state", str(procedure_id), state.encode())


def open_state(keys: ServerKeys, procedure_id: UUID, sealed: str) -> str:
    """The engine's state. Raises Tampered."""
    return keys.open("state", str(procedure_id), sealed).decode()


def seal_passed(keys: ServerKeys, procedure_id: UUID, passed: list[Passed]) -> str:
    """The passed elements in order, with their moments; the engine itself forgets finished tasks."""
    return keys.seal("passed", str(procedure_id), _json([[p.element_id, p.at.isoformat()] for p in passed]))


def open_passed(keys: ServerKeys, procedure_id: UUID, sealed: str) -> list[Passed]:
    """The passed elements. Raises Tampered."""
    stored = json.loads(keys.open("passed", str(procedure_id), sealed))
    return [Passed(element_id, datetime.fromisoformat(at)) for element_id, at in stored]


def seal_before(keys: ServerKeys, item_id: UUID, before: Mapping[str, object]) -> str:
    """What a procedure was before it was moved, sealed to the row that says what came of it."""
    return keys.seal("before", str(item_id), _json(before))


def open_before(keys: ServerKeys, item_id: UUID, sealed: str) -> dict[str, Any]:
    """What a procedure was before it was moved. Raises Tampered."""
    found: dict[str, Any] = json.loads(keys.open("before", str(item_id), sealed))
    return found


def seal_dormant(keys: ServerKeys, file_id: UUID, epoch: int, grant: bytes) -> bytes:
    """The key of an epoch that was sealed to one person, locked once more: it sleeps until he takes the case over."""
    return keys.seal("dormant key", f"{file_id}:{epoch}", grant).encode()


def open_dormant(keys: ServerKeys, file_id: UUID, epoch: int, sealed: bytes) -> bytes:
    """The key as it was sealed to its person, who alone can open it. Raises Tampered."""
    return keys.open("dormant key", f"{file_id}:{epoch}", sealed.decode())


def seal_deputy_key(keys: ServerKeys, absence_id: UUID, file_id: UUID, epoch: int, grant: bytes) -> bytes:
    """The key of an epoch that was sealed to a deputy, locked once more: it opens on the days of one absence only."""
    return keys.seal("deputy key", f"{absence_id}:{file_id}:{epoch}", grant).encode()


def open_deputy_key(keys: ServerKeys, absence_id: UUID, file_id: UUID, epoch: int, sealed: bytes) -> bytes:
    """The key as it was sealed to the deputy, who alone can open it. Raises Tampered."""
    return keys.open("deputy key", f"{absence_id}:{file_id}:{epoch}", sealed.decode())


def _record(record: FactRecord) -> Stored:
    lane = record.lane.value if record.lane else None
    return [*_value(record.value), record.at.isoformat(), record.element_id, lane, record.audience.value]


def _read_record(stored: Stored) -> FactRecord:
    kind, value, at, element_id, lane, audience = stored
    role = Role(lane) if isinstance(lane, str) else None
    return FactRecord(_read_value(kind, value), datetime.fromisoformat(str(at)), str(element_id), role, Audience(str(audience)))


def _value(value: FactValue | None) -> tuple[str, str | int | None]:
    match value:
        case datetime():
            return "moment", value.isoformat()
        case date():
            return "date", value.isoformat()
        case _:
            return "plain", value


def _read_value(kind: str | int | None, value: str | int | None) -> FactValue | None:
    if kind == "moment":
        return datetime.fromisoformat(str(value))
    return date.fromisoformat(str(value)) if kind == "date" else value


def _json(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
