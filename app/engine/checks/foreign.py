"""What other products would act on and we do not: their settings, arrows between pools, processes that nobody calls.

These are warnings: left in, they change nothing here, but whoever drew them expects something.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from app.domain.procedure import Finding, Severity
from app.engine.drawing import Drawing, Level
from app.engine.xml import BPMN, CAMUNDA

_PRODUCTS: Final[Mapping[str, str]] = {
    CAMUNDA: "Camunda 7",
    "{http://camunda.org/schema/zeebe/1.0}": "Camunda 8",
    "{http://flowable.org/bpmn}": "Flowable",
    "{http://activiti.org/bpmn}": "Activiti",
    "{http://www.jboss.org/drools}": "jBPM",
    "{http://spiffworkflow.org/bpmn/schema/1.0/core}": "SpiffWorkflow",
    BPMN: "BPMN",
}
_WHO: Final = "Wie dit doet, zegt hier de baan. Leg dit onderdeel in de baan van die rol, en haal dit weg"
_FORM: Final = "Dit formulier nemen we niet over. Maak er hier een formulier van, en haal dit weg"
_TERM: Final = "Deze termijn telt hier niet. Vul haar in bij de termijn van de taak (deadline), en haal dit weg"
_WORK: Final = "Dit werk van een ander systeem voeren we niet uit. Kies een servicetaak van ons, en haal dit weg"
_DATA: Final = "Gegevens gaan hier niet van stap naar stap: een antwoord geldt overal. Haal dit weg"
_CALL: Final = "Zo roepen we geen proces aan. Vul bij de aanroep de fase in (calledElement), en haal dit weg"
#: What an attribute or an extension of these names says, whichever product writes it.
_MEANT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("assignee", "owner", "candidateUsers", "candidateGroups", "assignmentDefinition"), _WHO),
    **dict.fromkeys(("potentialOwner", "humanPerformer", "performer", "resourceRole"), _WHO),
    **dict.fromkeys(("formKey", "formId", "formDefinition", "formData", "formProperty", "formReferences"), _FORM),
    **dict.fromkeys(("instructionsForEndUser", "formFieldValidation", "formRef"), _FORM),
    **dict.fromkeys(("dueDate", "followUpDate", "taskSchedule"), _TERM),
    **dict.fromkeys(("class", "expression", "delegateExpression", "type", "topic", "taskDefinition", "script"), _WORK),
    **dict.fromkeys(("preScript", "postScript", "serviceTaskOperator", "taskName", "calledDecision"), _WORK),
    **dict.fromkeys(("taskListener", "taskListeners", "executionListener", "executionListeners"), _WORK),
    **dict.fromkeys(("onEntry-script", "onExit-script", "field"), _WORK),
    **dict.fromkeys(("ioMapping", "in", "out", "inputOutput", "ioSpecification"), _DATA),
    **dict.fromkeys(("calledElement", "calledElementType"), _CALL),
}
#: Of camunda these are ours, or refused as code (app/engine/checks/parts.py).
_OURS: Final = frozenset({"candidateGroups", "formRef", "type", "topic", "class", "expression", "delegateExpression"})


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about what only other products would act on."""
    for level in drawing.levels.values():
        for node_id, node in level.nodes.items():
            yield from _settings(level, node_id, node)
    for file, root in drawing.files.items():
        for flow in root.iterfind(f"{BPMN}collaboration/{BPMN}messageFlow"):
            text = (
                "Een pijl tussen twee pools doet hier niets. Laat hem staan als uitleg, of gebruik de servicetaak send_message."
            )
            yield _warning(Finding(file, flow.get("id", ""), flow.get("name", ""), "message_flow", text))
        for process in root.iterfind(f"{BPMN}process"):
            if process.get("id", "") not in drawing.levels and len(process):
                text = (
                    "Dit proces roept niemand aan, dus het draait niet. "
                    "Roep het aan als fase, of zet het in een eigen bestand als procedure."
                )
                yield _warning(Finding(file, process.get("id", ""), process.get("name", ""), "process_unused", text))


def _settings(level: Level, node_id: str, node: etree._Element) -> Iterator[Finding]:
    told: dict[tuple[str, str], list[str]] = {}
    for name in _names(node):
        product, local = _PRODUCTS.get(f"{{{name.namespace}}}"), name.localname
        if product is not None and local in _MEANT:
            told.setdefault((product, _MEANT[local]), []).append(local)
    for (product, text), names in told.items():
        found = level.finding(node_id, "foreign_setting", f"{text} ({product}: {', '.join(dict.fromkeys(names))}).")
        yield _warning(found)


def _names(node: etree._Element) -> Iterator[etree.QName]:
    """The names of an element's own attributes with a prefix, of its extensions, and of children that say who does it."""
    names = [etree.QName(name) for name in node.attrib if "{" in str(name)]
    yield from (name for name in names if f"{{{name.namespace}}}" != CAMUNDA or name.localname not in _OURS)
    extensions = node.find(f"{BPMN}extensionElements")
    found = [etree.QName(child) for child in (() if extensions is None else extensions)]
    # What Camunda 7 knows as an extension is refused as code already.
    yield from (name for name in found if f"{{{name.namespace}}}" != CAMUNDA)
    yield from (etree.QName(child) for child in node if child.tag.startswith(BPMN))


def _warning(found: Finding) -> Finding:
    return replace(found, severity=Severity.WARNING)
