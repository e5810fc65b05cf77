"""A form as a page shows it: sections, and dependent questions under the choice they depend on.

A question that depends on a choice in the same form is shown and hidden by the style sheet alone, so it works without a script:
in its section it lies under the choice (`.o3:checked` shows `.on3`), in a later one it is far from it (`.c1o3:checked` shows
`.c1on3`, where 1 is the number of the choice in this form). The server decides again when the form comes in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from app.domain.expressions import Expression, parse
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import CONSENT
from app.domain.forms import Field, Form
from app.domain.roles import FileKind

#: The style sheet has a rule per place of an answer; choices longer than this show their dependent questions always.
MOST_OPTIONS = 40
#: And a rule per place for so many choices that decide over later sections.
MOST_FAR, MOST_FAR_OPTIONS = 4, 12
#: Longer choices are a list to open.
_MOST_RADIOS = 6
_SHORT_ROW = 40
#: Sealed texts up to this length are one line.
_LINE = 500
#: Sections with at least so many dates and nothing else put the box beside the words.
_ROWS_FROM = 2


@dataclass(slots=True)
class Question:
    """One question on the page.

    `shown_on`: the places of the answers of the choice it lies under that show it, empty when it always shows. `number`: when it
    is a choice that decides over later sections. `far`: the classes that show it there.
    """

    asked: Field
    optional: bool
    shown_on: tuple[int, ...] = ()
    number: int = 0
    far: tuple[str, ...] = ()
    dependents: list["Question"] = field(default_factory=list)

    @property
    def control(self) -> str:
        """How it is asked: text, line, select, radios, date, moment or number."""
        if self.asked.type is None:
            return "line" if self.asked.max_length <= _LINE else "text"
        if self.asked.type is FactType.ENUM:
            return "radios" if len(self.asked.options) <= _MOST_RADIOS else "select"
        return str(self.asked.type)

    @property
    def in_a_row(self) -> bool:
        """Whether its answers are short enough to stand beside each other."""
        return sum(len(option.label) + 4 for option in self.asked.options) <= _SHORT_ROW


@dataclass(slots=True)
class Section:
    """Questions under one heading; `rows` when all are dates, asked in a row each."""

    title: str
    questions: list[Question] = field(default_factory=list)

    @property
    def rows(self) -> bool:
        """Whether all questions are plain dates, so that one example serves them all."""
        plain = all(q.control == "date" and not q.dependents and not q.asked.description for q in self.questions)
        return plain and len(self.questions) >= _ROWS_FROM

    @property
    def far(self) -> tuple[str, ...]:
        """The classes that show the whole section, when all its questions wait for the same answers of one choice."""
        ways = {question.far for question in self.questions}
        return ways.pop() if len(ways) == 1 else ()


def lay_out(form: Form, facts: Mapping[str, FactValue]) -> tuple[Section, ...]:
    """The form's questions in sections. The facts are those that conditions may read beside the form's own answers."""
    sections: list[Section] = []
    placed: dict[str, Question] = {}
    for asked in form.fields:
        question = _question(form, asked, facts)
        if not sections or sections[-1].title != asked.section:
            sections.append(Section(asked.section))
        _place(question, sections[-1], placed, _controller(form, asked))
        placed[asked.key] = question
    return tuple(sections)


def _question(form: Form, asked: Field, facts: Mapping[str, FactValue]) -> Question:
    controller = _controller(form, asked)
    places = _places(form, controller, asked, facts) if controller is not None else ()
    return Question(asked, _optional(form, asked, facts), places)


def _place(question: Question, section: Section, placed: Mapping[str, Question], controller: Field | None) -> None:
    above = placed.get(controller.key) if controller else None
    places, question.shown_on = question.shown_on, ()
    if above is not None and above.asked.section == section.title and places:
        question.shown_on = places
        above.dependents.append(question)
        return
    if above is not None and places and _may_decide_far(above, placed):
        above.number = above.number or 1 + max(other.number for other in placed.values())
        question.far = tuple(f"c{above.number}on{place}" for place in places)
    section.questions.append(question)


def _may_decide_far(choice: Question, placed: Mapping[str, Question]) -> bool:
    used = max(other.number for other in placed.values())
    return len(choice.asked.options) <= MOST_FAR_OPTIONS and (choice.number > 0 or used < MOST_FAR)


def _condition(form: Form, asked: Field) -> Expression | None:
    """When the question is asked, as far as other answers of the same form decide; facts were looked at before."""
    own = parse(asked.shown_when) if asked.shown_when is not None else None
    if asked.file is FileKind.ADVISER and any(f.key == CONSENT for f in form.fields):
        consent = parse(f"{CONSENT} == 'ja'")
        own = consent if own is None else own.both(consent)
    return own if own is not None and any(f.key in own.names() for f in form.fields) else None


def _controller(form: Form, asked: Field) -> Field | None:
    """The last choice above this question that its condition reads; None when something else than a choice decides."""
    condition = _condition(form, asked)
    if condition is None:
        return None
    read = [f for f in form.fields[: form.fields.index(asked)] if f.key in condition.names()]
    if not all(f.type is FactType.ENUM and len(f.options) <= MOST_OPTIONS for f in read):
        return None
    return read[-1] if read else None


def _places(form: Form, controller: Field, asked: Field, facts: Mapping[str, FactValue]) -> tuple[int, ...]:
    """The places (from 1) of the controller's answers under which the question may be asked, whatever other choices are."""
    condition = _condition(form, asked)
    assert condition is not None  # noqa: S101 - a controller is found in a condition
    others = [f for f in form.fields if f.key in condition.names() and f.key != controller.key]
    choices = [[(f.key, value) for value in (None, *(option.value for option in f.options))] for f in others]
    found = []
    for place, option in enumerate(controller.options, start=1):
        worlds = ({**facts, **dict(chosen), controller.key: option.value} for chosen in product(*choices))
        if any(condition.evaluate(world) for world in worlds):
            found.append(place)
    return tuple(found)


def _optional(form: Form, asked: Field, facts: Mapping[str, FactValue]) -> bool:
    """Whether the answer may stay empty as far as known; what depends on other answers is said by the server."""
    if asked.required or asked.required_when is None:
        return not asked.required
    needed = parse(asked.required_when)
    return not needed.evaluate(facts) and not any(f.key in needed.names() for f in form.fields)
