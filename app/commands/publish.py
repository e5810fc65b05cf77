"""`veilige-route publish`: freeze what the catalogue holds as the version that new cases start with."""

import json

import click

from app import bootstrap, settings
from app.catalogue import CatalogueError, load
from app.services.publishing import publish


@click.command("publish")
@click.argument("keys", nargs=-1, metavar="[PROCEDURE]...")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"procedure", "version"}.')
def command(keys: tuple[str, ...], as_json: bool) -> None:
    """Publiceer procedures (zonder namen: alle). Lopende zaken houden hun versie."""
    try:
        loaded = settings.load()
        procedures = load(loaded.processes, loaded.forms).procedures
    except (settings.SettingsError, CatalogueError) as error:
        raise click.ClickException(str(error)) from error
    unknown = set(keys) - set(procedures)
    if unknown:
        raise click.UsageError(f"Deze procedures zijn er niet: {', '.join(sorted(unknown))}.")
    app = bootstrap.create(loaded)
    done = [{"procedure": key, "version": publish(app, procedures[key])} for key in keys or sorted(procedures)]
    click.echo(
        json.dumps(done) if as_json else "\n".join(f"{d['procedure']}: versie {d['version']} is gepubliceerd." for d in done)
    )
