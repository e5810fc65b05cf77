"""The command `veilige-route publish`: what somebody on the host publishes, and what he cannot."""

import json
import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import bootstrap, settings
from app.cli import main
from app.storage.tables import ProcedureVersion
from tests.rules.repository import ROOT

SECRET = b64encode(bytes(32)).decode("ascii")
FORM, QUESTION = "mediation/arrange_mediator.form", "mediation_arrangements"


@pytest.fixture
def forms(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of forms that may be changed, of an installation that the command finds in its environment."""
    forms = shutil.copytree(ROOT / "forms", tmp_path / "forms")
    values = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}
    more = {"LEDGER": str(tmp_path / "ledger"), "PROCESSES": str(ROOT / "processes"), "FORMS": str(forms)}
    for name, value in {**values, **more}.items():
        monkeypatch.setenv(name, value)
    return forms


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["publish", *arguments])


def versions(result: Result) -> dict[str, int]:
    return {one["procedure"]: one["version"] for one in json.loads(result.output)}


def test_what_changed_gets_a_number_and_a_reason_and_all_else_keeps_its_own(forms: Path) -> None:
    first = versions(run("--json"))
    assert set(first.values()) == {1}
    changed = forms / FORM
    changed.write_text(changed.read_text(encoding="utf-8").replace("Hoeveel", "Hoe veel", 1), encoding="utf-8")
    assert versions(run("--json", "--why", "De vraag was onduidelijk.")) == {**first, "mediation": 2}
    app = bootstrap.create(settings.load())
    with app.database.read() as tx:
        row = tx.get_one(ProcedureVersion, app.versions.current(tx, "mediation").id)
    assert (row.number, row.why, row.published_by) == (2, "De vraag was onduidelijk.", None)
    app.database.close()


def test_what_was_confidential_stays_so_and_then_nothing_is_published(forms: Path) -> None:
    assert run("mediation").exit_code == 0
    form = json.loads((forms / FORM).read_text(encoding="utf-8"))
    for section in form["components"]:
        for part in section.get("components", ()):
            if part.get("key") == QUESTION:
                answers = [{"value": word.lower(), "label": word} for word in ("Ja", "Nee")]
                part |= {"type": "radio", "values": answers, "properties": {"store": "fact"}}
    (forms / FORM).write_text(json.dumps(form), encoding="utf-8")
    refused = run("measures", "mediation")
    assert (refused.exit_code, "was vertrouwelijk in versie 1 van Bemiddeling" in refused.output) == (1, True)
    assert versions(run("--json", "measures")) == {"measures": 1}
    assert run("--why", "x" * 2001, "measures").exit_code == 2
    assert run("nothing").exit_code == 2
