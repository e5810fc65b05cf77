"""What somebody keeps for himself opens for him, in its own place, and nowhere else."""

import pytest

from app.vault.envelope import PrivateKey, new_pair
from app.vault.errors import Tampered
from app.vault.own import Kind, open_own, seal_own

PUBLIC, PRIVATE = new_pair()
SEALED = seal_own("view", "row", "anna", PUBLIC, {"name": "De zaak van de trap"})


def test_it_opens_for_its_owner() -> None:
    assert open_own("view", "row", "anna", PRIVATE, SEALED) == {"name": "De zaak van de trap"}


@pytest.mark.parametrize(
    ("kind", "row", "owner", "private"),
    [
        ("put_off", "row", "anna", PRIVATE),
        ("view", "other", "anna", PRIVATE),
        ("view", "row", "bram", PRIVATE),
        ("view", "row", "anna", new_pair()[1]),
    ],
    ids=["another kind", "another row", "another owner", "another key"],
)
def test_elsewhere_and_for_others_it_stays_closed(kind: Kind, row: str, owner: str, private: PrivateKey) -> None:
    with pytest.raises(Tampered):
        open_own(kind, row, owner, private, SEALED)


def test_short_and_shorter_are_equally_long() -> None:
    assert len(SEALED) == len(seal_own("view", "row", "anna", PUBLIC, {"name": "x"}))
