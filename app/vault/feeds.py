"""The secret part of the address of a calendar. It opens nothing sealed; only a hash of it is stored."""

import base64
import re
import secrets
from typing import Final

from app.vault.envelope import KEY_BYTES, digest
from app.vault.errors import WrongSecret
from app.vault.tokens import NewToken

#: 256 random bits.
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def new_feed() -> NewToken:
    """A new secret, and what to store of it."""
    text = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii").rstrip("=")
    return NewToken(text, lookup_hash(text))


def lookup_hash(secret: str) -> bytes:
    """By what the row of a feed is found. Raises WrongSecret for no secret of ours."""
    if _SECRET.fullmatch(secret) is None:
        raise WrongSecret("not a feed")
    return digest("vr1 agenda", secret.encode("ascii"))


def content_hash(content: bytes) -> bytes:
    """A name for exactly this content."""
    return digest("vr1 agenda text", content)
