"""One complaint, from the first contact to closing, as everybody who works on it lives it behind a browser of his own."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.browser import committee, complaint
from tests.browser import meldcode_after_a_talk as meldcode
from tests.browser.complaint import LEFT_BEHIND, SHARED, STORY
from tests.browser.conftest import Sitter
from tests.browser.people import Person
from tests.browser.site import Site

FIRST, TALK, SAFE, MEASURES = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 18)
LETTER, ANSWER, HEARING, ADVICE = date(2026, 11, 23), date(2026, 12, 7), date(2027, 1, 11), date(2027, 1, 22)
#: Four weeks after the advice is a Friday, the 19th; on the Monday after it, the board is late.
LATE, FOLLOW_UP = date(2027, 2, 22), date(2027, 3, 22)


@dataclass(slots=True)
class Story:
    """The case, and those who sit behind browsers; each is signed in anew on the day that he works."""

    site: Site
    sit: Sitter
    number: str = ""
    people: dict[str, Person] = field(default_factory=dict)

    def on(self, day: date, part: str) -> Person:
        """Let time pass until a morning, and seat somebody."""
        self.site.until(self.site.player.on(day))
        if part not in self.people:
            self.people[part] = self.sit(part)
        return self.people[part].signs_in()

    def file_of(self, part: str, day: date) -> Person:
        """Open the one file that somebody may read."""
        return self.on(day, part).goes_to(f"/zaken/{self.number}").follows("Dossier").presses("Open het dossier")


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_complaint_goes_from_the_first_contact_to_closing(site: Site, sit: Sitter) -> None:
    story = Story(site, sit)
    _the_adviser_listens(story)
    _a_talk_starts_the_meldcode(story)
    _the_school_leader_takes_measures(story)
    bookmarks = _the_case_is_handed_over(story)
    _the_former_adviser_knows_of_nothing(story, bookmarks)
    _the_committee_advises(story)
    _the_board_is_late(story)
    _the_successor_closes(story)
    _files_open_for_their_readers_alone(story)


def _the_adviser_listens(story: Story) -> None:
    sanne = story.on(FIRST, "sanne")
    story.number = complaint.somebody_knocks(sanne, FIRST)
    complaint.adviser_explains(sanne, FIRST)
    complaint.adviser_places_it(sanne)
    complaint.complainant_chooses(sanne, "Praten met de ander")
    complaint.talk_is_prepared(sanne, TALK)


def _a_talk_starts_the_meldcode(story: Story) -> None:
    sanne = story.on(TALK, "sanne")
    complaint.talk_brings_up_violence_at_home(sanne, TALK, "Amira Haddad")
    sanne.looks_at("Alles").sees("Noteer wat de klager kiest").does_not_see("Neem de signalen over")
    amira = story.on(TALK, "amira").does_not_see("Noteer wat de klager kiest")
    meldcode.officer_consults(amira, TALK)
    meldcode.officer_reports(amira, TALK, SAFE)
    meldcode.officer_closes(story.on(SAFE, "amira"), SAFE)
    amira.sees("De procedure is afgelopen: Gemeld bij Veilig Thuis.")
    complaint.adviser_asks_how_it_is(story.on(SAFE, "sanne"), "Nee", "Nog een stap")


def _the_school_leader_takes_measures(story: Story) -> None:
    complaint.school_leader_is_asked(story.on(SAFE, "sanne"), SAFE, "Joost Mulder")
    joost = story.on(MEASURES, "joost").opens("Neem maatregelen").does_not_see(STORY)
    complaint.school_leader_takes_measures(joost, MEASURES)
    complaint.adviser_asks_how_it_is(story.on(MEASURES, "sanne"), "Nee", "Nog een stap")


def _the_case_is_handed_over(story: Story) -> list[str]:
    """Gives the addresses that the former adviser kept."""
    sanne = story.on(MEASURES, "sanne")
    kept = [sanne.opens("Noteer wat de klager kiest").page.url, sanne.goes_to(f"/zaken/{story.number}").page.url]
    kept += [sanne.follows(part).page.url for part in ("Dossier", "Geschiedenis")]
    complaint.successor_is_proposed(sanne, MEASURES, "Ruben Smit")
    ruben = story.on(MEASURES, "ruben").opens("Zeg of je de zaak overneemt").does_not_see(STORY)
    ruben.completes({"Neem je de zaak over?": "Ja"})
    complaint.adviser_hands_over(sanne.looks_at("Alles"), "Vraag toestemming voor een dossier")
    return kept


def _the_former_adviser_knows_of_nothing(story: Story, bookmarks: list[str]) -> None:
    sanne = story.people["sanne"]
    answers = [sanne.page.goto(address) for address in bookmarks]
    assert [answer.status for answer in answers if answer] == [404] * len(bookmarks)
    sanne.looks_at("Alles").does_not_see(story.number)
    sanne.follows("Zaken").does_not_see(story.number)
    ruben = story.on(MEASURES, "ruben")
    complaint.adviser_asks_how_it_is(ruben, "Nee", "Nog een stap")


def _the_committee_advises(story: Story) -> None:
    ruben = story.on(LETTER, "ruben")
    complaint.complainant_chooses(ruben, "Naar de klachtencommissie")
    committee.adviser_prepares_the_letter(ruben, LETTER)
    ruben = story.on(ANSWER, "ruben")
    committee.adviser_notes_that_the_committee_takes_it_on(ruben, ANSWER, "Marijke de Vries", "Kemal Aydin")
    committee.board_defends_itself(story.on(ANSWER, "marijke"), ANSWER)
    committee.adviser_is_at_the_hearing(story.on(HEARING, "ruben"), HEARING)
    marijke = story.on(ADVICE, "marijke")
    committee.board_receives_the_advice(marijke, ADVICE)
    marijke.opens("Besluit over het advies").sees("Nog 28 dagen: uiterlijk vrijdag 19 februari", "uiterlijk 19 feb")


def _the_board_is_late(story: Story) -> None:
    marijke = story.on(LATE, "marijke")
    assert story.site.told("een termijn is voorbij") == ["kemal", "marijke", "ruben"]
    marijke.opens("Besluit over het advies").sees("3 dagen te laat: het moest uiterlijk vrijdag 19 februari")
    committee.board_decides(marijke, LATE, LATE)
    marijke.opens("Voer de maatregelen uit").completes({"Zijn de maatregelen uitgevoerd?": "Ja"})


def _the_successor_closes(story: Story) -> None:
    ruben = story.on(LATE, "ruben")
    ruben.opens("Vraag of nazorg gewenst is").completes({"Wil de klager nazorg?": "Nee"})
    complaint.adviser_asks_how_it_is(ruben, "Voor een deel", "Wachten op een afgesproken dag", FOLLOW_UP)
    ruben = story.on(FOLLOW_UP, "ruben")
    complaint.adviser_asks_on_the_agreed_day(ruben)
    complaint.adviser_asks_how_it_is(ruben, "Ja", "Afronden")
    complaint.adviser_closes(ruben, FOLLOW_UP)
    ruben.goes_to(f"/zaken/{story.number}").sees("Gesloten op 22 maart 2027")


def _files_open_for_their_readers_alone(story: Story) -> None:
    texts = {"adviser": STORY, "left": LEFT_BEHIND, "shared": SHARED, "signals": meldcode.SIGNALS, "board": committee.DECISION}
    read = {"ruben": "adviser", "joost": "shared", "amira": "signals", "marijke": "board"}
    for part, what in read.items():
        page = story.file_of(part, FOLLOW_UP).sees(texts[what])
        page.does_not_see(*(text for name, text in texts.items() if name != what))
