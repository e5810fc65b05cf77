"""A process owner changes a procedure, from the first stroke of a draft until running cases go on with it.

Each part of it is tested on both databases elsewhere; the way through all of them is long, so that it is gone once, on SQLite.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from playwright.sync_api import expect

from app import worker
from app.demo.play import Answer
from app.domain import deadlines
from app.services import tasks
from app.services.context import App
from app.services.views.task import KnownFact
from tests.browser.conftest import Sitter
from tests.browser.site import Site
from tests.browser.studio import InTheStudio
from tests.services.committee import (
    ADVICE_ON,
    BOARD,
    LAST_DAY,
    committee_says,
    page,
    receive_advice,
    send_letter,
    term,
    wait_for_advice,
)

TASK, LANE = "Taak voor iemand", "Baan"
DECISION, STEP = "Besluit over het advies", "Vertel het de medewerkers"
ASKED, CONFIDENTIAL = "Op welke dag vertelde je het?", "Wat vertelde je?"
WHY = "Vier weken is te kort, en medewerkers horen het besluit nu van anderen."
#: What the board wrote in a case and did not send yet.
DRAFTED = "Wij schrijven nog over zeepaardjes."
EXTENDED_TO, SIX_WEEKS_ON = date(2027, 1, 22), date(2027, 1, 8)
#: Six weeks after the first it is Easter Monday.
LATER, AFTER_EASTER = date(2027, 2, 15), date(2027, 3, 30)
#: How a board plays a complaint in the simulator until it has to answer.
PLAYED = {
    "Noteer de klacht": {
        "Op welke dag kreeg het bestuur de brief?": "27-11-2026",
        "Welke commissie behandelt de klacht?": "Landelijke Klachtencommissie (LKC)",
        "Over wie of wat gaat de klacht?": "Een leraar",
        "Gaat de klacht over iemand in het bestuur?": "Nee",
        "Wie behandelt de klacht voor het bestuur?": "Het bestuur",
        "Helpt een vertrouwenspersoon de klager?": "Nee",
        "Weet de aangeklaagde dat hij een begeleider mag hebben?": "Ja",
    },
    "Noteer het antwoord": {
        "Op welke dag kwam het antwoord van de commissie?": "27-11-2026",
        "Wat doet de commissie met de klacht?": "Formeel behandelen",
        "Is de klager het met die keuze eens?": "Niet van toepassing",
    },
    "Stuur het verweer": {
        "Voor welke dag wil de commissie het verweer?": "27-11-2026",
        "Wie schrijft het verweer?": "Het bestuur",
        "Op welke dag is het verweer verstuurd?": "27-11-2026",
    },
    "Noteer het advies": {
        "Op welke dag kwam het advies binnen?": "27-11-2026",
        "Wat is het oordeel van de commissie?": "Gegrond",
        "Hoeveel aanbevelingen staan erin?": "0",
        "Staan de zes delen erin?": "Ja",
        "Kregen klager en aangeklaagde een afschrift?": "Ja",
    },
}


def answered_on(day: str) -> dict[str, str]:
    """What the board answers on a day."""
    told = dict.fromkeys(("Op welke dag vertelde je het de klager?", "Op welke dag vertelde je het de commissie?"), day)
    return {"Ben je het eens met het oordeel?": "Ja", "Neem je maatregelen?": "Nee", **told}


@dataclass(slots=True)
class Story:
    """Five running cases by what is going on in them, with what is known of each, and who works in the studio."""

    site: Site
    piet: InTheStudio
    marijke: InTheStudio
    numbers: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[KnownFact, ...]] = field(default_factory=dict)

    def facts(self) -> dict[str, tuple[KnownFact, ...]]:
        """What the adviser knows of each case now."""
        return {case: page(self.site.player, "sanne", number).facts for case, number in self.numbers.items()}


@contextmanager
def working(app: App) -> Iterator[None]:
    """A worker beside the pages, with all its jobs."""
    beside = worker.start_beside(app)
    try:
        yield
    finally:
        beside.shutdown()


def test_a_procedure_is_changed_and_running_cases_go_on_with_it(site: Site, sit: Sitter) -> None:
    seats = {"kind": InTheStudio, "viewport": {"width": 1280, "height": 900}}
    piet, marijke = (cast("InTheStudio", sit(part, **seats)) for part in ("piet", "marijke"))
    story = Story(site, piet, marijke)
    _five_cases_run(story)
    with working(site.player.app):
        _piet_draws(piet)
        _piet_makes_the_form(piet)
        _piet_has_it_checked(piet)
        _piet_tries_it_and_keeps_the_story(piet)
        _piet_asks_for_a_review(piet)
        _marijke_reviews_and_publishes(marijke)
        _piet_plans_to_move(piet)
        _marijke_lets_them_move(marijke)
    _nothing_of_a_case_was_seen(story)
    _all_is_as_it_was(story)
    _handlers_go_on(story, sit)
    _later_advice_gives_six_weeks(story)


def _five_cases_run(story: Story) -> None:
    """On the day on which the advice came in two of them: one with a draft, one extended."""
    player = story.site.player
    story.numbers["drafted"] = receive_advice(player)
    story.numbers["extended"] = receive_advice(player)
    story.numbers["defending"] = committee_says(player, "formeel", tick=BOARD)
    story.numbers["waiting"] = send_letter(player)
    story.numbers["begun"] = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    task_id, actor = player.task(story.numbers["drafted"], "board_response"), player.actor("marijke")
    tasks.claim(player.app, actor, task_id)
    tasks.save_draft(player.app, actor, task_id, {"reasoned_decision": DRAFTED})
    player.beside("marijke", story.numbers["extended"], "committee_extend_term")
    told: dict[str, Answer] = {"complainant_notified_on": ADVICE_ON, "committee_notified_on": ADVICE_ON}
    player.do("marijke", story.numbers["extended"], "extend_term", tick=None, extended_to=EXTENDED_TO, **told)
    story.known = story.facts()


def _piet_draws(piet: InTheStudio) -> None:
    piet.signs_in().follows("Studio").follows("Klachtencommissie").presses("Begin een concept").follows("Teken verder")
    piet.opens_drawing("Antwoord op het advies").picks(DECISION, TASK).sets({"Termijn: aantal": "6"})
    _adds_a_role(piet)
    piet.picks(DECISION, TASK).button("Voeg toe").first.click()
    piet.is_told("Deze taak legt niets uit")
    piet.sets({"Opschrift": STEP, "Korte naam": "tell_staff", "Wat moet iemand doen": "Vertel wat het bestuur besloot."})
    piet.is_told_no_more("Deze taak legt niets uit").is_told("De bron ontbreekt")
    piet.sets({"Rol": "Schoolleiding", "Formulier": "Nieuw formulier voor deze taak"})
    piet.unfolds("Bron en uitleg").sets({"Bron": "Handreiking 5.8.1", "Rijen van de checklist": "59"})
    piet.is_told_no_more("De bron ontbreekt").is_told("Dit formulier heeft geen vragen").saves()


def _adds_a_role(piet: InTheStudio) -> None:
    piet.picks("Bevoegd gezag", LANE).page.locator(".djs-context-pad").get_by_title("Voeg een baan toe eronder").click()
    piet.goes_where_told("kennen we niet").sets({"Rol": "Schoolleiding"}).is_told_no_more("kennen we niet")


def _piet_makes_the_form(piet: InTheStudio) -> None:
    piet.follows("Open dit formulier").is_at(STEP).sees("Dit formulier heeft geen vragen")
    expect(piet.page.get_by_text("Build your form")).to_be_hidden()
    piet.asks("Datum", {"Opschrift": ASKED, "Korte naam": "staff_told_on"})
    piet.asks("Tekst", {"Opschrift": CONFIDENTIAL, "Korte naam": "staff_told"})
    piet.sees("Geen bevindingen. Dit formulier kan zo.", "Bewaard om", "Alleen de schoolleiding kan dit lezen.")
    piet.follows("Naar deze taak in de tekening").looks_through_the_drawing().sees("Geen bevindingen")


def _piet_has_it_checked(piet: InTheStudio) -> None:
    piet.presses("Verder met dit concept").is_at("Controle").sees("Geen fouten gevonden")
    piet.presses("Doorloop alle wegen").waits_for("Verder: probeer het uit")
    expect(piet.page.get_by_label("Waarom mag dit zo blijven?")).to_have_count(0)


def _piet_tries_it_and_keeps_the_story(piet: InTheStudio) -> None:
    piet.follows("Verder: probeer het uit").begins_as("Marijke de Vries", "Commissie schrijft het bestuur", "De Linde")
    for task, answers in PLAYED.items():
        piet.plays("Marijke de Vries", task, answers)
    piet.sees("uiterlijk vrijdag 8 januari").presses("Spring naar 1 januari 2027 om 00.00 uur")
    piet.sees("Mail aan Marijke de Vries: Een termijn loopt bijna af.")
    piet.plays("Marijke de Vries", DECISION, answered_on("01-01-2027"), ticks=("Joost Mulder",))
    piet.plays("Joost Mulder", STEP, {ASKED: "01-01-2027", CONFIDENTIAL: "Iets dat verzonnen is."})
    piet.follows("Bewaar als verhaal")
    piet.fills({"Wat bewijst dit verhaal?": "Na het besluit horen de medewerkers het.", "Waar staat dat?": "Handreiking 5.8.1"})
    piet.fills({"Naam van het bestand": "medewerkers-horen-het"}).presses("Bewaar").is_at("Verhalen")


def _piet_asks_for_a_review(piet: InTheStudio) -> None:
    piet.follows("Naar de controle").presses("Doorloop alle wegen").waits_for("klaar, 1 verhaal")
    piet.follows("Beoordelen en publiceren").sees("Jij tekende mee aan dit concept. Iemand anders publiceert het.")
    piet.fills({"Wat verandert er, en waarom?": WHY}).presses("Vraag een beoordeling").sees("De beoordeling is gevraagd.")


def _marijke_reviews_and_publishes(marijke: InTheStudio) -> None:
    marijke.signs_in().follows("Studio").follows("Wacht op jouw oordeel : Klachtencommissie").sees(WHY)
    marijke.follows("Bekijk wat er verandert").is_at("Van versie 1 naar het concept")
    marijke.sees("4 weken (Algemene termijnenwet)", "6 weken (Algemene termijnenwet)", ASKED, CONFIDENTIAL)
    marijke.sees("De schoolleiding leest nu ook het antwoord op").opens_up("Om welke vragen het gaat")
    marijke.reads_in_row(CONFIDENTIAL, "schoolleiding")
    marijke.sees("telt vanaf ‘Op welke dag kwam het advies binnen?’")
    marijke.turns_to("Beoordelen").fills({"Jouw oordeel": "Goed: dit mag gepubliceerd worden"}).presses("Leg je oordeel vast")
    marijke.presses("Publiceer dit concept").sees("Versie 2 is gepubliceerd.", WHY, "beoordeeld: Marijke de Vries")


def _piet_plans_to_move(piet: InTheStudio) -> None:
    piet.turns_to("Versies").follows("Verhuis lopende procedures").presses("Verder")
    piet.sees("Elk onderdeel waar een procedure kan staan, is er ook in de nieuwe versie.")
    piet.fills({"Lopende termijnen": "Lopende termijnen houden hun laatste dag.", "Waarom?": "Zo is de nieuwe stap overal."})
    piet.presses("Bekijk wat er zou gebeuren").waits_for("5 van 5 procedures bekeken.", "Geprobeerd, nog niets verhuisd")
    piet.sees("Kan verhuizen: 5", f"{DECISION}: de termijn houdt zijn laatste dag")
    assert piet.button("Laat ze verhuizen").count() == 0


def _marijke_lets_them_move(marijke: InTheStudio) -> None:
    marijke.follows("Studio").follows("Een plan om te verhuizen wacht op jou : Klachtencommissie")
    marijke.sees("Kan verhuizen: 5").presses("Laat ze verhuizen")
    marijke.waits_for("5 van 5 procedures gedaan.", "Verhuisd: 5")


def _nothing_of_a_case_was_seen(story: Story) -> None:
    seen = [*story.piet.seen, *story.marijke.seen]
    assert len(seen) > 40
    secrets = (*story.numbers.values(), DRAFTED, *(word for word in DRAFTED.split() if "zeepaard" in word))
    assert [secret for secret in secrets for text in seen if secret in text] == []


def _all_is_as_it_was(story: Story) -> None:
    player = story.site.player
    assert {page(player, "sanne", number).version for number in story.numbers.values()} == {2}
    due = {case: term(player, story.numbers[case]).due_at for case in ("drafted", "extended")}
    assert due == {"drafted": deadlines.due_moment(LAST_DAY), "extended": deadlines.due_moment(EXTENDED_TO)}
    assert story.facts() == story.known


def _handlers_go_on(story: Story, sit: Sitter) -> None:
    """The board answers with its draft within the old term; the head of the school meets the new step and its form."""
    case = f"/zaken/{story.numbers['drafted']}"
    marijke, joost = story.marijke.goes_to(case), sit("joost")
    marijke.follows(DECISION).sees("Nog 31 dagen: uiterlijk maandag 28 december")
    expect(marijke.page.get_by_label("Wat is het besluit en waarom?")).to_have_value(DRAFTED)
    marijke.fills(answered_on("27-11-2026")).ticks("Joost Mulder").completes()
    joost.signs_in().opens(STEP).completes({ASKED: "27-11-2026", CONFIDENTIAL: "Alles over het besluit."})
    marijke.goes_to(case).follows("Geschiedenis").sees("De procedure gaat verder volgens versie 2 van de tekening.")


def _later_advice_gives_six_weeks(story: Story) -> None:
    """In a new case, and in one that moved before the advice came; six weeks that end on a holiday end the day after."""
    player = story.site.player
    assert term(player, receive_advice(player)).due_at == deadlines.due_moment(SIX_WEEKS_ON)
    moved = story.numbers["defending"]
    wait_for_advice(player, moved)
    player.until(player.on(LATER))
    player.do("marijke", moved, "advice_received", advice_received_on=LATER, judgment="gegrond")
    assert term(player, moved).due_at == deadlines.due_moment(AFTER_EASTER)
