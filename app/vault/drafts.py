"""Drafts: what somebody has typed and not sent, sealed to him alone."""

import json
from collections.abc import Mapping

from app.vault.envelope import PrivateKey, PublicKey, bind, pad, seal_to, unpad, unseal


def seal_draft(task: str, author: str, author_public: PublicKey, content: Mapping[str, str]) -> bytes:
    """Texts by field key, padded and sealed to their author. Raises Tampered when the public key is not usable."""
    return seal_to(author_public, pad(json.dumps(dict(content)).encode("ascii")), bind("draft", task, author))


def open_draft(task: str, author: str, private: PrivateKey, sealed: bytes) -> dict[str, str]:
    """Texts by field key. Raises Tampered for another person, another task, or when one bit changed."""
    content: dict[str, str] = json.loads(unpad(unseal(private, sealed, bind("draft", task, author))))
    return content
