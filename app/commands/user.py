"""`veilige-route user`: the first people of an installation, made on the host itself."""

import click

from app import bootstrap, settings
from app.domain.errors import DomainError
from app.domain.roles import Role
from app.services import appointing, people


@click.group("user")
def command() -> None:
    """Mensen en hun rollen, voor wie de server zelf beheert."""


@command.command("create")
@click.option("--name", required=True, help="De naam zoals anderen hem zien.")
@click.option("--email", required=True, help="Het e-mailadres waarmee iemand inlogt.")
@click.option("--adviser-kind", type=click.Choice(["intern", "extern"]), help="Alleen voor een vertrouwenspersoon.")
@click.password_option(help="Het eerste wachtwoord; wordt gevraagd.")
def create(name: str, email: str, adviser_kind: str | None, password: str) -> None:
    """Maak een persoon. De herstelcode staat alleen nu op het scherm."""
    app = bootstrap.create(_settings())
    try:
        made = people.create(app, name=name, email=email, password=password, adviser_kind=adviser_kind)
    except DomainError as error:
        raise click.ClickException(_words(error)) from error
    click.echo(f"{name} kan inloggen met {email}.\nHerstelcode (wordt één keer getoond): {made.recovery_code}")


@command.command("appoint")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--board", required=True, help="De naam van het bestuur; wordt gemaakt als het er niet is.")
@click.option("--school", default=None, help="De naam van de school; zonder school geldt de rol voor het hele bestuur.")
def appoint(email: str, role: str, board: str, school: str | None) -> None:
    """Geef iemand een rol. Dit staat in het logboek van de server, niet in dat van een zaak."""
    app = bootstrap.create(_settings())
    try:
        appointing.install(app, email=email, role=Role(role), board=board, school=school)
    except DomainError as error:
        raise click.ClickException(_words(error)) from error
    click.echo(f"{email} is nu {role} bij {school or board}.")


def _settings() -> settings.Settings:
    try:
        return settings.load()
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error


def _words(error: DomainError) -> str:
    fields = getattr(error, "fields", {})
    return " ".join(fields.values()) if fields else error.text
