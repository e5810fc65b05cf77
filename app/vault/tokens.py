"""Bearer tokens, with which programs act for a person. A token opens nothing sealed; only a hash of it is stored."""

import base64
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

from app.vault.envelope import KEY_BYTES, digest
from app.vault.errors import WrongSecret

#: A name that scanners for leaked secrets can look for, a mark to tell tokens apart by, and 256 random bits.
_TOKEN: Final = re.compile(r"vr_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token's text, to be shown once, and what to store of it."""

    text: str = field(repr=False)
    lookup_hash: bytes


def new_token(mark: str) -> NewToken:
    """A token that carries this mark of eight hexadecimal digits."""
    secret = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii").rstrip("=")
    text = f"vr_{mark}_{secret}"
    return NewToken(text, lookup_hash(text))


def lookup_hash(token: str) -> bytes:
    """By what the row of a token is found; with 256 random bits a quick hash does. Raises WrongSecret for no token of ours."""
    if _TOKEN.fullmatch(token) is None:
        raise WrongSecret("not a token")
    return digest("vr1 token", token.encode("ascii"))


def request_digest(token: str, request: bytes) -> bytes:
    """A hash of a request under its token, which is stored nowhere: whoever reads it cannot test a guess of what was sent."""
    return digest("vr1 request", request, key=digest("vr1 request key", token.encode("ascii")))
