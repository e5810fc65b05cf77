"""A new version of the committee procedure, and plans that move running cases to it."""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import select

from app.catalogue import thaw
from app.demo.play import Answer, Player
from app.domain.roles import Role
from app.services.moving import plans
from app.services.moving.going import go_on
from app.services.publishing import publish
from app.storage.tables import MovedProcedure, ProcedureRow, ProcedureVersion
from tests.services.committee import ADVICE_ON, case_of, committee_says, receive_advice, send_letter
from tests.world import ROOT

Change = tuple[str, str, str]
BOARD = {Role.BOARD: ("marijke", "kemal")}
RESPONSE = "committee/response.bpmn"
STEP = """<bpmn:userTask id="tell_staff" name="Vertel het de medewerkers" camunda:formRef="tell_staff"
    camunda:formRefBinding="deployment" camunda:candidateGroups="board">
  <bpmn:documentation>Vertel de medewerkers wat je besloot.</bpmn:documentation>
  <bpmn:extensionElements><camunda:properties>
    <camunda:property name="legalBasis" value="Handreiking 5.8.1" />
    <camunda:property name="checklist" value="59" />
    <camunda:property name="neutralTitle" value="Een stap in een zaak wacht op je" />
  </camunda:properties></bpmn:extensionElements>
  <bpmn:incoming>board_response_to_tell_staff</bpmn:incoming>
  <bpmn:outgoing>board_response_to_gw_measures</bpmn:outgoing>
</bpmn:userTask>
<bpmn:exclusiveGateway id="gw_measures\""""
FLOWS = """<bpmn:sequenceFlow id="board_response_to_tell_staff" sourceRef="board_response" targetRef="tell_staff" />
<bpmn:sequenceFlow id="board_response_to_gw_measures" sourceRef="tell_staff\""""
DRAWN = """<bpmndi:BPMNShape id="tell_staff_di" bpmnElement="tell_staff">
  <dc:Bounds x="440" y="95" width="100" height="60" /></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="to_tell_staff_di" bpmnElement="board_response_to_tell_staff">
  <di:waypoint x="415" y="220" /><di:waypoint x="415" y="125" /><di:waypoint x="440" y="125" /></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane>"""
#: Six weeks instead of four, and a step after the decision.
SIX_WEEKS: tuple[Change, ...] = (
    (RESPONSE, 'value="P4W"', 'value="P6W"'),
    (RESPONSE, "</bpmndi:BPMNPlane>", DRAWN),
    (RESPONSE, '<di:waypoint x="465" y="260" />', '<di:waypoint x="515" y="155" /><di:waypoint x="515" y="260" />'),
    (RESPONSE, '<bpmn:exclusiveGateway id="gw_measures"', STEP),
    (RESPONSE, '<bpmn:sequenceFlow id="board_response_to_gw_measures" sourceRef="board_response"', FLOWS),
    (
        RESPONSE,
        "<bpmn:outgoing>board_response_to_gw_measures</bpmn:outgoing>\n    </bpmn:userTask>\n    <bpmn:boundary",
        "<bpmn:outgoing>board_response_to_tell_staff</bpmn:outgoing>\n    </bpmn:userTask>\n    <bpmn:boundary",
    ),
    (
        RESPONSE,
        "<bpmn:flowNodeRef>gw_measures</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>tell_staff</bpmn:flowNodeRef><bpmn:flowNodeRef>gw_measures</bpmn:flowNodeRef>",
    ),
)
FORM = {
    "id": "tell_staff",
    "type": "default",
    "schemaVersion": 18,
    "executionPlatform": "Camunda Platform",
    "executionPlatformVersion": "7.24.0",
    "exporter": {"name": "veilige-route", "version": "1"},
    "components": [
        {
            "type": "datetime",
            "id": "field_staff_told_on",
            "key": "staff_told_on",
            "dateLabel": "Wanneer vertelde je het?",
            "subtype": "date",
            "validate": {"required": True},
            "properties": {"store": "fact", "audience": "own", "when": "any"},
        }
    ],
}


#: The target of carrying out the measures, which counts from the day that the board named.
TARGET: Final = """          <camunda:property name="deadline" value="P0D" />
          <camunda:property name="deadlineFrom" value="measures_due_on" />
          <camunda:property name="deadlineCalendar" value="calendar" />
          <camunda:property name="deadlineWarn" value="P1W" />
"""
_STATUTORY: Final = '          <camunda:property name="statutory" value="true" />\n'


def _timer(name: str, waits: str, notice: str) -> str:
    source = '<camunda:property name="legalBasis" value="WPO art. 14" /><camunda:property name="checklist" value="59" />'
    told = {"to": "board", "notice": notice, "about": "measures_done"}
    properties = "".join(f'<camunda:property name="{key}" value="{value}" />' for key, value in told.items())
    return f"""<bpmn:boundaryEvent id="{name}" name="{name}" cancelActivity="false" attachedToRef="measures_done">
  <bpmn:extensionElements><camunda:properties>{source}</camunda:properties></bpmn:extensionElements>
  <bpmn:outgoing>{name}_to_told</bpmn:outgoing>
  <bpmn:timerEventDefinition>
    <bpmn:timeDate xsi:type="bpmn:tFormalExpression">${{{waits}}}</bpmn:timeDate>
  </bpmn:timerEventDefinition>
</bpmn:boundaryEvent>
<bpmn:serviceTask id="{name}_told" name="Meld {name}" camunda:type="external" camunda:topic="notify">
  <bpmn:extensionElements><camunda:properties>{properties}</camunda:properties></bpmn:extensionElements>
  <bpmn:incoming>{name}_to_told</bpmn:incoming><bpmn:outgoing>{name}_to_end</bpmn:outgoing>
</bpmn:serviceTask>
<bpmn:endEvent id="{name}_end" name="Einde {name}"><bpmn:incoming>{name}_to_end</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="{name}_to_told" sourceRef="{name}" targetRef="{name}_told" />
<bpmn:sequenceFlow id="{name}_to_end" sourceRef="{name}_told" targetRef="{name}_end" />
"""


def _shapes(name: str, x: int) -> str:
    shapes = (
        f'<bpmndi:BPMNShape id="{part}_di" bpmnElement="{part}"><dc:Bounds x="{x}" y="{y}" width="36" height="36" />'
        "</bpmndi:BPMNShape>"
        for part, y in ((name, 155), (f"{name}_told", 230), (f"{name}_end", 320))
    )
    ways = (f'<di:waypoint x="{x}" y="{y}" /><di:waypoint x="{x}" y="{y + 20}" />' for y in (200, 300))
    edges = (
        f'<bpmndi:BPMNEdge id="{flow}_di" bpmnElement="{flow}">{way}</bpmndi:BPMNEdge>'
        for flow, way in zip((f"{name}_to_told", f"{name}_to_end"), ways, strict=True)
    )
    return "".join((*shapes, *edges))


def _in_lane(*names: str) -> str:
    parts = (f"{name}{part}" for name in names for part in ("", "_told", "_end"))
    return "".join(f"<bpmn:flowNodeRef>{part}</bpmn:flowNodeRef>" for part in parts)


#: The measures have no term; and they have one of law, with its two timers.
NO_TERM: tuple[Change, ...] = ((RESPONSE, TARGET, ""),)
WITH_TIMERS: tuple[Change, ...] = (
    (RESPONSE, TARGET, TARGET + _STATUTORY),
    (
        RESPONSE,
        '<bpmn:exclusiveGateway id="gw_measures_done"',
        _timer("measures_soon", "warn.measures_done", "term_soon")
        + _timer("measures_late", "deadline.measures_done", "term_missed")
        + '<bpmn:exclusiveGateway id="gw_measures_done"',
    ),
    (
        RESPONSE,
        "<bpmn:flowNodeRef>measures_done</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>measures_done</bpmn:flowNodeRef>" + _in_lane("measures_soon", "measures_late"),
    ),
    (RESPONSE, "</bpmndi:BPMNPlane>", _shapes("measures_soon", 700) + _shapes("measures_late", 850) + "</bpmndi:BPMNPlane>"),
)


def publish_version(player: Player, *changes: Change, forms: Mapping[str, bytes] | None = None) -> int:
    """Publish the committee procedure with these texts (file, old, new) changed; gives its number."""
    root = ROOT / "processes"
    paths = [root / "committee.bpmn", *sorted((root / "committee").glob("*.bpmn"))]
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    files |= {f"forms/{path.name}": path.read_bytes() for path in sorted((ROOT / "forms" / "committee").glob("*.form"))}
    for file, old, new in changes:
        assert old.encode() in files[file], (file, old)
        files[file] = files[file].replace(old.encode(), new.encode())
    if any("tell_staff" in new for _, _, new in changes):
        files["forms/tell_staff.form"] = json.dumps(FORM).encode()
    return publish(player.app, thaw("committee", {**files, **(forms or {})}))


def five_cases(player: Player) -> dict[str, str]:
    """Five cases of the committee, by the step at which each stands; on the day on which the advice came."""
    numbers = {"file_consent": player.start("sanne", "committee", "start_with_adviser", "De Linde")}
    numbers["committee_answer"] = send_letter(player)
    numbers["submit_defence"] = committee_says(player, "formeel", tick=BOARD)
    numbers["measures_done"] = receive_advice(player)
    told: dict[str, Answer] = {"complainant_told_on": ADVICE_ON, "committee_told_on": ADVICE_ON}
    player.do(
        "marijke", numbers["measures_done"], "board_response", tick=None, takes_measures="ja", measures_due_on=ADVICE_ON, **told
    )
    numbers["board_response"] = receive_advice(player)
    return numbers


def plan(
    player: Player,
    to: int,
    *,
    start: int = 1,
    terms: str = "keep",
    by: str = "piet",
    mapping: Mapping[str, str] | None = None,
) -> UUID:
    """Make a plan from one version (the first) to another, and try it."""
    raw = {"from": str(start), "to": str(to), "terms": terms, "why": "De wet geeft meer tijd.", **(mapping or {})}
    plan_id = plans.make(player.app, player.actor(by), "committee", raw)
    work_on(player)
    return plan_id


def work_on(player: Player) -> None:
    """What a worker does until nothing is left."""
    while go_on(player.app, 2):
        pass


def move(player: Player, plan_id: UUID) -> None:
    """A second person lets a plan move its procedures."""
    plans.start(player.app, player.actor("marijke"), "committee", plan_id)
    work_on(player)


def outcomes(player: Player, plan_id: UUID, numbers: Mapping[str, str]) -> dict[str, str]:
    """What came of each case, by the step at which it stood: the outcome, or the code of why it stays."""
    with player.app.database.read() as tx:
        found = dict(
            tx.execute(
                select(ProcedureRow.case_id, MovedProcedure)
                .join(MovedProcedure, MovedProcedure.procedure_id == ProcedureRow.id)
                .where(MovedProcedure.plan_id == plan_id)
            ).all()
        )
        by_step = {step: found[case_of(tx, number).id] for step, number in numbers.items()}
        return {step: item.code or item.outcome for step, item in by_step.items()}


def version_of(player: Player, number: str) -> int:
    """The number of the version that a case's procedure runs."""
    with player.app.database.read() as tx:
        wanted = select(ProcedureVersion.number).join(ProcedureRow, ProcedureRow.version_id == ProcedureVersion.id)
        return tx.scalars(wanted.where(ProcedureRow.case_id == case_of(tx, number).id)).one()
