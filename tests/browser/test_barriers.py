"""No page of a filled installation has a barrier that axe can find, nor sticks out of any screen, by day or in the dark."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pyotp
import pytest
from playwright.sync_api import Page, expect

from app.demo.cast import PASSWORD, email_of
from app.web import create_app
from tests.browser.demo_site import NOW, filled, strict
from tests.browser.people import Person
from tests.conftest import PageOpener
from tests.web.serving import served

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1280, 390, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NUMBER, CORRECT = re.compile(r"^20\d\d-[2-9B-Z]{4}$"), re.compile("^Verbeter de begindatum")
_OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"


class Seen:
    """Somebody of the cast whose pages are examined, one by one; what is found is kept with the name of the page."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.found: list[str] = []

    def looks(self, name: str) -> None:
        """Examine the page on every screen."""
        page = self.person.page
        if page.locator("[data-diagram-src]").count():
            expect(page.locator("[data-state=ready]")).to_be_visible()
        page.evaluate(_OPEN_ALL)
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            self.found += [f"{name}, {width} px: wider than the screen"] if _sticks_out(page) else []
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                self.found += [f"{name}, {width} px, {scheme}: {finding}" for finding in _findings(page)]

    def at(self, path: str, name: str) -> None:
        """Go somewhere and examine the page."""
        self.person.goes_to(path)
        self.looks(name)


Look = Callable[..., Seen]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where the demo is served, and where it is served as if it were none."""
    app = filled(tmp_path_factory.mktemp("demo"))
    with served(create_app(app)) as lenient, served(create_app(strict(app))) as demanding:
        yield lenient, demanding
    app.database.close()


@pytest.fixture
def look(addresses: tuple[str, str], new_page: PageOpener) -> Iterator[Look]:
    """Seat somebody who examines pages; at the end nothing may have been found."""
    seated: list[Seen] = []

    def seat(part: str, *, strictly: bool = False) -> Seen:
        seated.append(Seen(Person(new_page(), addresses[strictly], part)))
        return seated[-1]

    yield seat
    assert [finding for seen in seated for finding in seen.found] == []


def _sticks_out(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def _findings(page: Page) -> list[str]:
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_a_barrier_would_be_found(new_page: PageOpener) -> None:
    seen = Seen(Person(new_page(), "", "nobody"))
    seen.person.page.set_content(
        "<title>x</title><style>@media (prefers-color-scheme: dark) {p {color: #ddd}}</style><p>Bleek</p>"
    )
    seen.looks("made badly")
    assert any("dark: color-contrast" in finding for finding in seen.found)
    seen.person.page.set_content('<html lang="nl"><title>x</title><main><h1>Breed</h1><hr style="width: 350px"></main></html>')
    seen.found.clear()
    seen.looks("made too wide")
    assert seen.found == ["made too wide, 320 px: wider than the screen"]


def test_the_door_has_no_barriers(look: Look) -> None:
    stranger = look("sanne")
    stranger.at("/inloggen", "sign-in")
    stranger.person.fills({"E-mailadres": "sanne@voorbeeld.example", "Wachtwoord": "iets heel anders"}).presses("Verder")
    stranger.looks("sign-in, wrong")
    stranger.at("/inloggen?taal=en", "sign-in, English")
    stranger.person.goes_to("/inloggen?taal=nl")
    stranger.at("/inloggen/vergeten", "recovery")
    answers = {"E-mailadres": "sanne@voorbeeld.example", "Herstelcode": "AAAA", "Nieuw wachtwoord": "een lange zin is goed"}
    stranger.person.fills(answers).presses("Verander mijn wachtwoord")
    stranger.looks("recovery, wrong")


def test_the_second_factor_has_no_barriers(look: Look) -> None:
    amira = look("amira", strictly=True)
    _password(amira.person)
    amira.looks("enrol")
    secret = amira.person.page.locator("code").inner_text().replace(" ", "")
    amira.person.fills({"Welke code": "000000"}).presses("Klaar")
    amira.looks("enrol, wrong")
    amira.person.fills({"Welke code": pyotp.TOTP(secret).at(NOW)}).presses("Klaar").presses("Uitloggen")
    amira.looks("signed out")
    _password(amira.person)
    amira.looks("totp")
    amira.person.fills({"Code van zes cijfers": "000000"}).presses("Inloggen")
    amira.looks("totp, wrong")


def _password(person: Person) -> None:
    person.goes_to("/inloggen").fills({"E-mailadres": email_of(person.part), "Wachtwoord": PASSWORD}).presses("Verder")


def test_inbox_cases_and_own_page_have_no_barriers(look: Look) -> None:
    marijke = look("marijke")
    marijke.person.signs_in()
    for scope in ("mine", "group", "all"):
        marijke.at(f"/inbox?van={scope}", f"inbox, {scope}")
    marijke.at("/inbox?van=all&wanneer=late", "inbox, late")
    marijke.at("/inbox?van=all&zaak=2026-ZZZZ", "inbox, nothing found")
    marijke.at("/zaken", "cases")
    marijke.at("/profiel", "own page")
    marijke.person.fills({"Wachtwoord van nu": "x", "Nieuw wachtwoord": "y"}).presses("Verander mijn wachtwoord")
    marijke.looks("own page, wrong password")


def test_an_empty_inbox_has_no_barriers(look: Look) -> None:
    piet = look("piet")
    piet.person.signs_in()
    piet.looks("empty inbox")
    piet.at("/zaken", "no cases")
    piet.at("/zaken/start", "nothing to start")
    piet.at("/bestaat-niet", "not found")
    piet.person.goes_to("/profiel")
    piet.person.write(piet.person.page.locator("#password"), PASSWORD)
    piet.person.presses("Maak een nieuwe herstelcode")
    piet.looks("recovery code")


def test_tasks_have_no_barriers(look: Look) -> None:
    marijke, kemal, sanne = look("marijke"), look("kemal"), look("sanne")
    _first(marijke.person.signs_in().looks_at("Van mijn groep"), "Besluit over het advies")
    marijke.looks("task, unclaimed")
    marijke.person.presses("Pak op")
    marijke.looks("task, mine")
    marijke.person.presses("Afronden")
    marijke.looks("task, errors")
    where = marijke.person.page.url.removeprefix(marijke.person.address)
    kemal.person.signs_in()
    kemal.at(where, "task, another's")
    sanne.person.signs_in()
    sanne.at(where, "task, of another lane")
    marijke.person.looks_at("Alles").opens("Voer de maatregelen uit")
    where = marijke.person.page.url.removeprefix(marijke.person.address)
    marijke.person.completes({"Zijn de maatregelen uitgevoerd?": "Ja", "Op welke dag waren ze klaar?": "18-11-2026"})
    marijke.looks("inbox, after a task")
    kemal.at(where, "task, done")


def test_the_compliance_board_has_no_barriers(look: Look) -> None:
    marijke = look("marijke")
    marijke.person.signs_in()
    marijke.at("/naleving", "compliance")
    marijke.at("/naleving?rol=meldcode_officer", "compliance, nothing to count")
    marijke.at("/naleving/termijnen?cijfer=overdue", "late terms")
    marijke.at("/naleving/termijnen?cijfer=extended&rol=school_leader", "no terms")
    marijke.at("/naleving/committee", "heat map")
    marijke.at("/naleving/committee?niveau=committee_response", "heat map of a phase")


def test_what_an_adviser_fills_in_has_no_barriers(look: Look) -> None:
    sanne = look("sanne")
    sanne.person.signs_in().opens("Vraag toestemming voor een dossier")
    sanne.looks("task, texts that are sealed")
    sanne.person.opens("Noteer het antwoord").fills({"Wat doet de commissie met de klacht?": "Formeel behandelen"})
    sanne.person.presses("Afronden")
    sanne.looks("task, nobody ticked")
    number = sanne.person.case_number()
    sanne.at("/zaken/start", "start")
    sanne.at(f"/zaken/{number}", "case of the adviser")
    sanne.person.follows("Klager trekt de klacht in")
    sanne.looks("are you sure")


def test_the_day_of_an_adviser_has_no_barriers(look: Look) -> None:
    sanne = look("sanne")
    sanne.person.signs_in()
    sanne.looks("the day")
    sanne.at("/inbox?van=all&volgorde=case", "inbox by number")
    sanne.at("/inbox?zaak=QQQQ", "inbox, nothing found")
    sanne.at("/contacten", "contacts")
    sanne.person.presses("Noteer")
    sanne.looks("contacts, wrong")
    sanne.at("/meldingen", "notices")
    _first(sanne.person.goes_to("/zaken"), NUMBER)
    sanne.person.follows("Tijdlijn om af te drukken")
    sanne.looks("timeline")


def test_a_case_has_no_barriers(look: Look) -> None:
    marijke = look("marijke")
    _first(_first(marijke.person.signs_in().looks_at("Alles"), "Besluit over het advies"), NUMBER)
    marijke.looks("case")
    for part in ("Diagram", "Termijnen", "Geschiedenis", "Dossier"):
        marijke.person.follows(part)
        marijke.looks(f"case, {part}")
    marijke.person.presses("Open het dossier")
    marijke.looks("file")
    marijke.person.page.go_back()
    _first(marijke.person.follows("Termijnen"), CORRECT)
    marijke.looks("correct a term")
    marijke.person.presses("Verbeter")
    marijke.looks("correct a term, wrong")
    marijke.at("/zaken/start", "start at a board")
    marijke.person.presses("Start")
    marijke.looks("start, wrong")


def test_comments_and_keys_have_no_barriers(look: Look) -> None:
    marijke = look("marijke")
    _first(_first(marijke.person.signs_in().looks_at("Alles"), "Besluit over het advies"), NUMBER)
    marijke.person.follows("Dossier").presses("Bewaar je opmerking")
    marijke.looks("comment, wrong")
    marijke.person.fills({"Je opmerking": "Bel eerst de secretaris."}).presses("Bewaar je opmerking")
    marijke.person.presses("Open het dossier")
    marijke.looks("file with a comment")
    marijke.at("/toetsen", "keys")
    marijke.person.page.keyboard.press("?")
    marijke.looks("keys over a page")


def _first(person: Person, link: str | re.Pattern[str]) -> Person:
    person.press(person.page.get_by_role("main").get_by_role("link", name=link).first)
    return person
