"""The settings of a demo installation: secrets made once, kept in `var/` beside the demo database."""

import json
import secrets
from base64 import b64encode
from pathlib import Path

from app.settings import Settings, load


def demo_settings(var: Path, port: int, database_url: str | None) -> Settings:
    """The settings of the demo in this folder; its secrets are made at the first start and readable by their owner alone."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = var / "demo-secrets.json"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps(_secrets()), encoding="utf-8")
    environ: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return load(
        environ
        | {
            "DATABASE_URL": database_url or f"sqlite:///{(var / 'demo.db').resolve()}",
            "LEDGER": str(var / "ledger.jsonl"),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "DEMO": "ja",
        }
    )


def _secrets() -> dict[str, str]:
    def key() -> str:
        return b64encode(secrets.token_bytes(32)).decode("ascii")

    return {"SECRET_KEY": key(), "PEPPER": key(), "SERVER_KEYS": f"k1:{key()}"}
