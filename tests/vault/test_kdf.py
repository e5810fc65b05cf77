"""Passwords: one derivation a sign-in, the same work for every refusal, at most two at once."""

import secrets
import threading
import time

import pytest
from nacl import bindings

from app.vault import kdf
from app.vault.errors import Tampered, VaultError, WrongSecret
from app.vault.kdf import Cost, Kdf, Login

CHEAP = Cost(memory_kib=8, passes=1)
PEPPER = b"p" * 32
KDF = Kdf(PEPPER, CHEAP, CHEAP)
PASSWORD = "een lang wachtwoord"
ENROLLED = KDF.enrol(PASSWORD)


class Counter:
    """Counts real derivations and how many went on side by side."""

    def __init__(self, pause: float = 0) -> None:
        self.costs: list[Cost] = []
        self.running = self.most = 0
        self._pause, self._real, self._lock = pause, bindings.crypto_pwhash_alg, threading.Lock()

    def __call__(self, out: int, password: bytes, salt: bytes, passes: int, memory: int, algorithm: int) -> bytes:
        with self._lock:
            self.costs.append(Cost(memory // 1024, passes))
            self.running += 1
            self.most = max(self.most, self.running)
        time.sleep(self._pause)
        with self._lock:
            self.running -= 1
        return self._real(out, password, salt, passes, memory, algorithm)


def test_the_right_password_yields_the_same_wrapping_key_each_time() -> None:
    assert KDF.verify(PASSWORD, ENROLLED.login) == ENROLLED.wrapping_key


def test_a_password_typed_on_another_keyboard_is_the_same_password() -> None:
    enrolled = KDF.enrol("caf\u00e9 \ufb01ets 12345")
    assert KDF.verify("cafe\u0301 fiets 12345", enrolled.login) == enrolled.wrapping_key


def test_a_wrong_name_and_a_wrong_password_do_the_same_work_and_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = []
    for password, login in [("fout", ENROLLED.login), (PASSWORD, None)]:
        counter = Counter()
        monkeypatch.setattr(bindings, "crypto_pwhash_alg", counter)
        with pytest.raises(WrongSecret) as refused:
            KDF.verify(password, login)
        outcomes.append((counter.costs, str(refused.value)))
        monkeypatch.undo()
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == [CHEAP]


def test_no_more_than_two_derivations_go_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(pause=0.02)
    monkeypatch.setattr(bindings, "crypto_pwhash_alg", counter)
    threads = [threading.Thread(target=KDF.enrol, args=(PASSWORD,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(counter.costs), counter.most) == (8, 2)


def test_the_standard_cost_is_64_mib_and_three_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    monkeypatch.setattr(bindings, "crypto_pwhash_alg", counter)
    enrolled = Kdf(PEPPER).enrol(PASSWORD)
    assert counter.costs == [Cost(65536, 3)]
    assert enrolled.login.params.startswith("vr1:argon2id:65536:3:")


def test_a_password_of_former_parameters_still_opens_and_is_said_to_be_outdated() -> None:
    later = Kdf(PEPPER, cost=Cost(16, 2), floor=CHEAP)
    assert later.verify(PASSWORD, ENROLLED.login) == ENROLLED.wrapping_key
    assert later.outdated(ENROLLED.login)
    assert not KDF.outdated(ENROLLED.login)


@pytest.mark.parametrize("floor", [Cost(9, 1), Cost(8, 2), kdf.FLOOR])
def test_stored_parameters_below_the_floor_are_refused(floor: Cost) -> None:
    with pytest.raises(Tampered, match="floor"):
        Kdf(PEPPER, floor=floor).verify(PASSWORD, ENROLLED.login)


@pytest.mark.parametrize(
    "params",
    [
        "",
        "vr1:argon2id:8:1",
        "vr1:argon2id:8:1:zz",
        "vr1:argon2id:8:1:00",
        "vr1:scrypt:8:1:" + "00" * 16,
        "vr2:argon2id:8:1:" + "00" * 16,
    ],
)
def test_unknown_parameters_are_refused(params: str) -> None:
    with pytest.raises(Tampered):
        KDF.verify(PASSWORD, Login(params, ENROLLED.login.verifier_hash))


def test_another_pepper_opens_nothing() -> None:
    with pytest.raises(WrongSecret):
        Kdf(b"q" * 32, CHEAP, CHEAP).verify(PASSWORD, ENROLLED.login)


def test_another_pepper_changes_the_wrapping_key_as_well_as_the_verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_bytes", bytes)
    one, other = (Kdf(pepper * 32, CHEAP, CHEAP).enrol(PASSWORD) for pepper in (b"p", b"q"))
    assert one.login.params == other.login.params
    assert one.login.verifier_hash != other.login.verifier_hash
    assert one.wrapping_key != other.wrapping_key


def test_half_a_character_in_a_password_is_no_accident() -> None:
    with pytest.raises(WrongSecret):
        KDF.verify("half \ud83d", ENROLLED.login)


def test_another_salt_opens_nothing() -> None:
    other = KDF.enrol(PASSWORD)
    assert other.wrapping_key != ENROLLED.wrapping_key
    with pytest.raises(VaultError):
        KDF.verify(PASSWORD, Login(other.login.params, ENROLLED.login.verifier_hash))


def test_no_secret_shows_in_what_is_printed() -> None:
    assert repr(ENROLLED.wrapping_key) not in repr(ENROLLED)
    assert repr(PEPPER) not in repr(KDF)
