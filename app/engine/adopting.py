"""Makes a diagram of another tool one that can be opened and edited here: ids and groups of ours, UTF-8, a drawing.

Nothing is taken away: what other tools wrote stays where it is.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from app.domain.expressions import NAME
from app.domain.roles import LANES
from app.engine.elements import words
from app.engine.laying import lay_out
from app.engine.levels import is_flow_node
from app.engine.xml import BPMN, BPMNDI, CAMUNDA, DC, DI, read_xml, read_xml_whole

#: Who does a user task, as Camunda says it.
GROUPS: Final = f"{CAMUNDA}candidateGroups"
_MODELER: Final = "{http://camunda.org/schema/modeler/1.0}"
_PLATFORM: Final = {"executionPlatform": "Camunda Platform", "executionPlatformVersion": "7.24.0"}
#: How long Camunda would keep what it did; we keep no history there, but its tools ask for it.
_LIVES: Final = "P180D"
_PREFIXES: Final = {"camunda": CAMUNDA, "modeler": _MODELER, "bpmndi": BPMNDI, "dc": DC, "di": DI}
#: Where BPMN refers to a part by its id: attributes, and elements that hold nothing else.
_REFERS: Final = (
    *("sourceRef", "targetRef", "attachedToRef", "default", "processRef", "calledElement", "bpmnElement"),
    *("messageRef", "itemSubjectRef", "dataObjectRef", "dataStoreRef", "signalRef", "errorRef", "escalationRef"),
)
_HOLDS: Final = frozenset(f"{BPMN}{name}" for name in ("incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"))
_NOT_OURS: Final = re.compile(r"[^a-z0-9_]+")
#: Words with which the engine begins ids of its own.
_TAKEN: Final = frozenset({"start", "end", "root"})


def is_drawn(root: etree._Element) -> bool:
    """Whether any part has a place in a drawing."""
    return next(root.iter(f"{BPMNDI}BPMNShape"), None) is not None


def adopt(source: bytes, main: str, key: str) -> bytes:
    """The same diagram, whose process `main` is now called `key`. Raises XmlRefused."""
    root = _declare(read_xml_whole(source))
    _rename(root, _new_ids(root) | {main: key})
    _give_groups(root)
    if not is_drawn(root):
        lay_out(root)
    return _written(_marked(root))


def marked(source: bytes) -> bytes:
    """A diagram with what Camunda's tools ask for; as it is when it has all of that. Raises XmlRefused."""
    root = read_xml(source)
    whole = _on_our_platform(root) and all(
        process.get(f"{CAMUNDA}historyTimeToLive") for process in root.iterfind(f"{BPMN}process")
    )
    return source if whole else _written(_marked(_declare(read_xml_whole(source))))


def _on_our_platform(root: etree._Element) -> bool:
    """Whether Camunda's tools show the fields that we read; for their newer platform they show others."""
    given = {name: root.get(f"{_MODELER}{name}") for name in _PLATFORM}
    return given["executionPlatform"] == _PLATFORM["executionPlatform"] and bool(given["executionPlatformVersion"])


def _marked(root: etree._Element) -> etree._Element:
    if not _on_our_platform(root):
        for name, value in _PLATFORM.items():
            root.set(f"{_MODELER}{name}", value)
    for process in root.iterfind(f"{BPMN}process"):
        if not process.get(f"{CAMUNDA}historyTimeToLive"):
            process.set(f"{CAMUNDA}historyTimeToLive", _LIVES)
    return root


def _new_ids(root: etree._Element) -> dict[str, str]:
    """New ids for parts whose own could not be ours, each unlike every other."""
    known = {str(node.get("id")) for node in root.iter(etree.Element) if node.get("id")}
    new: dict[str, str] = {}
    for part in _parts(root):
        old = part.get("id", "")
        if old and old not in new and (not NAME.fullmatch(old) or old in _TAKEN):
            new[old] = _free(old, etree.QName(part).localname.lower(), known)
            known.add(new[old])
    return new


def _parts(root: etree._Element) -> Iterator[etree._Element]:
    for container in root.iter(f"{BPMN}process", f"{BPMN}subProcess", f"{BPMN}transaction", f"{BPMN}adHocSubProcess"):
        yield container
        yield from filter(is_flow_node, container.iterchildren(f"{BPMN}*"))


def _free(old: str, kind: str, known: set[str]) -> str:
    made = _NOT_OURS.sub("_", old.lower()).strip("_")
    made = made if NAME.fullmatch(made) and made not in _TAKEN else f"{kind}_{made}".rstrip("_")
    made, number = made[:50], 1
    free = made
    while free in known:
        number += 1
        free = f"{made}_{number}"
    return free


def _rename(root: etree._Element, new: dict[str, str]) -> None:
    known = {str(node.get("id")) for node in root.iter(etree.Element) if node.get("id")}
    for node in root.iter(f"{BPMN}*", f"{BPMNDI}*"):
        for name in ("id", *_REFERS):
            value = node.get(name)
            # The standard allows a prefix before the id that is referred to; other tools do not find it then.
            old = value.rpartition(":")[2] if value is not None and value.rpartition(":")[2] in known else value
            if old is not None:
                node.set(name, new.get(old, old))
        if node.tag in _HOLDS and (node.text or "").strip() in new:
            node.text = new[(node.text or "").strip()]


def _give_groups(root: etree._Element) -> None:
    """The group of a user task says its lane again, for Camunda; where none is given, it follows from the lane."""
    groups = {
        (reference.text or "").strip(): LANES[name]
        for lane in root.iterfind(f"{BPMN}process/{BPMN}laneSet/{BPMN}lane")
        if (name := words(lane.get("name"))) in LANES
        for reference in lane.iterfind(f"{BPMN}flowNodeRef")
    }
    for task in root.iterfind(f"{BPMN}process/{BPMN}userTask"):
        if task.get("id") in groups and task.get(GROUPS) is None:
            task.set(GROUPS, groups[str(task.get("id"))])


def _declare(root: etree._Element) -> etree._Element:
    """Declares our prefixes at the top, before anything uses them; no other tool finds them by other names."""
    ours = {name: uri.strip("{}") for name, uri in _PREFIXES.items()}
    given = {(prefix, uri) for node in root.iter(etree.Element) for prefix, uri in node.nsmap.items() if prefix}
    # Another product may use one of these words further down; it gets one of its own there.
    others = sorted((prefix, uri) for prefix, uri in given if ours.get(prefix, uri) != uri and root.nsmap.get(prefix) != uri)
    ours |= {f"{prefix}_{number}": uri for number, (prefix, uri) in enumerate(others, 1)}
    kept = sorted({prefix for prefix, _ in given} | ours.keys())
    etree.cleanup_namespaces(root, top_nsmap=ours, keep_ns_prefixes=kept)
    return root


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
