"""The second person: who may let a plan begin that somebody else made, and telling him that one waits."""

from datetime import datetime

from app.domain.roles import Role
from app.domain.studio import Place, place
from app.services.administration import letters
from app.storage.database import Transaction
from app.storage.queries import moving as queries
from app.storage.queries import people
from app.storage.tables import MovePlan


def is_second(tx: Transaction, found: Place, plan: MovePlan, now: datetime) -> bool:
    """Whether somebody may let a plan begin: he did not make it, and decides for a board of whoever did."""
    if plan.made_by is None:
        return found.decides
    maker = _maker(tx, plan, now)
    return found.user_id != plan.made_by and bool(found.decides_for & (maker.draws_for | maker.decides_for))


def tell(tx: Transaction, plan: MovePlan, now: datetime) -> None:
    """Tell those who may let a plan begin that it was tried and can move something. A plan of the host waits for nobody."""
    if plan.made_by is None or not queries.has(tx, plan.id, "ready"):
        return
    maker = _maker(tx, plan, now)
    for board_id in sorted(maker.draws_for | maker.decides_for, key=str):
        letters.tell(tx, "move_waits", board_id, queries.deciders(tx, board_id, now) - {plan.made_by}, now)


def _maker(tx: Transaction, plan: MovePlan, now: datetime) -> Place:
    if plan.made_by is None:
        raise ValueError("a plan of the host has no maker")
    return place(plan.made_by, [(Role(one.role), one.board_id) for one in people.memberships(tx, plan.made_by, now)])
