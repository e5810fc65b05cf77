"""Entries and grants: moved, mixed, cut or changed they do not open; their length and their commitment say nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault import files
from app.vault.envelope import PublicKey, new_pair
from app.vault.errors import NotAReader, Tampered
from app.vault.files import Place, SealedEntry

EPOCH, SECRET = files.new_epoch("2026-7KQ4", "board", 1)
PLACE = Place(EPOCH, "entry-1", "anna", "board_response")
CONTENT = {"motivation": "Het zeepaardje zwom weg.", "measures": "geen"}
SEALED = files.seal_entry(PLACE, CONTENT)
PARTS = ["sealed_key", "ciphertext", "commitment"]

OTHER_PLACES = {
    "case": replace(PLACE, epoch=replace(EPOCH, case="2026-ZZZZ")),
    "file": replace(PLACE, epoch=replace(EPOCH, file="adviser")),
    "epoch": replace(PLACE, epoch=replace(EPOCH, number=2)),
    "entry": replace(PLACE, entry="entry-2"),
    "author": replace(PLACE, author="bram"),
    "form": replace(PLACE, form="evaluation"),
    "shifted border": replace(PLACE, entry="entry-1a", author="nna"),
}


def test_what_was_sealed_opens_with_the_secret_of_its_epoch() -> None:
    assert files.open_entry(PLACE, SECRET, SEALED) == CONTENT


@pytest.mark.parametrize("place", OTHER_PLACES.values(), ids=OTHER_PLACES)
def test_an_entry_opens_in_no_other_place(place: Place) -> None:
    with pytest.raises(Tampered):
        files.open_entry(place, SECRET, SEALED)


@pytest.mark.parametrize("place", OTHER_PLACES.values(), ids=OTHER_PLACES)
@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_an_entry_can_be_swapped_with_the_same_part_of_another(part: str, place: Place) -> None:
    other = files.seal_entry(place, CONTENT)
    mixed = replace(SEALED, **{part: getattr(other, part)})
    with pytest.raises(Tampered):
        files.open_entry(PLACE, SECRET, mixed)


@pytest.mark.parametrize("part", PARTS)
@given(data=st.data())
def test_one_changed_bit_closes_an_entry(part: str, data: st.DataObject) -> None:
    value = bytearray(getattr(SEALED, part))
    bit = data.draw(st.integers(0, len(value) * 8 - 1))
    value[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        files.open_entry(PLACE, SECRET, replace(SEALED, **{part: bytes(value)}))


@pytest.mark.parametrize("part", PARTS)
def test_a_value_that_was_cut_or_lengthened_is_refused(part: str) -> None:
    whole: bytes = getattr(SEALED, part)
    for value in [*(whole[:length] for length in range(len(whole))), whole + b"\0"]:
        with pytest.raises(Tampered):
            files.open_entry(PLACE, SECRET, replace(SEALED, **{part: value}))


@pytest.mark.parametrize("prefix", [b"vr2:xc20p:", b"vr1:aes:", b"", b"VR1:XC20P:", b"vr1:x25519:"])
def test_an_unknown_format_or_algorithm_is_refused(prefix: bytes) -> None:
    ciphertext = prefix + SEALED.ciphertext.removeprefix(b"vr1:xc20p:")
    with pytest.raises(Tampered, match="unknown format"):
        files.open_entry(PLACE, SECRET, replace(SEALED, ciphertext=ciphertext))


@given(content=st.dictionaries(st.text(max_size=20), st.text(max_size=2000), max_size=4))
def test_every_text_comes_back_as_it_was_typed(content: dict[str, str]) -> None:
    assert files.open_entry(PLACE, SECRET, files.seal_entry(PLACE, content)) == content


def test_a_text_with_half_a_character_comes_back_too() -> None:
    assert files.open_entry(PLACE, SECRET, files.seal_entry(PLACE, {"k": "half \ud83d"})) == {"k": "half \ud83d"}


@pytest.mark.parametrize(("short", "long"), [("", "nee, want de klacht is nooit ingediend"), ("a" * 1000, "a" * 1200)])
def test_the_length_of_a_text_stays_hidden(short: str, long: str) -> None:
    sealed = [files.seal_entry(PLACE, {"motivation": text}) for text in (short, long)]
    assert len({len(entry.ciphertext) for entry in sealed}) == 1


def test_equal_texts_leave_nothing_equal() -> None:
    again = files.seal_entry(PLACE, CONTENT)
    assert all(getattr(again, part) != getattr(SEALED, part) for part in PARTS)


def test_a_moved_entry_keeps_its_commitment_and_opens_in_its_new_place_only() -> None:
    epoch, secret = files.new_epoch("2026-7KQ4", "board", 2)
    place = replace(PLACE, epoch=epoch)
    moved = files.reseal_entry(PLACE, SECRET, SEALED, place)
    assert files.open_entry(place, secret, moved) == CONTENT
    assert moved.commitment == SEALED.commitment
    with pytest.raises(Tampered):
        files.open_entry(PLACE, SECRET, moved)


def test_without_its_key_an_entry_is_destroyed() -> None:
    with pytest.raises(Tampered):
        files.open_entry(PLACE, SECRET, SealedEntry(b"", SEALED.ciphertext, SEALED.commitment))


def test_a_grant_opens_for_its_reader_at_its_epoch_and_nowhere_else() -> None:
    public, private = new_pair()
    sealed = files.grant(EPOCH, SECRET, "anna", public)
    assert files.open_grant(EPOCH, private, "anna", sealed) == SECRET
    with pytest.raises(NotAReader):
        files.open_grant(EPOCH, private, "bram", sealed)
    for place in list(OTHER_PLACES.values())[:3]:
        with pytest.raises(NotAReader):
            files.open_grant(place.epoch, private, "anna", sealed)


def test_a_swapped_epoch_key_is_noticed_when_a_reader_opens_his_grant() -> None:
    public, private = new_pair()
    swapped, foreign_secret = files.new_epoch(EPOCH.case, EPOCH.file, EPOCH.number)
    with pytest.raises(Tampered, match="public key"):
        files.open_grant(swapped, private, "anna", files.grant(EPOCH, SECRET, "anna", public))
    with pytest.raises(Tampered, match="public key"):
        files.open_entry(replace(PLACE, epoch=swapped), SECRET, SEALED)
    with pytest.raises(Tampered):
        files.grant(EPOCH, foreign_secret, "anna", public)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), bytes(33)])
def test_nothing_is_sealed_to_a_useless_public_key(public: bytes) -> None:
    with pytest.raises(Tampered):
        files.grant(EPOCH, SECRET, "anna", PublicKey(public))
