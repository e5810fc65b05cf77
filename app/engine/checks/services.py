"""Service tasks: a known topic, with the properties that it takes and no others."""

from collections.abc import Iterator

from app.domain.dialect import TOPICS, Asks, Property, Topic, label
from app.domain.expressions import NAME
from app.domain.procedure import Element, ElementKind, Finding
from app.domain.roles import LANES
from app.engine.drawing import Drawing, Level
from app.engine.xml import CAMUNDA


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about service tasks."""
    for level, task in drawing.elements(ElementKind.SERVICE_TASK):
        topic = TOPICS.get(task.topic or "")
        if topic is None or level.nodes[task.id].get(f"{CAMUNDA}type") != "external":
            known = ", ".join(one.label for one in TOPICS.values())
            text = f"Wat deze stap doet ({task.topic or 'leeg'}) kennen we niet. Kies bij 'Wat gebeurt er' uit: {known}."
            yield level.finding(task.id, "topic_unknown", text)
            continue
        for text in _wrong(topic, task):
            yield level.finding(task.id, "topic_property", text)
        yield from _about_task(drawing, level, task)


def _wrong(topic: Topic, task: Element) -> Iterator[str]:
    for asked in topic.properties:
        given = task.properties.get(asked.name)
        if (asked.required or given is not None) and not _fits(asked, given or ""):
            if given:
                yield f"{given} kan niet bij '{asked.label}'. Kies of vul iets anders in."
            else:
                yield f"'{asked.label}' is leeg. Vul dat in."
    known = {asked.name: asked.label for asked in topic.properties}
    for name in task.properties.keys() - known.keys():
        yield f"{label(name)} doet hier niets. Haal het weg; '{topic.label}' kent: {', '.join(known.values()) or 'niets'}."


def _fits(asked: Property, text: str) -> bool:
    match asked.asks:
        case Asks.TEXT:
            return bool(text)
        case Asks.ROLES:
            return all(lane.strip() in LANES.values() for lane in text.split(","))
        case Asks.DAYS | Asks.FACTS:
            return all(NAME.fullmatch(name.strip()) for name in text.split(","))
        case Asks.CHOICE | Asks.TICK:
            return text in dict(asked.choices)
        case _:
            return NAME.fullmatch(text) is not None


def _about_task(drawing: Drawing, level: Level, task: Element) -> Iterator[Finding]:
    tasks = {one.id: one for _, one in drawing.elements(ElementKind.USER_TASK)}
    for name in ("about", "term"):
        about = task.properties.get(name)
        if about is not None and about not in tasks:
            text = f"De taak {about} bestaat niet. Kies bij {label(name)} een andere taak."
            yield level.finding(task.id, "topic_task", text)
    if task.topic != "extend_term":
        return
    term = tasks[task.properties["term"]].term if task.properties.get("term") in tasks else None
    if term is None or not term.extendable:
        text = f"Deze termijn kan niet verlengd worden. Zet bij de taak {label('deadlineExtendable')} aan, of haal deze stap weg."
        yield level.finding(task.id, "not_extendable", text)
