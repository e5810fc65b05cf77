"""What the parts of a BPMN diagram are called in Dutch."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

_WORDS: Final[Mapping[str, str]] = {
    "process": "proces",
    "participant": "pool",
    "lane": "baan",
    "sequenceFlow": "pijl",
    "messageFlow": "pijl tussen pools",
    "userTask": "gebruikerstaak",
    "serviceTask": "servicetaak",
    "scriptTask": "scripttaak",
    "businessRuleTask": "beslisregeltaak",
    "sendTask": "verzendtaak",
    "receiveTask": "ontvangsttaak",
    "manualTask": "handmatige taak",
    "task": "taak zonder soort",
    "callActivity": "aanroep",
    "subProcess": "subproces",
    "transaction": "transactie",
    "adHocSubProcess": "ad-hocsubproces",
    "exclusiveGateway": "keuze",
    "parallelGateway": "parallelle gateway",
    "inclusiveGateway": "keuze voor meer wegen",
    "eventBasedGateway": "gateway op gebeurtenissen",
    "complexGateway": "complexe gateway",
    "startEvent": "begin",
    "endEvent": "einde",
    "intermediateCatchEvent": "gebeurtenis tussen stappen",
    "intermediateThrowEvent": "gebeurtenis die iets uitzendt",
    "boundaryEvent": "gebeurtenis op een rand",
    "dataObject": "gegevensobject",
    "dataObjectReference": "gegevensobject",
    "dataStoreReference": "gegevensopslag",
    "property": "procesvariabele",
    "ioSpecification": "invoer en uitvoer",
    "textAnnotation": "notitie",
    "group": "groep",
    "association": "lijn naar een notitie",
}
_EVENTS: Final[Mapping[str, str]] = {
    "timer": "tijd",
    "message": "bericht",
    "signal": "signaal",
    "error": "fout",
    "escalation": "escalatie",
    "conditional": "voorwaarde",
    "link": "koppeling",
    "terminate": "stopt alles",
    "compensate": "compensatie",
    "cancel": "annulering",
}
_DEFINITION: Final = "EventDefinition"


def words_for(node: etree._Element) -> str:
    """What kind of part this is, such as `begin (bericht)`; what has no word of its own keeps the standard's."""
    tag = etree.QName(node).localname
    names = [etree.QName(child).localname for child in node]
    events = [name.removesuffix(_DEFINITION) for name in names if name.endswith(_DEFINITION)]
    said = _WORDS.get(tag, tag)
    return f"{said} ({', '.join(_EVENTS.get(event, event) for event in events)})" if events else said
