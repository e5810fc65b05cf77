"""Opens diagrams with the libraries of Camunda Modeler and bpmn.io, writes them again, and counts what is in them."""

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def opened(files: Iterable[Path], *options: str) -> subprocess.CompletedProcess[str]:
    """What the tools say of these files; 0 when they say nothing."""
    command = ["tools/node.sh", "node", "tools/compatible.mjs", *options, *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own script


def lost(before: bytes, after: bytes) -> Counter[tuple[str, ...]]:
    """What the first document holds and the second does not: elements, attributes and words, each with where it stands."""
    return _parts(before) - _parts(after)


def _parts(source: bytes) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for node in etree.fromstring(source).iter(etree.Element):
        # The standard lets a formal expression stand for an expression; tools write it as the one or the other.
        tags = [str(one.tag).replace("}formalExpression", "}expression") for one in (node, *node.iterancestors())]
        place = "/".join(reversed(tags))
        text = " ".join((node.text or "").split())
        found[(place, text)] += 1
        # Which values an element of BPMN has where it says nothing is the standard's; a tool may leave them out.
        given = ((str(name), str(value)) for name, value in node.attrib.items())
        found.update((place, name, _plain(value)) for name, value in given if (name, value) not in _USUAL)
    return found


def _plain(value: str) -> str:
    """A number in one way, for 130.0 is 130."""
    return value.removesuffix(".0") if value.removesuffix(".0").isdigit() else value


_USUAL = {
    ("expressionLanguage", "http://www.w3.org/1999/XPath"),
    ("typeLanguage", "http://www.w3.org/2001/XMLSchema"),
    ("cancelActivity", "true"),
    ("completionQuantity", "1"),
    ("gatewayDirection", "Unspecified"),
    ("isClosed", "false"),
    ("isCollection", "false"),
    ("isForCompensation", "false"),
    ("isInterrupting", "true"),
    ("isSequential", "false"),
    ("processType", "None"),
    ("startQuantity", "1"),
    ("triggeredByEvent", "false"),
}
