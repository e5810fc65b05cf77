"""Two board members at the same task, each behind a browser of his own."""

from datetime import date

import pytest
from playwright.sync_api import expect

from app.domain.roles import Role
from tests.browser import committee
from tests.browser.conftest import Sitter
from tests.browser.site import Site
from tests.services.committee import committee_says


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_whoever_is_second_hears_who_was_first_and_keeps_what_he_typed(site: Site, sit: Sitter, script: bool) -> None:
    number = committee_says(site.player, "formeel", tick={Role.BOARD: ("marijke", "kemal")})
    marijke, kemal = sit("marijke", java_script_enabled=script).signs_in(), sit("kemal").signs_in()
    marijke.opens("Stuur het verweer").fills({"Wat staat er in het verweer?": "Een lang verhaal over een zeepaardje."})
    behind_her_back = sit("marijke").signs_in().opens("Stuur het verweer")
    behind_her_back.presses("Teruggeven aan het bevoegd gezag")
    committee.board_defends_itself(kemal, date(2026, 9, 7))
    marijke.presses("Afronden").sees("Deze taak is al afgerond door Kemal Aydin.", "Een lang verhaal over een zeepaardje.")
    expect(marijke.button("Afronden")).to_have_count(0)
    marijke.follows(number).sees("Klaar, Kemal Aydin")
