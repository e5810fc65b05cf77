"""What a step may open in other procedures: those it starts or tells something, and those that they start or tell at once."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.lookahead import START, Ahead, asked_at, next_waits, runs_next
from app.domain.possible import Known, Names
from app.domain.procedure import AWAITED, Element, Procedure
from app.domain.roles import Role
from app.services.context import App
from app.services.handling import along
from app.services.versions import Published
from app.storage.database import Transaction
from app.storage.queries import work as queries

_TELL: Final = "send_message"


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that may come first elsewhere. `side`: None in this case, else `same` or `other`, in a case of its own.

    `begins_in` is the lane in which a case of its own begins: on the same side it is handled by whoever takes the step. `going`
    are the lanes whose handlers go along.
    """

    ahead: Ahead
    side: str | None
    begins_in: Role | None
    going: frozenset[Role]


@dataclass(frozen=True, slots=True)
class _At:
    """A procedure on the way, with what `Reached` says of it; `known` are its facts, None where that is not known at all, and
    `open` those that may be anything.
    """

    procedure: Procedure
    side: str | None
    begins_in: Role | None
    going: frozenset[Role]
    known: Known | None
    open: Names = frozenset()


def reached(
    app: App, tx: Transaction, case_id: UUID, procedure: Procedure, element_id: str, facts: Known | None
) -> Iterator[Reached]:
    """What may come first in procedures that are started or told of something directly behind a step, also one by the other.

    With facts, choices behind the step that they decide are taken. What is started knows the facts that it is given and no
    others. Nothing is told to a procedure that does not run.
    """
    services = runs_next(procedure, element_id, facts)
    first = _At(procedure, None, None, frozenset(Role), facts, asked_at(procedure, element_id))
    waiting = deque((first, service) for service in services)
    seen: set[tuple[str, str, str | None]] = {(procedure.key, element_id, None)}
    published = app.versions.published(tx) if any(service.topic in (START, _TELL) for service in services) else {}
    running: set[str] | None = None
    while waiting:
        at, service = waiting.popleft()
        if service.topic == _TELL:
            running = _running(app, tx, case_id) if running is None else running
            if service.properties["procedure"] not in running | {key for key, _, _ in seen}:
                continue
        for new, event in _targets(at, service, published):
            if (new.procedure.key, event.id, new.side) not in seen:
                seen.add((new.procedure.key, event.id, new.side))
                behind = runs_next(new.procedure, event.id, new.known, new.open)
                waiting.extend((new, following) for following in behind)
                ahead = next_waits(new.procedure, event.id, new.known, new.open)
                yield from (Reached(one, new.side, new.begins_in, new.going) for one in ahead)


def _running(app: App, tx: Transaction, case_id: UUID) -> set[str]:
    """The procedures that run in a case."""
    rows = queries.procedures_of(tx, case_id)
    return {app.versions.get(tx, row.version_id).procedure.key for row in rows if row.ended_at is None}


def _targets(at: _At, service: Element, published: Mapping[str, Published]) -> list[tuple[_At, Element]]:
    """The procedure that a service task starts or sends something to, with each event at which it goes on there."""
    if service.topic not in (START, _TELL):
        return []
    key = service.properties["procedure"]
    if key not in published:
        raise NotFound
    target = published[key].procedure
    if service.topic == START:
        begin = target.element(service.properties["start"])
        return [(_started(at, service, target, begin), begin)]
    elements = (element for process in target.processes.values() for element in process.elements.values())
    message = service.properties["message"]
    told = replace(at, procedure=target, known=None, open=frozenset())
    return [(told, element) for element in elements if element.kind in AWAITED and element.message == message]


def _started(at: _At, service: Element, target: Procedure, begin: Element) -> _At:
    own = service.properties.get("own_case")
    given = frozenset(() if own == "other" else target.processes[target.main].inputs)
    return _At(
        procedure=target,
        side=own or at.side,
        begins_in=begin.lane if own else at.begins_in,
        going=at.going & along(service),
        known={name: value for name, value in (at.known or {}).items() if name in given},
        open=given if at.known is None else given & at.open,
    )
