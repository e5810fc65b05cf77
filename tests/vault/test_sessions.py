"""Cookies and second factors."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.vault import sessions, totp
from app.vault.envelope import new_pair
from app.vault.errors import Tampered, WrongSecret

PRIVATE = new_pair()[1]
MADE = sessions.new_session("anna", PRIVATE)
OTHER = sessions.new_session("anna", PRIVATE)
NOW = datetime(2026, 11, 27, 9, 0, 15, tzinfo=UTC)
SECRET = totp.new_totp_secret()
KEY = b"k" * 32


def code(shift: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=shift))


def test_a_cookie_opens_its_own_row() -> None:
    assert sessions.lookup_hash(MADE.cookie) == MADE.lookup_hash
    assert sessions.open_session(MADE.cookie, "anna", MADE.sealed) == PRIVATE


@pytest.mark.parametrize(
    ("person", "sealed"),
    [("bram", MADE.sealed), ("anna", OTHER.sealed), ("anna", b""), ("anna", MADE.sealed[:-1]), ("anna", MADE.sealed + b"a")],
    ids=["another person", "another row", "nothing", "shorter", "longer"],
)
def test_a_cookie_opens_no_other_and_no_changed_row(person: str, sealed: bytes) -> None:
    with pytest.raises(WrongSecret):
        sessions.open_session(MADE.cookie, person, sealed)


@pytest.mark.parametrize(
    "cookie",
    ["", "a", "é", "=" * 64, MADE.cookie[:-4], MADE.cookie + "AAAA", OTHER.cookie, "A" * 64, MADE.cookie + "\n"],
    ids=["empty", "one letter", "no letter of ours", "padding", "shorter", "longer", "another's", "guessed", "with a line end"],
)
def test_a_row_opens_for_no_other_cookie(cookie: str) -> None:
    with pytest.raises(WrongSecret):
        sessions.open_session(cookie, "anna", MADE.sealed)


def test_a_cookie_is_bound_to_its_lookup_id_as_much_as_to_its_key() -> None:
    mixed = OTHER.cookie[:20] + MADE.cookie[20:]
    with pytest.raises(WrongSecret):
        sessions.open_session(mixed, "anna", MADE.sealed)
    with pytest.raises(WrongSecret):
        sessions.open_session(mixed, "anna", OTHER.sealed)


def test_what_is_stored_holds_neither_the_private_key_nor_any_part_of_the_cookie() -> None:
    cookie = base64.urlsafe_b64decode(MADE.cookie)
    for secret in (PRIVATE, cookie[:16], cookie[16:]):
        assert secret not in MADE.sealed + MADE.lookup_hash
    assert MADE.cookie not in repr(MADE)


def test_a_half_open_session_keeps_the_wrapping_key_and_never_passes_for_a_full_one() -> None:
    half = sessions.half_open("anna", KEY)
    assert sessions.open_half(half.cookie, "anna", half.sealed) == KEY
    with pytest.raises(WrongSecret):
        sessions.open_session(half.cookie, "anna", half.sealed)
    with pytest.raises(WrongSecret):
        sessions.open_half(MADE.cookie, "anna", MADE.sealed)


def test_a_totp_secret_opens_with_its_persons_key_alone() -> None:
    sealed = totp.seal_totp("anna", SECRET, KEY)
    assert totp.open_totp("anna", sealed, KEY) == SECRET
    for person, key in [("bram", KEY), ("anna", b"o" * 32)]:
        with pytest.raises(Tampered):
            totp.open_totp(person, sealed, key)


@pytest.mark.parametrize(("shift", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_counts_one_step_early_or_late(shift: int, accepted: bool) -> None:
    step = totp.verify_totp(SECRET, code(shift), None, NOW)
    assert step == ((int(NOW.timestamp()) + shift) // 30 if accepted else None)


def test_a_code_counts_once_and_no_earlier_one_counts_after_it() -> None:
    step = totp.verify_totp(SECRET, code(), None, NOW)
    assert totp.verify_totp(SECRET, code(), step, NOW) is None
    assert totp.verify_totp(SECRET, code(-30), step, NOW) is None
    assert totp.verify_totp(SECRET, code(30), step, NOW) is not None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert totp.verify_totp(SECRET, typed, None, NOW) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    assert totp.verify_totp(SECRET, f" {code()[:3]} {code()[3:]} ", None, NOW) is not None


def test_the_address_for_the_app_names_person_and_issuer() -> None:
    address = totp.totp_uri(SECRET, "anna@school.nl", "Veilige Route")
    assert address.startswith("otpauth://totp/Veilige%20Route:anna%40school.nl?")
    assert f"secret={SECRET}" in address
