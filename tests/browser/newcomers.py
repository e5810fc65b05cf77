"""People of an installation that begins: with an address and a password of their own, and an app for codes."""

import re
from typing import Self

import pyotp
from playwright.sync_api import Page

from tests.browser.people import Person

PASSWORD = "een zin van twaalf tekens"


class Newcomer(Person):
    """Somebody behind a browser whom no cast knows."""

    def __init__(self, page: Page, address: str, name: str, email: str) -> None:
        super().__init__(page, address, name)
        self.email = email

    def enters(self) -> Self:
        """Sign in for the first time, and set up the app for codes."""
        if self.page.get_by_label("E-mailadres").count() == 0:
            self.goes_to("/inloggen")
        self.write(self.page.get_by_label("E-mailadres"), self.email)
        self.write(self.page.get_by_label("Wachtwoord", exact=True), PASSWORD)
        self.presses("Verder").is_at("Stel je app in")
        secret = self.page.locator("code.secret").inner_text().replace(" ", "")
        self.write(self.page.get_by_label("2. Welke code van zes cijfers zie je nu?"), pyotp.TOTP(secret).now())
        return self.presses("Klaar")

    def accepts(self, link: str) -> Self:
        """Follow the link of an invitation: choose a password, keep the recovery code, and sign in."""
        self.page.goto(link)
        self.sees(f"Welkom, {self.part}")
        self.write(self.page.get_by_label("Kies een wachtwoord"), PASSWORD)
        self.write(self.page.get_by_label("Hetzelfde wachtwoord nog een keer"), PASSWORD)
        self.presses("Maak mijn account").is_at("Je herstelcode")
        return self.follows("Ik heb de code bewaard").enters()

    def confirms(self, name: str) -> Self:
        """Confirm, as a second person, the role that was proposed for somebody, after comparing the mark."""
        self.goes_to("/benoemingen").follows(name)
        self.choose(self.page.get_by_label("Ik heb het kenmerk met deze persoon vergeleken"))
        return self.presses("Bevestig de rol").sees(f"Bevestigd: {name}")

    def changes(self, setting: str) -> Self:
        """Open a setting, to change it."""
        self.press(self.page.get_by_role("link", name=re.compile(rf"^Wijzig ?: {re.escape(setting)}$")))
        return self

    def administers(self, part: str) -> Self:
        """Open a part of the administration."""
        return self.goes_to("/beheer").follows(part)
