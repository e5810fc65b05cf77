"""What somebody keeps for himself, sealed to him alone: a draft, the name of a view, why a task waits."""

import json
from collections.abc import Mapping
from typing import Literal

from app.vault.envelope import PrivateKey, PublicKey, bind, pad, seal_to, unpad, unseal

Kind = Literal["draft", "view", "put_off"]


def seal_own(kind: Kind, row: str, owner: str, public: PublicKey, content: Mapping[str, str]) -> bytes:
    """Texts by key, padded and sealed to their owner. `kind` and `row` are where they stand. Raises Tampered for a wrong key."""
    return seal_to(public, pad(json.dumps(dict(content)).encode("ascii")), bind(kind, row, owner))


def open_own(kind: Kind, row: str, owner: str, private: PrivateKey, sealed: bytes) -> dict[str, str]:
    """Texts by key. Raises Tampered for another person, another place, or when one bit changed."""
    content: dict[str, str] = json.loads(unpad(unseal(private, sealed, bind(kind, row, owner))))
    return content
