"""The ledger: a text file outside the database, one line a day, that remembers how long every history was and what it ended with.

Who can write to the database alone can repair a chain after cutting it, but not what stands here. Each line is JSON, chained to
the line before. Keep a copy elsewhere: the last lines of a file can be cut off without a trace.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from app.storage.database import Transaction
from app.storage.tables import Case

_PURPOSE: Final = b"ledger-line-1"

#: The length of a case's history and its last hash.
Head = tuple[int, bytes]


class LedgerBroken(Exception):
    """A line was changed, removed or inserted; `line` counts from 1 and the text is Dutch."""

    def __init__(self, line: int) -> None:
        super().__init__(f"Regel {line} van het grootboek past niet bij de regel ervoor.")
        self.line = line


@dataclass(frozen=True, slots=True)
class Anchor:
    """One line: the heads that are new since the line before, the cases that were destroyed, and a hash over all heads.

    The hash over all heads is the one value to print or publish when somebody outside must be able to check.
    """

    number: int
    at: str
    cases: int
    events: int
    heads: str
    changed: dict[UUID, Head]
    destroyed: tuple[UUID, ...]
    hash: str = ""


def anchor(tx: Transaction, path: Path, now: datetime, *, destroyed: Iterable[UUID] = ()) -> Anchor:
    """Append the state of all histories to the ledger, and return when it is on disk. Raises LedgerBroken and OSError.

    `destroyed` are the cases that were removed on purpose since the line before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two workers write one line after the other
        rows = tx.execute(select(Case.id, Case.event_count, Case.event_head))
        heads = {case_id: (count, head) for case_id, count, head in rows}
        file.seek(0)
        whole = _whole_lines(file.read())
        file.truncate(len(whole))
        former = _parse(whole)
        made = _chained(former, _new(former, now, heads, destroyed=tuple(sorted(destroyed))))
        file.write(_text(made).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def read(path: Path) -> list[Anchor]:
    """All lines, the oldest first; none when there is no file yet. Raises LedgerBroken and OSError."""
    return _parse(_whole_lines(path.read_bytes())) if path.exists() else []


def _whole_lines(content: bytes) -> bytes:
    # A crash can leave half a line, which nobody was told of: the next one takes its place.
    return content[: content.rfind(b"\n") + 1]


def _new(former: Sequence[Anchor], now: datetime, heads: dict[UUID, Head], *, destroyed: tuple[UUID, ...]) -> Anchor:
    known: dict[UUID, Head] = {}
    for line in former:
        known |= line.changed
    return Anchor(
        number=len(former) + 1,
        at=now.isoformat(),
        cases=len(heads),
        events=sum(count for count, _ in heads.values()),
        heads=_digest("".join(f"{key.hex} {count} {head.hex()}\n" for key, (count, head) in sorted(heads.items()))),
        changed={key: head for key, head in heads.items() if known.get(key) != head},
        destroyed=destroyed,
    )


def _chained(former: Sequence[Anchor], line: Anchor) -> Anchor:
    return replace(line, hash=_digest((former[-1].hash if former else "") + _text(replace(line, hash=""))))


def _parse(content: bytes) -> list[Anchor]:
    anchors: list[Anchor] = []
    for number, text in enumerate(content.splitlines(), 1):
        try:
            line = _from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerBroken(number) from error
        if line.number != number or _chained(anchors, line) != line:
            raise LedgerBroken(number)
        anchors.append(line)
    return anchors


def _text(line: Anchor) -> str:
    fields = {
        "number": line.number,
        "at": line.at,
        "cases": line.cases,
        "events": line.events,
        "heads": line.heads,
        "changed": [[key.hex, count, head.hex()] for key, (count, head) in sorted(line.changed.items())],
        "destroyed": [key.hex for key in line.destroyed],
        "hash": line.hash,
    }
    return json.dumps(fields, separators=(",", ":"))


def _from_json(fields: dict[str, Any]) -> Anchor:
    changed = {UUID(key): (int(count), bytes.fromhex(head)) for key, count, head in fields["changed"]}
    destroyed = tuple(UUID(key) for key in fields["destroyed"])
    return Anchor(**{**fields, "changed": changed, "destroyed": destroyed})


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=32, person=_PURPOSE).hexdigest()
