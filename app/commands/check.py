"""`veilige-route check`: what is wrong with the diagrams and forms of a folder. Needs no secret and no database."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.catalogue import findings
from app.domain.procedure import Finding, Severity


@click.command("check")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("processes"))
@click.option("--forms", type=click.Path(file_okay=False, path_type=Path), help="De formulieren; anders de map forms naast PATH.")
@click.option("--json", "as_json", is_flag=True, help="Een lijst van bevindingen.")
@click.pass_context
def command(context: click.Context, path: Path, forms: Path | None, as_json: bool) -> None:
    """Controleer de diagrammen in PATH en hun formulieren: bestand:element:opschrift:zin."""
    if not any(path.glob("*.bpmn")):
        raise click.UsageError(f"In {path} staat geen diagram (.bpmn).")
    found = findings(path, forms or path.resolve().parent / "forms")
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        click.echo("\n".join(_line(one) for one in found) or "Alle diagrammen en formulieren kloppen.")
    context.exit(1 if any(one.severity is Severity.ERROR for one in found) else 0)


def _line(one: Finding) -> str:
    warning = " (waarschuwing)" if one.severity is Severity.WARNING else ""
    return f"{one.file}:{one.element_id}:{one.element_name}:{warning} {one.text}"
