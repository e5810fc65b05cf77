"""The server's own keys: facts, engine states and passed elements at rest. They open no file of any case.

A sealed value is text, `vr1:xc20p:<key id>:<base64>`, because engine states live in TEXT columns.
"""

import base64
import re
from dataclasses import dataclass, field

from app.vault.envelope import KEY_BYTES, bind, lock, pad, unlock, unpad
from app.vault.errors import Tampered

_KEY_ID = re.compile(r"[a-z0-9-]{1,16}")
_FORMAT = "vr1:xc20p"


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """Keys by id, 32 bytes each. The first one seals; all of them open, so that a key can be replaced without a stop."""

    keys: dict[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("a server key is needed")
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES:
                raise ValueError("a server key has an id of a-z, 0-9 or '-' and 32 bytes")

    @classmethod
    def parse(cls, text: str) -> "ServerKeys":
        """Keys from a setting `id:base64 id:base64 …`, the one that seals first. Raises ValueError, without the text in it."""
        keys: dict[str, bytes] = {}
        for item in text.split():
            key_id, _, encoded = item.partition(":")
            if key_id in keys:
                raise ValueError("two server keys have the same id")
            try:
                keys[key_id] = base64.b64decode(encoded, altchars=b"-_", validate=True)
            except ValueError:
                raise ValueError("a server key is not URL-safe base64") from None
        return cls(keys)

    def seal(self, purpose: str, row: str, content: bytes) -> str:
        """Content bound to what it is for and the row it stands in, padded, under the first key."""
        key_id, key = next(iter(self.keys.items()))
        locked = lock(key, pad(content), bind(f"server {purpose}", row, key_id))
        return f"{_FORMAT}:{key_id}:{base64.urlsafe_b64encode(locked).decode('ascii')}"

    def open(self, purpose: str, row: str, sealed: str) -> bytes:
        """What `seal` hid. Raises Tampered for another purpose or row, an unknown key or format, or when one bit changed."""
        start, _, encoded = sealed.rpartition(":")
        version, _, key_id = start.rpartition(":")
        if version != _FORMAT or key_id not in self.keys:
            raise Tampered("unknown format or server key")
        try:
            locked = base64.b64decode(encoded, altchars=b"-_", validate=True)
        except ValueError as error:
            raise Tampered("not base64") from error
        if base64.urlsafe_b64encode(locked).decode("ascii") != encoded:
            raise Tampered("not our spelling of base64")  # unused bits at its end could carry a change unseen
        return unpad(unlock(self.keys[key_id], locked, bind(f"server {purpose}", row, key_id)))

    def outdated(self, sealed: str) -> bool:
        """Whether a value should be sealed again because its key is no longer the first."""
        return not sealed.startswith(f"{_FORMAT}:{next(iter(self.keys))}:")
