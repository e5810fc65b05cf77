"""The drawing of a procedure: marked, readable, scrolling in itself, under a strict content security policy."""

import json
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PageOpener

STATIC = Path(__file__).parents[2] / "app/web/static"
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
MARKS = {
    "done": ["ask", "elsewhere"],
    "active": ["answer"],
    "waiting": [{"id": "later", "text": "20-11-2026"}],
    "heat": [{"id": "begin", "heat": 1, "text": "7"}],
}
STEPS = {"ask": 0, "answer": 1, "later": 2, "far": 14}


def diagram() -> str:
    tasks = "".join(f'<userTask id="{step}" name="{step}"/>' for step in STEPS)
    tasks += '<startEvent id="begin" name="Begin"/>'
    shapes = "".join(
        f'<di:BPMNShape id="{step}_di" bpmnElement="{step}">'
        f'<dc:Bounds x="{150 * column}" y="0" width="100" height="80"/></di:BPMNShape>'
        for step, column in STEPS.items()
    )
    # One with its words below it.
    shapes += (
        '<di:BPMNShape id="begin_di" bpmnElement="begin"><dc:Bounds x="480" y="10" width="36" height="36"/>'
        '<di:BPMNLabel><dc:Bounds x="470" y="50" width="56" height="14"/></di:BPMNLabel></di:BPMNShape>'
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" targetNamespace="x">'
        f'<process id="p">{tasks}</process><di:BPMNDiagram id="d"><di:BPMNPlane id="pl" bpmnElement="p">{shapes}</di:BPMNPlane>'
        "</di:BPMNDiagram></definitions>"
    )


def sheet(source: str) -> str:
    names = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return (
        f'<!doctype html><html lang="nl"><title>Diagram</title><link rel="stylesheet" href="/{names["diagram.css"]}">'
        f'<script src="/{names["diagram.js"]}" defer></script><main data-diagram-tools><h1>Diagram</h1>'
        '<button type="button" data-zoom="in" hidden>Groter</button>'
        f'<div class="vr-diagram" data-diagram-src="{source}" data-label="Diagram: proef" data-failed="Het lukt nu niet." '
        f'data-marks="{escape(json.dumps(MARKS))}"><p>De stappen staan hierboven.</p></div></main></html>'
    )


class Pages(SimpleHTTPRequestHandler):
    """The built files, a drawing, and pages that show it."""

    def do_GET(self) -> None:
        made = {"/page": sheet("/drawing.bpmn"), "/lost": sheet("/lost.bpmn"), "/drawing.bpmn": diagram()}
        if self.path not in made:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "application/xml" if self.path.endswith("bpmn") else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(made[self.path].encode())

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing between the dots of the tests."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(STATIC))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def drawn(new_page: PageOpener, site: str) -> Page:
    page = new_page(viewport={"width": 1000, "height": 700})
    page.goto(f"{site}/page")
    expect(page.locator("[data-state=ready]")).to_be_visible()
    return page


def scroll(page: Page) -> float:
    return float(page.get_by_role("region").evaluate("panel => panel.scrollLeft"))


def drawn_width(page: Page) -> float:
    return float(page.locator("[data-element-id=ask] .djs-visual rect").evaluate("box => box.getBoundingClientRect().width"))


def test_steps_show_how_far_the_procedure_is(drawn: Page) -> None:
    expect(drawn.locator(".vr-done")).to_have_attribute("data-element-id", "ask")
    expect(drawn.locator(".vr-active")).to_have_attribute("data-element-id", "answer")
    expect(drawn.locator(".vr-waiting")).to_have_attribute("data-element-id", "later")
    expect(drawn.get_by_text("20-11-2026")).to_be_visible()
    expect(drawn.locator(".vr-active .djs-visual > rect")).to_have_css("stroke", "rgb(11, 90, 99)")


def test_a_number_stands_above_a_part_whose_words_are_below_it(drawn: Page) -> None:
    number, part = (
        drawn.locator(".vr-heat-text").bounding_box(),
        drawn.locator("[data-element-id=begin] .djs-visual").bounding_box(),
    )
    assert number is not None
    assert part is not None
    assert part["y"] - 30 < number["y"] + number["height"] <= part["y"] + 4


def test_a_wide_drawing_stays_readable_and_scrolls_in_itself(drawn: Page) -> None:
    assert drawn_width(drawn) >= 80
    assert drawn.evaluate("document.documentElement.scrollWidth <= innerWidth")

    drawn.keyboard.press("Tab")
    drawn.keyboard.press("Tab")
    expect(drawn.get_by_role("region", name="Diagram: proef")).to_be_focused()
    assert scroll(drawn) == 0
    drawn.keyboard.press("ArrowRight")
    drawn.wait_for_timeout(500)  # the browser scrolls smoothly
    assert scroll(drawn) > 0


def test_keys_and_buttons_change_the_size(drawn: Page) -> None:
    fitting = drawn_width(drawn)
    drawn.get_by_role("button", name="Groter").click()
    larger = drawn_width(drawn)
    drawn.get_by_role("region").press("+")
    largest = drawn_width(drawn)
    drawn.get_by_role("region").press("0")

    assert fitting < larger < largest
    assert drawn_width(drawn) == fitting


def test_the_mark_of_bpmn_io_stays_in_view(drawn: Page) -> None:
    drawn.get_by_role("region").press("End")

    expect(drawn.get_by_title("Powered by bpmn.io")).to_be_in_viewport(ratio=1)


def test_a_drawing_has_no_barriers(drawn: Page) -> None:
    drawn.evaluate(AXE.read_text(encoding="utf-8"))

    assert drawn.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []


def test_a_drawing_that_does_not_come_says_so(new_page: PageOpener, site: str) -> None:
    page = new_page()
    page.goto(f"{site}/lost")

    expect(page.get_by_text("Het lukt nu niet.")).to_be_visible()
    expect(page.locator("[data-state=failed]")).to_be_visible()


def test_without_javascript_the_words_remain(new_page: PageOpener, site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/page")

    expect(page.get_by_text("De stappen staan hierboven.")).to_be_visible()
