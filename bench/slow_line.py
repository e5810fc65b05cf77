"""How long somebody on a slow mobile line waits until a page shows: in Chromium, over the line that it emulates."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from bench.installation import Person
from tests import chromium

#: Chromium's Fast 3G, which Lighthouse calls slow 4G: bits a second, and milliseconds to and fro for each request.
BITS: Final = 1_600_000
ROUND_TRIP_MS: Final = 150
_PHONE: Final = {"width": 390, "height": 844}
_FIRST_PAINT: Final = """new Promise((done) => new PerformanceObserver((list) => {
  for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime);
}).observe({type: "paint", buffered: true}))"""


def first_pages_ms(port: int, person: Person, runs: int, stepped: Callable[[float], float]) -> dict[str, float]:
    """From the address to the first text on the screen: the page to sign in, with nothing kept, and the lists right after it."""
    found: dict[str, list[float]] = {"slow_sign_in_ms": [], "slow_day_ms": [], "slow_inbox_ms": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        for _ in range(runs):
            with _on_the_line(browser) as page:
                site = f"http://127.0.0.1:{port}"
                found["slow_sign_in_ms"].append(stepped(_shown_ms(page, f"{site}/inloggen")))
                page.context.add_cookies([{"name": "veilige_route", "value": person.cookie, "url": site}])
                found["slow_day_ms"].append(stepped(_shown_ms(page, f"{site}/vandaag")))
                found["slow_inbox_ms"].append(stepped(_shown_ms(page, f"{site}/inbox")))
        browser.close()
    return {key: median(times) for key, times in found.items()}


@contextmanager
def _on_the_line(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]  # a width and a height
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    rate = BITS / 8
    limits = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": rate, "uploadThroughput": rate}
    line.send("Network.emulateNetworkConditions", limits)
    yield page
    context.close()


def _shown_ms(page: Page, address: str) -> float:
    answer = page.goto(address)
    if answer is None or not answer.ok or page.url != address:
        raise RuntimeError(f"{address} was not shown")
    return float(page.evaluate(_FIRST_PAINT))
