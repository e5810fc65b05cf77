"""Plans for moving as pages and the command show them: nameless numbers, steps and outcomes."""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.domain.errors import NotFound
from app.domain.moving import Change, Doing, Obstacle, Outcome, PlanState, Terms
from app.domain.procedure import Procedure
from app.services.context import Actor, App
from app.services.moving import answers, mapping, plans
from app.services.moving.going import road_of
from app.services.moving.road import Road
from app.services.moving.seconds import is_second
from app.services.studio import access, desks
from app.services.views.moving import (
    AnswerLine,
    ItemLine,
    MapLine,
    NewPlanPage,
    PlanLine,
    PlanPage,
    PlansPage,
    VersionChoice,
)
from app.services.views.studio import Desk
from app.storage.database import Transaction
from app.storage.queries import move_pages as queries
from app.storage.queries import moving as plan_queries
from app.storage.queries import work as work_queries
from app.storage.tables import MovedProcedure, MovePlan

PAGE: Final = 50


def overview(app: App, actor: Actor, key: str) -> PlansPage:
    """All versions and plans of a procedure. Raises NotFound."""
    desk = desks.desk(app, actor, key)
    with app.database.read() as tx:
        running = queries.running(tx, key)
        rows = plan_queries.versions_of(tx, key)
        numbers = {row.id: row.number for row in rows}
        versions = tuple(VersionChoice(row.number, row.status == "published", running.get(row.id, 0)) for row in rows)
        found = queries.plans_of(tx, key)
    lines = tuple(_plan_line(plan, name, numbers[plan.from_id], numbers[plan.to_id]) for plan, name in found)
    return PlansPage(desk, versions, lines)


def waiting(app: App, actor: Actor) -> Mapping[str, UUID]:
    """The procedures with a plan that waits for this person to let it begin, each with the first of them. Raises NotFound."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        found = [plan for plan in queries.tried(tx) if is_second(tx, place, plan, app.clock())]
        return {plan.key: plan.id for plan in reversed(found)}


def asked(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> NewPlanPage:
    """What is asked for a plan between two versions. Raises NotFound, InvalidAnswers for versions that are not there."""
    desk = desks.desk(app, actor, key)
    with app.database.read() as tx:
        old, new = plans.pair(app, tx, key, raw)
    lines = mapping.table(old.procedure, new.procedure, plans.chosen(raw))
    gone = answers.gone(old.procedure, new.procedure)
    return NewPlanPage(
        desk,
        old.number,
        new.number,
        lines=tuple(MapLine(one.element, one.choices) for one in lines),
        answers=tuple(AnswerLine(one.name, one.field.label, one.option.label, one.choices) for one in gone),
    )


def plan(app: App, actor: Actor, key: str, plan_id: UUID, page: int = 1) -> PlanPage:
    """A plan, so many of its procedures at a time. Raises NotFound."""
    desk = desks.desk(app, actor, key)
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        row = tx.get(MovePlan, plan_id)
        if row is None or row.key != key:
            raise NotFound
        return _page(app, tx, row, desk, page=max(page, 1), may_decide=is_second(tx, place, row, app.clock()))


def lines(tx: Transaction, row: MovePlan, road: Road, *, limit: int, offset: int = 0) -> list[ItemLine]:
    """What came of the procedures of a plan, those that stay first."""
    return [_line(item, road) for item in queries.items(tx, row.id, limit=limit, offset=offset)]


def _page(app: App, tx: Transaction, row: MovePlan, desk: Desk, *, page: int, may_decide: bool) -> PlanPage:
    road = road_of(app, tx, row)
    names = work_queries.names(tx, {one for one in (row.made_by, row.confirmed_by, row.undone_by) if one is not None})
    counted = queries.counts(tx, row.id)
    found = lines(tx, row, road, limit=PAGE + 1, offset=PAGE * (page - 1))
    before, after = queries.again(tx, row)
    return PlanPage(
        desk=desk,
        line=_plan_line(row, _name(names, row.made_by), road.old.number, road.new.number),
        why=row.why,
        terms=Terms(row.terms),
        mapped=tuple((_named(road.old.procedure, a), _named(road.new.procedure, b)) for a, b in road.mapping.items()),
        answers=_answers(road),
        again_of=None if before is None else _line_of(before, road),
        again=tuple(_line_of(plan, road) for plan in after),
        confirmed=(_name(names, row.confirmed_by), row.confirmed_at) if row.confirmed_at else None,
        undone=(_name(names, row.undone_by), row.undone_at) if row.undone_at else None,
        done_at=row.done_at,
        counts={one: sum(n for (outcome, _), n in counted.items() if outcome == one) for one in Outcome},
        handled=sum(n for (_, waits), n in counted.items() if not waits),
        total=sum(counted.values()),
        reasons=tuple((_reason(road.old.procedure, code, at), n) for code, at, n in queries.reasons(tx, row.id)),
        lines=tuple(found[:PAGE]),
        page=page,
        more=len(found) > PAGE,
        may_decide=may_decide,
    )


def _answers(road: Road) -> tuple[tuple[str, str, str], ...]:
    gone = answers.gone(road.old.procedure, road.new.procedure)
    taken = ((one, road.answers.get(one.field.key, {}).get(one.option.value)) for one in gone)
    labels = (
        (one.field.label, one.option.label, option.label) for one, to in taken for option in one.choices if option.value == to
    )
    return tuple(labels)


def _line_of(plan: MovePlan, road: Road) -> PlanLine:
    """A plan between the same versions, without who made it."""
    return _plan_line(plan, None, road.old.number, road.new.number)


def _plan_line(row: MovePlan, name: str | None, before: int, after: int) -> PlanLine:
    return PlanLine(row.id, before, after, name, row.made_at, Doing(row.doing), PlanState(row.state))


def _line(item: MovedProcedure, road: Road) -> ItemLine:
    changes = [Change.read(plain) for plain in json.loads(item.changes)]
    # What was put back or tried stood in the old version; what was to be put back may stand in the new one.
    return ItemLine(
        number=item.number,
        # Where it stands and what was answered there are not told of one procedure together.
        steps=() if item.code == "fact_gone" else tuple(_either(road, step) for step in json.loads(item.stands_at)),
        outcome=Outcome(item.outcome),
        reason=None if item.code is None else _reason(road.old.procedure, item.code, item.element_id or ""),
        changes=tuple((change, _named(road.new.procedure, change.element_id)) for change in changes),
    )


def _reason(procedure: Procedure, code: str, element_id: str) -> str:
    return Obstacle(code, element_id, _named(procedure, element_id) if element_id else "").text


def _either(road: Road, element_id: str) -> str:
    old = _named(road.old.procedure, element_id)
    return old if old != element_id else _named(road.new.procedure, element_id)


def _named(procedure: Procedure, element_id: str) -> str:
    found = [p.elements[element_id].name for p in procedure.processes.values() if element_id in p.elements]
    return (found[0] if found else "") or element_id


def _name(names: Mapping[UUID, str], user_id: UUID | None) -> str | None:
    return None if user_id is None else names.get(user_id)
