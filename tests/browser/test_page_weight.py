"""Pages are light and stand still, because people open them on an old phone between two lessons."""

from itertools import count

import pytest
from playwright.sync_api import Page

from app.domain.roles import Role
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site
from tests.conftest import PageOpener
from tests.services.committee import receive_advice

MOST_BYTES = 100_000
#: A slow mobile line: bits a second, and milliseconds to and fro.
BITS, ROUND_TRIP = 1_600_000, 150
PHONE = {"width": 390, "height": 844}
#: Everything that came over the line for this page, headers included; the font is the same everywhere and kept for ever.
_WEIGHT = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.transferSize, 0)"""
_FROM_CACHE = "performance.getEntriesByType('resource').some((one) => one.transferSize === 0)"
_SHIFTS = """new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 300);
})"""


def without_cache(page: Page) -> Page:
    """A browser that keeps nothing, as at the first visit."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return page


def on_a_slow_line(page: Page) -> Page:
    """The same, far from a mast."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    rate = BITS / 8
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    return without_cache(page)


def weight(person: Person, path: str) -> int:
    person.page.goto(person.address + path, wait_until="networkidle")
    assert not person.page.evaluate(_FROM_CACHE), path
    return int(person.page.evaluate(_WEIGHT))


@pytest.fixture
def places(site: Site) -> dict[str, list[str]]:
    """By person: the pages of a case that waits for the board's answer, and lists that hold a whole page of tasks."""
    player = site.player
    number = receive_advice(player, tick={Role.BOARD: ("marijke",)})
    for _ in range(50):
        player.start("sanne", "committee", "start_with_adviser", "De Linde")
    case = f"/zaken/{number}"
    parts = [f"{case}?deel={part}" for part in ("dossier", "termijnen", "geschiedenis")]
    lists = ["/inbox", "/inbox?van=all&volgorde=case", "/zaken", "/profiel"]
    task = f"/taken/{player.task(number, 'board_response')}"
    figures = ["/naleving", "/naleving/termijnen?cijfer=waiting"]
    return {
        "sanne": ["/vandaag", "/contacten", "/meldingen", *lists, *parts, f"{case}/tijdlijn"],
        "marijke": [*lists, *figures, task],
    }


def test_every_page_without_a_drawing_stays_under_a_hundred_kilobytes(sit: Sitter, places: dict[str, list[str]]) -> None:
    for part, paths in places.items():
        person = sit(part).signs_in()
        without_cache(person.page)
        for path in ["/inloggen", *paths]:
            weighs = weight(person, path)
            assert 20_000 < weighs < MOST_BYTES, (path, weighs)


def test_nothing_moves_while_a_page_loads(sit: Sitter, places: dict[str, list[str]]) -> None:
    tried = count()
    for part, paths in places.items():
        person = sit(part, viewport=PHONE).signs_in()
        on_a_slow_line(person.page)
        case = next((path.partition("?")[0] for path in paths if "deel=" in path), "/inbox")
        for path in (paths[0], "/inbox", paths[-1], case):
            person.goes_to(path)
            assert person.page.evaluate(_SHIFTS) == 0, path
            next(tried)
    assert next(tried) == 8


def test_the_first_page_fits_into_a_second_of_a_slow_line(site: Site, new_page: PageOpener) -> None:
    page = on_a_slow_line(new_page(viewport=PHONE))
    page.goto(f"{site.address}/inloggen", wait_until="networkidle")
    # A round trip to connect, one for the page, one for what it asks: the rest of the second carries bytes.
    carries = (1000 - 3 * ROUND_TRIP) / 1000 * BITS / 8
    shown = "performance.getEntriesByType('resource').filter((one) => !one.name.endsWith('.woff2'))"
    needed = page.evaluate(
        f"performance.getEntriesByType('navigation')[0].transferSize + {shown}.reduce((sum, one) => sum + one.transferSize, 0)"
    )
    assert 5_000 < needed < carries / 2
    assert page.evaluate(_WEIGHT) < carries
    assert page.get_by_label("E-mailadres").is_visible()
