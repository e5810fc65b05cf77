"""`veilige-route verify-log`: whether anybody tampered with the histories of cases. Needs database and ledger, no secret."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from app.storage.database import Database
from app.storage.verify import verify


@click.command("verify-log")
@click.option("--database", "url", envvar="DATABASE_URL", required=True, help="De database (anders DATABASE_URL).")
@click.option("--ledger", envvar="LEDGER", required=True, type=click.Path(path_type=Path), help="Het grootboek (anders LEDGER).")
@click.option("--json", "as_json", is_flag=True, help='Een lijst van {"trouble", "case", "seq", "text"}; leeg als alles klopt.')
def command(url: str, ledger: Path, as_json: bool) -> None:
    """Controleer of de geschiedenis van zaken nog is wat er geschreven werd."""
    database = Database(url)
    with database.read() as tx:
        problems = verify(tx, ledger)
    database.close()
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems]))
    elif not problems:
        click.echo("De geschiedenis van alle zaken klopt.")
    else:
        for problem in problems:
            click.echo(f"Zaak {problem.case}: {problem.text}" if problem.case else problem.text)
    if problems:
        raise SystemExit(1)
