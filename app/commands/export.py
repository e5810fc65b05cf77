"""`veilige-route export`: a published procedure as a bundle, which another installation imports."""

import json
from hashlib import sha256
from pathlib import Path

import click

from app import bootstrap, settings
from app.domain import bundle_file
from app.domain.errors import DomainError
from app.services.studio import bundles


@click.command("export")
@click.argument("key", metavar="PROCEDURE")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Het bestand; anders PROCEDURE.zip.")
@click.option("--version", "number", type=click.IntRange(min=1), help="Een eerdere versie; anders wat gepubliceerd is.")
@click.option("--json", "as_json", is_flag=True, help='{"procedure", "version", "file", "sha256"}.')
def command(key: str, output: Path | None, number: int | None, as_json: bool) -> None:
    """Schrijf een procedure met formulieren en bewaarde verhalen in één bestand."""
    try:
        app = bootstrap.create(settings.load())
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    try:
        bundle = bundles.export_on_host(app, key, number)
    except DomainError as error:
        raise click.ClickException(error.text) from error
    finally:
        app.database.close()
    target = output or Path(f"{key}.zip")
    content = bundle_file.write(bundle)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{target} is niet te schrijven: {error.strerror}.") from error
    done = {"procedure": key, "version": bundle.number, "file": str(target), "sha256": sha256(content).hexdigest()}
    click.echo(json.dumps(done) if as_json else f"{key} versie {bundle.number} staat in {target}.")
