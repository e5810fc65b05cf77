"""Acting for somebody who is away: for whom somebody acts when he touches a task, and who hears of what happens."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from app.domain.errors import Forbidden
from app.domain.events import EventKind
from app.domain.roles import Role
from app.services.context import Actor
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import absence_keys, absences
from app.storage.queries.absences import Stand
from app.storage.tables import File


def stands_of(tx: Transaction, actor: Actor, now: datetime) -> tuple[Stand, ...]:
    """For whom, and in which lanes of which cases, this person acts now; nothing is asked when nothing was left to him."""
    return absences.stands_of(tx, actor.user_id, now) if actor.deputy else ()


def owner_for(
    actor_id: UUID, lane: Role, holder: UUID | None, *, handlers: Iterable[tuple[str, UUID]], stands: Iterable[Stand]
) -> UUID | None:
    """For whom this person acts in a lane of a procedure; None when he acts for himself.

    A task that somebody for whom he acts picked up stays that person's. Whoever handles the lane himself does all else in it for
    himself. `handlers`: who handles which lane there now.
    """
    here = set(handlers)
    owners = [s.owner_id for s in stands if (s.deputy_id, s.lane) == (actor_id, lane) and (s.lane, s.owner_id) in here]
    if holder in owners:
        return holder
    return None if (lane.value, actor_id) in here or not owners else owners[0]


def represent(work: Work, lane: Role, holder: UUID | None = None) -> None:
    """Settle for whom the acting person does what follows; the history tells it with every line of it."""
    if work.actor is not None:
        handlers = ((handler.lane, handler.user_id) for handler in work.handlers)
        work.behalf = owner_for(work.actor.user_id, lane, holder, handlers=handlers, stands=work.stands)


def lanes_after(work: Work) -> set[Role]:
    """The lanes that are the acting person's when his step is done: those he handles, and those of whom he did it for."""
    own = {Role(handler.lane) for handler in work.handlers if handler.user_id == work.actor_id}
    lent = {Role(handler.lane) for handler in work.handlers if handler.user_id == work.behalf}
    return own | (lent & work.lanes)


def stop(work: Work, lane: Role, *, owners: Collection[UUID] = (), deputy_id: UUID | None = None) -> list[File]:
    """End what these owners left of a lane of this case, or what was left to this deputy; lent keys go.

    Gives the files that a deputy had opened: what follows in them needs a new epoch.
    """
    ended, opened = absence_keys.end_lane(work.tx, work.case.id, lane, owners=owners, deputy_id=deputy_id, at=work.now)
    for deputy in ended:
        work.note(EventKind.ABSENCE_ENDED, lane=lane.value, user=deputy.hex)
    work.left = tuple(s for s in work.left if s.lane != lane or (s.owner_id not in owners and s.deputy_id != deputy_id))
    return opened


def in_person(work: Work, text: str) -> None:
    """Refuse what nobody does for another. Raises Forbidden."""
    if work.behalf is not None:
        raise Forbidden(text)


def reached(work: Work, lane: Role) -> list[UUID]:
    """Who hears of a lane: its handlers, and whoever acts for one of them."""
    return with_deputies(work, lane, [handler.user_id for handler in work.handlers if handler.lane == lane])


def with_deputies(work: Work, lane: Role, people: list[UUID]) -> list[UUID]:
    """These handlers of a lane, and whoever acts there for one of them; each once."""
    deputies = (stand.deputy_id for stand in work.stands if stand.lane == lane and stand.owner_id in people)
    return list(dict.fromkeys([*people, *deputies]))
