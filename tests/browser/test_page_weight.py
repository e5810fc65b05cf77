"""Pages are light, because people open them on a phone between two lessons."""

import pytest

from tests.browser.conftest import Sitter
from tests.browser.people import Person

MOST_BYTES = 100_000
#: Everything that came over the line for this page, headers included.
_WEIGHT = """["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.transferSize, 0)"""


@pytest.fixture
def sanne(sit: Sitter) -> Person:
    """Somebody whose browser keeps nothing, as at the first visit."""
    person = sit("sanne").signs_in()
    line = person.page.context.new_cdp_session(person.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return person


def weight(person: Person, path: str) -> int:
    person.page.goto(person.address + path, wait_until="networkidle")
    return int(person.page.evaluate(_WEIGHT))


def test_pages_without_a_drawing_stay_under_a_hundred_kilobytes(sanne: Person) -> None:
    sanne.follows("Start een zaak").begins("Klachtencommissie: Klager kiest de klachtencommissie")
    sanne.is_at("Vraag toestemming voor een dossier")
    task, number = sanne.page.url.removeprefix(sanne.address), sanne.case_number()
    for path in ("/inloggen", "/inbox", task, f"/zaken/{number}?deel=dossier", f"/zaken/{number}?deel=termijnen", "/profiel"):
        weighs = weight(sanne, path)
        assert 20_000 < weighs < MOST_BYTES, path  # the font alone is more than the lower bound: nothing came from a cache
