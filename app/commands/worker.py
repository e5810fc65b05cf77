"""`veilige-route worker`: guards terms and sends mail, in a process of its own beside the pages."""

import click

from app import bootstrap, settings
from app.worker import run_forever


@click.command("worker")
def command() -> None:
    """Bewaak termijnen en verstuur mail, tot dit proces moet stoppen."""
    try:
        loaded = settings.load()
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    if loaded.demo:
        raise click.ClickException("Dit is een demo. Start die met: veilige-route demo")
    run_forever(bootstrap.create(loaded))
