"""Drafts: what somebody has typed and not sent, sealed to him alone."""

from collections.abc import Mapping

from app.vault.envelope import PrivateKey, PublicKey
from app.vault.own import open_own, seal_own


def seal_draft(task: str, author: str, author_public: PublicKey, content: Mapping[str, str]) -> bytes:
    """Texts by field key, padded and sealed to their author. Raises Tampered when the public key is not usable."""
    return seal_own("draft", task, author, author_public, content)


def open_draft(task: str, author: str, private: PrivateKey, sealed: bytes) -> dict[str, str]:
    """Texts by field key. Raises Tampered for another person, another task, or when one bit changed."""
    return open_own("draft", task, author, private, sealed)
