"""The second factor by time (RFC 6238): six digits, thirty seconds. Its secret is sealed under the password's wrapping key.

Whoever signs in with a recovery code instead of a password cannot open the secret and enrols a new one.
"""

import hmac
from datetime import datetime

import pyotp

from app.vault.envelope import bind, lock, unlock

_STEP_SECONDS = 30
_DIGITS = 6
#: A code is accepted one step early or late (RFC 6238 section 5.2): clocks of telephones differ.
_DRIFT = 1


def new_totp_secret() -> str:
    """A fresh secret of 160 bits in base32, for the person's app."""
    return pyotp.random_base32()


def totp_uri(secret: str, person_name: str, issuer: str) -> str:
    """The otpauth address that an app reads from a QR code. Holds the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=person_name, issuer_name=issuer)


def seal_totp(person: str, secret: str, wrapping_key: bytes) -> bytes:
    """The secret as it is stored; again after each new password."""
    return lock(wrapping_key, secret.encode("ascii"), bind("totp", person))


def open_totp(person: str, sealed: bytes, wrapping_key: bytes) -> str:
    """The secret. Raises Tampered for another key or person, or a changed value."""
    return unlock(wrapping_key, sealed, bind("totp", person)).decode("ascii")


def verify_totp(secret: str, code: str, last_step: int | None, now: datetime) -> int | None:
    """The step whose code this is, for the caller to store, or None. A step up to `last_step` was used and counts no more."""
    typed = "".join(code.split())
    if len(typed) != _DIGITS or not typed.isascii():
        return None
    present = int(now.timestamp()) // _STEP_SECONDS
    matching = None
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        fits = hmac.compare_digest(pyotp.TOTP(secret).at(step * _STEP_SECONDS), typed)
        if fits and (last_step is None or step > last_step):
            matching = step
    return matching
