"""The commands `veilige-route import` and `veilige-route export`, as a person and as a pipeline use them."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import bootstrap, settings
from app.cli import main
from app.domain.roles import Role
from app.services import appointing, people
from app.services.context import App
from app.storage.queries.studio import open_drafts
from tests.interchange.elsewhere import ROOT

SECRET = b64encode(bytes(32)).decode("ascii")
FOREIGN = ROOT / "tests" / "interchange" / "diagrams" / "bizagi.bpmn"
PIET = "piet@example.org"


@pytest.fixture
def backend() -> str:
    """The commands do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def app(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """An installation whose settings the commands find in their environment, with one process owner."""
    values = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}
    for name, value in {**values, "LEDGER": str(tmp_path / "ledger")}.items():
        monkeypatch.setenv(name, value)
    made = bootstrap.create(settings.load())
    people.create(made, name="Piet Vos", email=PIET, password="een zin van twaalf tekens", adviser_kind=None)
    appointing.install(made, email=PIET, role=Role.PROCESS_OWNER, board="Stichting De Linde", school=None)
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def drafts(app: App) -> set[str]:
    with app.database.read() as tx:
        return set(open_drafts(tx))


def test_what_is_exported_runs_elsewhere_and_comes_in_as_a_draft_of_somebody(app: App, tmp_path: Path) -> None:
    assert run("publish", "mediation").exit_code == 0
    bundle = tmp_path / "mediation.zip"
    told = run("export", "mediation", "-o", bundle, "--json")
    assert (told.exit_code, json.loads(told.output)["version"]) == (0, 1)
    first = bundle.read_bytes()
    assert run("export", "mediation", "-o", bundle).exit_code == 0
    assert bundle.read_bytes() == first
    dry = run("import", bundle, "--dry-run", "--json")
    assert (dry.exit_code, json.loads(dry.output)["runs"], json.loads(dry.output)["stored"], drafts(app)) == (
        0,
        True,
        False,
        set(),
    )
    stored = run("import", bundle, "--for", PIET)
    assert (stored.exit_code, stored.output.splitlines()[-1]) == (0, "Bewaard als concept van mediation.")
    assert drafts(app) == {"mediation"}
    again = run("import", bundle, "--for", PIET)
    assert (again.exit_code, "Er is al een concept" in again.output) == (2, True)


def test_a_diagram_of_elsewhere_is_explained_and_kept_under_a_name(app: App) -> None:
    dry = run("import", FOREIGN, "--dry-run")
    assert dry.exit_code == 1
    assert "Lijst nakijken (handmatige taak): draait hier niet" in dry.output
    assert "Maak er een gebruikerstaak van" in dry.output
    stored = run("import", FOREIGN, "--for", PIET, "--key", "absence", "--json")
    assert (stored.exit_code, json.loads(stored.output)["stored"], drafts(app)) == (1, True, {"absence"})


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", FOREIGN), 2),
        (("import", "nothing.bpmn", "--dry-run"), 2),
        (("import", FOREIGN, "--for", "nobody@example.org"), 2),
        (("import", FOREIGN, "--for", PIET, "--key", "Niet Zo"), 2),
        (("export", "nothing"), 1),
        (("export", "mediation", "--version", "0"), 2),
        (("export", "mediation", "--version", "9"), 1),
    ],
)
def test_wrong_use_is_told_and_nothing_is_stored(app: App, arguments: tuple[str | Path, ...], code: int) -> None:
    refused = run(*arguments)
    assert (refused.exit_code, drafts(app)) == (code, set())
    assert "Traceback" not in refused.output


def test_whoever_does_not_draw_gets_no_draft_and_is_named(app: App) -> None:
    people.create(app, name="Sanne", email="sanne@example.org", password="een zin van twaalf tekens", adviser_kind=None)
    refused = run("import", FOREIGN, "--for", "sanne@example.org", "--json")
    assert (refused.exit_code, refused.stdout, drafts(app)) == (2, "", set())
    assert "sanne@example.org tekent geen procedures. Noem het e-mailadres van een proceseigenaar." in refused.stderr


def test_explaining_needs_no_secret_and_no_database(tmp_path: Path) -> None:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = [sys.executable, "-c", "from app.cli import main; main()", "import", "--dry-run", str(FOREIGN)]
    done = subprocess.run(code, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    assert (done.returncode, done.stderr) == (1, "")
