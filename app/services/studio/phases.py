"""Phases of a draft: a new one is an empty drawing with its lanes; one that is not wanted goes, and its saves stay."""

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.roles import LANES, Role
from app.engine.xml import BPMN, BPMNDI, CAMUNDA, DC
from app.services.context import Actor, App
from app.services.studio import drafts, knowing
from app.services.studio.drafts import DraftFile

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MODELER: Final = "{http://camunda.org/schema/modeler/1.0}"
_SPACES: Final = {
    "bpmn": BPMN.strip("{}"),
    "bpmndi": BPMNDI.strip("{}"),
    "dc": DC.strip("{}"),
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "camunda": CAMUNDA.strip("{}"),
    "modeler": _MODELER.strip("{}"),
}
#: Pixels, as other drawings of ours have them.
_LEFT, _TOP, _WIDTH, _LANE, _HEAD, _EVENT = 160, 80, 900, 200, 30, 36


def add(app: App, actor: Actor, key: str, *, name: str, phase: str, roles: Sequence[str]) -> str:
    """Add an empty phase to a draft; gives its file.

    Raises InvalidAnswers, each field with its sentence; Conflict when it exists; Forbidden, NotFound.
    """
    wrong = {}
    if not name.strip():
        wrong["name"] = "Geef de fase een naam in gewone woorden."
    if _ID.fullmatch(phase) is None:
        wrong["phase"] = "Gebruik Engelse kleine letters, cijfers en _, en begin met een letter."
    lanes = [(lane, role) for lane, role in LANES.items() if role in roles]
    if not lanes:
        wrong["roles"] = "Kies wie er in deze fase iets doet."
    if wrong:
        raise InvalidAnswers(wrong)
    file = f"{key}/{phase}.bpmn"
    draft = drafts.read(app, actor, key)
    if file in draft.files:
        raise Conflict("Deze fase is er al. Kies een andere korte naam.")
    lines = drafts.saves(app, actor, key, file)
    drafts.save(
        app, actor, key, file, _empty(f"{key}_{phase}", " ".join(name.split()), lanes), number=lines[0].number if lines else 0
    )
    return file


def name_of(app: App, actor: Actor, key: str, file: str) -> str:
    """The name of a phase that may be taken away. Raises as `remove` does."""
    return knowing.phases({file: _phase(app, actor, key, file).content})[0].name


def remove(app: App, actor: Actor, key: str, file: str) -> None:
    """Take a phase away; the main diagram stays. Raises InvalidAnswers, Forbidden, NotFound."""
    drafts.remove(app, actor, key, file, number=_phase(app, actor, key, file).number)


def _phase(app: App, actor: Actor, key: str, file: str) -> DraftFile:
    if file == f"{key}.bpmn":
        raise InvalidAnswers({"file": "Het hoofddiagram kan niet weg. Gooi dan het hele concept weg."})
    found = drafts.read(app, actor, key).draft_files.get(file)
    if found is None or not file.endswith(".bpmn"):
        raise NotFound
    return found


def _empty(process_id: str, name: str, lanes: Sequence[tuple[str, Role]]) -> bytes:
    root = etree.Element(f"{BPMN}definitions", nsmap=_SPACES)
    root.attrib.update({"id": f"definitions_{process_id}", "targetNamespace": "urn:veilige-route:processes"})
    root.set(f"{_MODELER}executionPlatform", "Camunda Platform")
    root.set(f"{_MODELER}executionPlatformVersion", "7.24.0")
    pool = etree.SubElement(root, f"{BPMN}collaboration", id=f"collaboration_{process_id}")
    etree.SubElement(pool, f"{BPMN}participant", id=f"pool_{process_id}", name=name, processRef=process_id)
    process = etree.SubElement(root, f"{BPMN}process", id=process_id, name=name, isExecutable="true")
    process.set(f"{CAMUNDA}historyTimeToLive", "P180D")
    lane_set = etree.SubElement(process, f"{BPMN}laneSet", id=f"lanes_{process_id}")
    start = f"start_{process_id}"
    for place, (lane, role) in enumerate(lanes):
        drawn = etree.SubElement(lane_set, f"{BPMN}lane", id=f"lane_{process_id}_{role}", name=lane)
        if not place:
            etree.SubElement(drawn, f"{BPMN}flowNodeRef").text = start
    etree.SubElement(process, f"{BPMN}startEvent", id=start, name="Begin")
    _place(root, process_id, start, [f"lane_{process_id}_{role}" for _, role in lanes])
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _place(root: etree._Element, process_id: str, start: str, lanes: Sequence[str]) -> None:
    diagram = etree.SubElement(root, f"{BPMNDI}BPMNDiagram", id=f"diagram_{process_id}")
    plane = etree.SubElement(diagram, f"{BPMNDI}BPMNPlane", id=f"plane_{process_id}", bpmnElement=f"collaboration_{process_id}")
    _shape(plane, f"pool_{process_id}", (_LEFT, _TOP, _WIDTH, _LANE * len(lanes)), lies=True)
    for place, lane in enumerate(lanes):
        _shape(plane, lane, (_LEFT + _HEAD, _TOP + place * _LANE, _WIDTH - _HEAD, _LANE), lies=True)
    _shape(plane, start, (_LEFT + 80, _TOP + (_LANE - _EVENT) // 2, _EVENT, _EVENT))


def _shape(plane: etree._Element, about: str, bounds: tuple[int, int, int, int], *, lies: bool = False) -> None:
    shape = etree.SubElement(plane, f"{BPMNDI}BPMNShape", id=f"{about}_di", bpmnElement=about)
    if lies:
        shape.set("isHorizontal", "true")
    etree.SubElement(shape, f"{DC}Bounds", dict(zip(("x", "y", "width", "height"), map(str, bounds), strict=True)))
