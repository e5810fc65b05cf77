"""What people can answer on a form, as far as it matters, with the questions that are not asked left empty."""

from collections.abc import Iterator

from app.domain.expressions import parse
from app.domain.forms import Field
from app.domain.procedure import Element
from app.engine.driving.reading import Names, Reading
from app.engine.driving.splitting import Reader, split
from app.engine.driving.values import EMPTY, Known, Values


def answers(
    reading: Reading, task: Element, known: Known, wanted: Names
) -> Iterator[tuple[dict[str, Values], dict[str, Values]]]:
    """The ways to answer a form: what is known behind it, and of that what was answered. Each answer is any of its values."""
    yield from _answered(reading, reading.asked(task, wanted), dict(known), {})


def _answered(
    reading: Reading, questions: tuple[Field, ...], known: dict[str, Values], given: dict[str, Values]
) -> Iterator[tuple[dict[str, Values], dict[str, Values]]]:
    if not questions:
        yield known, given
        return
    question, *others = questions
    for narrowed, (asked, required) in split(known, lambda facts: _rules(question, facts)):
        values = EMPTY if not asked else reading.domain.of(question) | (frozenset() if required else EMPTY)
        # An answer above that a condition read is settled by that.
        told = {name: narrowed[name] for name in given}
        yield from _answered(reading, tuple(others), narrowed | {question.key: values}, told | {question.key: values})


def _rules(question: Field, facts: Reader) -> tuple[bool, bool]:
    """Whether a question is asked, and then whether it must be answered."""
    if question.shown_when is not None and not parse(question.shown_when).evaluate(facts):
        return False, False
    return True, question.required or (question.required_when is not None and parse(question.required_when).evaluate(facts))
