"""The arrows of a diagram: nothing dangles, nothing is lost, nothing runs twice, and every choice has an answer."""

from collections.abc import Iterator
from typing import Final

from app.domain.procedure import Element, ElementKind, Finding
from app.engine.drawing import Drawing, Level
from app.engine.elements import unwrapped
from app.engine.xml import BPMN

_ENDS: Final = (ElementKind.END, ElementKind.TERMINATE_END)
_STARTS: Final = (ElementKind.START, ElementKind.MESSAGE_START)
_GATEWAYS: Final = (ElementKind.EXCLUSIVE, ElementKind.PARALLEL)
_BOUNDARIES: Final = (ElementKind.TIMER_BOUNDARY, ElementKind.MESSAGE_BOUNDARY)


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about flows."""
    looped = _looped_levels(drawing)
    for level in drawing.levels.values():
        yield from _process(drawing, level)
        yield from _ends(level)
        yield from _ways_out(level)
        yield from _reached(level)
        yield from _conditions(level)
        yield from _boundaries(level, looped=level.process.id in looped)


def _process(drawing: Drawing, level: Level) -> Iterator[Finding]:
    process_id = level.process.id
    if level.node.get("isExecutable", "true") != "true":
        yield level.finding(process_id, "not_executable", "Dit proces staat op niet-uitvoerbaar. Zet het op uitvoerbaar.")
    starts = list(level.elements(*_STARTS))
    if not starts:
        yield level.finding(process_id, "no_start", "Dit proces heeft geen begin. Teken een startgebeurtenis.")
    if process_id != drawing.key and [start.kind for start in starts] not in ([], [ElementKind.START]):
        yield level.finding(
            process_id, "one_start", "Een fase heeft één gewoon begin. Laat één startgebeurtenis zonder bericht over."
        )
    if not list(level.elements(*_ENDS)):
        yield level.finding(process_id, "no_end", "Dit proces heeft geen einde. Teken een eindgebeurtenis.")


def _ends(level: Level) -> Iterator[Finding]:
    """Flows and boundary events that point to nothing."""
    for node in level.node.iterfind(f"{BPMN}sequenceFlow"):
        if node.get("sourceRef") not in level.nodes or node.get("targetRef") not in level.nodes:
            text = "Deze pijl zit aan één kant los. Verbind hem, of haal hem weg."
            yield Finding(level.file, node.get("id", ""), node.get("name", ""), "loose_flow", text)
    for element in level.elements(*_BOUNDARIES):
        if element.id not in level.attached:
            yield level.finding(
                element.id, "loose_boundary", "Deze gebeurtenis zit nergens op vast. Zet haar op de rand van een taak."
            )


def _ways_out(level: Level) -> Iterator[Finding]:
    for element in level.process.elements.values():
        if not element.outgoing and element.kind not in _ENDS:
            yield level.finding(
                element.id, "dead_end", "Hierna komt niets. Trek een pijl naar de volgende stap of naar een einde."
            )
        if element.outgoing and element.kind in _ENDS:
            yield level.finding(element.id, "after_end", "Na een einde komt niets meer. Haal de pijl weg.")
        if len(element.outgoing) > 1 and element.kind not in _GATEWAYS:
            yield level.finding(
                element.id, "many_out", "Hier vertrekken meer pijlen. Zet er een gateway tussen die zegt welke geldt."
            )
        if element.incoming and element.kind in (*_STARTS, *_BOUNDARIES):
            yield level.finding(
                element.id, "into_event", "Naar een begin of een gebeurtenis op de rand loopt geen pijl. Haal hem weg."
            )


def _reached(level: Level) -> Iterator[Finding]:
    starts = [node_id for node_id, node in level.nodes.items() if node.tag == f"{BPMN}startEvent"]
    for node_id in level.nodes.keys() - level.reach(starts) if starts else ():
        if level.nodes[node_id].get("triggeredByEvent") != "true":
            yield level.finding(node_id, "orphan", "Geen pijl vanaf het begin komt hier. Verbind dit onderdeel, of haal het weg.")


def _conditions(level: Level) -> Iterator[Finding]:
    """Conditions stand on the ways out of a choice, on all but the default, and nowhere else."""
    for node in level.node.iterfind(f"{BPMN}sequenceFlow"):
        expression = node.find(f"{BPMN}conditionExpression")
        flow = level.process.flows.get(node.get("id", ""))
        source = level.process.elements.get(flow.source) if flow is not None else None
        if flow is None or source is None:
            continue
        chooses = source.kind is ElementKind.EXCLUSIVE and len(source.outgoing) > 1
        if expression is None:
            if chooses and not flow.default:
                yield level.finding(
                    flow.id, "no_condition", "Deze weg heeft geen voorwaarde. Vul er een in, of maak hem de standaardweg."
                )
        elif not chooses or flow.default:
            yield level.finding(flow.id, "idle_condition", "Deze voorwaarde telt niet mee. Zet haar op een pijl uit een keuze.")
        elif expression.get("language") or unwrapped(expression.text) is None:
            yield level.finding(flow.id, "condition_outside", "Schrijf deze voorwaarde tussen ${ en }, zonder scripttaal.")


def _boundaries(level: Level, *, looped: bool) -> Iterator[Finding]:
    main = level.reach([element.id for element in level.elements(*_STARTS)], boundaries=False)
    for event in level.elements(*_BOUNDARIES):
        host = level.process.elements.get(event.attached_to or "")
        if event.interrupting:
            yield from _interrupts(level, event, host)
            continue
        path = level.reach([event.id])
        if path & main:
            text = "Deze weg komt terug in de hoofdweg, die dan twee keer loopt. Geef hem een eigen einde, of onderbreek de taak."
            yield level.finding(event.id, "into_main", text)
        in_loop = looped or (host is not None and host.id in _following(level, host.id))
        tasks = [node_id for node_id in path if _kind(level, node_id) is ElementKind.USER_TASK]
        if event.kind is ElementKind.TIMER_BOUNDARY and in_loop and tasks:
            text = (
                "In een herhaling stapelen de taken van deze timer zich op. Gebruik hier een servicetaak die iemand waarschuwt."
            )
            yield level.finding(event.id, "timer_task_in_loop", text)


def _interrupts(level: Level, event: Element, host: Element | None) -> Iterator[Finding]:
    if event.kind is not ElementKind.MESSAGE_BOUNDARY or (host is not None and host.kind is not ElementKind.CALL):
        text = "Alleen een bericht op een aangeroepen fase mag onderbreken. Zet de gebeurtenis op niet-onderbrekend."
        yield level.finding(event.id, "interrupting", text)


def _looped_levels(drawing: Drawing) -> frozenset[str]:
    """The called processes that can run more than once because their call lies in a loop, here or further up."""
    looped: set[str] = set()
    waiting = [call.called for level, call in drawing.elements(ElementKind.CALL) if call.id in _following(level, call.id)]
    while waiting:
        process_id = waiting.pop()
        if process_id is not None and process_id in drawing.levels and process_id not in looped:
            looped.add(process_id)
            waiting.extend(call.called for call in drawing.levels[process_id].elements(ElementKind.CALL))
    return frozenset(looped)


def _following(level: Level, node_id: str) -> frozenset[str]:
    events = [event for event, host in level.attached.items() if host == node_id and level.cuts(event)]
    return level.reach([*level.after(node_id), *events], boundaries=False)


def _kind(level: Level, node_id: str) -> ElementKind | None:
    element = level.process.elements.get(node_id)
    return element.kind if element is not None else None
