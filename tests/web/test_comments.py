"""Comments in the pages: written at a case, refused at the field, read in the opened file alone."""

import pytest
from lxml import html

from app.demo.play import Player
from tests.services.committee import BOARD, receive_advice
from tests.web.conftest import Browsers
from tests.web.forms import send

TEXT = "Bel de <b>secretaris</b> van de zeepaardjes."
ESCAPED = "Bel de &lt;b&gt;secretaris&lt;/b&gt; van de zeepaardjes."


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def case(player: Player) -> str:
    """The address of a case whose board's file Marijke and Kemal read."""
    player.writes = True
    return f"/zaken/{receive_advice(player, tick=BOARD)}"


def test_a_comment_is_told_of_without_a_word_of_it_and_read_in_the_file(browser_of: Browsers, case: str) -> None:
    marijke, kemal, sanne = browser_of("marijke"), browser_of("kemal"), browser_of("sanne")
    where, number = f"{case}/dossier/bevoegd-gezag", case.removeprefix("/zaken/")
    answer = send(marijke, f"{case}?deel=dossier", f"{where}/opmerking", comment=TEXT)
    assert (answer.status_code, answer.location) == (302, f"{case}?deel=dossier")
    assert "Je opmerking is bewaard." in marijke.get(f"{case}?deel=dossier").text
    pages = [kemal.get(address).text for address in ("/inbox", case, f"{case}?deel=dossier", f"{case}?deel=geschiedenis")]
    assert f'Nieuwe opmerking in zaak\n<a href="{case}?deel=dossier">{number}</a>' in pages[0]
    assert "Er is een nieuwe opmerking." in pages[1]
    hers = [sanne.get(address).text for address in ("/vandaag", "/inbox", case, f"{case}?deel=dossier", f"{case}/tijdlijn")]
    assert [page for page in hers if "ieuwe opmerking" in page or "van het bevoegd gezag geschreven" in page] == []
    opened = send(kemal, case, where).text
    assert [page for page in (*pages, *hers) if ESCAPED in page or TEXT in page] == []
    assert ESCAPED in opened
    assert "mark-new" in opened
    assert "ieuwe opmerking" not in kemal.get("/inbox").text + kemal.get(case).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("  ", "Schrijf eerst je opmerking."), ("x" * 4001, "Gebruik hoogstens 4000 tekens; nu zijn het er 4001.")],
)
def test_what_cannot_stand_is_said_at_the_field_and_stays_there(browser_of: Browsers, case: str, typed: str, said: str) -> None:
    answer = send(browser_of("marijke"), case, f"{case}/dossier/bevoegd-gezag/opmerking", comment=typed)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    [field] = page.findall(".//textarea")
    assert (field.text or "", field.get("aria-invalid")) == (typed, "true")
    errors = [one for one in page.findall(".//p[@class='error']") if str(one.get("id")) in str(field.get("aria-describedby"))]
    assert said in str(errors[0].xpath("string()"))


def test_without_consent_the_page_says_why_there_is_no_field(browser_of: Browsers, player: Player) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="nee")
    sanne = browser_of("sanne")
    page = sanne.get(f"/zaken/{number}?deel=dossier").text
    assert "er is geen toestemming van de klager voor een dossier (Handreiking 2.9)" in page
    assert 'name="comment"' not in page
    answer = send(sanne, f"/zaken/{number}", f"/zaken/{number}/dossier/vertrouwenspersoon/opmerking", comment=TEXT)
    assert answer.status_code == 403
