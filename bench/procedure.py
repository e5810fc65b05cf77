"""Draws the procedure that is measured: twelve tasks in two lanes, four gateways and a term with two timers.

    a1 - a2 -<needed?>- a3 - b1 - b2 (statutory term: warning and overdue) -+- a4 -+- b4 - a5 -<more?>- a6 - b5 - a7
                 `-----------'                                              `- b3 -'             `---- end

`a` is a task of the adviser, `b` of the board. Every form asks one fact and one sealed text, all answers are yes, and so a
case takes all twelve tasks. The first form asks consent to a file, for before that no text is kept;
the form before the term asks the day on which the term starts.
"""

import json
from datetime import date
from pathlib import Path
from typing import Final

KEY: Final = "twelve"
START: Final = "begin"
#: The task that carries the term, and the question that says when it starts.
TERM: Final = "b2"
TERM_STARTS: Final = "b1_on"
TASKS: Final = ("a1", "a2", "a3", "b1", "b2", "a4", "b3", "b4", "a5", "a6", "b5", "a7")
#: The last task of the adviser before the board's lane opens: here its handlers are ticked.
OPENS_BOARD: Final = "a3"

_TERM: Final = {
    "deadline": "P4W",
    "deadlineFrom": TERM_STARTS,
    "deadlineCalendar": "atw",
    "deadlineWarn": "P1W",
    "statutory": "true",
}
_TITLE: Final = "Taak "
_NOTES: Final = "Een verslag van een gesprek, zo lang als zo'n verslag is. " * 8
_ROLES: Final = {"a": ("adviser", "Vertrouwenspersoon"), "b": ("board", "Bevoegd gezag")}
_FLOWS: Final = (
    ("begin", "a1"),
    ("a1", "a2"),
    ("a2", "needed"),
    ("needed", "a3"),
    ("needed", "b1"),
    ("a3", "b1"),
    ("b1", "b2"),
    ("b2", "fork"),
    ("fork", "a4"),
    ("fork", "b3"),
    ("a4", "join"),
    ("b3", "join"),
    ("join", "b4"),
    ("b4", "a5"),
    ("a5", "more"),
    ("more", "a6"),
    ("more", "stopped"),
    ("a6", "b5"),
    ("b5", "a7"),
    ("a7", "done"),
    ("warn", "tell_soon"),
    ("tell_soon", "told_soon"),
    ("late", "tell_late"),
    ("tell_late", "told_late"),
)
_NO: Final = {("needed", "b1"), ("more", "stopped")}
_CONDITIONS: Final = {("needed", "a3"): "${a2_done == 'ja'}", ("more", "a6"): "${a5_done == 'ja'}"}
_OTHERS: Final = {
    "adviser": ("begin", "needed", "fork", "join", "more", "stopped", "done"),
    "board": ("warn", "late", "tell_soon", "tell_late", "told_soon", "told_late"),
}
_NAMESPACES: Final = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'targetNamespace="urn:veilige-route:bench"'
)


def answer(question: str, today: date) -> str:
    """What everybody answers to a question."""
    if question.endswith(("_done", "_consent")):
        return "ja"
    return today.isoformat() if question == TERM_STARTS else _NOTES


def element_of(title: str) -> str:
    """The task that is shown under this title."""
    return title.removeprefix(_TITLE)


def questions(element_id: str) -> list[str]:
    """The keys of what a task's form asks."""
    consent = ["file_consent"] if element_id == TASKS[0] else []
    start = [TERM_STARTS] if TERM_STARTS.startswith(element_id) else []
    return [*consent, f"{element_id}_done", *start, f"{element_id}_notes"]


def write(processes: Path, forms: Path) -> None:
    """Write the diagram and its forms beside other procedures."""
    (processes / f"{KEY}.bpmn").write_text(diagram(), encoding="utf-8")
    (forms / KEY).mkdir(parents=True, exist_ok=True)
    for task in TASKS:
        (forms / KEY / f"{task}.form").write_text(json.dumps(_form(task)), encoding="utf-8")


def diagram() -> str:
    """The diagram as BPMN."""
    parts = [_lanes(), *(_task(task) for task in TASKS), *_events(), *_gateways(), *(_flow(*flow) for flow in _FLOWS)]
    process = "\n".join(parts)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {_NAMESPACES}>'
    opened = f'<bpmn:process id="{KEY}" name="Twaalf taken" isExecutable="true">{_properties(legalBasis="geen")}'
    return f"{head}\n{opened}\n{process}\n</bpmn:process>\n{_drawing()}</bpmn:definitions>\n"


def _drawing() -> str:
    """Everything on one line: nobody looks at it, but nothing may run that is not drawn."""
    nodes = dict.fromkeys(node for flow in _FLOWS for node in flow)
    bounds = {node: f'x="{100 + 150 * place}" y="100" width="100" height="80"' for place, node in enumerate(nodes)}
    shapes = [
        f'<bpmndi:BPMNShape bpmnElement="{node}"><dc:Bounds {where} /></bpmndi:BPMNShape>' for node, where in bounds.items()
    ]
    points = '<di:waypoint x="100" y="140" /><di:waypoint x="200" y="140" />'
    edges = [f'<bpmndi:BPMNEdge bpmnElement="{a}_to_{b}">{points}</bpmndi:BPMNEdge>' for a, b in _FLOWS]
    plane = f'<bpmndi:BPMNPlane bpmnElement="{KEY}">{"".join(shapes)}{"".join(edges)}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="drawing">{plane}</bpmndi:BPMNDiagram>'


def _lanes() -> str:
    lanes = ""
    for first, (role, name) in _ROLES.items():
        inside = [*(task for task in TASKS if task.startswith(first)), *_OTHERS[role]]
        refs = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in inside)
        lanes += f'<bpmn:lane id="lane_{role}" name="{name}">{refs}</bpmn:lane>'
    return f'<bpmn:laneSet id="lanes">{lanes}</bpmn:laneSet>'


def _task(task: str) -> str:
    role, _ = _ROLES[task[0]]
    said = _properties(
        legalBasis="geen", checklist="1", neutralTitle="Een stap in een zaak wacht op je", **(_TERM if task == TERM else {})
    )
    return (
        f'<bpmn:userTask id="{task}" name="{_TITLE}{task}" camunda:formRef="{task}" camunda:candidateGroups="{role}">'
        f"<bpmn:documentation>Doe wat er staat.</bpmn:documentation>{said}</bpmn:userTask>"
    )


def _events() -> list[str]:
    ends = ("stopped", "done", "told_soon", "told_late")
    return [
        '<bpmn:startEvent id="begin" name="Begin" />',
        *(f'<bpmn:endEvent id="{end}" name="Einde {end}" />' for end in ends),
        _timer("warn", "Bijna", "${warn.b2}"),
        _timer("late", "Te laat", "${deadline.b2}"),
        _notify("tell_soon", "term_soon"),
        _notify("tell_late", "term_missed"),
    ]


def _timer(name: str, label: str, moment: str) -> str:
    date = f'<bpmn:timeDate xsi:type="bpmn:tFormalExpression">{moment}</bpmn:timeDate>'
    definition = f'<bpmn:timerEventDefinition id="{name}_timer">{date}</bpmn:timerEventDefinition>'
    said = _properties(legalBasis="geen", checklist="1")
    attached = f'cancelActivity="false" attachedToRef="{TERM}"'
    return f'<bpmn:boundaryEvent id="{name}" name="{label}" {attached}>{said}{definition}</bpmn:boundaryEvent>'


def _notify(name: str, notice: str) -> str:
    said = _properties(to="board", notice=notice, about=TERM)
    return f'<bpmn:serviceTask id="{name}" name="Meld" camunda:type="external" camunda:topic="notify">{said}</bpmn:serviceTask>'


def _gateways() -> list[str]:
    return [
        '<bpmn:exclusiveGateway id="needed" name="Nodig?" default="needed_to_b1" />',
        '<bpmn:exclusiveGateway id="more" name="Meer?" default="more_to_stopped" />',
        '<bpmn:parallelGateway id="fork" />',
        '<bpmn:parallelGateway id="join" />',
    ]


def _flow(source: str, target: str) -> str:
    condition = _CONDITIONS.get((source, target), "")
    asked = condition and f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    label = 'name="ja"' if condition else 'name="nee"' if (source, target) in _NO else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{source}_to_{target}" {label} {ends}>{asked}</bpmn:sequenceFlow>'


def _properties(**given: str) -> str:
    lines = "".join(f'<camunda:property name="{name}" value="{value}" />' for name, value in given.items())
    return f"<bpmn:extensionElements><camunda:properties>{lines}</camunda:properties></bpmn:extensionElements>"


def _form(task: str) -> dict[str, object]:
    asked = [_question(key) for key in questions(task)]
    head = {"id": task, "type": "default", "schemaVersion": 18, "executionPlatform": "Camunda Platform"}
    return head | {"executionPlatformVersion": "7.24.0", "components": asked}


def _question(key: str) -> dict[str, object]:
    asked: dict[str, object] = {"id": f"field_{key}", "key": key, "label": "Vraag", "validate": {"required": True}}
    if key.endswith("_notes"):
        return asked | {"type": "textarea", "properties": {"store": "sealed"}}
    fact = {"store": "fact", "audience": "case"}
    if key == TERM_STARTS:
        return asked | {"type": "datetime", "dateLabel": "Wanneer?", "subtype": "date", "properties": fact | {"when": "any"}}
    return asked | {
        "type": "radio",
        "values": [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}],
        "properties": fact,
    }
