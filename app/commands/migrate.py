"""`veilige-route migrate`: move running procedures to another version, or put them back, on the host itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Final
from uuid import UUID

import click

from app import bootstrap, settings
from app.domain.errors import DomainError, InvalidAnswers
from app.domain.moving import Change, Changing, Outcome, PlanState, Terms
from app.services.context import App
from app.services.moving import answers, mapping, plans, showing
from app.services.moving.going import go_on, road_of
from app.services.views.moving import ItemLine
from app.storage.tables import MovePlan

_BATCH: Final = 50
#: A worker beside this command may be at it too; then there is nothing to do here but wait.
_WAIT_SECONDS: Final = 0.2
_MOST: Final = 1_000_000
_WORDS: Final = {
    Outcome.UNKNOWN: "nog niet bekeken",
    Outcome.READY: "kan verhuizen",
    Outcome.STAYS: "blijft",
    Outcome.MOVED: "verhuisd",
    Outcome.UNDONE: "verhuisd, teruggezet",
    Outcome.CHANGED: "verhuisd, niet teruggezet",
}
_CHANGES: Final = {
    Changing.TERM_KEPT: "de termijn houdt zijn laatste dag",
    Changing.TERM_ADDED: "er komt een termijn bij",
    Changing.TERM_DROPPED: "de termijn vervalt",
}
_NOT_BACK: Final = "Met --undo kun je niets kiezen en niets proberen: laat --map, --answer en --dry-run weg."


def _pairs(_context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """What was chosen with an option, under the names that forms of plans use."""
    if any("=" not in pair for pair in given):
        raise click.BadParameter("Schrijf het zo: OUD=NIEUW, met de id van elke stap, of met FEIT.OUD voor een antwoord.")
    field = mapping.FIELD if option.name == "steps" else answers.FIELD
    return {f"{field}{old}": new for old, _, new in (pair.partition("=") for pair in given)}


@click.command("migrate")
@click.argument("key", metavar="PROCEDURE")
@click.option("--from", "before", type=int, required=True, help="Het nummer van de versie die nu loopt.")
@click.option("--to", "after", type=int, required=True, help="Het nummer van de versie waar ze naartoe gaan.")
@click.option(
    "--map", "steps", multiple=True, callback=_pairs, metavar="OUD=NIEUW", help="Welke stap in de plaats komt van een die weg is."
)
@click.option(
    "--answer", "taken", multiple=True, callback=_pairs, metavar="FEIT.OUD=NIEUW", help="Hetzelfde voor een antwoord dat weg is."
)
@click.option("--terms", type=click.Choice([one.value for one in Terms]), default="keep", show_default=True)
@click.option("--why", default="Gedaan op de server.", help="Waarom; zonder namen.")
@click.option("--dry-run", is_flag=True, help="Kijk alleen wat er zou gebeuren.")
@click.option("--undo", is_flag=True, help="Zet terug wat het laatst van --from naar --to verhuisde en sindsdien stil lag.")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"number", "steps", "outcome", "reason", "changes"}.')
@click.pass_context
def command(context: click.Context, /, *, key: str, undo: bool, as_json: bool, **_options: object) -> None:
    """Verhuis lopende procedures naar een andere versie. Uitgang 1: een of meer blijven waar ze zijn."""
    given = context.params
    chosen = {**given["steps"], **given["taken"]}
    if undo and (chosen or given["dry_run"]):
        raise click.UsageError(_NOT_BACK)
    raw = {"from": str(given["before"]), "to": str(given["after"]), "terms": given["terms"], "why": given["why"]}
    with _installation() as app:
        found = _back(app, key, raw) if undo else _go(app, key, {**raw, **chosen}, dry_run=given["dry_run"])
    text = json.dumps([_plain(one) for one in found], ensure_ascii=False) if as_json else "\n".join(map(_told, found))
    click.echo(text or "Er loopt niets.")
    not_done = Outcome.CHANGED if undo else Outcome.STAYS
    context.exit(1 if any(one.outcome is not_done for one in found) else 0)


@contextmanager
def _installation() -> Iterator[App]:
    """The installation of these settings; what it refuses is said in words, as wrong use."""
    try:
        app = bootstrap.create(settings.load())
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield app
    except InvalidAnswers as error:
        raise click.UsageError("\n".join(error.fields.values())) from error
    except DomainError as error:
        raise click.UsageError(error.text) from error
    finally:
        app.database.close()


def _go(app: App, key: str, raw: dict[str, str], *, dry_run: bool) -> list[ItemLine]:
    with app.database.write() as tx:
        plan_id = plans.write(app, tx, key, raw, by=None)
    _finish(app, plan_id)
    if not dry_run:
        with app.database.write() as tx:
            plans.begin_moving(app, tx, tx.get_one(MovePlan, plan_id), by=None)
        _finish(app, plan_id)
    with app.database.write() as tx:
        plan = tx.get_one(MovePlan, plan_id)
        if dry_run:
            plan.state = PlanState.DROPPED.value
        return showing.lines(tx, plan, road_of(app, tx, plan), limit=_MOST)


def _back(app: App, key: str, raw: dict[str, str]) -> list[ItemLine]:
    with app.database.write() as tx:
        plan = plans.last_moved(app, tx, key, raw)
        plans.begin_undoing(app, tx, plan, by=None)
        plan_id = plan.id
    _finish(app, plan_id)
    with app.database.read() as tx:
        plan = tx.get_one(MovePlan, plan_id)
        return showing.lines(tx, plan, road_of(app, tx, plan), limit=_MOST)


def _finish(app: App, plan_id: UUID) -> None:
    """Go on until the plan has been through all, or somebody stopped it."""
    while True:
        handled = go_on(app, _BATCH, only=plan_id)
        with app.database.read() as tx:
            if tx.get_one(MovePlan, plan_id).state != PlanState.RUNNING:
                return
        if not handled:
            sleep(_WAIT_SECONDS)


def _plain(line: ItemLine) -> dict[str, object]:
    changes = [{**change.plain(), "step": step} for change, step in line.changes]
    told = {"number": line.number, "steps": line.steps, "outcome": line.outcome.value, "reason": line.reason}
    return {**told, "changes": changes}


def _told(line: ItemLine) -> str:
    steps = ", ".join(line.steps) or "geen open stap"
    changes = "".join(f"\n    {step}: {_change(change)}" for change, step in line.changes)
    return f"{line.number}. {steps}: {_WORDS[line.outcome]}{f'. {line.reason}' if line.reason else ''}{changes}"


def _change(one: Change) -> str:
    match one.kind:
        case Changing.TERM_MOVED if one.days == 0:
            return "de termijn krijgt een ander moment op dezelfde dag, of een andere waarschuwing"
        case Changing.TERM_MOVED:
            number = abs(one.days)
            return f"de laatste dag komt {number} {'dag' if number == 1 else 'dagen'} {'later' if one.days > 0 else 'eerder'}"
        case Changing.FORM:
            return f"vragen erbij: {one.more}, minder: {one.fewer}"
        case _:
            return _CHANGES[one.kind]
