"""Several ways to one thing are told in as few choices as are still true."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alternatives import Way, simplified

ANSWERS = {"a": frozenset({"ja", "nee"}), "b": frozenset({"ja", "nee", "later"}), "c": frozenset({"ja", "nee"})}


def ways(*texts: str) -> list[Way]:
    """Ways from texts such as `a ja, b nee`."""
    steps = [[step.split() for step in text.split(", ")] if text else [] for text in texts]
    return [tuple((question, answer) for question, answer in way) for way in steps]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["a ja"], ["a ja"]),
        (["a ja", "b nee"], ["a ja", "b nee"]),
        (["a ja", "a nee"], [""]),
        (["b ja", "b nee"], ["b ja", "b nee"]),
        (["a ja, c ja", "a ja, c nee"], ["a ja"]),
        (["a ja", "a nee, b ja", "a nee, b nee", "a nee, b later"], [""]),
        (["a ja, b nee", "a ja"], ["a ja"]),
        (["", "a ja"], [""]),
    ],
)
def test_what_makes_no_difference_is_left_out(found: list[str], told: list[str]) -> None:
    assert simplified(ways(*found), ANSWERS) == tuple(ways(*told))


_CHOICES = st.tuples(*(st.sampled_from([None, *sorted(answers)]) for answers in ANSWERS.values()))


@given(st.sets(_CHOICES, min_size=1))
def test_it_is_true_of_the_same_answers_as_before_and_never_longer(chosen: set[tuple[str | None, ...]]) -> None:
    found = [tuple((q, a) for q, a in zip(ANSWERS, one, strict=True) if a is not None) for one in sorted(chosen, key=str)]
    told = simplified(found, ANSWERS)
    for world in (set(zip(ANSWERS, one, strict=True)) for one in product(*ANSWERS.values())):
        assert any(set(way) <= world for way in told) is any(set(way) <= world for way in found)
    assert len(told) <= len(found)
