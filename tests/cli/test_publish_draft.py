"""The command `veilige-route publish --draft`: a draft goes out when nothing is missing, and not a moment sooner."""

import json
from base64 import b64encode

import pytest
from click.testing import CliRunner

from app.cli import main
from app.demo.play import Player
from tests.services.studio.acting import KEY, WHY, ask, decide, draw, prove, published

SECRET = b64encode(bytes(32)).decode("ascii")
SECRETS = {"SECRET_KEY": SECRET, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["publish", "--draft", *arguments])
    return done.exit_code, done.output


def test_the_command_publishes_a_draft_that_was_proved_and_reviewed(
    player: Player, world_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**SECRETS, "DATABASE_URL": world_url, "LEDGER": str(player.app.settings.ledger)}.items():
        monkeypatch.setenv(name, value)
    code, output = run(KEY)
    assert (code, f"Van {KEY} is er geen concept." in output) == (2, True)
    assert (run()[0], run(KEY, "--why", "Zomaar.")[0]) == (2, 2)
    draw(player)
    code, output = run(KEY)
    assert (code, "nog niet doorlopen" in output, "Vraag een beoordeling" in output) == (1, True, True)
    prove(player)
    ask(player)
    assert run(KEY)[0] == 1
    decide(player, "marijke")
    assert run(KEY, "meldplicht")[0] == 2
    assert published(player).number == 1
    code, output = run(KEY, "--json")
    assert (code, json.loads(output)) == (0, [{"procedure": KEY, "version": 2}])
    row = published(player)
    assert (row.why, row.published_by, row.reviewed_by) == (WHY, None, player.places.people["marijke"])
    assert run(KEY)[0] == 2
