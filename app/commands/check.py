"""`veilige-route check`: what is wrong with the diagrams and forms of a folder. Needs no secret and no database."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from app.catalogue import findings, load
from app.domain.procedure import Finding, Procedure, Severity
from app.engine.driving.drive import drive, handed_to
from app.engine.driving.found import Driven, DrivenFinding


@click.command("check")
@click.argument("given", nargs=-1, metavar="[PATH] [PROCEDURE]...")
@click.option("--forms", type=click.Path(file_okay=False, path_type=Path), help="De formulieren; anders de map forms naast PATH.")
@click.option("--driven", is_flag=True, help="Rijd de procedures ook door: alles wat er kan gebeuren. Dat duurt langer.")
@click.option("--json", "as_json", is_flag=True, help="Bevindingen voor een programma.")
@click.pass_context
def command(context: click.Context, given: tuple[str, ...], forms: Path | None, driven: bool, as_json: bool) -> None:
    """Controleer de diagrammen in PATH (anders de map processes) en hun formulieren: bestand:element:opschrift:zin.

    Met --driven worden de procedures ook doorgereden; noem er een of meer, anders alle.
    """
    path, keys = _meant(given, driven=driven)
    place = forms or path.resolve().parent / "forms"
    found = findings(path, place)
    # What has errors cannot be run.
    whole = driven and not any(one.severity is Severity.ERROR for one in found)
    drives = _drives(load(path, place).procedures, keys) if whole else {}
    if as_json:
        said = [asdict(one) for one in found]
        told = {key: one.as_json() for key, one in drives.items()}
        click.echo(json.dumps({"findings": said, "driven": told} if driven else said, ensure_ascii=False))
    else:
        click.echo("\n".join(map(_line, found)) or "Alle diagrammen en formulieren kloppen.")
        for key, one in drives.items():
            click.echo("\n".join(_told(key, one)))
    every: list[Finding | DrivenFinding] = [*found, *(finding for one in drives.values() for finding in one.findings)]
    wrong = any(one.severity is Severity.ERROR for one in every) or not all(one.complete for one in drives.values())
    context.exit(1 if wrong else 0)


def _meant(given: tuple[str, ...], *, driven: bool) -> tuple[Path, tuple[str, ...]]:
    """The folder, and the procedures that are named."""
    named = bool(given) and Path(given[0]).is_dir()
    path, keys = (Path(given[0]), given[1:]) if named else (Path("processes"), given)
    if keys and not driven:
        raise click.UsageError(f"De map {keys[0]} is er niet. Noem een map, of vraag met --driven om een procedure.")
    if not any(path.glob("*.bpmn")):
        raise click.UsageError(f"In {path} staat geen diagram (.bpmn).")
    return path, keys


def _drives(procedures: Mapping[str, Procedure], keys: tuple[str, ...]) -> dict[str, Driven]:
    unknown = [key for key in keys if key not in procedures]
    if unknown:
        raise click.UsageError(f"De procedure {unknown[0]} is er niet. Kies uit: {', '.join(sorted(procedures))}.")
    return {key: drive(procedures[key], handed=handed_to(key, procedures)) for key in keys or sorted(procedures)}


def _line(one: Finding | DrivenFinding) -> str:
    warning = " (waarschuwing)" if one.severity is Severity.WARNING else ""
    return f"{one.file}:{one.element_id}:{one.element_name}:{warning} {one.text}"


def _told(key: str, driven: Driven) -> Iterator[str]:
    yield f"{key}: doorgereden, {driven.states} toestanden."
    for one in driven.findings:
        yield _line(one)
        yield from (f"    {number}. {step.label}" for number, step in enumerate(one.path, 1))
    yield from driven.undecided
