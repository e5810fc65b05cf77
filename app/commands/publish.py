"""`veilige-route publish`: freeze what the catalogue holds as the version that new cases start with."""

import json

import click

from app import bootstrap, settings
from app.catalogue import CatalogueError, load
from app.domain.procedure import Procedure
from app.services.publishing import MAX_WHY, publish_all


@click.command("publish")
@click.argument("keys", nargs=-1, metavar="[PROCEDURE]...")
@click.option("--why", metavar="TEKST", help="Waarom; dit staat bij de versie. Nooit iets over een zaak.")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"procedure", "version"}.')
def command(keys: tuple[str, ...], why: str | None, as_json: bool) -> None:
    """Publiceer procedures (zonder namen: alle), alles of niets. Lopende zaken houden hun versie."""
    try:
        loaded = settings.load()
        procedures = load(loaded.processes, loaded.forms).procedures
        unknown = set(keys) - set(procedures)
        if unknown:
            raise click.UsageError(f"Deze procedures zijn er niet: {', '.join(sorted(unknown))}.")
        if why is not None and len(why) > MAX_WHY:
            raise click.UsageError(f"De reden is te lang: hoogstens {MAX_WHY} tekens.")
        wanted = keys or sorted(procedures)
        numbers = _publish(loaded, [procedures[key] for key in wanted], why)
    except (settings.SettingsError, CatalogueError) as error:
        raise click.ClickException(str(error)) from error
    done = [{"procedure": key, "version": number} for key, number in zip(wanted, numbers, strict=True)]
    click.echo(
        json.dumps(done) if as_json else "\n".join(f"{d['procedure']}: versie {d['version']} is gepubliceerd." for d in done)
    )


def _publish(loaded: settings.Settings, procedures: list[Procedure], why: str | None) -> list[int]:
    app = bootstrap.create(loaded)
    try:
        return publish_all(app, procedures, why=why)
    finally:
        app.database.close()
