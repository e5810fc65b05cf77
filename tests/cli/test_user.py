"""The command `veilige-route user`: tokens, as whoever manages the server makes and revokes them."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import bootstrap, settings
from app.cli import main
from app.clock import local_day
from app.domain.errors import DomainError
from app.services import tokens
from app.services.context import App

SECRET = b64encode(bytes(32)).decode("ascii")
EMAIL = "sanne@example.org"
TOMORROW = str(local_day(datetime.now(UTC)) + timedelta(days=1))


@pytest.fixture
def app(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """An installation whose settings the command finds in its environment, on each database in turn."""
    values = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}
    for name, value in {**values, "LEDGER": str(tmp_path / "ledger")}.items():
        monkeypatch.setenv(name, value)
    return bootstrap.create(settings.load())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["user", *arguments])


def test_a_token_is_made_and_revoked_on_the_host(app: App) -> None:
    created = run("create", "--name", "Sanne Bakker", "--email", EMAIL, "--password", "een zin van twaalf tekens")
    assert created.exit_code == 0
    made = run("token", EMAIL, "--scope", "write", "--until", TOMORROW)
    assert made.exit_code == 0
    token = made.output.strip()
    bearer = tokens.bearer(app, token, "127.0.0.1")
    assert (bearer.actor.email, bearer.may_write) == (EMAIL, True)
    assert run("revoke-token", EMAIL, token[3:11]).exit_code == 0
    with pytest.raises(DomainError):
        tokens.bearer(app, token, "127.0.0.1")
    again = run("revoke-token", EMAIL, token[3:11])
    assert (again.exit_code, "geen token met het kenmerk" in again.output) == (1, True)
    app.database.close()


def test_nobody_gets_a_token_who_is_not_there_or_for_a_day_that_is_past(app: App) -> None:
    unknown = run("token", EMAIL, "--until", TOMORROW)
    assert (unknown.exit_code, "Er is niemand met het e-mailadres" in unknown.output) == (1, True)
    assert run("token", EMAIL, "--until", "morgen").exit_code == 2
    app.database.close()


def test_a_name_and_an_address_are_changed_on_the_host(app: App) -> None:
    for name, email in (("Sanne Bakker", EMAIL), ("Ruben Smit", "ruben@example.org")):
        assert run("create", "--name", name, "--email", email, "--password", "een zin van twaalf tekens").exit_code == 0
    assert run("appoint", EMAIL, "administrator", "--board", "De Kring").exit_code == 0
    taken = run("change", EMAIL, "--new-email", "ruben@example.org")
    assert (taken.exit_code, "Er is al iemand met dit e-mailadres" in taken.output) == (1, True)
    assert run("change", EMAIL, "--name", "Sanne Bos", "--new-email", "Bos@example.org").exit_code == 0
    assert run("change", EMAIL, "--name", "Sanne").exit_code == 1
    assert run("token", "bos@example.org", "--until", TOMORROW).exit_code == 0
    app.database.close()
