"""The command `veilige-route migrate`: what it moves, what stays, and how it ends."""

import json
from base64 import b64encode

import pytest
from click.testing import CliRunner

from app.cli import main
from app.demo.play import Player
from tests.services.committee import BOARD, committee_says
from tests.services.moved import publish_version, version_of
from tests.services.test_moving import DEFENCE

SECRET = b64encode(bytes(32)).decode("ascii")
SECRETS = {"SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}


def test_the_command_moves_what_can_and_says_what_stays(player: Player, world_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SECRETS, "DATABASE_URL": world_url, "LEDGER": str(player.app.settings.ledger)}.items():
        monkeypatch.setenv(name, value)
    number = committee_says(player, "formeel", tick=BOARD)
    other = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    version = publish_version(player, *DEFENCE)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["migrate", "committee", "--from", "1", *arguments])
        return done.exit_code, done.output

    code, output = run("--to", str(version), "--dry-run", "--json")
    assert (code, [line["outcome"] for line in json.loads(output)]) == (1, ["stays", "ready"])
    assert (version_of(player, number), version_of(player, other)) == (1, 1)
    code, output = run("--to", str(version))
    assert (code, "Stuur het verweer: blijft. ‘Stuur het verweer’ staat niet meer" in output) == (1, True)
    assert (version_of(player, number), version_of(player, other)) == (1, version)
    assert run("--to", "1")[0] == 2
    assert run("--to", str(version), "--map", "submit_defence")[0] == 2
    assert run("--to", str(version), "--map", "submit_defence=hearing")[0] == 2
    assert run("--to", str(version), "--map", "submit_defence=send_defence") == (0, "1. Stuur het verweer: verhuisd\n")
    assert version_of(player, number) == version
