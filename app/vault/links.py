"""The secret part of a link that works once, such as that of an invitation; only a hash of it is stored."""

import base64
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

from app.vault.envelope import KEY_BYTES, digest
from app.vault.errors import WrongSecret

_LINK: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class NewLink:
    """The secret part of a link, 256 random bits, and what to store of it."""

    text: str = field(repr=False)
    lookup_hash: bytes


def new_link() -> NewLink:
    """A fresh one."""
    text = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii").rstrip("=")
    return NewLink(text, lookup_hash(text))


def lookup_hash(text: str) -> bytes:
    """By what the row of a link is found. Raises WrongSecret for what is no link of ours."""
    if _LINK.fullmatch(text) is None:
        raise WrongSecret("not a link")
    return digest("vr1 link", text.encode("ascii"))
