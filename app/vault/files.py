"""Sealed files of a case: epochs, who may read them, and their entries.

An epoch is one key pair of a file. Its secret is granted to each person who may read; when somebody leaves, a new epoch starts
without him. An entry has a key of its own, sealed to its epoch's public key, so that writing needs no secret.
Removing `sealed_key` (or all grants of an epoch) destroys an entry for good, wherever its ciphertext still lies.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.vault.envelope import (
    KEY_BYTES,
    PrivateKey,
    PublicKey,
    bind,
    digest,
    lock,
    new_pair,
    pad,
    public_of,
    same,
    seal_to,
    unlock,
    unpad,
    unseal,
)
from app.vault.errors import NotAReader, Tampered


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch (1, 2, …) of one file of one case, with its public key. Whatever is sealed to it is bound to these."""

    case: str
    file: str
    number: int
    public: PublicKey

    def bound(self) -> tuple[str, str, str]:
        """Its part of a context. The public key needs no place in it: no secret but its own opens what it sealed."""
        return (self.case, self.file, str(self.number))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its epoch, its own id, its author and the form it answers."""

    epoch: Epoch
    entry: str
    author: str
    form: str

    def context(self, purpose: str) -> bytes:
        """The associated data of this place for one purpose."""
        return bind(purpose, *self.epoch.bound(), self.entry, self.author, self.form)


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """What is stored of an entry. `commitment` also goes to the event: salted inside, it says nothing about the content."""

    sealed_key: bytes
    ciphertext: bytes
    commitment: bytes


def new_epoch(case: str, file: str, number: int) -> tuple[Epoch, PrivateKey]:
    """A fresh key pair for a file. Grant the secret to every reader, then forget it."""
    public, secret = new_pair()
    return Epoch(case, file, number, public), secret


def grant(epoch: Epoch, secret: PrivateKey, reader: str, reader_public: PublicKey) -> bytes:
    """The epoch's secret sealed to one person. Raises Tampered when the secret is not this epoch's, or the key not usable."""
    _check_pair(epoch, secret)
    return seal_to(reader_public, secret, _grant_context(epoch, reader))


def open_grant(epoch: Epoch, private: PrivateKey, reader: str, sealed: bytes) -> PrivateKey:
    """The epoch's secret. Raises NotAReader when it was not sealed to this person's key, at this epoch, or was changed;
    Tampered when the epoch's public key is not the one that belongs to the secret.
    """
    try:
        secret = PrivateKey(unseal(private, sealed, _grant_context(epoch, reader)))
    except Tampered as error:
        raise NotAReader("no grant for this person at this epoch") from error
    _check_pair(epoch, secret)
    return secret


def seal_entry(place: Place, content: Mapping[str, str]) -> SealedEntry:
    """Texts by field key, padded and sealed to the epoch of their place. Raises Tampered when its public key is not usable."""
    salt = secrets.token_bytes(KEY_BYTES)
    return _seal(place, salt + json.dumps(dict(content)).encode("ascii"))


def open_entry(place: Place, secret: PrivateKey, sealed: SealedEntry) -> dict[str, str]:
    """Texts by field key. Raises Tampered for another place, another epoch's secret, or when one bit changed."""
    texts: dict[str, str] = json.loads(_open(place, secret, sealed)[KEY_BYTES:])
    return texts


def reseal_entry(place: Place, secret: PrivateKey, sealed: SealedEntry, new_place: Place) -> SealedEntry:
    """The same entry at another place, with a new key; its commitment stays. Raises Tampered as `open_entry` does."""
    return _seal(new_place, _open(place, secret, sealed))


def _seal(place: Place, salted: bytes) -> SealedEntry:
    key = secrets.token_bytes(KEY_BYTES)
    return SealedEntry(
        sealed_key=seal_to(place.epoch.public, key, place.context("entry key")),
        ciphertext=lock(key, pad(salted), place.context("entry")),
        commitment=_commitment(salted),
    )


def _open(place: Place, secret: PrivateKey, sealed: SealedEntry) -> bytes:
    _check_pair(place.epoch, secret)
    key = unseal(secret, sealed.sealed_key, place.context("entry key"))
    salted = unpad(unlock(key, sealed.ciphertext, place.context("entry")))
    if not same(_commitment(salted), sealed.commitment):
        raise Tampered("not the content that was committed to")
    return salted


def _commitment(salted: bytes) -> bytes:
    """Binding because BLAKE2b resists collisions; hiding because its 32 random bytes of salt lie inside the seal."""
    return digest("vr1 commitment", salted)


def _grant_context(epoch: Epoch, reader: str) -> bytes:
    return bind("grant", *epoch.bound(), reader)


def _check_pair(epoch: Epoch, secret: PrivateKey) -> None:
    if public_of(secret) != epoch.public:
        raise Tampered("the epoch's public key belongs to another secret")
