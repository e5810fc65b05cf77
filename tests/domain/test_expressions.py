"""Conditions: what they mean in both notations, and that nothing but a condition gets through."""

from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.expressions import MAX_DEPTH, MAX_NODES, MAX_TEXT, ExpressionError, FactKind, parse
from app.domain.facts import FactType, FactValue

HOSTILE = Path(__file__).parent.parent / "engine" / "hostile_expressions.txt"
KINDS = {
    "step": FactKind(FactType.ENUM, frozenset({"ja", "nee"})),
    "other_step": FactKind(FactType.ENUM, frozenset({"ja"})),
    "count": FactKind(FactType.NUMBER),
    "known_on": FactKind(FactType.DATE),
    "told_on": FactKind(FactType.DATE),
    "called_on": FactKind(FactType.MOMENT),
}


def hostile() -> list[str]:
    lines = HOSTILE.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\0", "\\x00").encode("ascii").decode("unicode_escape") for line in lines if not line.startswith("# ")]


def problem(text: str) -> str | None:
    return parse(text).comparisons()[0].mismatch(KINDS)


@pytest.mark.parametrize("text", hostile())
def test_a_hostile_expression_is_refused_with_a_dutch_sentence(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.text.endswith(".")
    assert len(refused.value.text) > 20


def test_there_are_at_least_forty_hostile_expressions() -> None:
    assert len(set(hostile())) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "${" + "(" * 500 + "minor == 'ja'" + ")" * 500 + "}",
        "${" + "(" * (MAX_DEPTH + 1) + "m == 'ja'" + ")" * (MAX_DEPTH + 1) + "}",
        "${" + "not(" * (MAX_DEPTH + 1) + "m == 'ja'" + ")" * (MAX_DEPTH + 1) + "}",
        "${" + "!" * 900 + "(m == 'ja')}",
        "${" + " or ".join(["m==1"] * (MAX_NODES + 1)) + "}",
        "${m == '" + "a" * 101 + "'}",
        "${" + "m" * 61 + " == 1}",
        "${m == " + "1" * 10 + "}",
        "${m == 'ja'" + " " * MAX_TEXT + "}",
    ],
)
def test_what_is_too_deep_too_long_or_too_many_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_the_bounds_themselves_are_allowed() -> None:
    parse("${" + "(" * (MAX_DEPTH - 1) + "m == 'ja'" + ")" * (MAX_DEPTH - 1) + "}")
    parse(" or ".join(["m==1"] * (MAX_NODES - 1)))
    parse("${m == '" + "a" * 100 + "' and " + "m" * 60 + " == 999999999}")


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${step == 'ja'}", '=step = "ja"'),
        ("${step == 'ja' && count > 3 || count <= 1}", '=step = "ja" and count > 3 or count <= 1'),
        ("${!(step == 'ja')}", '=not(step = "ja")'),
        ("${not (step != null)}", "=not (step != null)"),
        ("${'ja' == step and 3 < count}", '=step = "ja" and count > 3'),
        ("${ (step == 'ja' or step == 'nee') and count != 0 }", '=(step = "ja" or step = "nee") and count != 0'),
    ],
)
def test_both_notations_give_the_same_tree_which_can_be_written_and_read_again(juel: str, feel: str) -> None:
    assert parse(juel) == parse(feel)
    assert parse(str(parse(feel))) == parse(feel)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("${step == 'ja'}", {"step": "ja"}, True),
        ("${step == 'ja'}", {}, False),
        ("${step != 'ja'}", {}, True),
        ("${step == null}", {}, True),
        ("${step != null}", {"step": "ja"}, True),
        ("${count < 3}", {}, False),
        ("${count >= 3}", {}, False),
        ("${count >= 3}", {"count": 3}, True),
        ("${count == 1}", {"count": "1"}, False),
        ("${count < 3}", {"count": "1"}, False),
        ("${known_on < told_on}", {"known_on": date(2026, 1, 1), "told_on": date(2026, 1, 2)}, True),
        ("${known_on == told_on}", {}, True),
        ("${known_on < called_on}", {"known_on": date(2026, 1, 1), "called_on": datetime(2026, 1, 2, tzinfo=UTC)}, False),
        ("${step == 'ja' or count > 1 and count < 3}", {"step": "nee", "count": 2}, True),
        ("${(step == 'ja' or count > 1) and count < 2}", {"step": "ja", "count": 2}, False),
        ("${true}", {}, True),
        ("${false or not (false)}", {}, True),
    ],
)
def test_a_condition_is_true_of_the_right_facts(text: str, facts: dict[str, FactValue], expected: bool) -> None:
    assert parse(text).evaluate(facts) is expected


@given(st.sampled_from(["ja", "nee", None]), st.sampled_from([0, 3, None]))
def test_a_negated_condition_is_true_exactly_where_the_condition_is_false(step: str | None, count: int | None) -> None:
    facts = {"step": step, "count": count}
    for text in ("${step == 'ja' or count > 1}", "${step != 'ja'}", "${count <= 3 and step == null}"):
        condition = parse(text)
        assert condition.negated().evaluate(facts) is not condition.evaluate(facts)
        assert parse(str(condition.negated())).evaluate(facts) is not condition.evaluate(facts)


def test_both_is_true_where_both_are() -> None:
    for step, count in product(("ja", "nee"), (1, 2)):
        facts: dict[str, FactValue] = {"step": step, "count": count}
        assert parse("step == 'ja'").both(parse("count == 2")).evaluate(facts) is (step == "ja" and count == 2)


def test_names_and_comparisons_are_those_that_were_written() -> None:
    condition = parse("${step == 'ja' and not (count < 3) or known_on == told_on}")
    assert condition.names() == {"step", "count", "known_on", "told_on"}
    found = [(c.name, c.op, c.literal, c.other) for c in condition.comparisons()]
    assert found == [("step", "==", "ja", None), ("count", "<", 3, None), ("known_on", "==", None, "told_on")]


@pytest.mark.parametrize(
    "text",
    ["step == 'misschien'", "step == 1", "count == 'ja'", "known_on == 'ja'", "known_on < called_on", "step < other_step"],
)
def test_a_comparison_that_can_never_hold_is_explained(text: str) -> None:
    found = problem(text)
    assert found is not None
    assert found.endswith(".")


@pytest.mark.parametrize(
    "text", ["step == 'nee'", "step == null", "count > 2", "known_on <= told_on", "unknown == 'x'", "step == unknown"]
)
def test_a_comparison_that_can_hold_has_no_problem(text: str) -> None:
    assert problem(text) is None


@given(st.text(alphabet="abm_ ()!=<>&|'\"0123456789${}notadr", max_size=60))
def test_any_text_is_either_a_condition_that_is_true_or_false_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        assert parse(text).evaluate({}) in (True, False)
