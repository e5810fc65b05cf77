"""Photographs of the studio: a draft from its first stroke until running cases were moved to it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from app.demo.play import Player
from app.services.studio import drafts, proofs
from app.studio.proving import prove_next
from tests.browser.people import Person
from tests.services.moved import FORM, SIX_WEEKS, plan, publish_version
from tests.services.studio.acting import KEY, ask, change, decide

SIGNAVIO = Path(__file__).parents[1] / "interchange" / "diagrams" / "signavio.bpmn"
RESPONSE = "committee/response.bpmn"


@dataclass(frozen=True, slots=True)
class Studio:
    """The studio of the demo: who looks, how a page is photographed, and what happens behind it."""

    person: Callable[[str], Person]
    take: Callable[..., None]
    player: Player

    def photograph(self) -> None:
        """All its pages, in the order in which a change goes through them."""
        piet = self.person("piet").signs_in()
        self._drawing(piet)
        self._drawn_further()
        self._forms(piet)
        self._checked(piet)
        self._tried(piet)
        self._reviewed()
        self._moved(piet)
        self._imported(piet)

    def _drawing(self, piet: Person) -> None:
        """A term and its fields, and a step that is not right yet with its findings."""
        piet.goes_to(f"/studio/{KEY}").presses("Begin een concept")
        piet.goes_to(f"/studio/{KEY}/tekening?bestand={RESPONSE}&element=board_response")
        expect(piet.page.locator("[data-studio-modeler][data-state=ready][data-findings=ready]")).to_be_visible()
        expect(piet.page.get_by_label("Opschrift", exact=True)).to_have_value("Besluit over het advies")
        self.take(piet.page, "studio-drawing", everywhere=True)
        piet.page.get_by_role("button", name="Meld dat het te laat is Stap die vanzelf gaat").press("Enter")
        piet.button("Voeg toe").press("Enter")
        expect(piet.page.locator("[data-part=findings]")).to_contain_text("Deze taak legt niets uit")
        self.take(piet.page, "studio-findings")
        piet.page.goto("about:blank")

    def _drawn_further(self) -> None:
        """Begun again, and drawn to the end: six weeks, and a step after the decision with its form."""
        app, piet = self.player.app, self.player.actor("piet")
        drafts.drop(app, piet, KEY)
        drafts.begin(app, piet, KEY)
        for file, old, new in SIX_WEEKS:
            change(self.player, file, old, new)
        drafts.save(app, piet, KEY, "forms/tell_staff.form", json.dumps(FORM).encode(), number=0)

    def _forms(self, piet: Person) -> None:
        self.take(piet.goes_to(f"/studio/{KEY}/formulieren").page, "studio-forms")
        piet.goes_to(f"/studio/{KEY}/formulier/board_response")
        piet.page.wait_for_load_state("networkidle")
        self.take(piet.page, "studio-form", everywhere=True)
        self.take(piet.goes_to(f"/studio/{KEY}/formulier/board_response/voorbeeld").page, "studio-form-preview")

    def _checked(self, piet: Person) -> None:
        proofs.ask(self.player.app, self.player.actor("piet"), KEY)
        while prove_next(self.player.app):
            pass
        self.take(piet.goes_to(f"/studio/{KEY}/controle").page, "studio-check", everywhere=True)
        piet.fills({"Waarom mag dit zo blijven?": "Zes weken zijn met de scholen afgesproken."}).presses("Bewaar de reden")
        self.take(piet.goes_to(f"/studio/{KEY}/verhalen").page, "studio-stories")

    def _tried(self, piet: Person) -> None:
        piet.goes_to(f"/studio/{KEY}/proberen")
        self.take(piet.page, "studio-try-begin")
        piet.presses("Begin")
        self.take(piet.page, "studio-try", everywhere=True)

    def _reviewed(self) -> None:
        ask(self.player)
        marijke = self.person("marijke").signs_in()
        self.take(marijke.goes_to("/studio").page, "studio", everywhere=True)
        self.take(marijke.goes_to(f"/studio/{KEY}/verschillen").page, "studio-differences", everywhere=True)
        self.take(marijke.goes_to(f"/studio/{KEY}/beoordelen").page, "studio-review", everywhere=True)
        decide(self.player, "marijke")

    def _moved(self, piet: Person) -> None:
        """A plan after it was tried, before a second person lets it go on."""
        plan_id = plan(self.player, publish_version(self.player, *SIX_WEEKS))
        self.take(piet.goes_to(f"/studio/{KEY}").page, "studio-versions", everywhere=True)
        self.take(piet.goes_to(f"/studio/{KEY}/verhuizen").page, "studio-move")
        self.take(piet.goes_to(f"/studio/{KEY}/verhuizen/{plan_id}").page, "studio-move-plan", everywhere=True)

    def _imported(self, piet: Person) -> None:
        """A diagram that another tool drew, explained part by part."""
        piet.goes_to("/studio/importeren")
        self.take(piet.page, "studio-import")
        piet.page.set_input_files("input[type=file]", SIGNAVIO)
        self.take(piet.presses("Bekijk wat ermee gebeurt").page, "studio-imported", everywhere=True)
