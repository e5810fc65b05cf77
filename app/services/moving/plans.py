"""Plans for moving: made and tried by whoever draws or decides, begun by a second person who decides; stopped, undone."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.domain.moving import Doing, Outcome, PlanState, Terms
from app.services.context import Actor, App
from app.services.moving import answers, mapping
from app.services.moving.road import Answers
from app.services.moving.seconds import is_second
from app.services.studio import access
from app.services.versions import Published
from app.storage.database import Transaction
from app.storage.queries import move_pages
from app.storage.queries import moving as queries
from app.storage.tables import MovePlan

MOST_WHY: Final = 500
_OUTDATED = "Dit kan nu niet meer. Laad de pagina opnieuw en kijk hoe ver het is."


def make(app: App, actor: Actor, key: str, raw: Mapping[str, str]) -> UUID:
    """Make a plan and have it tried: `from` and `to` are numbers, `map_<element>` what takes its place, `value_<fact>.<answer>`
    what takes the place of an answer, `terms` and `why`.

    Raises InvalidAnswers, and NotFound for whoever must not know of the studio.
    """
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        return write(app, tx, key, raw, by=actor.user_id)


def write(app: App, tx: Transaction, key: str, raw: Mapping[str, str], *, by: UUID | None) -> UUID:
    """Write a plan that is to be tried; `by` None: on the host. Raises InvalidAnswers."""
    old, new = pair(app, tx, key, raw)
    whole, given, errors = _chosen(old, new, raw)
    if raw.get("terms") not in set(Terms):
        errors["terms"] = "Kies wat er met lopende termijnen gebeurt."
    why = raw.get("why", "").strip()
    if not why or len(why) > MOST_WHY:
        errors["why"] = f"Schrijf op waarom, in hoogstens {MOST_WHY} tekens. Noem geen zaak en geen persoon."
    if errors:
        raise InvalidAnswers(errors)
    plan = MovePlan(key=key, from_id=old.id, to_id=new.id, terms=raw["terms"], why=why)
    plan.mapping, plan.answers = json.dumps(whole), json.dumps(given)
    return _add(app, tx, plan, by)


def again(app: App, actor: Actor, key: str, plan_id: UUID) -> UUID:
    """Try anew, as a plan of its own, what stayed where it was when a plan moved; what that plan says of it stays.

    Raises NotFound, Conflict when nothing stayed.
    """
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        before = _locked(tx, key, plan_id)
        _must_be(before, Doing.MOVE, PlanState.DONE, PlanState.STOPPED)
        if not queries.has(tx, before.id, Outcome.STAYS.value):
            raise Conflict(_OUTDATED)
        plan = MovePlan(key=key, from_id=before.from_id, to_id=before.to_id, terms=before.terms, why=before.why)
        plan.mapping, plan.answers, plan.again_of = before.mapping, before.answers, before.id
        return _add(app, tx, plan, actor.user_id)


def pair(app: App, tx: Transaction, key: str, raw: Mapping[str, str]) -> tuple[Published, Published]:
    """The two versions that were chosen. Raises InvalidAnswers, NotFound for a procedure without versions."""
    known = {str(row.number): row.id for row in queries.versions_of(tx, key)}
    if not known:
        raise NotFound("Deze procedure is er niet, of is nooit gepubliceerd.")
    errors = {name: "Kies een versie uit de lijst." for name in ("from", "to") if raw.get(name) not in known}
    if not errors and raw["from"] == raw["to"]:
        errors["to"] = "Kies een andere versie dan die waar je vandaan verhuist."
    if errors:
        raise InvalidAnswers(errors)
    return app.versions.get(tx, known[raw["from"]]), app.versions.get(tx, known[raw["to"]])


def chosen(raw: Mapping[str, str]) -> dict[str, str]:
    """What was chosen for elements that the new version does not have."""
    return {name.removeprefix(mapping.FIELD): to for name, to in raw.items() if name.startswith(mapping.FIELD) and to}


def start(app: App, actor: Actor, key: str, plan_id: UUID) -> None:
    """Move for real what a plan tried: by a second person, of a board for which its maker draws or decides.

    Raises NotFound, Forbidden, Conflict.
    """
    with app.database.write() as tx:
        plan = _locked(tx, key, plan_id)
        _must_be_second(app, tx, actor, plan)
        begin_moving(app, tx, plan, by=actor.user_id)


def begin_moving(app: App, tx: Transaction, plan: MovePlan, *, by: UUID | None) -> None:
    """Let a plan that was tried move its procedures. Raises Conflict."""
    _must_be(plan, Doing.TRY, PlanState.DONE)
    plan.confirmed_by, plan.confirmed_at = by, app.clock()
    queries.mark_todo(tx, plan.id, [Outcome.UNKNOWN.value, Outcome.READY.value, Outcome.STAYS.value])
    _begin(tx, plan, Doing.MOVE, app.clock())


def stop(app: App, actor: Actor, key: str, plan_id: UUID) -> None:
    """Stop a plan that goes on, after the procedure that it is at. Raises NotFound, Conflict."""
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        plan = _locked(tx, key, plan_id)
        if plan.state != PlanState.RUNNING:
            raise Conflict(_OUTDATED)
        plan.state = PlanState.STOPPED.value


def resume(app: App, actor: Actor, key: str, plan_id: UUID) -> None:
    """Let a plan that was stopped go on: whoever may look where it is only tried, else whoever may begin it."""
    with app.database.write() as tx:
        plan = _locked(tx, key, plan_id)
        if plan.doing == Doing.TRY:
            access.enter(app, tx, actor)
        else:
            _must_be_second(app, tx, actor, plan)
        if plan.state != PlanState.STOPPED:
            raise Conflict(_OUTDATED)
        plan.state = PlanState.RUNNING.value


def undo(app: App, actor: Actor, key: str, plan_id: UUID) -> None:
    """Put back what a plan moved, where nothing happened since. Raises NotFound, Forbidden, Conflict."""
    with app.database.write() as tx:
        plan = _locked(tx, key, plan_id)
        _must_be_second(app, tx, actor, plan)
        begin_undoing(app, tx, plan, by=actor.user_id)


def begin_undoing(app: App, tx: Transaction, plan: MovePlan, *, by: UUID | None) -> None:
    """Let a plan put back what it moved; `by` None: on the host. Raises Conflict."""
    _must_be(plan, Doing.MOVE, PlanState.DONE, PlanState.STOPPED)
    queries.mark_todo(tx, plan.id, [Outcome.MOVED.value])
    plan.undone_by, plan.undone_at = by, app.clock()
    _begin(tx, plan, Doing.UNDO, app.clock(), adds=False)


def last_moved(app: App, tx: Transaction, key: str, raw: Mapping[str, str]) -> MovePlan:
    """The last plan that moved something from version `from` to `to` and did not put it back. Raises InvalidAnswers, NotFound."""
    old, new = pair(app, tx, key, raw)
    found = move_pages.last_moved(tx, old.id, new.id)
    if found is None:
        raise NotFound(f"Van versie {old.number} naar versie {new.number} is niets verhuisd dat nog terug kan.")
    return _locked(tx, key, found)


def drop(app: App, actor: Actor, key: str, plan_id: UUID) -> None:
    """Throw a plan away that was only tried. Raises NotFound, Conflict."""
    with app.database.write() as tx:
        access.enter(app, tx, actor)
        plan = _locked(tx, key, plan_id)
        _must_be(plan, Doing.TRY, PlanState.DONE, PlanState.STOPPED, PlanState.RUNNING)
        plan.state = PlanState.DROPPED.value


def _chosen(old: Published, new: Published, raw: Mapping[str, str]) -> tuple[dict[str, str], Answers, dict[str, str]]:
    """The whole mapping of elements, that of answers, and what is wrong with what was chosen."""
    errors: dict[str, str] = {}
    elements: dict[str, str] = {}
    given: Answers = {}
    try:
        elements = mapping.checked(old.procedure, new.procedure, chosen(raw))
    except InvalidAnswers as error:
        errors |= error.fields
    try:
        given = answers.checked(old.procedure, new.procedure, raw)
    except InvalidAnswers as error:
        errors |= error.fields
    return elements, given, errors


def _add(app: App, tx: Transaction, plan: MovePlan, by: UUID | None) -> UUID:
    plan.made_by, plan.made_at = by, app.clock()
    tx.add(plan)
    _begin(tx, plan, Doing.TRY, app.clock())
    return plan.id


def _must_be_second(app: App, tx: Transaction, actor: Actor, plan: MovePlan) -> None:
    found = access.enter(app, tx, actor)
    if not is_second(tx, found, plan, app.clock()):
        raise Forbidden("Iemand van het bestuur die dit plan niet maakte, laat de procedures verhuizen of terugzetten.")


def _locked(tx: Transaction, key: str, plan_id: UUID) -> MovePlan:
    plan = queries.lock_plan(tx, plan_id)
    if plan is None or plan.key != key:
        raise NotFound
    return plan


def _must_be(plan: MovePlan, doing: Doing, *states: PlanState) -> None:
    if plan.doing != doing or plan.state not in states:
        raise Conflict(_OUTDATED)


def _begin(tx: Transaction, plan: MovePlan, doing: Doing, at: datetime, *, adds: bool = True) -> None:
    plan.doing, plan.state, plan.begun_at, plan.done_at = doing.value, PlanState.RUNNING.value, at, None
    if adds:
        tx.flush()
        queries.add_affected(tx, plan)
