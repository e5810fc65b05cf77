"""One person's key pair: opened by password or recovery code, and by nothing else."""

import re
from dataclasses import replace

import pytest

from app.vault import drafts, people
from app.vault.envelope import bind, digest, new_pair, public_of, unlock
from app.vault.errors import Tampered, VaultError, WrongSecret
from app.vault.people import StoredKeys

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NEW = people.new_keys("anna", KEY)
CODE = NEW.recovery_code


def test_password_and_recovery_code_open_the_same_private_key() -> None:
    assert people.unwrap_with_password("anna", NEW.stored, KEY) == NEW.private
    assert people.unwrap_with_recovery("anna", NEW.stored, CODE) == NEW.private
    assert public_of(NEW.private) == NEW.stored.public


def test_another_password_or_code_opens_nothing() -> None:
    other = people.new_keys("bram", OTHER_KEY)
    with pytest.raises(WrongSecret):
        people.unwrap_with_password("anna", NEW.stored, OTHER_KEY)
    for code in ("", "2345", "\ud83d", other.recovery_code, CODE[:-1], CODE + "2"):
        with pytest.raises(WrongSecret):
            people.unwrap_with_recovery("anna", NEW.stored, code)


@pytest.mark.parametrize(
    ("person", "row"),
    [
        ("bram", NEW.stored),
        ("anna", replace(NEW.stored, version=2)),
        ("anna", replace(NEW.stored, public=new_pair()[0])),
        ("anna", replace(NEW.stored, by_password=NEW.stored.by_recovery, by_recovery=NEW.stored.by_password)),
        ("anna", replace(NEW.stored, by_password=b"", by_recovery=b"")),
    ],
)
def test_a_row_moved_to_another_person_version_or_public_key_opens_nothing(person: str, row: StoredKeys) -> None:
    with pytest.raises(WrongSecret):
        people.unwrap_with_password(person, row, KEY)
    with pytest.raises(WrongSecret):
        people.unwrap_with_recovery(person, row, CODE)


def test_what_the_recovery_code_wraps_never_passes_for_what_the_password_wraps() -> None:
    same_key = digest("vr1 recovery", CODE.replace("-", "").encode())
    assert (
        unlock(same_key, NEW.stored.by_recovery, bind("private key by recovery", "anna", "1", NEW.stored.public)) == NEW.private
    )
    with pytest.raises(WrongSecret):
        people.unwrap_with_password("anna", replace(NEW.stored, by_password=NEW.stored.by_recovery), same_key)


def test_a_recovery_code_is_printed_in_eight_groups_that_nobody_misreads() -> None:
    codes = {people.new_keys("anna", KEY).recovery_code for _ in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){7}[2-9A-HJ-NP-Z]{4}", code) for code in codes)


def test_a_recovery_code_may_be_typed_small_and_with_spaces() -> None:
    assert people.unwrap_with_recovery("anna", NEW.stored, f" {CODE.lower().replace('-', ' ')} ") == NEW.private


def test_a_used_recovery_code_is_replaced_and_opens_nothing_any_more() -> None:
    private = people.unwrap_with_recovery("anna", NEW.stored, CODE)
    rotated = people.rotate_recovery("anna", NEW.stored, private)
    assert people.unwrap_with_recovery("anna", rotated.stored, rotated.recovery_code) == NEW.private
    assert people.unwrap_with_password("anna", rotated.stored, KEY) == NEW.private
    with pytest.raises(WrongSecret):
        people.unwrap_with_recovery("anna", rotated.stored, CODE)


def test_a_new_password_keeps_key_and_code_and_closes_the_former_password() -> None:
    row = people.rewrap("anna", NEW.stored, NEW.private, OTHER_KEY)
    assert people.unwrap_with_password("anna", row, OTHER_KEY) == NEW.private
    assert people.unwrap_with_recovery("anna", row, CODE) == NEW.private
    with pytest.raises(WrongSecret):
        people.unwrap_with_password("anna", row, KEY)


def test_a_row_is_never_written_for_a_private_key_that_is_not_its_own() -> None:
    foreign = new_pair()[1]
    with pytest.raises(Tampered):
        people.rewrap("anna", NEW.stored, foreign, KEY)
    with pytest.raises(Tampered):
        people.rotate_recovery("anna", NEW.stored, foreign)


def test_a_reset_makes_another_pair_of_the_next_version() -> None:
    reset = people.new_keys("anna", KEY, version=NEW.stored.version + 1)
    assert (reset.stored.version, NEW.stored.version) == (2, 1)
    sealed = drafts.seal_draft("task", "anna", NEW.stored.public, {"a": "b"})
    with pytest.raises(Tampered):
        drafts.open_draft("task", "anna", reset.private, sealed)


def test_a_fingerprint_is_short_stable_and_differs_for_another_key() -> None:
    shown = people.fingerprint(NEW.stored.public)
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}", shown)
    assert shown == people.fingerprint(NEW.stored.public)
    assert shown != people.fingerprint(new_pair()[0])


def test_no_secret_shows_in_what_is_printed() -> None:
    assert CODE not in repr(NEW)
    assert repr(NEW.private) not in repr(NEW)


def test_a_draft_opens_for_its_author_at_its_task_alone() -> None:
    sealed = drafts.seal_draft("task-1", "anna", NEW.stored.public, {"story": "zeepaardje \u00e9"})
    assert drafts.open_draft("task-1", "anna", NEW.private, sealed) == {"story": "zeepaardje \u00e9"}
    assert len(sealed) == len(drafts.seal_draft("task-1", "anna", NEW.stored.public, {}))
    for task, author, private in [
        ("task-2", "anna", NEW.private),
        ("task-1", "bram", NEW.private),
        ("task-1", "anna", new_pair()[1]),
    ]:
        with pytest.raises(VaultError):
            drafts.open_draft(task, author, private, sealed)
