"""Turns one flow node of a diagram into an element of ours, or says in Dutch why it cannot be one."""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from app.domain.procedure import Element, ElementKind
from app.domain.roles import LANES
from app.engine.spiff_parser import camunda_properties
from app.engine.term_rules import read_term
from app.engine.xml import BPMN, CAMUNDA

_PLAIN: Final = {
    "userTask": ElementKind.USER_TASK,
    "serviceTask": ElementKind.SERVICE_TASK,
    "callActivity": ElementKind.CALL,
    "exclusiveGateway": ElementKind.EXCLUSIVE,
    "parallelGateway": ElementKind.PARALLEL,
}
_EVENTS: Final[dict[tuple[str, tuple[str, ...]], ElementKind]] = {
    ("startEvent", ()): ElementKind.START,
    ("startEvent", ("message",)): ElementKind.MESSAGE_START,
    ("endEvent", ()): ElementKind.END,
    ("endEvent", ("terminate",)): ElementKind.TERMINATE_END,
    ("intermediateCatchEvent", ("timer",)): ElementKind.TIMER_CATCH,
    ("intermediateCatchEvent", ("message",)): ElementKind.MESSAGE_CATCH,
    ("boundaryEvent", ("timer",)): ElementKind.TIMER_BOUNDARY,
    ("boundaryEvent", ("message",)): ElementKind.MESSAGE_BOUNDARY,
}
_EVENT_TAGS: Final = frozenset(tag for tag, _ in _EVENTS) | {"intermediateThrowEvent"}
_REFUSED: Final = {
    "scriptTask": (
        "script",
        "Een scripttaak mag niet: een diagram voert geen code uit. Gebruik een voorwaarde of een servicetaak.",
    ),
    "businessRuleTask": ("business_rule", "Een beslisregeltaak kan hier niet. Teken de keuze met gateways."),
    "subProcess": ("subprocess", "Een ingebed subproces kan niet. Teken de fase in een eigen bestand en roep haar aan."),
    "transaction": ("subprocess", "Een transactie kan niet. Teken de fase in een eigen bestand en roep haar aan."),
    "adHocSubProcess": ("subprocess", "Een ad-hocsubproces kan niet. Gebruik de eigenschap anytime van het proces."),
}
#: What else tools draw, and what to draw instead.
_INSTEAD: Final = {
    "task": "Een taak zonder soort doet niemand. Maak er een gebruikerstaak van (iemand doet het) of een servicetaak.",
    "manualTask": "Een handmatige taak kan hier niet. Maak er een gebruikerstaak van, met een formulier.",
    "sendTask": "Een verzendtaak kan hier niet. Gebruik een servicetaak: notify voor mensen, send_message voor een procedure.",
    "receiveTask": "Een ontvangsttaak kan hier niet. Gebruik een gebeurtenis die tussen twee stappen op een bericht wacht.",
    "inclusiveGateway": "Een keuze voor meer wegen kan hier niet. Ga alle wegen in (parallel), met op elke weg een keuze.",
    "complexGateway": "Een complexe gateway kan hier niet. Teken de keuze met exclusieve en parallelle gateways.",
    "eventBasedGateway": "Wachten op wat het eerst gebeurt kan hier niet. Zet de gebeurtenissen op de rand van een taak of fase.",
    "dataObject": "Een gegevensobject doet hier niets. Haal het weg; wat je wilt vragen staat in een formulier.",
    "dataObjectReference": "Een gegevensobject doet hier niets. Maak er een notitie van; wat je vraagt staat in een formulier.",
    "dataStoreReference": "Een gegevensopslag doet hier niets. Maak er een notitie van, of haal hem weg.",
    "property": "Een procesvariabele kan hier niet. Haal haar weg; wat je wilt vragen staat in een formulier.",
    "ioSpecification": "Invoer en uitvoer kunnen hier niet. Gebruik de eigenschappen inputs en outputs van het proces.",
}
_EVENT_REFUSED: Final = {
    "link": ("link_event", "Een koppelgebeurtenis (link) laat het proces zomaar stoppen. Trek een gewone pijl."),
    "signal": ("signal_event", "Een signaal doet hier niets. Gebruik een bericht."),
    "compensate": ("compensation", "Compensatie doet hier niets. Teken de stappen die iets herstellen gewoon uit."),
}
_LOOPS: Final = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_WRAPPED: Final = re.compile(r"\$\{([^{}]*)\}")


def kind_of(node: etree._Element) -> ElementKind | None:
    """What kind of element of ours a flow node is, None when it is none."""
    tag = _local(node)
    return _PLAIN.get(tag) or _EVENTS.get((tag, _definitions(node)))


def refusals(node: etree._Element) -> list[tuple[str, str]]:
    """Why a flow node cannot be run: a code and a Dutch sentence each; empty when it can."""
    found = [_kind_refusal(node)] if kind_of(node) is None else []
    if any(node.find(f"{BPMN}{loop}") is not None for loop in _LOOPS):
        found.append(
            ("multi_instance", "Een taak die zichzelf herhaalt kan niet. Teken de herhaling met een gateway en een pijl terug.")
        )
    if node.get("isForCompensation") == "true":
        found.append(_EVENT_REFUSED["compensate"])
    return found


def read_element(
    node: etree._Element, process_id: str, *, lanes: Sequence[str], flows: tuple[Sequence[str], Sequence[str]]
) -> Element:
    """The element that a node of a known kind draws. What is missing or malformed stays empty; the checks say so.

    `lanes` are the names of its lanes; `flows` its incoming and outgoing flow ids.
    """
    kind = kind_of(node)
    if kind is None:
        raise ValueError(node.get("id"))
    properties = camunda_properties(node)
    reference = node.find(f"{BPMN}messageEventDefinition")
    return Element(
        id=node.get("id", ""),
        name=words(node.get("name")),
        kind=kind,
        process_id=process_id,
        lane=LANES.get(lanes[0]) if len(lanes) == 1 else None,
        documentation=words(node.findtext(f"{BPMN}documentation")),
        properties=properties,
        incoming=tuple(flows[0]),
        outgoing=tuple(flows[1]),
        form_id=node.get(f"{CAMUNDA}formRef"),
        term=read_term(properties)[0] if kind is ElementKind.USER_TASK else None,
        topic=node.get(f"{CAMUNDA}topic"),
        called=node.get("calledElement"),
        message=None if reference is None else _message(node, reference),
        timer=unwrapped(node.findtext(f"{BPMN}timerEventDefinition/{BPMN}timeDate")),
        attached_to=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") == "true",
    )


def unwrapped(text: str | None) -> str | None:
    """What stands between `${` and `}`, None when the text is not written so."""
    found = _WRAPPED.fullmatch((text or "").strip())
    return found[1].strip() if found is not None else None


def words(text: str | None) -> str:
    """A label or documentation with single spaces, so that line breaks in a drawing do not matter."""
    return " ".join((text or "").split())


def _message(node: etree._Element, reference: etree._Element) -> str | None:
    # The standard allows a prefix before the id that is referred to.
    wanted = reference.get("messageRef", "").rpartition(":")[2]
    for message in node.getroottree().getroot().iterfind(f"{BPMN}message"):
        if wanted and message.get("id") == wanted:
            return message.get("name")
    return None


def _kind_refusal(node: etree._Element) -> tuple[str, str]:
    tag = _local(node)
    if tag == "subProcess" and node.get("triggeredByEvent") == "true":
        return "event_subprocess", "Een gebeurtenissubproces onderbreekt hier niets. Zet een bericht op de rand van de fase."
    if tag in _REFUSED:
        return _REFUSED[tag]
    definitions = _definitions(node)
    for definition in definitions:
        if definition in _EVENT_REFUSED:
            return _EVENT_REFUSED[definition]
    if tag in _EVENT_TAGS:
        what = " en ".join(definitions) or "zonder soort"
        return (
            "unsupported_event",
            f"Deze gebeurtenis ({tag}, {what}) kan hier niet. Gebruik een tijdstip, een bericht of een gewoon einde.",
        )
    return (
        "unsupported_element",
        _INSTEAD.get(tag, f"Het onderdeel {tag} kan hier niet. Gebruik een gebruikerstaak, servicetaak, aanroep of gateway."),
    )


def _definitions(node: etree._Element) -> tuple[str, ...]:
    names = (_local(child) for child in node)
    return tuple(name.removesuffix("EventDefinition") for name in names if name.endswith("EventDefinition"))


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
