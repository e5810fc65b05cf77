"""What only a person may cause: opening a sealed file for others, in his lane; and starting a procedure, which has handlers."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.procedure import STEP_DONE, Element, ElementKind, Finding
from app.domain.roles import Role
from app.engine.drawing import Drawing, Level

#: Topics that need the key of the acting person, and the lane whose handler must be that person.
_LANE: Final[Mapping[str, Role]] = {
    "share": Role.ADVISER,
    "hand_over": Role.ADVISER,
    "name_replacement": Role.ADVISER,
    "drop_replacement": Role.ADVISER,
    "take_over": Role.SUCCESSOR,
}
#: What is passed at once, without anybody or anything being waited for.
_PASSED: Final = (ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.SERVICE_TASK)


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about service tasks that need somebody who acts."""
    for level, service in drawing.elements(ElementKind.SERVICE_TASK):
        lane = _LANE.get(service.topic or "")
        before = list(_before(level, service))
        if service.topic == "start_procedure" and any(_by_itself(one) for one in before):
            text = "Een timer of het einde van iets anders start geen procedure. Zet er een taak tussen: iemand start haar."
            yield level.finding(service.id, "start_by_itself", text)
        if lane is None:
            continue
        if service.lane is not lane or not all(one.kind is ElementKind.USER_TASK and one.lane is lane for one in before):
            text = f"{service.topic} mag alleen direct na een taak in de baan van {lane}, en niet na een timer. Verplaats het."
            yield level.finding(service.id, "topic_place", text)
        elif service.topic == "share":
            yield from _shared(drawing, level, service, before)


def _by_itself(element: Element) -> bool:
    return element.kind in (ElementKind.TIMER_CATCH, ElementKind.TIMER_BOUNDARY) or element.message == STEP_DONE


def _before(level: Level, service: Element) -> Iterator[Element]:
    """The elements where the wait was that ends right before this one; only gateways and service tasks lie between."""
    seen = {service.id}
    waiting = [service]
    while waiting:
        element = waiting.pop()
        for flow in element.incoming:
            source = level.process.elements.get(level.process.flows[flow].source)
            # What we do not run has a finding of its own.
            if source is None or source.id in seen:
                continue
            seen.add(source.id)
            if source.kind in _PASSED:
                waiting.append(source)
            else:
                yield source


def _shared(drawing: Drawing, level: Level, service: Element, before: list[Element]) -> Iterator[Finding]:
    form = drawing.forms.get(service.properties.get("form", ""))
    fields = {one.key for one in form.fields if one.sealed} if form is not None else set()
    if service.properties.get("field") not in fields or any(one.form_id != service.properties.get("form") for one in before):
        text = "share noemt geen afgesloten veld van de taak die er direct voor staat. Kies het formulier en een tekstveld ervan."
        yield level.finding(service.id, "share_field", text)
