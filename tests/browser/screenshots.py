"""`python -m tests.browser.screenshots`: photographs the pages of the demo for `docs/screens/`, always on the same moment."""

import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from app.web import create_app
from tests import chromium
from tests.browser.demo_site import filled
from tests.browser.people import Person
from tests.web.serving import served

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
WIDE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
DECISION, CONSENT = "Besluit over het advies", "Vraag toestemming voor een dossier"


@dataclass
class Camera:
    """Photographs pages, each on a wide screen, and on a phone and in the dark where that is asked."""

    browser: Browser
    address: str
    taken: list[str] = field(default_factory=list)

    def person(self, part: str) -> Person:
        """Somebody of the cast, at the door."""
        context = self.browser.new_context(viewport=WIDE, locale="nl-NL", timezone_id="Europe/Amsterdam")
        return Person(context.new_page(), self.address, part)

    def take(self, page: Page, name: str, *, everywhere: bool = False) -> None:
        """Photograph the page as it is now."""
        if page.locator("[data-diagram-src]").count():
            expect(page.locator("[data-state=ready]")).to_be_visible()
        self._shoot(page, f"{name}-1280")
        if everywhere:
            page.emulate_media(color_scheme="dark")
            self._shoot(page, f"{name}-dark")
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(PHONE)
            self._shoot(page, f"{name}-390")
            page.set_viewport_size(WIDE)

    def _shoot(self, page: Page, name: str) -> None:
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True, animations="disabled")
        self.taken.append(name)


def main() -> None:
    """Photograph everything, and say what was written."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with _demo() as address, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        camera = Camera(chrome, address)
        _door(camera)
        number = _board(camera)
        _adviser(camera, number)
        chrome.close()
    sys.stdout.write("".join(f"docs/screens/{name}.png\n" for name in camera.taken))


@contextmanager
def _demo() -> Iterator[str]:
    # The numbers of cases are drawn by lot; pictures must not change for that.
    with tempfile.TemporaryDirectory() as folder, patch.object(secrets, "choice", Random(2026).choice):  # noqa: S311 - no secrets
        app = filled(Path(folder))
        with served(create_app(app)) as address:
            yield address
        app.database.close()


def _door(camera: Camera) -> None:
    stranger = camera.person("sanne").goes_to("/inloggen")
    camera.take(stranger.page, "sign-in", everywhere=True)


def _board(camera: Camera) -> str:
    """What a board member sees; gives the number of a case whose answer is due soon."""
    marijke = camera.person("marijke").signs_in().looks_at("Alles")
    camera.take(marijke.page, "inbox", everywhere=True)
    marijke.page.get_by_role("main").get_by_role("link", name=DECISION).nth(1).click()
    marijke.is_at(DECISION)
    camera.take(marijke.page, "task-unclaimed")
    number = marijke.presses("Pak op").case_number()
    camera.take(marijke.page, "task", everywhere=True)
    marijke.fills({"Neem je maatregelen?": "Ja", "Op welke dag moeten de maatregelen klaar zijn?": "volgende week"})
    marijke.presses("Afronden")
    camera.take(marijke.page, "task-errors")
    return number


def _adviser(camera: Camera, number: str) -> None:
    sanne = camera.person("sanne").signs_in()
    camera.take(sanne.page, "day", everywhere=True)
    camera.take(sanne.goes_to("/contacten").page, "contacts")
    camera.take(sanne.goes_to("/meldingen").page, "notices")
    camera.take(sanne.goes_to("/inbox").page, "inbox-adviser")
    sanne.opens(CONSENT).fills({"Mag jij een dossier bijhouden?": "Ja"})
    camera.take(sanne.page, "task-sealed")
    sanne.goes_to(f"/zaken/{number}")
    camera.take(sanne.page, "case", everywhere=True)
    for part, name in (("Diagram", "diagram"), ("Termijnen", "case-terms"), ("Geschiedenis", "case-history")):
        camera.take(sanne.follows(part).page, name)
    camera.take(sanne.goes_to(f"/zaken/{number}/tijdlijn").page, "timeline")
    sanne.goes_to(f"/zaken/{number}")
    camera.take(sanne.follows("Dossier").page, "case-file")
    camera.take(sanne.presses("Open het dossier").page, "file")
    camera.take(sanne.goes_to("/zaken").page, "cases")
    camera.take(sanne.goes_to("/zaken/start").page, "start")
    # A person's mark comes from his key, which is made by lot too.
    sanne.goes_to("/profiel").page.locator("code").evaluate("mark => (mark.textContent = '5HH4-LVQR-BFHZ-Y3CL-FXXT')")
    camera.take(sanne.page, "profile")


if __name__ == "__main__":
    main()
