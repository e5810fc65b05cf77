"""What a cookie opens. The cookie holds a lookup id, whose hash is stored, and a key, which never is.

A row without its cookie and a cookie without its row open nothing. Between the password and the second factor a half-open session
keeps the password's wrapping key; signing in fully makes a new session with a new cookie.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass, field

from app.vault.envelope import KEY_BYTES, PrivateKey, bind, digest, lock, unlock
from app.vault.errors import Tampered, WrongSecret

_LOOKUP_BYTES = 16
_HALF, _FULL = "half", "full"


@dataclass(frozen=True, slots=True)
class NewSession:
    """The cookie's value (64 URL-safe characters) for the browser; the two values to store, beside the person.

    When a session ends is the caller's: its row is deleted then.
    """

    cookie: str = field(repr=False)
    lookup_hash: bytes
    sealed: bytes


def half_open(person: str, wrapping_key: bytes) -> NewSession:
    """A session between the password and the second factor, or its enrolment."""
    return _new(person, _HALF, wrapping_key)


def new_session(person: str, private: PrivateKey) -> NewSession:
    """A session of somebody who has signed in."""
    return _new(person, _FULL, private)


def lookup_hash(cookie: str) -> bytes:
    """By what the row of a cookie is found. Raises WrongSecret when this is no cookie of ours."""
    return _hash(_split(cookie)[0])


def open_half(cookie: str, person: str, sealed: bytes) -> bytes:
    """The wrapping key of a half-open session. Raises WrongSecret when cookie and row do not belong together."""
    return _open(cookie, person, _HALF, sealed)


def open_session(cookie: str, person: str, sealed: bytes) -> PrivateKey:
    """The private key of a full session. Raises WrongSecret when cookie and row do not belong together."""
    return PrivateKey(_open(cookie, person, _FULL, sealed))


def _new(person: str, stage: str, secret: bytes) -> NewSession:
    lookup, key = secrets.token_bytes(_LOOKUP_BYTES), secrets.token_bytes(KEY_BYTES)
    cookie = base64.urlsafe_b64encode(lookup + key).decode("ascii")
    return NewSession(cookie, _hash(lookup), lock(key, secret, _context(person, stage, lookup)))


def _open(cookie: str, person: str, stage: str, sealed: bytes) -> bytes:
    lookup, key = _split(cookie)
    try:
        return unlock(key, sealed, _context(person, stage, lookup))
    except Tampered as error:
        raise WrongSecret("cookie and session do not belong together") from error


def _split(cookie: str) -> tuple[bytes, bytes]:
    try:
        raw = base64.b64decode(cookie.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise WrongSecret("not a session cookie") from error
    if len(raw) != _LOOKUP_BYTES + KEY_BYTES:
        raise WrongSecret("not a session cookie")
    return raw[:_LOOKUP_BYTES], raw[_LOOKUP_BYTES:]


def _hash(lookup: bytes) -> bytes:
    return digest("vr1 lookup", lookup)


def _context(person: str, stage: str, lookup: bytes) -> bytes:
    return bind("session", person, stage, lookup)
