"""How long the studio takes in Chromium: until a drawing can be changed, and until its findings are there after an edit."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median
from typing import Final

from playwright.sync_api import Page, expect, sync_playwright

from app.domain.roles import Role
from app.services.studio import drafts
from bench.installation import Installation, Person
from tests import chromium

KEY: Final = "bench_drawing"
ELEMENTS: Final = 150
_TASKS: Final = 50
_WIDE: Final = {"width": 1280, "height": 900}
_ROW, _ACROSS, _DOWN = 15, 160, 120
_LAST: Final = "performance.getEntriesByName('{}').at(-1)?.duration ?? 0"
_COUNT: Final = "performance.getEntriesByName('studio.findings').length"
_HEAD: Final = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:b="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:d="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="urn:veilige-route:bench">'
)


def studio_ms(installation: Installation, port: int, runs: int, stepped: Callable[[float], float]) -> dict[str, float]:
    """`modeler_ready_ms` from the address to a drawing that can be changed, its scripts in the cache; `findings_ms` from an
    edit of a drawing of 150 elements to its findings in the list."""
    owner = installation.person("tekenaar", Role.PROCESS_OWNER, installation.board_id, None)
    drafts.begin_with(installation.app, owner.actor, KEY, dict(_files()))
    ready, found = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        page = _signed_in(browser.new_context(viewport=_WIDE).new_page(), port, owner)  # type: ignore[arg-type]  # width and height
        _open(page, port)
        for _ in range(runs):
            ready.append(stepped(_open(page, port)))
        for run in range(runs):
            found.append(stepped(_edit(page, f"Stap {run}")))
        browser.close()
    return {"modeler_ready_ms": median(ready), "findings_ms": median(found)}


def _signed_in(page: Page, port: int, person: Person) -> Page:
    page.context.add_cookies([{"name": "veilige_route", "value": person.cookie, "url": f"http://127.0.0.1:{port}"}])
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def _open(page: Page, port: int) -> float:
    page.goto(f"http://127.0.0.1:{port}/studio/{KEY}/tekening?element=step_1")
    expect(page.locator("[data-state=ready][data-findings=ready]")).to_be_visible()
    expect(page.get_by_label("Opschrift", exact=True)).to_have_value("Stap")
    return float(page.evaluate(_LAST.format("studio.ready")))


def _edit(page: Page, words: str) -> float:
    before = page.evaluate(_COUNT)
    page.get_by_label("Opschrift", exact=True).fill(words)
    while page.evaluate(_COUNT) == before:
        page.wait_for_timeout(20)
    return float(page.evaluate(_LAST.format("studio.findings")))


def _files() -> Iterator[tuple[str, bytes]]:
    yield f"{KEY}.bpmn", _diagram().encode()
    answers = [{"value": "ja", "label": "Ja"}, {"value": "nee", "label": "Nee"}]
    field = {"type": "radio", "key": "answer", "label": "Antwoord", "values": answers}
    for place in range(1, _TASKS + 1):
        form = {"type": "default", "schemaVersion": 18, "id": f"step_{place}"}
        components = [field | {"id": f"field_{place}", "properties": {"store": "fact", "audience": "own"}}]
        yield f"forms/step_{place}.form", json.dumps(form | {"components": components}).encode()


def _diagram() -> str:
    steps = range(1, ELEMENTS - 1)
    ids = ["start_bench", *(f"step_{place}" for place in steps), "end_bench"]
    start = '<startEvent id="start_bench" name="Begin"><outgoing>to_step_1</outgoing></startEvent>'
    end = '<endEvent id="end_bench" name="Einde"><incoming>to_end_bench</incoming></endEvent>'
    nodes, pairs = [start, *map(_step, steps), end], list(pairwise(ids))
    nodes += [f'<sequenceFlow id="to_{after}" sourceRef="{before}" targetRef="{after}"/>' for before, after in pairs]
    lane = "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids)
    lanes = f'<laneSet id="lanes"><lane id="lane" name="Vertrouwenspersoon">{lane}</lane></laneSet>'
    places = {one: (240 + place % _ROW * _ACROSS, 60 + place // _ROW * _DOWN) for place, one in enumerate(ids)}
    high = (ELEMENTS // _ROW + 1) * _DOWN
    shapes = [_shape("pool", 0, 0, 2800, high), _shape("lane", 30, 0, 2770, high)]
    shapes += [_shape(one, x, y, *((100, 80) if one.startswith("step") else (36, 36))) for one, (x, y) in places.items()]
    edges = [_edge(f"to_{after}", places[before], places[after]) for before, after in pairs]
    pool = f'<collaboration id="sheet"><participant id="pool" name="Groot" processRef="{KEY}"/></collaboration>'
    process = f'<process id="{KEY}" name="Groot" isExecutable="true">{lanes}{"".join(nodes)}</process>'
    drawn = f'<b:BPMNDiagram id="drawn"><b:BPMNPlane id="plane" bpmnElement="sheet">{"".join(shapes + edges)}</b:BPMNPlane>'
    return f"{_HEAD}{pool}{process}{drawn}</b:BPMNDiagram></definitions>"


def _step(place: int) -> str:
    if place > _TASKS:
        mark = '<camunda:property name="mark" value="passed"/>'
        kind, asked, told = "serviceTask", 'camunda:type="external" camunda:topic="record"', ""
    else:
        mark = '<camunda:property name="legalBasis" value="Handreiking"/><camunda:property name="checklist" value="1"/>'
        kind, told = "userTask", "<documentation>Doe iets.</documentation>"
        asked = f'camunda:candidateGroups="adviser" camunda:formRef="step_{place}"'
    held = f"<extensionElements><camunda:properties>{mark}</camunda:properties></extensionElements>"
    after = "end_bench" if place == ELEMENTS - 2 else f"step_{place + 1}"
    flows = f"<incoming>to_step_{place}</incoming><outgoing>to_{after}</outgoing>"
    return f'<{kind} id="step_{place}" name="Stap" {asked}>{told}{held}{flows}</{kind}>'


def _shape(about: str, x: int, y: int, width: int, height: int) -> str:
    lies = ' isHorizontal="true"' if about in ("pool", "lane") else ""
    bounds = f'<c:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<b:BPMNShape id="{about}_di" bpmnElement="{about}"{lies}>{bounds}</b:BPMNShape>'


def _edge(about: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    points = "".join(f'<d:waypoint x="{x + 18}" y="{y + 18}"/>' for x, y in (start, end))
    return f'<b:BPMNEdge id="{about}_di" bpmnElement="{about}">{points}</b:BPMNEdge>'
