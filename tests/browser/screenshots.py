"""`python -m tests.browser.screenshots`: photographs the pages of the demo for `docs/screens/`, always on the same moment."""

import re
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, expect, sync_playwright

from app.demo.cast import Places
from app.demo.play import MovingClock, Player
from app.services.context import App
from app.web import create_app
from tests import chromium
from tests.browser import saturday
from tests.browser.demo_site import NOW, filled
from tests.browser.people import Person
from tests.browser.studio_screens import Studio
from tests.web.serving import served

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
SATURDAY = datetime(2026, 11, 21, 19, 15, tzinfo=UTC)
WIDE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
DECISION, CONSENT, FILE = "Besluit over het advies", "Vraag toestemming voor een dossier", "Draag het dossier over"
#: Bytes a picture may have; of a page that would have more its top is shown, this high at most, in pixels.
_LIMIT, _HEIGHTS = 250_000, (6000, 2400, 1800, 1400, 1000, 700)


@dataclass
class Camera:
    """Photographs pages, each on a wide screen, and on a phone and in the dark where that is asked."""

    browser: Browser
    address: str
    taken: list[str] = field(default_factory=list)

    def person(self, part: str, *, size: ViewportSize = WIDE) -> Person:
        """Somebody of the cast, at the door."""
        context = self.browser.new_context(viewport=size, locale="nl-NL", timezone_id="Europe/Amsterdam")
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

    def on_a_phone(self, page: Page, name: str) -> None:
        """Photograph the page of somebody who has a phone in his hand."""
        self._shoot(page, f"{name}-390")

    def _shoot(self, page: Page, name: str) -> None:
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        for most in _HEIGHTS:
            part = FloatRect(x=0, y=0, width=width, height=min(height, most))
            picture = page.screenshot(full_page=True, animations="disabled", clip=part)
            if len(picture) <= _LIMIT:
                break
        (SCREENS / f"{name}.png").write_bytes(picture)
        self.taken.append(name)


def main() -> None:
    """Photograph everything, and say what was written."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with _demo() as (address, app, clock), sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        camera = Camera(chrome, address)
        _door(camera)
        number = _board(camera)
        _adviser(camera, number)
        _route(camera)
        _comfort(camera)
        _directory(camera)
        _compliance(camera)
        _told(camera)
        _comments(camera)
        Studio(camera.person, camera.take, Player(app, clock, Places({}, {}))).photograph()
        clock.at = SATURDAY
        _on_saturday(camera)
        chrome.close()
    sys.stdout.write("".join(f"docs/screens/{name}.png\n" for name in camera.taken))


@contextmanager
def _demo() -> Iterator[tuple[str, App, MovingClock]]:
    # The numbers of cases are drawn by lot; pictures must not change for that.
    with tempfile.TemporaryDirectory() as folder, patch.object(secrets, "choice", Random(2026).choice):  # noqa: S311 - no secrets
        clock = MovingClock(NOW)
        app = replace(filled(Path(folder)), clock=clock)
        with served(create_app(app)) as address:
            yield address, app, clock
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


def _route(camera: Camera) -> None:
    """What goes along to a successor, what the head sees, three procedures side by side, a choice with its help."""
    sanne = camera.person("sanne").signs_in().opens(FILE)
    camera.take(sanne.page, "handover", everywhere=True)
    joost = camera.person("joost").signs_in()
    number = joost.opens("Neem maatregelen").case_number()
    camera.take(joost.page, "measures")
    camera.take(sanne.goes_to(f"/zaken/{number}").page, "complaint", everywhere=True)
    camera.take(sanne.follows("Diagram").page, "complaint-diagram")
    sanne.goes_to(f"/zaken/{number}").follows("Noteer wat de klager kiest")
    sanne.page.get_by_text("Wat vraagt de Handreiking hier?").click()
    camera.take(sanne.page, "task-help", everywhere=True)
    camera.take(camera.person("marijke").signs_in().goes_to("/vervanging").page, "replacement")


def _comfort(camera: Camera) -> None:
    """A view for the team, tasks that were ticked, and putting them off."""
    marijke = camera.person("marijke").signs_in().goes_to("/weergaven?van=group&wanneer=week")
    marijke.choose(marijke.page.get_by_role("radio", name="Voor iedereen met deze rol"))
    marijke.pick(marijke.page.get_by_label("Woord ervoor"), "Voor het overleg")
    camera.take(marijke.page, "view-save")
    marijke.presses("Bewaar").looks_at("Alles")
    for place in range(2):
        marijke.choose(marijke.page.get_by_role("checkbox").nth(place))
    camera.take(marijke.page, "inbox-ticked", everywhere=True)
    camera.take(marijke.presses("Uitstellen").page, "put-off")


def _directory(camera: Camera) -> None:
    """What a board sets, who is who, and where help is to be found."""
    ada = camera.person("ada").signs_in()
    ada.goes_to("/beheer").follows("Instellingen")
    ada.page.get_by_text("Klachtencommissie", exact=True).first.click()
    camera.take(ada.page, "settings", everywhere=True)
    ada.press(ada.page.get_by_role("link", name=re.compile("^Wijzig ?: Noteer het advies$")))
    camera.take(ada.page, "setting-target", everywhere=True)
    camera.take(ada.goes_to("/wie-is-wie").page, "who-is-who", everywhere=True)
    sanne = camera.person("sanne").signs_in().goes_to("/wie-is-wie")
    camera.take(sanne.follows("Zo ben ik bereikbaar").page, "reachability")
    camera.take(sanne.goes_to("/wie-is-wie").follows("Voor de schoolgids").page, "school-guide")
    camera.take(sanne.goes_to("/sociale-kaart").page, "social-map", everywhere=True)


def _compliance(camera: Camera) -> None:
    """Whether procedures are kept: the figures, the list behind one, where it waits, and on paper."""
    marijke = camera.person("marijke").signs_in().goes_to("/naleving")
    camera.take(marijke.page, "compliance", everywhere=True)
    marijke.page.emulate_media(media="print")
    camera.take(marijke.page, "compliance-print")
    marijke.page.emulate_media(media="screen")
    camera.take(marijke.follows("Nu te laat").page, "compliance-late", everywhere=True)
    camera.take(marijke.goes_to("/naleving/committee?niveau=committee_response").page, "compliance-heat", everywhere=True)


def _told(camera: Camera) -> None:
    """What somebody was told, how he chooses to be, and what an administrator sees of mail."""
    marijke = camera.person("marijke").signs_in()
    camera.take(marijke.goes_to("/berichten").page, "messages", everywhere=True)
    camera.take(marijke.goes_to("/profiel/berichten").page, "messages-choice")
    camera.take(camera.person("ada").signs_in().goes_to("/beheer/post").page, "mail")


def _comments(camera: Camera) -> None:
    """A comment for those who read a file, where it waits for the other reader, and the keys over his list."""
    marijke = camera.person("marijke").signs_in().looks_at("Alles")
    marijke.page.get_by_role("main").get_by_role("link", name=DECISION).first.click()
    number = marijke.case_number()
    marijke.goes_to(f"/zaken/{number}?deel=dossier").fills({"Je opmerking": "Bel eerst de secretaris van de commissie."})
    camera.take(marijke.page, "comment", everywhere=True)
    kemal = camera.person("kemal").signs_in()
    marijke.presses("Bewaar je opmerking")
    camera.take(kemal.goes_to("/inbox?van=all").page, "inbox-comment")
    kemal.goes_to("/weergaven").page.keyboard.press("?")
    camera.take(kemal.page, "keys", everywhere=True)
    camera.take(kemal.goes_to(f"/zaken/{number}?deel=dossier").presses("Open het dossier").page, "file-comment")


def _on_saturday(camera: Camera) -> None:
    """Danger on a Saturday evening, on a phone."""
    amira = camera.person("amira", size=PHONE).signs_in()
    saturday.signals_come_in(amira)
    camera.on_a_phone(amira.looks_at("Alles").page, "saturday-inbox")
    camera.on_a_phone(amira.opens("Bel Veilig Thuis of 112").page, "saturday-danger")


if __name__ == "__main__":
    main()
