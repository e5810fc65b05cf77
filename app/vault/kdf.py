"""From a password to a login verifier and a wrapping key: one Argon2id run (RFC 9106), peppered, two at once per process."""

import secrets
import threading
import unicodedata
from dataclasses import dataclass, field

from nacl import bindings

from app.vault.envelope import KEY_BYTES, bind, digest, same
from app.vault.errors import Tampered, WrongSecret

_FORMAT = "vr1:argon2id"
_SALT_BYTES = bindings.crypto_pwhash_SALTBYTES
#: Each run takes its whole memory at once; more than two side by side would let a flood of sign-ins exhaust the host.
_RUNS = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run costs: memory in KiB and number of passes."""

    memory_kib: int
    passes: int


#: What new passwords get, and the least that a stored one may have (OWASP's minimum for Argon2id).
STANDARD = Cost(memory_kib=64 * 1024, passes=3)
FLOOR = Cost(memory_kib=19 * 1024, passes=2)


@dataclass(frozen=True, slots=True)
class Login:
    """What is stored of a password: how it was derived (`vr1:argon2id:KiB:passes:salt`) and the hash of its verifier."""

    params: str
    verifier_hash: bytes


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new password: the row to store and the key that wraps the person's private key and TOTP secret."""

    login: Login
    wrapping_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kdf:
    """Derives from passwords under this installation's pepper (32 bytes from the settings, never in the database)."""

    pepper: bytes = field(repr=False)
    cost: Cost = STANDARD
    floor: Cost = FLOOR

    def enrol(self, password: str) -> Enrolled:
        """Derive from a new password, under a fresh salt and the present cost."""
        salt = secrets.token_bytes(_SALT_BYTES)
        verifier_hash, wrapping_key = self._derive(password, self.cost, salt)
        params = f"{_FORMAT}:{self.cost.memory_kib}:{self.cost.passes}:{salt.hex()}"
        return Enrolled(Login(params, verifier_hash), wrapping_key)

    def verify(self, password: str, login: Login | None) -> bytes:
        """The wrapping key when the password fits. Without a login (no such name) the same work is done.

        Raises WrongSecret for a wrong password and for a wrong name alike, Tampered when the stored parameters are unreadable
        or below the floor.
        """
        cost, salt = self._stored(login) if login else (self.cost, digest("vr1 no such name", self.pepper)[:_SALT_BYTES])
        expected = login.verifier_hash if login else bytes(KEY_BYTES)
        verifier_hash, wrapping_key = self._derive(password, cost, salt)
        if not same(verifier_hash, expected) or login is None:
            raise WrongSecret("name or password does not fit")
        return wrapping_key

    def outdated(self, login: Login) -> bool:
        """Whether the password should be enrolled again at the present cost, now that it is at hand. Raises Tampered."""
        return self._stored(login)[0] != self.cost

    def _stored(self, login: Login) -> tuple[Cost, bytes]:
        try:
            version, algorithm, memory, passes, salt_hex = login.params.split(":")
            cost, salt = Cost(int(memory), int(passes)), bytes.fromhex(salt_hex)
        except ValueError as error:
            raise Tampered("unreadable password parameters") from error
        if f"{version}:{algorithm}" != _FORMAT or len(salt) != _SALT_BYTES:
            raise Tampered("unknown password parameters")
        if cost.memory_kib < self.floor.memory_kib or cost.passes < self.floor.passes:
            raise Tampered("password parameters below the floor")
        return cost, salt

    def _derive(self, password: str, cost: Cost, salt: bytes) -> tuple[bytes, bytes]:
        """The hash of the verifier and the wrapping key. Both are peppered: a stolen database lets nobody guess passwords."""
        root = run_argon2id(unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"), cost, salt)
        verifier = digest("vr1 verifier", bind("verifier", salt), root)
        wrapping = digest("vr1 wrapping", bind("wrapping", salt), root)
        return digest("vr1 login", verifier, self.pepper), digest("vr1 wrap pepper", wrapping, self.pepper)


def run_argon2id(password: bytes, cost: Cost, salt: bytes) -> bytes:
    """32 bytes of Argon2id; waits while two runs are going on in this process."""
    with _RUNS:
        return bindings.crypto_pwhash_alg(
            KEY_BYTES, password, salt, cost.passes, cost.memory_kib * 1024, bindings.crypto_pwhash_ALG_ARGON2ID13
        )
