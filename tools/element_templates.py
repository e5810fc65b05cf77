"""`python -m tools.element_templates`: writes `processes/element-templates.json` from the table of our dialect.

With these templates Camunda Modeler, and our own, ask in Dutch for what a step needs. Only what is required is in them: a
template writes every property that it names, also an empty one, and an empty property is wrong where it may be left out.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.dialect import SOURCES, TASK, TERM, TOPICS, Asks, Property
from app.domain.roles import LANES

PATH: Final = Path(__file__).parents[1] / "processes" / "element-templates.json"
_GROUP: Final = "nl.veilige-route"
_TITLE: Final = "Een stap in een zaak wacht op je"
#: What a new term begins with.
_FIRST: Final = {"deadline": "P2W", "deadlineCalendar": "workdays", "deadlineWarn": "P3D"}

_Json = dict[str, object]


def templates() -> list[_Json]:
    """All element templates, in the form that Camunda 7 takes."""
    title = replace(next(one for one in TASK if one.name == "neutralTitle"), required=True)
    task = [*_asked((*SOURCES, title), {"neutralTitle": _TITLE})]
    term = [one for one in TERM if one.name in _FIRST]
    law = [replace(one, required=True) for one in TERM if one.name in (*_FIRST, "deadlineFrom")]
    found = [
        _template("task", "Taak", "Iemand doet iets.", "bpmn:UserTask", task),
        _template(
            "task.target",
            "Taak met een streeftermijn",
            "Iemand doet iets, binnen een streeftermijn.",
            "bpmn:UserTask",
            [*task, *_asked(term, _FIRST)],
        ),
        _template(
            "task.statutory",
            "Taak met een wettelijke termijn",
            "Iemand doet iets, binnen een termijn van de wet.",
            "bpmn:UserTask",
            [*task, *_asked(law, _FIRST | {"deadlineCalendar": "atw"}), _fixed("statutory", "true")],
        ),
    ]
    for name, topic in TOPICS.items():
        fixed = [_attribute("type", "external"), _attribute("topic", name)]
        asked = _asked(one for one in topic.properties if one.required)
        found.append(_template(f"topic.{name}", topic.label, topic.help, "bpmn:ServiceTask", [*fixed, *asked]))
    return found


def written() -> str:
    """The file as it must be."""
    return json.dumps(templates(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the file."""
    PATH.write_text(written(), encoding="utf-8")


def _template(template_id: str, name: str, description: str, kind: str, properties: Sequence[_Json]) -> _Json:
    return {
        "name": name,
        "id": f"{_GROUP}.{template_id}",
        "version": 1,
        "description": description,
        "appliesTo": [kind],
        "properties": list(properties),
    }


def _asked(properties: Iterable[Property], first: dict[str, str] | None = None) -> Iterator[_Json]:
    for one in properties:
        asked: _Json = {"label": one.label, "type": "Text" if one.asks is Asks.LONG else "String"}
        if one.help:
            asked["description"] = one.help
        if one.choices or one.asks is Asks.ROLE:
            asked |= {"type": "Dropdown", "choices": [{"name": label, "value": value} for value, label in _choices(one)]}
        if first and one.name in first:
            asked["value"] = first[one.name]
        if one.required:
            asked["constraints"] = {"notEmpty": True}
        yield asked | {"binding": {"type": "camunda:property", "name": one.name}}


def _choices(one: Property) -> Iterable[tuple[str, str]]:
    return one.choices or ((role, name) for name, role in LANES.items())


def _fixed(name: str, value: str) -> _Json:
    return {"type": "Hidden", "value": value, "binding": {"type": "camunda:property", "name": name}}


def _attribute(name: str, value: str) -> _Json:
    return {"type": "Hidden", "value": value, "binding": {"type": "property", "name": f"camunda:{name}"}}


if __name__ == "__main__":
    main()
