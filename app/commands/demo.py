"""`veilige-route demo`: fictional schools and cases, on the loopback address only."""

from pathlib import Path

import click

from app import bootstrap, demo
from app.demo.installation import demo_settings
from app.serving import serve


@click.command("demo")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="De poort op 127.0.0.1.")
@click.option("--var", type=click.Path(path_type=Path), default=Path("var"), show_default=True, help="De map van de demo.")
@click.option("--database-url", envvar="DATABASE_URL", default=None, help="Een andere database dan var/demo.db.")
@click.option("--fill-only", is_flag=True, help="Vul de database en stop.")
def command(port: int, var: Path, database_url: str | None, fill_only: bool) -> None:
    """Vul een demo met verzonnen scholen en zaken, en start hem."""
    app = bootstrap.create(demo_settings(var, port, database_url))
    if not demo.filled(app):
        click.echo("De demo wordt gevuld met verzonnen scholen, mensen en zaken …")
        demo.fill(app)
    click.echo(demo.logins(port))
    if not fill_only:
        serve(app, "127.0.0.1", port)
