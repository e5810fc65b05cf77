"""`veilige-route worker` as somebody starts it on a host."""

import os
import signal
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from time import sleep

from click.testing import CliRunner

from app.cli import main

KEY = b64encode(bytes(32)).decode("ascii")


def environment(folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'worker.db'}",
        "LEDGER": str(folder / "ledger.jsonl"),
        "SECRET_KEY": KEY,
        "PEPPER": KEY,
        "SERVER_KEYS": f"k1:{KEY}",
    }


def test_it_works_until_it_is_told_to_stop(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from app.cli import main; main()", "worker"]
    env = os.environ | environment(tmp_path)
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        for _ in range(600):
            if (tmp_path / "ledger.jsonl").exists():
                break
            sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert len((tmp_path / "ledger.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_what_is_missing_is_said_before_anything_is_done(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["worker"], env=environment(tmp_path) | {"SMTP_HOST": "mail.example"})
    assert result.exit_code == 1
    assert "De instelling SMTP_FROM ontbreekt" in result.output
    assert not (tmp_path / "worker.db").exists()


def test_a_demo_has_a_command_of_its_own(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["worker"], env=environment(tmp_path) | {"DEMO": "ja"})
    assert result.exit_code == 1
    assert "veilige-route demo" in result.output
