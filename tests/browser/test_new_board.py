"""An administrator sets up a new board: from the command on the host to a board whose gaps are filled."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import bootstrap, settings
from app.catalogue import load
from app.cli import main
from app.services.administration.letters import send_letters
from app.services.context import App
from app.services.publishing import publish
from app.vault.kdf import Kdf
from app.web import create_app
from tests.browser.newcomers import PASSWORD, Newcomer
from tests.conftest import PageOpener
from tests.services.post import SENDER, Post
from tests.web.serving import served
from tests.world import CHEAP, ROOT

SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
BOARD, SCHOOL = "Stichting De Haven", "De Vuurtoren"
HEADER = "naam;e-mail;rol;school;soort;vanaf;tot en met;regio\n"
HANS = "Hans Kuiper;hans@haven.example;schoolleiding;De Vuurtoren;;;;\n"
WRONG = f"{HEADER}{HANS}Ine Mol;ine@haven.example;conciërge;De Vuurtoren;;;;\n"


@dataclass
class NewBoard:
    """A served installation with nobody in it but those of the host, its mail server, and browsers."""

    app: App
    address: str
    post: Post
    new_page: PageOpener

    def person(self, name: str, email: str) -> Newcomer:
        """Somebody behind a browser of his own."""
        return Newcomer(self.new_page(), self.address, name, email)

    def link(self, to: str) -> str:
        """The link in the mail that the server delivered to this address."""
        sending = replace(self.app, settings=replace(self.app.settings, base_url=self.address, smtp_from=SENDER))
        send_letters(sending, self.post.server.send, 100)
        text: str = next(mail.get_content() for mail in reversed(self.post.arrived) if mail["To"] == to)
        return next(word for word in text.split() if "/uitnodiging/" in word)


@pytest.fixture
def haven(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_page: PageOpener) -> Iterator[NewBoard]:
    """An installation with its first two people, made by commands on the host."""
    (tmp_path / "new.db").write_bytes(sqlite_template.read_bytes())
    values = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}", "LEDGER": str(tmp_path / "ledger"), "SECRET_KEY": SECRET}
    folders = {"PROCESSES": str(ROOT / "processes"), "FORMS": str(ROOT / "forms")}
    for name, value in {**values, **folders, "PEPPER": SECRET, "SERVER_KEYS": f"k1:{SECRET}"}.items():
        monkeypatch.setenv(name, value)
    for name, email, role in (("Bea Vonk", "bea@haven.example", "board"), ("Ad Roos", "ad@haven.example", "administrator")):
        _on_the_host("create", "--name", name, "--email", email, "--password", PASSWORD)
        _on_the_host("appoint", email, role, "--board", BOARD)
    read, post = settings.load(), Post()
    app = bootstrap.create(read, kdf=Kdf(read.pepper, CHEAP, CHEAP))
    publish(app, load(read.processes, read.forms).procedures["committee"])
    with post.open(), served(create_app(app)) as address:
        yield NewBoard(app, address, post, new_page)
    app.database.close()


def _on_the_host(*arguments: str) -> None:
    done = CliRunner().invoke(main, ["user", *arguments])
    assert done.exit_code == 0, done.output


def test_an_administrator_sets_up_a_new_board(haven: NewBoard) -> None:
    ad = haven.person("Ad Roos", "ad@haven.example").enters()
    _adds_a_school(ad)
    noor = _invites_an_adviser(haven, ad)
    bea = haven.person("Bea Vonk", "bea@haven.example").enters()
    bea.confirms("Noor Dijkstra")
    ad.goes_to("/beheer").does_not_see(f"{SCHOOL} heeft geen vertrouwenspersoon")
    _imports_people(ad)
    haven.person("Hans Kuiper", "hans@haven.example").accepts(haven.link("hans@haven.example"))
    bea.confirms("Hans Kuiper")
    ad.goes_to("/wie-is-wie").does_not_see(f"{SCHOOL} heeft geen schoolleiding")
    _sets_a_target_and_a_number(ad)
    ad.goes_to("/wie-is-wie").sees("Van Noor Dijkstra is niet bekend hoe je deze vertrouwenspersoon bereikt.")
    _says_how_to_be_reached(noor)
    ad.goes_to("/beheer").does_not_see("Van Noor Dijkstra is niet bekend")
    ad.goes_to("/sociale-kaart").sees("038 421 01 10", "Bron: Afspraak met de politie.")
    ad.goes_to("/beheer").follows("Logboek").sees("Instelling vastgelegd", "Bereikbaarheid gewijzigd", "Rol bevestigd")


def _adds_a_school(ad: Newcomer) -> None:
    ad.goes_to("/beheer").sees("Dit bestuur heeft nog geen scholen.")
    ad.presses("Voeg de school toe").sees("Vul de naam van de school in")
    ad.fills({"Naam van de school": SCHOOL, "Vakantieregio": "Midden"}).presses("Voeg de school toe")
    ad.sees("De school is toegevoegd.", f"{SCHOOL} heeft geen vertrouwenspersoon", f"{SCHOOL} heeft geen schoolleiding")


def _invites_an_adviser(haven: NewBoard, ad: Newcomer) -> Newcomer:
    ad.administers("Uitnodigingen").fills({"Naam": "Noor Dijkstra", "E-mailadres": "noor@haven.example"})
    ad.choose(ad.page.get_by_label("intern", exact=True))
    ad.fills({"Rol": "vertrouwenspersoon", "Waar": SCHOOL}).presses("Verstuur de uitnodiging")
    ad.sees("De uitnodiging gaat per mail weg.", "noor@haven.example")
    noor = haven.person("Noor Dijkstra", "noor@haven.example").accepts(haven.link("noor@haven.example"))
    noor.goes_to("/profiel").sees("Noor Dijkstra")
    return noor


def _imports_people(ad: Newcomer) -> None:
    ad.administers("Importeren")
    ad.write(ad.page.get_by_label("Of plak de regels hier"), WRONG)
    ad.presses("Bekijk wat er gaat gebeuren").sees("1 regel is fout", "Er is niets geïmporteerd.")
    assert ad.button("Importeer dit bestand").count() == 0
    ad.administers("Mensen").does_not_see("Hans Kuiper", "Ine Mol")
    ad.administers("Importeren")
    ad.write(ad.page.get_by_label("Of plak de regels hier"), HEADER + HANS)
    ad.presses("Bekijk wat er gaat gebeuren").sees("Dit gaat er gebeuren", "Hans Kuiper")
    ad.presses("Importeer dit bestand").sees("Klaar: 1 regel is geïmporteerd.")


def _sets_a_target_and_a_number(ad: Newcomer) -> None:
    ad.administers("Instellingen")
    ad.page.get_by_text("Klachtencommissie", exact=True).first.click()
    ad.sees("wettelijk, kan niet anders", "WPO art. 14 lid 7")
    ad.changes("Leg de commissie uit")
    ad.fills({"Hoogstens": "", "Bron": "Besluit 1"}).presses("Leg vast").sees("Vul een heel getal in van 1 tot en met 99.")
    ad.fills({"Hoogstens": "1", "Geteld in": "weken"}).presses("Leg vast").sees("De instelling is vastgelegd.")
    ad.page.get_by_text("Klachtencommissie", exact=True).first.click()
    ad.sees("5 schooldagen")
    ad.changes("Wijkagent").fills({"Telefoonnummer": "bel maar", "Bron": "Afspraak met de politie"}).presses("Leg vast")
    ad.sees("Vul een telefoonnummer in met alleen cijfers en spaties")
    ad.fills({"Telefoonnummer": "038 421 01 10"}).presses("Leg vast").sees("De instelling is vastgelegd.")


def _says_how_to_be_reached(noor: Newcomer) -> None:
    noor.goes_to("/wie-is-wie").sees("Bereikbaarheid nog niet ingevuld").does_not_see("Wat ontbreekt")
    noor.follows("Zo ben ik bereikbaar").presses("Bewaar").sees("anders kan niemand je bereiken")
    noor.fills({"Telefoonnummer": "06 12 34 56 78"})
    noor.choose(noor.page.get_by_label("maandag"))
    noor.choose(noor.page.get_by_label("Dit mag met mijn naam in de schoolgids en op de website"))
    noor.presses("Bewaar").sees("06 12 34 56 78", "maandag")
    noor.follows("Voor de schoolgids").sees("Noor Dijkstra", "06 12 34 56 78").does_not_see("Hans Kuiper")
