"""`veilige-route import`: explains a diagram of any tool or a bundle, part by part, and stores it as a draft for somebody."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from app import bootstrap, settings
from app.catalogue import CatalogueError, load
from app.domain.bundle_file import MOST_BYTES
from app.domain.errors import DomainError
from app.domain.procedure import Procedure
from app.engine.explaining import Explanation, Verdict
from app.services.studio import bundles
from app.studio.importing import Looked, look

_ROOT: Final = Path(__file__).parents[2]
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.RUNS: "draait zoals het is",
    Verdict.NEEDS: "heeft nog iets nodig",
    Verdict.NOT_RUN: "draait hier niet",
}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Leg alleen uit. Er wordt niets bewaard; er is geen geheim en geen database nodig.")
@click.option("--for", "email", metavar="E-MAIL", help="De proceseigenaar voor wie het een concept wordt.")
@click.option("--key", default="", help="De naam van de procedure, voor een diagram; anders de id van het proces.")
@click.option("--json", "as_json", is_flag=True, help='{"procedure", "runs", "stored", "parts", "findings"}.')
@click.option("--processes", type=_FOLDER, default=_ROOT / "processes", help="Procedures waar een bundel naar mag verwijzen.")
@click.option("--forms", type=_FOLDER, default=_ROOT / "forms", help="De formulieren daarvan.")
@click.pass_context
def command(context: click.Context, /, file: Path, **options: object) -> None:
    """Leg uit wat van FILE (.bpmn of bundel) draait, wat er nog nodig is en wat je anders tekent; bewaar het als concept.

    0: alles draait; 1: niet, met uitleg; 2: verkeerd gebruik.
    """
    if not options["dry_run"] and not options["email"]:
        raise click.UsageError("Zeg met --for voor wie het een concept wordt, of vraag met --dry-run alleen om uitleg.")
    content = _read(file)
    if options["dry_run"]:
        looked, stored = look(content, file.name, _drawn(options), str(options["key"])), False
    else:
        looked, stored = _store(content, file.name, str(options["key"]), str(options["email"]))
    click.echo(
        json.dumps(_value(looked, stored), ensure_ascii=False) if options["as_json"] else "\n".join(_lines(looked, stored))
    )
    context.exit(0 if looked.explanation.runs else 1)


def _read(file: Path) -> bytes:
    """The bytes of a file, and one more than can be looked at when it is larger."""
    with file.open("rb") as source:
        return source.read(MOST_BYTES + 1)


def _drawn(options: Mapping[str, object]) -> Mapping[str, Procedure]:
    try:
        return load(Path(str(options["processes"])), Path(str(options["forms"]))).procedures
    except CatalogueError as error:
        raise click.ClickException(str(error)) from error


def _store(content: bytes, name: str, key: str, email: str) -> tuple[Looked, bool]:
    try:
        app = bootstrap.create(settings.load())
    except settings.SettingsError as error:
        raise click.ClickException(str(error)) from error
    try:
        with app.database.read() as tx:
            others = {known: one.procedure for known, one in app.versions.published(tx).items()}
        looked = look(content, name, others, key)
        if looked.can_be_drawn:
            bundles.store_on_host(app, email, looked.key, looked.files, looked.stories)
        return looked, looked.can_be_drawn
    except DomainError as error:
        fields = getattr(error, "fields", {})
        # Not 1, which says that the diagram was explained: nothing was.
        raise click.UsageError(" ".join(fields.values()) if fields else error.text) from error
    finally:
        app.database.close()


def _lines(looked: Looked, stored: bool) -> Iterator[str]:
    explanation = looked.explanation
    for part in explanation.parts:
        if part.notes:
            yield f"{part.file}:{part.id}:{part.name} ({part.kind}): {_WORDS[part.verdict]}"
            yield from (f"    {note.text}" for note in part.notes)
    yield from (f"{found.file}:{found.element_id}:{found.element_name}: {found.text}" for found in explanation.rest)
    if explanation.parts:
        runs = sum(part.verdict is Verdict.RUNS for part in explanation.parts)
        yield f"{runs} van {len(explanation.parts)} onderdelen draaien zoals ze zijn."
    yield f"Bewaard als concept van {looked.key}." if stored else "Er is niets bewaard."


def _value(looked: Looked, stored: bool) -> dict[str, object]:
    explanation: Explanation = looked.explanation
    return {
        "procedure": looked.key,
        "runs": explanation.runs,
        "stored": stored,
        "parts": [asdict(part) for part in explanation.parts],
        "findings": [asdict(found) for found in explanation.rest],
    }
