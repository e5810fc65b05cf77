"""The key pair of one person, wrapped by his password and by his printed recovery code."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.vault.envelope import PrivateKey, PublicKey, bind, digest, lock, new_pair, public_of, unlock
from app.vault.errors import Tampered, WrongSecret

#: 32 characters that nobody misreads: no 0 and O, no 1 and I.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUP = 4
_RECOVERY_CHARACTERS = 32  # 5 bits each: 160 bits, so no slow derivation is needed
_FINGERPRINT_CHARACTERS = 20  # 100 bits


@dataclass(frozen=True, slots=True)
class StoredKeys:
    """What is stored: which pair of this person it is (1, 2, …), its public half, and its private half wrapped twice."""

    version: int
    public: PublicKey
    by_password: bytes
    by_recovery: bytes


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A fresh pair or code: the row to store, the private half for this session, the code to print once."""

    stored: StoredKeys
    private: PrivateKey = field(repr=False)
    recovery_code: str = field(repr=False)


def new_keys(person: str, wrapping_key: bytes, *, version: int = 1) -> NewKeys:
    """A first key pair, or with the next version a pair after a reset: what was sealed to the former pair stays closed."""
    public, private = new_pair()
    by_password = lock(wrapping_key, private, _context("by password", person, version, public))
    return rotate_recovery(person, StoredKeys(version, public, by_password, b""), private)


def unwrap_with_password(person: str, stored: StoredKeys, wrapping_key: bytes) -> PrivateKey:
    """The private key. Raises WrongSecret when the key does not fit or the row was changed."""
    return _unwrap(wrapping_key, stored.by_password, _context("by password", person, stored.version, stored.public))


def unwrap_with_recovery(person: str, stored: StoredKeys, code: str) -> PrivateKey:
    """The private key. Raises WrongSecret when the code does not fit. After this, `rotate_recovery` and `rewrap`."""
    context = _context("by recovery", person, stored.version, stored.public)
    return _unwrap(_recovery_key(code), stored.by_recovery, context)


def rewrap(person: str, stored: StoredKeys, private: PrivateKey, wrapping_key: bytes) -> StoredKeys:
    """The row after a new password. Raises Tampered when the private key is not the one of this row."""
    _check_pair(stored, private)
    context = _context("by password", person, stored.version, stored.public)
    return replace(stored, by_password=lock(wrapping_key, private, context))


def rotate_recovery(person: str, stored: StoredKeys, private: PrivateKey) -> NewKeys:
    """A new recovery code; the former one opens nothing any more. Raises Tampered when the private key is not of this row."""
    _check_pair(stored, private)
    code = _grouped(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_CHARACTERS))
    context = _context("by recovery", person, stored.version, stored.public)
    return NewKeys(replace(stored, by_recovery=lock(_recovery_key(code), private, context)), private, code)


def fingerprint(public: PublicKey) -> str:
    """Five groups of four characters by which two people compare a public key aloud."""
    number = int.from_bytes(digest("vr1 fingerprint", public), "big")
    return _grouped(_ALPHABET[(number >> 5 * place) & 31] for place in range(_FINGERPRINT_CHARACTERS))


def _context(wrapped: str, person: str, version: int, public: PublicKey) -> bytes:
    return bind(f"private key {wrapped}", person, str(version), public)


def _unwrap(key: bytes, wrapped: bytes, context: bytes) -> PrivateKey:
    try:
        return PrivateKey(unlock(key, wrapped, context))
    except Tampered as error:
        raise WrongSecret("does not open the private key") from error


def _check_pair(stored: StoredKeys, private: PrivateKey) -> None:
    if public_of(private) != stored.public:
        raise Tampered("the private key belongs to another public key")


def _recovery_key(code: str) -> bytes:
    typed = "".join(code.upper().replace("-", " ").split())
    return digest("vr1 recovery", typed.encode("utf-8", "surrogatepass"))


def _grouped(characters: Iterable[str]) -> str:
    text = "".join(characters)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
