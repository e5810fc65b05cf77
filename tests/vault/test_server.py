"""Facts, states and waiting mail at rest."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault.errors import Tampered
from app.vault.server import ServerKeys

OLD, NEW = b"o" * 32, b"n" * 32
KEYS = ServerKeys({"2026": NEW, "2025": OLD})
SEALED = KEYS.seal("facts", "procedure-1", b"ja")


@given(content=st.binary(max_size=5000))
def test_what_was_sealed_opens(content: bytes) -> None:
    assert KEYS.open("facts", "p", KEYS.seal("facts", "p", content)) == content


@pytest.mark.parametrize(("purpose", "row"), [("state", "procedure-1"), ("facts", "procedure-2"), ("factsp", "rocedure-1")])
def test_a_value_opens_for_no_other_purpose_and_in_no_other_row(purpose: str, row: str) -> None:
    with pytest.raises(Tampered):
        KEYS.open(purpose, row, SEALED)


def test_the_first_key_seals_and_a_former_key_still_opens() -> None:
    former = ServerKeys({"2025": OLD}).seal("facts", "p", b"nee")
    assert SEALED.startswith("vr1:xc20p:2026:")
    assert KEYS.open("facts", "p", former) == b"nee"
    assert KEYS.outdated(former)
    assert not KEYS.outdated(SEALED)


def test_a_value_under_another_key_or_a_key_that_is_gone_is_refused() -> None:
    for keys in (ServerKeys({"2026": OLD}), ServerKeys({"2025": NEW})):
        with pytest.raises(Tampered):
            keys.open("facts", "procedure-1", SEALED)


def test_the_id_of_a_key_cannot_be_exchanged() -> None:
    twins = ServerKeys({"a": NEW, "b": NEW})
    sealed = twins.seal("facts", "p", b"ja")
    with pytest.raises(Tampered):
        twins.open("facts", "p", sealed.replace(":a:", ":b:"))


@given(position=st.integers(0, len(SEALED) - 1), character=st.sampled_from("ABCZaz059-_=:é \n"))
def test_one_changed_character_is_refused(position: int, character: str) -> None:
    changed = SEALED[:position] + character + SEALED[position + 1 :]
    if changed != SEALED:
        with pytest.raises(Tampered):
            KEYS.open("facts", "procedure-1", changed)


def test_a_value_has_one_spelling_only() -> None:
    sealed = KEYS.seal("state", "p", bytes(300))
    assert sealed.endswith("=")
    for spelling in {sealed[:-2] + letter + "=" for letter in string.ascii_letters} | {sealed + "=", sealed.rstrip("=")}:
        if spelling != sealed:
            with pytest.raises(Tampered):
                KEYS.open("state", "p", spelling)


def test_a_cut_value_is_refused() -> None:
    for length in range(len(SEALED)):
        with pytest.raises(Tampered):
            KEYS.open("facts", "procedure-1", SEALED[:length])


def test_ja_and_nee_have_the_same_length_and_never_the_same_look() -> None:
    assert len(KEYS.seal("facts", "procedure-1", b"nee")) == len(SEALED)
    assert KEYS.seal("facts", "procedure-1", b"ja") != SEALED


def test_keys_are_read_from_a_setting_the_one_that_seals_first() -> None:
    written = " ".join(f"{key_id}:{base64.urlsafe_b64encode(key).decode()}" for key_id, key in KEYS.keys.items())
    assert list(ServerKeys.parse(written).keys.items()) == [("2026", NEW), ("2025", OLD)]


@pytest.mark.parametrize("setting", ["", "a", "a:zz", "a:é", "A:" + "A" * 43 + "=", "a:QUFB", f"a:{'A' * 43}= a:{'A' * 43}="])
def test_a_setting_that_holds_no_good_keys_is_refused_without_repeating_it(setting: str) -> None:
    with pytest.raises(ValueError, match="server key") as refused:
        ServerKeys.parse(setting)
    assert "zz" not in str(refused.value)


def test_no_key_shows_in_what_is_printed() -> None:
    assert "nnnn" not in repr(KEYS)
