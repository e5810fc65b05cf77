"""Reads the XML of an uploaded diagram without trusting it: no DTD, no entities, no network, bounded size."""

from typing import Final

from lxml import etree

MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 20_000

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
CAMUNDA: Final = "{http://camunda.org/schema/1.0/bpmn}"


class XmlRefused(Exception):
    """The bytes are not a diagram that we read; `text` is a Dutch sentence that says why and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_xml(source: bytes) -> etree._Element:
    """The root element of a diagram. Raises XmlRefused. Encodings other than UTF-8 are fine if the XML declares them."""
    if len(source) > MAX_BYTES:
        raise XmlRefused("Dit bestand is te groot. Een diagram is hoogstens 2 MB. Verdeel het in fasen.")
    try:
        root = etree.fromstring(source, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlRefused(f"Dit bestand is geen goede XML ({_first_line(error)}). Sla het diagram opnieuw op.") from error
    info = root.getroottree().docinfo
    if info is not None and info.internalDTD is not None:
        raise XmlRefused("Dit bestand heeft een DOCTYPE. Dat is niet veilig. Haal de DOCTYPE weg.")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise XmlRefused("Dit diagram heeft te veel onderdelen. Verdeel het in fasen.")
    if root.tag != f"{BPMN}definitions":
        raise XmlRefused("Dit bestand is geen BPMN 2.0-diagram. Maak het met bpmn.io of Camunda Modeler.")
    return root


def _parser() -> etree.XMLParser:
    # A new parser for each file: lxml parsers share state and are not safe between threads.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
