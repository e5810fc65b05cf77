"""How a form lies on a page: sections, rows, and dependent questions under their choice."""

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option
from app.domain.roles import FileKind
from app.web.fields import MOST_FAR, Question, lay_out
from tests.web import samples

STEPS = tuple(Option(code, code) for code in ("a", "b", "c"))


def asked(key: str, *, when: str | None = None, options: tuple[Option, ...] = samples.YES_NO, section: str = "") -> Field:
    return Field(key, key, FactType.ENUM, options=options, shown_when=when, section=section)


def keys(questions: list[Question]) -> list[str]:
    return [question.asked.key for question in questions]


def only_section(*questions: Field) -> list[Question]:
    sections = lay_out(Form("f", questions), {})
    assert len(sections) == 1
    return sections[0].questions


def test_sections_follow_the_form_and_dates_alone_stand_in_rows() -> None:
    sections = lay_out(samples.DECISION, {})
    assert [section.title for section in sections] == ["Het besluit", "De brieven", "De motivering"]
    assert [section.rows for section in sections] == [False, True, False]


def test_a_dependent_question_lies_under_the_answer_that_opens_it() -> None:
    top = only_section(asked("step", options=STEPS), asked("why", when="step == 'b' or step == 'c'"))
    assert keys(top) == ["step"]
    assert keys(top[0].dependents) == ["why"]
    assert top[0].dependents[0].shown_on == (2, 3)


def test_a_question_may_depend_on_a_dependent_question() -> None:
    top = only_section(asked("step"), asked("why", when="step == 'ja'"), asked("more", when="step == 'ja' and why != 'nee'"))
    why = top[0].dependents[0]
    assert keys(why.dependents) == ["more"]
    assert why.dependents[0].shown_on == (1,)


def test_known_facts_count_in_a_condition() -> None:
    form = Form("f", (asked("step"), asked("why", when="step == 'ja' and minor == 'ja'")))
    assert lay_out(form, {"minor": "ja"})[0].questions[0].dependents[0].shown_on == (1,)
    assert keys(lay_out(form, {"minor": "nee"})[0].questions) == ["step", "why"]


def test_a_condition_on_something_else_than_a_choice_leaves_the_question_in_view() -> None:
    number = Field("times", "times", FactType.NUMBER)
    top = only_section(number, asked("why", when="times > 2"))
    assert keys(top) == ["times", "why"]


def test_a_later_section_may_wait_for_a_choice_as_a_whole() -> None:
    form = Form("f", (asked("step", section="One"), asked("why", when="step == 'ja'", section="Two")))
    one, two = lay_out(form, {})
    assert (one.questions[0].number, one.far) == (1, ())
    assert (keys(two.questions), two.far) == (["why"], ("c1on1",))


def test_a_later_section_of_several_minds_stays_in_view() -> None:
    form = Form(
        "f", (asked("step", section="One"), asked("why", when="step == 'ja'", section="Two"), asked("how", section="Two"))
    )
    two = lay_out(form, {})[1]
    assert two.far == ()
    assert [question.far for question in two.questions] == [("c1on1",), ()]


def test_choices_beyond_the_rules_of_the_style_sheet_hide_nothing() -> None:
    choices = [asked(f"step{n}", section="One") for n in range(MOST_FAR + 1)]
    waiting = [asked(f"why{n}", when=f"step{n} == 'ja'", section="Two") for n in range(MOST_FAR + 1)]
    far = [question.far for question in lay_out(Form("f", (*choices, *waiting)), {})[1].questions]
    assert far == [(f"c{n}on1",) for n in range(1, MOST_FAR + 1)] + [()]


def test_text_for_the_advisers_file_waits_for_consent_on_the_same_form() -> None:
    text = Field("story", "story", None, file=FileKind.ADVISER)
    top = only_section(asked("file_consent"), text)
    assert keys(top[0].dependents) == ["story"]
    assert top[0].dependents[0].shown_on == (1,)


def test_short_choices_are_radios_and_long_ones_a_list() -> None:
    many = tuple(Option(str(n), str(n)) for n in range(7))
    short, long = only_section(asked("short"), asked("long", options=many))
    assert (short.control, long.control) == ("radios", "select")


def test_what_may_stay_empty_says_so() -> None:
    needed = Field("a", "a", FactType.DATE, required=True)
    sometimes = Field("b", "b", FactType.DATE, required_when="minor == 'ja'")
    form = Form("f", (needed, Field("c", "c", FactType.DATE), sometimes))
    assert [q.optional for q in lay_out(form, {"minor": "ja"})[0].questions] == [False, True, False]
    assert [q.optional for q in lay_out(form, {"minor": "nee"})[0].questions] == [False, True, True]
