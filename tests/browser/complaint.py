"""A complaint as its adviser lives it behind a browser, chapter by chapter: from the first contact to closing or handing over."""

import re
from datetime import date

from tests.browser.committee import typed
from tests.browser.people import Person

#: What only the adviser's side may read, what the leader is told of it, and what no successor gets.
STORY, SHARED, LEFT_BEHIND = (
    "De ouder vertelt over kwallen.",
    "De ouder vraagt om rust in de klas.",
    "De klager twijfelt over wieren.",
)
_NO_SIGNS = {"Ging het over seksueel gedrag van een medewerker": "Nee", "Is er nu gevaar?": "Nee"}
_NOTHING_TO_REPORT = {**_NO_SIGNS, "Ging het over geweld of verwaarlozing thuis?": "Nee"}


def somebody_knocks(sanne: Person, today: date) -> str:
    """The first contact and the first talk: a complaint of a parent; gives the case's number."""
    sanne.follows("Start een zaak").is_at("Start een zaak")
    sanne.begins("Klachtroute: Iemand klopt aan")
    number = sanne.opens("Noteer het contact").case_number()
    sanne.completes({"Op welke dag was het contact?": typed(today), "Wat is het?": "Een klacht"})
    sanne.opens("Voer het eerste gesprek").completes(
        {
            "Op welke dag was het gesprek?": typed(today),
            "Heb je eerst je grenzen verteld?": "Ja",
            "Verstaan jullie hetzelfde onder de klacht?": "Ja",
            "Wie kwam bij je?": "Een ouder, voogd of verzorger",
            "Is de ander een leerling jonger dan 18?": "Nee",
            "Wil de ander zijn naam niet noemen?": "Nee",
            "Hoorde je het via iemand anders?": "Nee",
            "Wat is het?": "Een klacht",
            "Blijft het bij één gesprek?": "Nee",
            **_NOTHING_TO_REPORT,
        }
    )
    return number


def adviser_explains(sanne: Person, today: date) -> None:
    """What the complainant may expect, and whether anything may be written down."""
    sanne.opens("Leg de mogelijkheden uit").completes(
        {
            "Op welke dag legde je het uit?": typed(today),
            "Vertelde je wat je doet en niet doet?": "Ja",
            "Vertelde je wanneer je moet melden?": "Ja",
            "Vertelde je van de externe vertrouwenspersoon?": "Ja",
            "Legde je de routes binnen de school uit?": "Ja",
            "Legde je de klachtencommissie uit?": "Ja",
            "Vertelde je wat de politie kan doen?": "Ja",
            "Vertelde je de gevolgen": "Ja",
            "Noemde je bemiddeling?": "Ja",
        }
    )
    sanne.opens("Vraag toestemming voor een dossier").completes(
        {
            "Mag jij een dossier bijhouden?": "Ja",
            "Op welke dag gaf de klager toestemming?": typed(today),
            "Hoe gaf de klager toestemming?": "Schriftelijk",
            "Mag je contact opnemen met de klager?": "Ja",
            "Wat is de klacht, in de woorden van de klager?": STORY,
        }
    )


def adviser_places_it(sanne: Person) -> None:
    """The adviser may help, and the complaint belongs here: a teacher, and nobody of those who lead is involved."""
    sanne.opens("Check of jij de juiste bent").completes(
        {
            "Kun jij deze klager goed helpen?": "Ja",
            "Is de klager een collega van je?": "Nee",
            "Door wie wil de klager geholpen worden?": "Door jou",
        }
    )
    sanne.opens("Bekijk waar de klacht hoort").completes(
        {
            "Horen klager en aangeklaagde allebei bij de school?": "Ja",
            "Gaat het over school of onderwijs?": "Ja",
            "Zou de klachtencommissie de klacht behandelen?": "Ja",
            "Bij welk gebied hoort het?": "Ongewenst gedrag",
            "Waar gaat het over?": "Pesten",
            "Over wie of wat gaat het?": "Een leraar",
            "Is er een deel over gedrag dat bij jou blijft?": "Nee",
            "Is de schoolleiding zelf betrokken?": "Nee",
            "Is een bestuurder zelf betrokken?": "Nee",
            "Is het mogelijk een strafbaar feit?": "Nee",
            **_NOTHING_TO_REPORT,
        }
    )


def complainant_chooses(adviser: Person, step: str, wish: str = "") -> None:
    """The next step, which the complainant alone chooses; `wish` is what goes into the file about it."""
    wishes = {"Wat wil de klager, waarover twijfelt hij": wish} if wish else {}
    adviser.opens("Noteer wat de klager kiest").completes(
        {
            "Welke stap kiest de klager nu?": step,
            "Wie koos deze stap?": "De klager",
            "Welke hulp wil de klager bij deze stap?": "Regelen",
            **wishes,
        }
    )


def talk_is_prepared(sanne: Person, planned: date) -> None:
    """The teacher wants to talk; the adviser goes along and listens."""
    sanne.opens("Bereid het gesprek voor").completes(
        {
            "Wil de ander praten?": "Ja",
            "Weet de ander dat hij steun mag hebben?": "Ja",
            "Ga je mee?": "Ja",
            "Wat is jouw rol in het gesprek?": "Luisteren",
            "Op welke dag is het gesprek?": typed(planned),
        }
    )


def talk_brings_up_violence_at_home(sanne: Person, today: date, officer: str) -> None:
    """Nothing is agreed, but signs of violence at home come up: the officer is told at once."""
    sanne.opens("Steun de klager bij het gesprek").completes(
        {
            "Is er gepraat?": "Ja",
            "Op welke dag was het gesprek?": typed(today),
            "Wat is vooral afgesproken?": "Geen afspraak",
            "Herkent de klager zich in de afspraken?": "Ja",
            "Kwam er een nieuwe klacht naar boven?": "Nee",
            **_NO_SIGNS,
            "Ging het over geweld of verwaarlozing thuis?": "Mogelijk",
        }
    )
    sanne.opens("Geef de signalen door").fills(
        {
            "Op welk moment gaf je de signalen door?": f"{typed(today)} 09.30",
            "Aan wie gaf je ze?": "De aandachtsfunctionaris",
            "Wist de leerling dit vooraf?": "Nee, dat was niet veilig",
        }
    )
    sanne.ticks(officer).completes()


def school_leader_is_asked(sanne: Person, today: date, leader: str) -> None:
    """The complainant agrees to what the school leader is told, word by word."""
    complainant_chooses(sanne, "Naar de schoolleiding")
    sanne.opens("Spreek af wat je deelt").fills(
        {
            "Mag je iets delen?": "Ja",
            "Met wie deel je het?": "De schoolleiding",
            "Mogen er namen bij?": "Alleen de naam van de ander",
            "Op welke dag spraken jullie dit af?": typed(today),
            "Wat mag er precies verteld worden?": SHARED,
        }
    )
    sanne.ticks(leader).completes()


def school_leader_takes_measures(joost: Person, today: date) -> None:
    """The leader hears both sides, and talks with the teacher."""
    joost.opens("Neem maatregelen").completes(
        {
            "Gaat het over jou of ben je betrokken?": "Nee",
            "Heb je beide kanten gehoord?": "Ja",
            "Weet de aangeklaagde dat hij een begeleider mag hebben?": "Ja",
            "Op welke dag besloot je?": typed(today),
            "Welke maatregel neem je?": "Een gesprek",
            "Op welke dag vertelde je het de klager?": typed(today),
            "Moet het ook naar het bestuur?": "Nee",
        }
    )


def adviser_asks_how_it_is(adviser: Person, solved: str, next_step: str, look_back: date | None = None) -> None:
    """After what others did: how it is now, and what the complainant wants."""
    day = {"Op welke dag kijken jullie terug?": typed(look_back)} if look_back else {}
    adviser.opens("Vraag hoe het nu gaat").completes(
        {
            "Is het opgelost?": solved,
            "Is de klager jonger dan achttien?": "Nee",
            "Mag je contact opnemen met de klager?": "Ja",
            "Wat wil de klager nu?": next_step,
            **day,
            **_NOTHING_TO_REPORT,
        }
    )


def successor_is_proposed(sanne: Person, today: date, successor: str) -> None:
    """The complainant agrees in writing; the other is asked."""
    complainant_chooses(sanne, "Een andere vertrouwenspersoon", LEFT_BEHIND)
    sanne.opens("Stel een opvolger voor").completes(
        {
            "Waarom gaat de zaak naar een ander?": "Ik ben te nauw betrokken",
            "Wie wil het?": "De klager",
            "Naar wie gaat de zaak?": "Een andere interne vertrouwenspersoon",
            "Geeft de klager schriftelijk toestemming?": "Ja",
            "Op welke dag gaf hij die?": typed(today),
            "opvolg": successor,
        }
    )


def adviser_hands_over(sanne: Person, *steps: str) -> None:
    """What was written in these steps goes along; the rest nobody can read any more."""
    sanne.opens("Draag het dossier over")
    for step in steps:
        sanne.choose(sanne.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(step)}")))
    sanne.completes({"Gaat de zaak nu over?": "Ja", "Hoe leert de klager zijn opvolger kennen?": "In een gesprek met ons drieën"})


def adviser_asks_on_the_agreed_day(adviser: Person) -> None:
    """Agreements were kept, and it is over."""
    adviser.opens("Vraag naar de afspraak").completes(
        {
            "Had je contact met de klager?": "Ja",
            "Zijn de afspraken nagekomen?": "Ja",
            "Is het echt voorbij?": "Ja",
            **_NOTHING_TO_REPORT,
        }
    )


def adviser_closes(adviser: Person, today: date) -> None:
    """No aftercare wanted, a lesson for the school, and the case is closed."""
    adviser.opens("Geef nazorg").completes({"Wil de klager nazorg?": "Nee"})
    adviser.opens("Schrijf op wat de school leert").completes(
        {"Waar kan de school van leren?": "De aanpak van pesten", "Geef je de school advies?": "Nee"}
    )
    adviser.opens("Rond de zaak af").completes(
        {
            "Hoe liep het af?": "Opgelost",
            "Op welke dag rond je de zaak af?": typed(today),
            "Wat gebeurt er met het dossier na het jaarverslag?": "Vernietigen",
        }
    )
