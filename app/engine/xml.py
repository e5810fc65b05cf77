"""Reads the XML of an uploaded diagram without trusting it: no DTD, no entities, no network, bounded size."""

from typing import Final

from lxml import etree

MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 20_000
#: Of one diagram; ours have about forty. Everybody draws phases long before this.
MAX_PARTS: Final = 2_000

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DI: Final = "{http://www.omg.org/spec/DD/20100524/DI}"
DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
CAMUNDA: Final = "{http://camunda.org/schema/1.0/bpmn}"


class XmlRefused(Exception):
    """The bytes are not a diagram that we read; `text` is a Dutch sentence that says why and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_xml(source: bytes) -> etree._Element:
    """The root element of a diagram. Raises XmlRefused. Encodings other than UTF-8 are fine if the XML declares them."""
    return _read(source, whole=False)


def read_xml_whole(source: bytes) -> etree._Element:
    """The same with comments and processing instructions, for whoever writes the diagram again. Raises XmlRefused."""
    return _read(source, whole=True)


def _read(source: bytes, *, whole: bool) -> etree._Element:
    if len(source) > MAX_BYTES:
        raise XmlRefused("Dit bestand is te groot. Een diagram is hoogstens 2 MB. Verdeel het in fasen.")
    try:
        root = etree.fromstring(source, _parser(whole=whole))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlRefused(_malformed(error)) from error
    info = root.getroottree().docinfo
    if info is not None and info.internalDTD is not None:
        raise XmlRefused("Dit bestand heeft een DOCTYPE. Dat is niet veilig. Haal de DOCTYPE weg.")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise XmlRefused("Dit diagram heeft te veel onderdelen. Verdeel het in fasen.")
    if parts_of(root) > MAX_PARTS:
        raise XmlRefused(f"Dit diagram heeft meer dan {MAX_PARTS} onderdelen. Verdeel het in fasen.")
    if root.tag != f"{BPMN}definitions":
        raise XmlRefused("Dit bestand is geen BPMN 2.0-diagram. Maak het met bpmn.io of Camunda Modeler.")
    return root


def parts_of(root: etree._Element) -> int:
    """How many parts a diagram has: what BPMN gives an id."""
    return sum(1 for one in root.iter(f"{BPMN}*") if one.get("id") is not None)


def _parser(*, whole: bool) -> etree.XMLParser:
    # A new parser for each file: lxml parsers share state and are not safe between threads.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
    )


def _malformed(error: Exception) -> str:
    # libxml2 says it in several ways, always with this word.
    if "encoding" in str(error):
        return "De tekens in dit bestand kloppen niet met de codering die bovenaan staat. Sla het op als UTF-8."
    line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
    where = f" (regel {line})" if line else ""
    return f"Dit bestand is geen goede XML{where}. Sla het diagram opnieuw op in het programma waarmee je het tekende."
