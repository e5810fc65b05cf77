"""Service tasks: a known topic, with the properties that its handler needs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app.domain.expressions import NAME
from app.domain.procedure import Element, ElementKind, Finding
from app.domain.roles import LANES
from app.engine.drawing import Drawing, Level
from app.engine.xml import CAMUNDA

_Fits = Callable[[str], bool]


def _lanes(text: str) -> bool:
    return all(lane.strip() in LANES.values() for lane in text.split(","))


def _code(text: str) -> bool:
    return NAME.fullmatch(text) is not None


def _codes(text: str) -> bool:
    return all(_code(name.strip()) for name in text.split(","))


def _one_of(*words: str) -> _Fits:
    return lambda text: text in words


#: What each topic needs: a property and what its value must look like.
_NEEDS: Final[Mapping[str, Mapping[str, _Fits]]] = {
    "notify": {"to": _lanes, "notice": _code},
    "record": {"mark": _code},
    "extend_term": {"term": _code, "to": _code, "told": _codes},
    "start_procedure": {"procedure": _code, "start": _code},
    "send_message": {"procedure": _code, "message": _code},
    "share": {"form": _code, "field": _code, "to": _one_of("leader_file", "board_file")},
    "hand_over": {},
    "name_replacement": {},
    "drop_replacement": {},
    "take_over": {},
}
#: What a topic may be told besides.
_MAY: Final[Mapping[str, Mapping[str, _Fits]]] = {
    "record": {"leaves": _lanes},
    "start_procedure": {"again": _one_of("true"), "own_case": _one_of("same", "other")},
    "send_message": {"gives": _codes},
}


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about service tasks."""
    for level, task in drawing.elements(ElementKind.SERVICE_TASK):
        needs = _NEEDS.get(task.topic or "")
        if needs is None or level.nodes[task.id].get(f"{CAMUNDA}type") != "external":
            text = (
                f"De servicetaak {task.topic or '(leeg)'} kennen we niet. Kies type external en een topic: {', '.join(_NEEDS)}."
            )
            yield level.finding(task.id, "topic_unknown", text)
            continue
        given = {name: fits for name, fits in _MAY.get(task.topic or "", {}).items() if name in task.properties}
        for name, fits in (*needs.items(), *given.items()):
            if not fits(task.properties.get(name, "")):
                value = task.properties.get(name) or "leeg"
                yield level.finding(
                    task.id, "topic_property", f"De eigenschap {name} is {value}. Vul haar in zoals {task.topic} vraagt."
                )
        if not _lanes(task.properties.get("lanes", "adviser")):
            yield level.finding(task.id, "topic_property", f"De eigenschap lanes is {task.properties['lanes']}. Noem rollen.")
        yield from _about_task(drawing, level, task)


def _about_task(drawing: Drawing, level: Level, task: Element) -> Iterator[Finding]:
    tasks = {one.id: one for _, one in drawing.elements(ElementKind.USER_TASK)}
    for name in ("about", "term"):
        about = task.properties.get(name)
        if about is not None and about not in tasks:
            yield level.finding(task.id, "topic_task", f"De taak {about} in {name} bestaat niet. Vul de id van een taak in.")
    if task.topic != "extend_term":
        return
    term = tasks[task.properties["term"]].term if task.properties.get("term") in tasks else None
    if term is None or not term.extendable:
        text = "De termijn van deze taak kan niet verlengd worden. Zet deadlineExtendable aan bij de taak, of haal deze stap weg."
        yield level.finding(task.id, "not_extendable", text)
