"""`veilige-route simulate`: plays scenarios on a virtual clock, in a throw-away installation. Needs no secret and no database."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from app.calendars import CalendarError
from app.catalogue import CatalogueError, load
from app.demo.play import Player
from app.domain.procedure import Procedure
from app.scenarios.known import check
from app.scenarios.playing import Played, play
from app.scenarios.reading import read_file
from app.scenarios.stage import stage
from app.scenarios.story import Scenario, ScenarioError
from app.scenarios.timeline import lines, values

_ROOT = Path(__file__).parents[2]
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("simulate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"file", "title", "passed", "failures", "timeline"}.')
@click.option("--processes", type=_FOLDER, default=_ROOT / "processes", help="Een andere map met procedures.")
@click.option("--forms", type=_FOLDER, default=_ROOT / "forms", help="Een andere map met formulieren.")
def command(files: tuple[Path, ...], as_json: bool, processes: Path, forms: Path) -> None:
    """Speel scenario's na op een eigen klok, en laat zien wat er gebeurt en of dat is wat je verwacht."""
    try:
        procedures = load(processes, forms).procedures
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error
    scenarios = [(path, _read(path, procedures)) for path in files]
    told = []
    try:
        with stage(procedures, processes, forms) as prepared:
            for path, scenario in scenarios:
                with prepared.player() as player:
                    told.append((path, _play(path, player, scenario)))
    except CalendarError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([_value(path, played) for path, played in told], ensure_ascii=False))
    else:
        click.echo("\n\n".join("\n".join(lines(played)) for _, played in told))
    if any(played.failures for _, played in told):
        raise SystemExit(1)


def _read(path: Path, procedures: Mapping[str, Procedure]) -> Scenario:
    try:
        scenario = read_file(path)
        check(scenario, procedures)
    except ScenarioError as error:
        raise click.UsageError(f"{path}: {error}") from error
    return scenario


def _play(path: Path, player: Player, scenario: Scenario) -> Played:
    try:
        return play(player, scenario)
    except ScenarioError as error:
        raise click.UsageError(f"{path}: {error}") from error


def _value(path: Path, played: Played) -> dict[str, object]:
    entries = values(played)
    return {
        "file": str(path),
        "title": played.scenario.title,
        "passed": not played.failures,
        "failures": [entry for entry in entries if entry["kind"] == "failed"],
        "timeline": entries,
    }
