"""The command `veilige-route migrate`: what it moves, what stays, and how it ends."""

import json
from base64 import b64encode

import pytest
from click.testing import CliRunner

from app.cli import main
from app.demo.play import Player
from tests.services.committee import BOARD, committee_says, receive_advice
from tests.services.moved import SIX_WEEKS, publish_version, version_of
from tests.services.test_moving import DEFENCE

SECRET = b64encode(bytes(32)).decode("ascii")
SECRETS = {"SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}

LATER = "\n    Besluit over het advies: de laatste dag komt 11 dagen later\n"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["migrate", "committee", "--from", "1", *arguments])
    return done.exit_code, done.output


@pytest.fixture(autouse=True)
def installation(player: Player, world_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command finds in its environment."""
    for name, value in {**SECRETS, "DATABASE_URL": world_url, "LEDGER": str(player.app.settings.ledger)}.items():
        monkeypatch.setenv(name, value)


def test_the_command_moves_what_can_and_says_what_stays(player: Player) -> None:
    number = committee_says(player, "formeel", tick=BOARD)
    other = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    version = publish_version(player, *DEFENCE)
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


def test_the_command_says_what_changes_and_puts_back_what_lay_still(player: Player) -> None:
    number, busy = receive_advice(player), player.start("sanne", "committee", "start_with_adviser", "De Linde")
    version = str(publish_version(player, *SIX_WEEKS))
    code, output = run("--to", version, "--undo")
    assert (code, f"Van versie 1 naar versie {version} is niets verhuisd" in output) == (2, True)
    code, output = run("--to", version, "--terms", "recompute", "--dry-run", "--json")
    change = {"kind": "term_moved", "element": "board_response", "days": 11, "more": 0, "fewer": 0}
    assert [one["changes"] for one in json.loads(output) if one["changes"]] == [[{**change, "step": "Besluit over het advies"}]]
    code, output = run("--to", version, "--terms", "recompute")
    assert (code, LATER in output, version_of(player, number), version_of(player, busy)) == (0, True, 2, 2)
    assert run("--to", version, "--undo", "--dry-run")[0] == 2
    player.do("sanne", busy, "file_consent", file_consent="ja")
    code, output = run("--to", version, "--undo")
    assert (code, f": verhuisd, teruggezet{LATER}" in output) == (1, True)
    assert ": verhuisd, niet teruggezet. Na het verhuizen is er iets in gebeurd." in output
    assert (version_of(player, number), version_of(player, busy)) == (1, 2)
    assert run("--to", version, "--undo")[0] == 2
