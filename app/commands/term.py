"""`veilige-route term`: the last day of a term, for checking by hand and by program. Needs no secret and no database."""

import json
from datetime import date
from pathlib import Path

import click
from babel.dates import format_date

from app.calendars import SHIPPED, CalendarError, load_calendar
from app.domain.calendar import UnknownYear
from app.domain.deadlines import last_day
from app.domain.period import Unit, check_period
from app.domain.procedure import Calendar


@click.command("term")
@click.option(
    "--calendar", type=click.Choice([calendar.value for calendar in Calendar]), required=True, help="Hoe de dagen tellen."
)
@click.option("--period", required=True, help="De periode in ISO 8601, zoals P4W, P10D, P2M of P1Y.")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"start", "last_day"}, in de volgorde van de datums.')
@click.option("--config", type=click.Path(path_type=Path), default=SHIPPED, help="Een ander kalenderbestand (YAML).")
@click.argument("dates", nargs=-1, required=True, metavar="DATE...")
def command(calendar: str, period: str, as_json: bool, config: Path, dates: tuple[str, ...]) -> None:
    """Zeg per datum (2026-11-27) wat de laatste dag van de termijn is."""
    starts = [_start(text) for text in dates]
    counted = Calendar(calendar)
    _check(period, counted)
    try:
        loaded = load_calendar(config)
    except CalendarError as error:
        raise click.ClickException(str(error)) from error
    try:
        terms = [(start, last_day(start, period, counted, loaded)) for start in starts]
    except UnknownYear as error:
        raise click.UsageError(error.text) from error
    if as_json:
        click.echo(json.dumps([{"start": start.isoformat(), "last_day": last.isoformat()} for start, last in terms]))
        return
    for start, last in terms:
        click.echo(f"{start} → {last} ({format_date(last, format='full', locale='nl')})")


def _start(text: str) -> date:
    try:
        start = date.fromisoformat(text)
    except ValueError:
        start = None
    if start is None or start.isoformat() != text:
        raise click.UsageError(f"{text} is geen datum; schrijf jaar-maand-dag, bijvoorbeeld 2026-11-27.")
    return start


def _check(period: str, calendar: Calendar) -> None:
    try:
        length = check_period(period, calendar)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if length.unit is Unit.HOUR:
        raise click.UsageError(f"{period}: uren tellen vanaf een moment; deze opdracht rekent met dagen.")
