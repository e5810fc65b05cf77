"""Settings: frozen, read once from the environment. A missing secret stops the start."""

import os
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class SettingsError(Exception):
    """A setting is missing or wrong; the text says which and how to give it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of an installation. Secrets never show in a repr."""

    database_url: str
    #: Signs cookies of forms. At least 32 bytes, base64.
    secret_key: bytes = field(repr=False)
    #: Mixed into every password's key; kept outside the database.
    pepper: bytes = field(repr=False)
    #: `id:base64 id:base64 …`: seal facts and states at rest; the first writes, all read.
    server_keys: str = field(repr=False)
    ledger: Path
    #: What links in mail begin with; never taken from a request.
    base_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    processes: Path = Path("processes")
    forms: Path = Path("forms")
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_from: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = True
    #: Whether cookies are sent over https only; off only on the loopback address.
    secure_cookies: bool = True


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingsError naming each variable that is missing or wrong.

    Every secret may also be given as a file: `SECRET_KEY_FILE` and so on.
    """
    base_url = environ.get("BASE_URL", "http://127.0.0.1:8000")
    smtp_host = environ.get("SMTP_HOST", "")
    return Settings(
        database_url=_text(environ, "DATABASE_URL"),
        secret_key=_secret(environ, "SECRET_KEY"),
        pepper=_secret(environ, "PEPPER"),
        server_keys=_text(environ, "SERVER_KEYS"),
        ledger=Path(_text(environ, "LEDGER")),
        base_url=base_url.rstrip("/"),
        demo=_flag(environ, "DEMO"),
        processes=Path(environ.get("PROCESSES", "processes")),
        forms=Path(environ.get("FORMS", "forms")),
        smtp_host=smtp_host,
        smtp_port=_number(environ, "SMTP_PORT", 25),
        smtp_from=_text(environ, "SMTP_FROM", default=None if smtp_host else ""),
        smtp_user=environ.get("SMTP_USER", ""),
        smtp_password=_text(environ, "SMTP_PASSWORD", default=""),
        smtp_starttls=_flag(environ, "SMTP_STARTTLS", default=True),
        secure_cookies=base_url.startswith("https://"),
    )


def _text(environ: Mapping[str, str], name: str, *, default: str | None = None) -> str:
    if name in environ:
        return environ[name]
    if f"{name}_FILE" in environ:
        return Path(environ[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    if default is None:
        raise SettingsError(f"De instelling {name} ontbreekt. Geef {name} of {name}_FILE.")
    return default


def _secret(environ: Mapping[str, str], name: str) -> bytes:
    return _decode(name, _text(environ, name))


def _decode(name: str, text: str) -> bytes:
    try:
        secret = b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise SettingsError(f"De instelling {name} is geen base64.") from error
    if len(secret) != 32:  # noqa: PLR2004 - the size of every key here
        raise SettingsError(f"De instelling {name} moet 32 bytes in base64 zijn.")
    return secret


def _flag(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    text = environ.get(name, "ja" if default else "nee")
    if text not in ("ja", "nee"):
        raise SettingsError(f"De instelling {name} moet ja of nee zijn, niet {text!r}.")
    return text == "ja"


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        raise SettingsError(f"De instelling {name} moet een getal zijn, niet {text!r}.")
    return int(text)
