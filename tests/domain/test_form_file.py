"""A form-js file becomes a form only when every part of it is on the white-list; all findings come at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import Audience, FactType
from app.domain.form_file import read_form
from app.domain.forms import Field, Form, Party, When
from app.domain.roles import FileKind

YES_NO = [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}]
FACT = {"store": "fact"}


def radio(key: str = "wanted", **more: object) -> dict[str, object]:
    return {"type": "radio", "id": f"f_{key}", "key": key, "label": "Wil je dit?", "values": YES_NO, "properties": FACT} | more


def text(key: str = "story", **more: object) -> dict[str, object]:
    return {"type": "textarea", "id": f"f_{key}", "key": key, "label": "Vertel"} | more


def day(key: str = "told_on", **more: object) -> dict[str, object]:
    return {"type": "datetime", "subtype": "date", "key": key, "dateLabel": "Welke dag?", "properties": FACT} | more


def number(key: str = "minutes", **more: object) -> dict[str, object]:
    return {"type": "number", "key": key, "label": "Minuten", "properties": FACT, "decimalDigits": 0} | more


def form(*components: dict[str, object], **more: object) -> dict[str, object]:
    return {"id": "do_it", "type": "default", "schemaVersion": 18, "components": list(components)} | more


def read(*components: dict[str, object]) -> Form:
    found, findings = read_form(form(*components), "do_it.form")
    assert findings == []
    assert found is not None
    return found


def codes(source: dict[str, object]) -> set[tuple[str, str]]:
    found, findings = read_form(source, "do_it.form")
    assert found is None
    assert all(one.file == "do_it.form" and one.text.endswith(".") for one in findings)
    return {(one.element_id, one.code) for one in findings}


def test_each_type_of_question_becomes_a_field() -> None:
    whole = read(
        {"type": "text", "text": "Lees dit eerst."},
        {"type": "group", "id": "g", "label": "Het besluit", "showOutline": False, "components": [radio(), day()]},
        day("called_on", subtype="datetime", properties=FACT | {"when": "past", "audience": "case"}),
        number(validate={"min": 0, "max": 480}),
        text(properties={"file": "board_file"}, validate={"required": True, "maxLength": 500}),
    )
    wanted, told, called, minutes, story = whole.fields
    assert whole.id == "do_it"
    assert (wanted.type, wanted.section, [o.value for o in wanted.options]) == (FactType.ENUM, "Het besluit", ["ja", "nee"])
    assert (told.type, told.label, told.section, told.audience) == (FactType.DATE, "Welke dag?", "Het besluit", Audience.OWN)
    assert (called.type, called.when, called.audience, called.section) == (FactType.MOMENT, When.PAST, Audience.CASE, "")
    assert (minutes.type, minutes.minimum, minutes.maximum) == (FactType.NUMBER, 0, 480)
    assert (story.sealed, story.file, story.required, story.max_length) == (True, FileKind.BOARD, True, 500)


def test_conditions_of_group_and_question_both_count() -> None:
    hidden = text("reason", conditional={"hide": '=wanted = "nee"'})
    group: dict[str, object] = {"type": "group", "label": "Meer", "conditional": {"hide": "=minutes < 5"}, "components": [hidden]}
    reason = read(radio(), number(), group).field("reason")
    assert reason.shown_when == "not (minutes < 5) and not (wanted == 'nee')"


def test_only_a_sealed_text_names_somebody_who_is_involved() -> None:
    assert read(text(properties={"party": "accused"})).field("story").party is Party.ACCUSED
    assert codes(form(radio(properties=FACT | {"party": "accused"}))) == {("wanted", "party")}
    assert codes(form(text(properties={"party": "neighbour"}))) == {("story", "party")}


def test_a_needed_answer_can_depend_on_an_earlier_one() -> None:
    story = text(properties={"requiredWhen": "wanted == 'ja'"})
    assert read(radio(), story).field("story") == Field("story", "Vertel", None, required_when="wanted == 'ja'")


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ({"type": "html", "id": "h", "content": "<b>x</b>"}, ("h", "component_type")),
        ({"type": "iframe", "id": "i", "url": "https://example.org"}, ("i", "component_type")),
        ({"type": "checklist", "key": "many", "values": YES_NO}, ("many", "component_type")),
        ({"type": "documentPreview", "id": "d"}, ("d", "component_type")),
        ({"type": "filepicker", "key": "annex"}, ("annex", "component_type")),
        ({"type": "text", "id": "t", "text": "<script>alert(1)</script>"}, ("t", "text_dynamic")),
        ({"type": "text", "id": "t", "text": "Dag {{naam}}"}, ("t", "text_dynamic")),
        (radio(valuesExpression="=list"), ("wanted", "component_setting")),
        (radio(valuesKey="list"), ("wanted", "component_setting")),
        (radio(defaultValue="ja"), ("wanted", "component_setting")),
        (radio(label=""), ("wanted", "label_missing")),
        (radio(label='="Dag " + naam'), ("wanted", "text_dynamic")),
        (radio(properties={}), ("wanted", "sealed_type")),
        (radio(properties={"store": "elders"}), ("wanted", "store")),
        (radio(properties=FACT | {"file": "board_file"}), ("wanted", "fact_file")),
        (radio(properties=FACT | {"audience": "iedereen"}), ("wanted", "audience")),
        (radio(properties=FACT | {"when": "past"}), ("wanted", "when")),
        (radio(properties=FACT | {"color": "red"}), ("wanted", "component_setting")),
        (radio(properties=FACT | {"requiredWhen": "x"}), ("wanted", "condition_outside")),
        (radio(properties=FACT | {"requiredWhen": "x == 1"}, validate={"required": True}), ("wanted", "required")),
        (radio(values=YES_NO[:1]), ("wanted", "options")),
        (radio(values=[*YES_NO, YES_NO[0]]), ("wanted", "options")),
        (radio(values=[{"value": "Ja graag", "label": "Ja"}, YES_NO[1]]), ("wanted", "options")),
        (radio(values=None), ("wanted", "options")),
        (radio("Wanted"), ("Wanted", "field_key")),
        (radio("a.b"), ("a.b", "field_key")),
        (radio("not"), ("not", "field_key")),
        (radio("told_on__time"), ("told_on__time", "field_key")),
        (text(properties=FACT), ("story", "fact_text")),
        (text(properties={"file": "my_file"}), ("story", "file")),
        (text(properties={"audience": "case"}), ("story", "sealed_setting")),
        (text(validate={"pattern": ".*"}), ("story", "component_setting")),
        (text(validate={"maxLength": 10**9}), ("story", "number")),
        (text(conditional={"hide": "=wanted = 1 or execution.getVariable()"}), ("story", "condition_outside")),
        (text(conditional={"show": "=true"}), ("story", "component_setting")),
        (day(subtype="time"), ("told_on", "component_type")),
        (number(validate={"min": 9, "max": 1}), ("minutes", "number")),
        (number(validate={"min": "0"}), ("minutes", "number")),
        (number(decimalDigits=2), ("minutes", "number")),
    ],
)
def test_what_is_not_on_the_white_list_is_refused_by_name(component: dict[str, object], expected: tuple[str, str]) -> None:
    assert codes(form(component)) == {expected}


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        ([radio(), radio()], ("wanted", "field_twice")),
        ([text("reason", conditional={"hide": '=wanted = "nee"'}), radio()], ("reason", "condition_order")),
        ([radio(conditional={"hide": '=wanted = "nee"'})], ("wanted", "condition_order")),
        ([text(), radio(conditional={"hide": '=story = "x"'})], ("wanted", "condition_sealed")),
        ([radio(), text(conditional={"hide": '=wanted = "misschien"'})], ("story", "condition_value")),
        (
            [
                {
                    "type": "group",
                    "id": "g",
                    "label": "A",
                    "components": [{"type": "group", "id": "h", "label": "B", "components": [radio()]}],
                }
            ],
            ("h", "group_nested"),
        ),
        ([{"type": "group", "id": "g", "label": "A", "path": "deep", "components": [radio()]}], ("g", "component_setting")),
        ([number(f"n{i}") for i in range(61)], ("n60", "form_long")),
        ([], ("do_it.form", "form_empty")),
    ],
)
def test_questions_that_do_not_go_together_are_refused(components: list[dict[str, object]], expected: tuple[str, str]) -> None:
    assert codes(form(*components)) == {expected}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": "Do it"}, ("Do it", "form_id")),
        ({"id": None}, ("None", "form_id")),
        ({"type": "other"}, ("do_it", "form_kind")),
        ({"schemaVersion": "18"}, ("do_it", "form_kind")),
        ({"components": "html"}, ("do_it.form", "form_kind")),
        ({"components": [radio(), "html"]}, ("do_it.form", "form_kind")),
        ({"properties": {}}, ("do_it", "form_setting")),
    ],
)
def test_a_file_that_is_not_a_form_is_refused(change: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in codes(form(radio()) | change)


def test_all_findings_come_at_once() -> None:
    assert codes(form({"type": "html", "id": "h"}, radio(label=""), text(properties=FACT))) == {
        ("h", "component_type"),
        ("wanted", "label_missing"),
        ("story", "fact_text"),
    }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["radio", "number", "fact", "sealed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
SETTINGS = st.sampled_from(
    ["type", "key", "label", "values", "properties", "validate", "conditional", "components", "subtype", "text"]
)


@given(st.lists(st.dictionaries(SETTINGS, ANYTHING, max_size=6), max_size=3), st.dictionaries(SETTINGS, ANYTHING, max_size=2))
def test_whatever_a_file_holds_it_is_read_or_explained(components: list[dict[str, object]], change: dict[str, object]) -> None:
    for component in (*components, radio() | change, text() | change, number() | change, day() | change):
        found, findings = read_form(form(component), "do_it.form")
        assert (found is None) == bool(findings)
