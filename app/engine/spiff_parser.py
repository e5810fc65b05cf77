"""Builds SpiffWorkflow specs from a procedure without findings; conditions and timers stay text for our script engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    CallActivity,
    EndEvent,
    ExclusiveGateway,
    IntermediateCatchEvent,
    ParallelGateway,
    ServiceTask,
    StartEvent,
    UserTask,
)
from SpiffWorkflow.task import Task

from app.domain.procedure import Procedure
from app.engine.timers import MomentTimer
from app.engine.xml import BPMN, CAMUNDA, read_xml


@dataclass(frozen=True, slots=True)
class Specs:
    """The specs of one procedure: the main process, all called processes by id, and each `anytime` process by id."""

    main: BpmnProcessSpec
    subs: Mapping[str, BpmnProcessSpec]
    anytime: Mapping[str, BpmnProcessSpec]


class CollectedService(ServiceTask):
    """A service task that does nothing itself: it tells the script engine's `collect(task)` that it was reached.

    `extensions` holds `topic` and, under `properties`, the camunda properties.
    """

    def _execute(self, task: Task) -> bool:
        task.workflow.script_engine.collect(task)
        return True


def camunda_properties(node: etree._Element) -> dict[str, str]:
    """The `camunda:property` values of an element, by name; the last of a repeated name counts."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {found.get("name", ""): found.get("value", "") for found in node.iterfind(path)}


class _Dialect:
    """Mixed into every task parser: our properties, timers that are absolute moments, and flows in the order of the file."""

    node: etree._Element

    def parse_extensions(self, node: etree._Element | None = None) -> dict[str, Any]:
        """The topic and properties of the element."""
        source = self.node if node is None else node
        return {"topic": source.get(f"{CAMUNDA}topic"), "properties": camunda_properties(source)}

    def parse_timer_event(self, event: etree._Element) -> MomentTimer:
        """The timer with its expression as text; that it is one of ours was checked when the diagram was read."""
        expression = event.findtext(f"{BPMN}timeDate", default="").strip()
        return MomentTimer(self.node.get("id"), expression)

    def get_position(self, node: etree._Element | None = None) -> dict[str, float]:
        """The same place for every node. The stock parser sorts flows by the height of their targets in the picture, and an
        exclusive gateway takes the first whose condition holds: moving a shape would change what the diagram means.
        """
        return {"x": 0.0, "y": 0.0}


class _Task(_Dialect, TaskParser):
    pass


class _Call(_Dialect, CallActivityParser):
    pass


class _Exclusive(_Dialect, ConditionalGatewayParser):
    pass


class _Parallel(_Dialect, GatewayParser):
    pass


class _Start(_Dialect, StartEventParser):
    pass


class _End(_Dialect, EndEventParser):
    pass


class _Catch(_Dialect, IntermediateCatchEventParser):
    pass


class _Boundary(_Dialect, BoundaryEventParser):
    pass


_PARSERS: Final[dict[str, tuple[type, type]]] = {
    f"{BPMN}startEvent": (_Start, StartEvent),
    f"{BPMN}endEvent": (_End, EndEvent),
    f"{BPMN}userTask": (_Task, UserTask),
    f"{BPMN}serviceTask": (_Task, CollectedService),
    f"{BPMN}callActivity": (_Call, CallActivity),
    f"{BPMN}exclusiveGateway": (_Exclusive, ExclusiveGateway),
    f"{BPMN}parallelGateway": (_Parallel, ParallelGateway),
    f"{BPMN}intermediateCatchEvent": (_Catch, IntermediateCatchEvent),
    f"{BPMN}boundaryEvent": (_Boundary, BoundaryEvent),
}


class _Parser(BpmnParser):
    # Replaces the stock table instead of extending it: what our dialect does not have cannot be parsed at all.
    PARSER_CLASSES = _PARSERS


def build(procedure: Procedure) -> Specs:
    """The specs of a procedure without findings. Raises SpiffWorkflow's ValidationException on one that has them."""
    parser = _Parser()
    for name, source in procedure.sources.items():
        parser.add_bpmn_xml(read_xml(source), name)
    anytime = {name: parser.get_spec(name) for process in procedure.processes.values() for name in process.anytime}
    subs = {}
    for process_id in (procedure.main, *anytime):
        subs.update(parser.get_subprocess_specs(process_id))
    return Specs(main=parser.get_spec(procedure.main), subs=subs, anytime=anytime)
