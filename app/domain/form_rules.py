"""What somebody answered on a form: which questions are asked, which answers stand, and the Dutch sentence where one does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.answers import AnswerError, read_answer, read_text
from app.domain.expressions import parse
from app.domain.facts import FactValue
from app.domain.forms import Answers, Field, Form
from app.domain.roles import FileKind

#: The fact that says whether the complainant agreed to a file.
CONSENT: Final = "file_consent"


def validate(form: Form, raw: Mapping[str, str], facts: Mapping[str, FactValue], now: datetime) -> Answers:
    """The answers in the fields of an HTML form, parsed; a moment comes as `key` and `key__time`, Europe/Amsterdam.

    A question that is not asked, given the facts and the answers before it, is ignored, and its fact emptied.
    `now` is an aware moment: it says which days lie in the past.
    """
    found = _Found(known=dict(facts))
    for question in form.fields:
        if not _asked(question, found.known):
            found.skip(question)
        elif question.sealed:
            found.text(question, raw)
        else:
            found.fact(question, raw, now)
    return Answers(facts=found.facts, sealed=found.sealed, errors=found.errors)


def visible_fields(
    form: Form, facts: Mapping[str, FactValue], answers: Mapping[str, FactValue | None] | None
) -> tuple[Field, ...]:
    """The questions that are asked, given the facts and these answers.

    With `answers` None nothing was answered yet: then also those that an answer on this form can still open.
    """
    if answers is None:
        return tuple(_may_be_asked(form, facts))
    known = {**facts, **answers}
    return tuple(question for question in form.fields if _asked(question, known))


@dataclass(slots=True)
class _Found:
    known: dict[str, FactValue | None]
    facts: dict[str, FactValue | None] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def skip(self, question: Field) -> None:
        if not question.sealed:
            self.facts[question.key] = self.known[question.key] = None

    def text(self, question: Field, raw: Mapping[str, str]) -> None:
        try:
            text = read_text(question, raw.get(question.key, ""), required=is_required(question, self.known))
        except AnswerError as error:
            self.errors[question.key] = error.text
            return
        if text:
            self.sealed[question.key] = text

    def fact(self, question: Field, raw: Mapping[str, str], now: datetime) -> None:
        # An answer that does not stand counts as none, never as the fact's former value.
        self.known.pop(question.key, None)
        try:
            value = read_answer(question, raw, required=is_required(question, self.known), now=now)
        except AnswerError as error:
            self.errors[question.key] = error.text
            return
        self.facts[question.key] = self.known[question.key] = value


def _asked(question: Field, known: Mapping[str, FactValue | None]) -> bool:
    # Without the complainant's consent there is no adviser's file at all (Handreiking 2.9).
    if question.file is FileKind.ADVISER and known.get(CONSENT) != "ja":
        return False
    return question.shown_when is None or parse(question.shown_when).evaluate(known)


def _may_be_asked(form: Form, facts: Mapping[str, FactValue]) -> Iterator[Field]:
    known: dict[str, FactValue | None] = dict(facts)
    before: set[str] = set()
    for question in form.fields:
        if _asked(question, known) or _can_open(question, known, before):
            before.add(question.key)
            yield question
        else:
            known[question.key] = None


def _can_open(question: Field, known: Mapping[str, FactValue | None], before: set[str]) -> bool:
    """Whether an answer to a question above it can still make it asked; what the facts rule out, none can."""
    shown = parse(question.shown_when) if question.shown_when is not None else None
    names = shown.names() if shown is not None else frozenset()
    waits_for = names | ({CONSENT} if question.file is FileKind.ADVISER else frozenset())
    return bool(waits_for & before) and (shown is None or shown.may_hold(known, before))


def is_required(question: Field, known: Mapping[str, FactValue | None]) -> bool:
    """Whether a question that is asked must be answered, given what is known so far."""
    return question.required or (question.required_when is not None and parse(question.required_when).evaluate(known))
