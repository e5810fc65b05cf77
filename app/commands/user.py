"""`veilige-route user`: the first people of an installation, made on the host itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from app import bootstrap, settings
from app.domain.errors import DomainError
from app.domain.roles import Role
from app.services import appointing, people, tokens
from app.services.administration import changing
from app.services.context import App


@click.group("user")
def command() -> None:
    """Mensen, hun rollen en hun tokens, voor wie de server zelf beheert."""


@command.command("create")
@click.option("--name", required=True, help="De naam zoals anderen hem zien.")
@click.option("--email", required=True, help="Het e-mailadres waarmee iemand inlogt.")
@click.option("--adviser-kind", type=click.Choice(["intern", "extern"]), help="Alleen voor een vertrouwenspersoon.")
@click.password_option(help="Het eerste wachtwoord; wordt gevraagd.")
def create(name: str, email: str, adviser_kind: str | None, password: str) -> None:
    """Maak een persoon. De herstelcode staat alleen nu op het scherm."""
    with _installation() as app:
        made = people.create(app, name=name, email=email, password=password, adviser_kind=adviser_kind)
    click.echo(f"{name} kan inloggen met {email}.\nHerstelcode (wordt één keer getoond): {made.recovery_code}")


@command.command("appoint")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--board", required=True, help="De naam van het bestuur; wordt gemaakt als het er niet is.")
@click.option("--school", default=None, help="De naam van de school; zonder school geldt de rol voor het hele bestuur.")
def appoint(email: str, role: str, board: str, school: str | None) -> None:
    """Geef iemand een rol. Dit staat in het logboek van de server, niet in dat van een zaak."""
    with _installation() as app:
        appointing.install(app, email=email, role=Role(role), board=board, school=school)
    click.echo(f"{email} is nu {role} bij {school or board}.")


@command.command("change")
@click.argument("email")
@click.option("--name", default=None, help="De nieuwe naam.")
@click.option("--new-email", default=None, help="Het nieuwe adres, waarmee hij voortaan inlogt.")
def change(email: str, name: str | None, new_email: str | None) -> None:
    """Geef iemand een andere naam of een ander adres, ook wie bij meer besturen hoort. Hij hoort het op beide adressen."""
    with _installation() as app:
        changing.change_on_host(app, email, name=name, new_email=new_email)
    click.echo(f"{new_email or email} is gewijzigd.")


@command.command("token")
@click.argument("email")
@click.option("--scope", type=click.Choice(tokens.SCOPES), default=tokens.READ, show_default=True, help="write mag ook lezen.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="De laatste dag, zoals 2026-12-31.")
def token(email: str, scope: str, until: datetime) -> None:
    """Maak een token, waarmee een programma namens iemand werkt. Het staat alleen nu op het scherm."""
    with _installation() as app:
        click.echo(tokens.create_on_host(app, email, scope=scope, last_day=until.date()))


@command.command("revoke-token")
@click.argument("email")
@click.argument("mark")
def revoke_token(email: str, mark: str) -> None:
    """Trek een token in. Het kenmerk (MARK) staat in het token, tussen de streepjes: vr_KENMERK_…"""
    with _installation() as app:
        tokens.revoke_on_host(app, email, mark)
    click.echo(f"Het token {mark} geldt niet meer.")


@contextmanager
def _installation() -> Iterator[App]:
    """The installation of these settings, for one command; what it refuses is said in words."""
    try:
        app = bootstrap.create(settings.load())
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield app
    except DomainError as error:
        raise click.ClickException(_words(error)) from error
    finally:
        app.database.close()


def _words(error: DomainError) -> str:
    fields = getattr(error, "fields", {})
    return " ".join(fields.values()) if fields else error.text
