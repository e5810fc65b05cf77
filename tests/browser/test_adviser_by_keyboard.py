"""An adviser who has no mouse guides a complainant from the first contact to the choice of a step."""

from datetime import date

import pytest

from tests.browser import complaint
from tests.browser.people import Typist
from tests.browser.site import Site
from tests.conftest import PageOpener

TODAY, WISH = date(2026, 9, 7), "De ouder wil eerst praten."
#: Pressing Enter clicks too, but only a hand on a mouse or a screen presses down: then the page breaks, and with it the test.
_NO_HAND_ON_A_MOUSE = 'addEventListener("pointerdown", () => { throw new Error("the mouse was used"); }, true);'


@pytest.fixture
def sanne(site: Site, new_page: PageOpener) -> Typist:
    """The adviser, signed in, at a keyboard alone."""
    page = new_page()
    page.add_init_script(_NO_HAND_ON_A_MOUSE)
    return Typist(page, site.address, "sanne").signs_in()


def test_the_keyboard_is_enough_from_the_first_contact_to_the_chosen_step(sanne: Typist) -> None:
    number = complaint.somebody_knocks(sanne, TODAY)
    complaint.adviser_explains(sanne, TODAY)
    complaint.adviser_places_it(sanne)
    complaint.complainant_chooses(sanne, "Praten met de ander", WISH)
    sanne.looks_at("Van mij").sees("Noteer wat de klager kiest").opens("Bereid het gesprek voor")
    sanne.follows(number).follows("Dossier").presses("Open het dossier").sees(complaint.STORY, WISH)


def test_an_answer_is_changed_on_the_way_back(sanne: Typist) -> None:
    sanne.follows("Start een zaak").begins("Klachtroute: Iemand klopt aan").opens("Noteer het contact")
    sanne.fills({"Op welke dag was het contact?": "07-09-2026", "Wat is het?": "Een vraag", "Hoe kwam het contact?": "Telefoon"})
    sanne.turns_back().fills({"Wat is het?": "Een klacht"})
    sanne.turns_back().completes()
    sanne.opens("Voer het eerste gesprek")
