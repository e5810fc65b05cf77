"""Goes through the procedures of a plan, one transaction each: to see what would happen, to move them, or to put them back.

Whether it is tried or done, the same function moves; what is tried is rolled back. Any number of workers may do this at once.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.domain.errors import TryAgain
from app.domain.moving import CannotMove, Change, Doing, Obstacle, Outcome, PlanState, Terms
from app.services import transition
from app.services.at_rest import open_before, seal_before
from app.services.context import App
from app.services.moving import answers, before, seconds, transfer
from app.services.moving.road import Road
from app.services.work import Work, resume
from app.storage.database import Transaction
from app.storage.queries import moving as queries
from app.storage.tables import MovedProcedure, MovePlan

_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Result:
    """What came of one procedure. Putting back changes nothing of what the move is told to have changed (None)."""

    outcome: Outcome
    changes: tuple[Change, ...] | None = ()
    obstacle: Obstacle | None = None


def go_on(app: App, limit: int, stopping: Callable[[], bool] = _never, *, only: UUID | None = None) -> int:
    """Come by so many procedures at most of the plans that go on, or of one; gives how many.

    Between two procedures `stopping` is asked whether to leave the rest to another time.
    """
    with app.database.read() as tx:
        plans = [plan for plan in queries.running_plans(tx) if only in (None, plan[0])]
    handled = 0
    for plan_id, doing in plans:
        with app.database.read() as tx:
            found = queries.todo(tx, plan_id, limit - handled)
        for item_id, procedure_id, case_id in found:
            if stopping():
                return handled
            handled += _one(app, Doing(doing), item_id, at=(procedure_id, case_id))
        _finish(app, plan_id)
    return handled


def road_of(app: App, tx: Transaction, plan: MovePlan) -> Road:
    """The two versions of a plan, and how to get from one to the other."""
    old, new = app.versions.get(tx, plan.from_id), app.versions.get(tx, plan.to_id)
    return Road(old, new, json.loads(plan.mapping), plan.terms == Terms.RECOMPUTE, json.loads(plan.answers))


def _one(app: App, doing: Doing, item_id: UUID, *, at: tuple[UUID, UUID]) -> bool:
    """Handle one procedure; gives whether that was done, and not left to another worker or another time."""
    try:
        return _try(app, item_id, at) if doing is Doing.TRY else _go(app, doing, item_id, at)
    except TryAgain:
        _log.info("The case %s is busy; it comes later", at[1])
        return False
    except Exception as error:  # noqa: BLE001 - one broken case must stop nobody else's
        # The kind of error alone: its text and its trace may quote what somebody wrote.
        _log.error("The procedure %s of case %s could not move: %s", *at, type(error).__name__)
        with app.database.write() as tx:
            outcome = Outcome.CHANGED if doing is Doing.UNDO else Outcome.STAYS
            queries.set_aside(tx, item_id, outcome.value, app.clock())
        return True


def _try(app: App, item_id: UUID, at: tuple[UUID, UUID]) -> bool:
    with app.database.trial() as tx:
        claimed = _claim(app, tx, Doing.TRY, item_id, at)
        if claimed is None:
            return False
        work, item, plan = claimed
        stands = transfer.stands_at(work)
        result = _moved(work, item, plan)
    with app.database.write() as tx:
        found = queries.claim_item(tx, item_id)
        if found is not None:
            outcome = Outcome.READY if result.outcome is Outcome.MOVED else result.outcome
            _store(found[0], work, _Result(outcome, result.changes, result.obstacle), stands)
    return True


def _go(app: App, doing: Doing, item_id: UUID, at: tuple[UUID, UUID]) -> bool:
    with app.database.write() as tx:
        claimed = _claim(app, tx, doing, item_id, at)
        if claimed is None:
            return False
        work, item, plan = claimed
        stands = transfer.stands_at(work)
        result = _moved(work, item, plan) if doing is Doing.MOVE else _put_back(work, item, plan)
        _store(item, work, result, stands)
    return True


def _claim(
    app: App, tx: Transaction, doing: Doing, item_id: UUID, at: tuple[UUID, UUID]
) -> tuple[Work, MovedProcedure, MovePlan] | None:
    """The locked work on a procedure that the plan has yet to come by; None when somebody else was first."""
    claimed = queries.claim(tx, at[1], at[0])
    item = None if claimed is None else queries.claim_item(tx, item_id)
    if claimed is None or item is None or item[1].doing != doing:
        return None
    return resume(app, tx, None, claimed, now=app.clock()), *item


def _moved(work: Work, item: MovedProcedure, plan: MovePlan) -> _Result:
    """Move a procedure; one that cannot leaves nothing of what was tried."""
    try:
        with work.tx.begin_nested():
            went = transfer.move(work, road_of(work.app, work.tx, plan))
    except CannotMove as error:
        return _Result(Outcome.STAYS, obstacle=error.obstacle)
    if went.before is not None:
        item.snapshot = seal_before(work.app.server_keys, item.id, went.before)
        item.revision = work.row.revision
    return _Result(Outcome.MOVED, went.changes)


def _put_back(work: Work, item: MovedProcedure, plan: MovePlan) -> _Result:
    """Put a procedure back, where nothing happened in it since it moved."""
    if item.snapshot is None or item.revision != work.row.revision or work.row.version_id != plan.to_id:
        return _Result(Outcome.CHANGED, None, Obstacle("changed_since"))
    was = open_before(work.app.server_keys, item.id, item.snapshot)
    road = road_of(work.app, work.tx, plan).back
    answers.put_back(work, was.get("facts", {}), road)
    transfer.change_version(work, road, was["state"])
    before.put_back(work, was)
    transition.refresh(work, [])
    item.snapshot = item.revision = None
    return _Result(Outcome.UNDONE, None)


def _store(item: MovedProcedure, work: Work, result: _Result, stands: tuple[str, ...]) -> None:
    item.todo, item.outcome, item.handled_at = False, result.outcome.value, work.now
    item.code = result.obstacle.code if result.obstacle else None
    item.element_id = (result.obstacle.element_id or None) if result.obstacle else None
    item.stands_at = json.dumps(stands)
    if result.changes is not None:
        item.changes = json.dumps([change.plain() for change in result.changes])


def _finish(app: App, plan_id: UUID) -> None:
    with app.database.write() as tx:
        plan = queries.lock_plan(tx, plan_id)
        if plan is not None and plan.state == PlanState.RUNNING and queries.is_done(tx, plan_id):
            plan.state, plan.done_at = PlanState.DONE.value, app.clock()
            if plan.doing == Doing.TRY:
                seconds.tell(tx, plan, app.clock())
