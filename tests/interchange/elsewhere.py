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
        place = "/".join(str(one.tag) for one in (*reversed(list(node.iterancestors())), node))
        text = " ".join((node.text or "").split())
        found[(place, text)] += 1
        # Which values an element of BPMN has where it says nothing is the standard's; a tool may leave them out.
        found.update((place, name, value) for name, value in node.attrib.items() if (name, value) not in _USUAL)
    return found


_USUAL = {("cancelActivity", "true"), ("isHorizontal", "true"), ("textFormat", "text/plain")}
