"""What a cookie opens. The cookie holds a lookup id, whose hash is stored, and a key, which never is.

A row without its cookie and a cookie without its row open nothing. Between the password and the second factor a half-open session
keeps the password's wrapping key; signing in fully makes a new session with a new cookie.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from app.vault.envelope import KEY_BYTES, PrivateKey, bind, digest, lock, unlock
from app.vault.errors import Tampered, WrongSecret

_LOOKUP_BYTES = 16


class Stage(StrEnum):
    """What a session keeps: the password's wrapping key until the second factor, the private key after it."""

    HALF = "half"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What is stored of a session. Its ends in time are the caller's: at either the row is deleted."""

    lookup_hash: bytes
    person: str
    stage: Stage
    sealed: bytes


@dataclass(frozen=True, slots=True)
class NewSession:
    """The cookie's value (64 URL-safe characters) for the browser and the row for the database."""

    cookie: str = field(repr=False)
    row: SessionRow


def half_open(person: str, wrapping_key: bytes) -> NewSession:
    """A session between the password and the second factor."""
    return _new(person, Stage.HALF, wrapping_key)


def new_session(person: str, private: PrivateKey) -> NewSession:
    """A session of somebody who has signed in."""
    return _new(person, Stage.FULL, private)


def lookup_hash(cookie: str) -> bytes:
    """By what the row of a cookie is found. Raises WrongSecret when this is no cookie of ours."""
    return digest("vr1 lookup", _split(cookie)[0])


def open_half(cookie: str, row: SessionRow) -> bytes:
    """The wrapping key of a half-open session. Raises WrongSecret when cookie, row and stage do not belong together."""
    return _open(cookie, row, Stage.HALF)


def open_session(cookie: str, row: SessionRow) -> PrivateKey:
    """The private key of a full session. Raises WrongSecret when cookie, row and stage do not belong together."""
    return PrivateKey(_open(cookie, row, Stage.FULL))


def _new(person: str, stage: Stage, secret: bytes) -> NewSession:
    lookup, key = secrets.token_bytes(_LOOKUP_BYTES), secrets.token_bytes(KEY_BYTES)
    found_by = digest("vr1 lookup", lookup)
    sealed = lock(key, secret, _context(person, stage, found_by))
    cookie = base64.urlsafe_b64encode(lookup + key).decode("ascii")
    return NewSession(cookie, SessionRow(found_by, person, stage, sealed))


def _open(cookie: str, row: SessionRow, stage: Stage) -> bytes:
    lookup, key = _split(cookie)
    try:
        return unlock(key, row.sealed, _context(row.person, stage, digest("vr1 lookup", lookup)))
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


def _context(person: str, stage: Stage, found_by: bytes) -> bytes:
    return bind("session", person, stage.value, found_by)
