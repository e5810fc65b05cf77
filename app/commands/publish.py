"""`veilige-route publish`: freeze what the catalogue or a draft holds as the version that new cases start with."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from app import bootstrap, settings
from app.catalogue import CatalogueError, load
from app.domain.errors import NotFound
from app.services.context import App
from app.services.publishing import MAX_WHY, publish_all
from app.services.studio.publishing import NotReady, publish_on_host

_NO_WHY: Final = "Waarom staat al bij de beoordeling van een concept: laat --why weg."
_WHICH: Final = "Zeg van welke procedures je het concept wilt publiceren."


@click.command("publish")
@click.argument("keys", nargs=-1, metavar="[PROCEDURE]...")
@click.option(
    "--draft", is_flag=True, help="Het concept uit de studio, als er niets aan ontbreekt: doorlopen, gespeeld, beoordeeld."
)
@click.option("--why", metavar="TEKST", help="Waarom; dit staat bij de versie. Nooit iets over een zaak.")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"procedure", "version"}.')
def command(keys: tuple[str, ...], draft: bool, why: str | None, as_json: bool) -> None:
    """Publiceer procedures (zonder namen: alle), alles of niets. Lopende zaken houden hun versie.

    0: gepubliceerd; 1: niet, met wat er nog ontbreekt; 2: verkeerd gebruik.
    """
    try:
        loaded = settings.load()
        numbers = _drafts(loaded, keys, why) if draft else _files(loaded, keys, why)
    except (settings.SettingsError, CatalogueError) as error:
        raise click.ClickException(str(error)) from error
    done = [{"procedure": key, "version": number} for key, number in numbers.items()]
    click.echo(
        json.dumps(done) if as_json else "\n".join(f"{d['procedure']}: versie {d['version']} is gepubliceerd." for d in done)
    )


def _drafts(loaded: settings.Settings, keys: tuple[str, ...], why: str | None) -> dict[str, int]:
    """Publish drafts of the studio; gives the number of each."""
    if why is not None or not keys:
        raise click.UsageError(_NO_WHY if keys else _WHICH)
    wanted = tuple(dict.fromkeys(keys))
    with _installation(loaded) as app:
        try:
            return dict(zip(wanted, publish_on_host(app, wanted), strict=True))
        except NotFound as error:
            raise click.UsageError(error.text) from error
        except NotReady as error:
            raise click.ClickException(error.text) from error


def _files(loaded: settings.Settings, keys: tuple[str, ...], why: str | None) -> dict[str, int]:
    """Publish what the folders of the installation hold; gives the number of each."""
    procedures = load(loaded.processes, loaded.forms).procedures
    unknown = set(keys) - set(procedures)
    if unknown:
        raise click.UsageError(f"Deze procedures zijn er niet: {', '.join(sorted(unknown))}.")
    if why is not None and len(why) > MAX_WHY:
        raise click.UsageError(f"De reden is te lang: hoogstens {MAX_WHY} tekens.")
    wanted = tuple(dict.fromkeys(keys)) or sorted(procedures)
    with _installation(loaded) as app:
        return dict(zip(wanted, publish_all(app, [procedures[key] for key in wanted], why=why), strict=True))


@contextmanager
def _installation(loaded: settings.Settings) -> Iterator[App]:
    app = bootstrap.create(loaded)
    try:
        yield app
    finally:
        app.database.close()
