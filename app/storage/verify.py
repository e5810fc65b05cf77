"""Whether the histories are still what was written: chain by chain, and against the ledger outside the database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from app.storage import ledger
from app.storage.database import Transaction
from app.storage.history import chained_hash
from app.storage.ledger import Anchor, Head, LedgerBroken
from app.storage.tables import Case, Event

_BATCH: Final = 100


class Trouble(StrEnum):
    """How a history differs from what was written."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    CUT = "cut"
    CASE_GONE = "case_gone"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where (the case's number and the place in its history, as far as known), and a Dutch sentence."""

    trouble: Trouble
    case: str | None
    seq: int | None
    text: str


def verify(tx: Transaction, path: Path) -> list[Problem]:
    """Everything that is wrong with the histories; `path` is the ledger's. An empty list: all is as it was written."""
    try:
        anchors = ledger.read(path)
    except LedgerBroken as error:
        anchors, found = [], [Problem(Trouble.LEDGER, None, None, str(error))]
    else:
        found = _missing_ledger(tx, anchors, path)
    known = _known(anchors)
    seen: set[UUID] = set()
    for case, events in _histories(tx):
        seen.add(case.id)
        found += _check(case, events, known.get(case.id, []))
    found += _orphans(tx)
    destroyed = {key for line in anchors for key in line.destroyed}
    for key in sorted(known.keys() - seen - destroyed):
        found.append(Problem(Trouble.CASE_GONE, None, None, f"Een zaak uit het grootboek is verdwenen ({key.hex})."))
    return found


def _histories(tx: Transaction) -> Iterator[tuple[Case, list[Event]]]:
    """All cases with their events, so many in one statement: a case and its events are as they were at one moment."""
    last = UUID(int=0)
    while True:
        batch = select(Case.id).where(Case.id > last).order_by(Case.id).limit(_BATCH)
        wanted = select(Case, Event).outerjoin(Event, Event.case_id == Case.id).where(Case.id.in_(batch))
        rows = tx.execute(wanted.order_by(Case.id, Event.seq)).all()
        if not rows:
            return
        for case, pairs in groupby(rows, key=lambda row: row[0]):
            yield case, [event for _, event in pairs if event is not None]
            last = case.id


def _missing_ledger(tx: Transaction, anchors: Sequence[Anchor], path: Path) -> list[Problem]:
    if anchors or not tx.scalar(select(func.count()).select_from(Event)):
        return []
    text = f"Er is geen grootboek in {path}: een afgeknipte geschiedenis is niet te zien."
    return [Problem(Trouble.LEDGER, None, None, text)]


def _known(anchors: Iterable[Anchor]) -> dict[UUID, list[Head]]:
    known: dict[UUID, list[Head]] = {}
    for line in anchors:
        for key, head in line.changed.items():
            known.setdefault(key, []).append(head)
    return known


def _check(case: Case, events: Sequence[Event], known: Sequence[Head]) -> Iterator[Problem]:
    """The first break in the chain (all after it may follow from it), the end of the chain, and what the ledger remembers."""
    broken = _first_break(case, events)
    if broken is not None:
        yield broken
    last = events[-1].seq if events else 0
    if last < case.event_count:
        yield Problem(Trouble.CUT, case.number, last + 1, f"De geschiedenis is afgeknipt na regel {last}.")
    elif last > case.event_count:
        yield Problem(Trouble.INSERTED, case.number, case.event_count + 1, f"Na regel {case.event_count} is iets toegevoegd.")
    elif (events[-1].hash if events else b"") != case.event_head:
        yield Problem(Trouble.CHANGED, case.number, last, "Het einde van de geschiedenis is veranderd.")
    hashes = {0: b""} | {event.seq: event.hash for event in events}
    for count, head in known:
        if count > last:
            text = f"Volgens het grootboek waren er {count} regels; nu nog {last}."
            yield Problem(Trouble.CUT, case.number, last + 1, text)
        elif hashes.get(count) != head:
            yield Problem(Trouble.CHANGED, case.number, count, f"Regel {count} is anders dan in het grootboek staat.")


def _first_break(case: Case, events: Sequence[Event]) -> Problem | None:
    former = b""
    for place, event in enumerate(events, 1):
        if event.seq != place:
            return Problem(Trouble.REMOVED, case.number, place, f"Regel {place} is verwijderd.")
        if chained_hash(former, event) != event.hash:
            text = f"Regel {place} is veranderd of ingevoegd."
            return Problem(Trouble.CHANGED, case.number, place, text)
        former = event.hash
    return None


def _orphans(tx: Transaction) -> list[Problem]:
    wanted = select(func.count()).select_from(Event).where(Event.case_id.not_in(select(Case.id)))
    number = tx.scalar(wanted)
    return [Problem(Trouble.CASE_GONE, None, None, f"{number} regels horen bij een verdwenen zaak.")] if number else []
