"""`veilige-route serve`: the pages and the API, with the worker inside."""

import click

from app import bootstrap, settings
from app.serving import serve


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Het adres waarop het luistert.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="De poort.")
def command(host: str, port: int) -> None:
    """Start de webserver, met de klok die termijnen bewaakt erbij."""
    try:
        loaded = settings.load()
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    if loaded.demo:
        raise click.ClickException("Dit is een demo. Start die met: veilige-route demo")
    serve(bootstrap.create(loaded), host, port)
