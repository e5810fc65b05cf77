"""A meldcode on a Saturday evening, as the child-protection officer lives it on her phone, chapter by chapter."""

from tests.browser.people import Person

#: What only the readers of the file may read.
SIGNALS = "De leerling vertelt over egeltjes."
SATURDAY, WEDNESDAY = "14-11-2026", "18-11-2026"


def signals_come_in(amira: Person) -> str:
    """A teacher hands over his signals, and there is danger now; gives the case's number."""
    amira.follows("Start een zaak").is_at("Start een zaak")
    amira.begins("Meldcode huiselijk geweld en kindermishandeling: Medewerker ziet signalen")
    number = amira.opens("Neem de signalen over").case_number()
    amira.completes(
        {
            "Op welke dag kreeg je de signalen?": SATURDAY,
            "Wie gaf ze jou?": "Een leraar",
            "Is er nu gevaar?": "Ja",
            "Is het een bijzondere vorm?": "Nee",
            "Zou een medewerker van de school het doen?": "Nee",
            "Om wie gaat het?": "Een leerling jonger dan achttien",
            "Wat zijn de signalen, over wie en van wie?": SIGNALS,
        }
    )
    return number


def she_calls(amira: Person) -> None:
    """112 and Veilig Thuis, before anything else."""
    amira.completes(
        {
            "Wie belde je?": "Allebei",
            "Op welk moment belde je?": f"{SATURDAY} 20.20",
            "Heb je meteen gemeld bij Veilig Thuis?": "Nee",
        }
    )


def steps_one_to_three(amira: Person) -> None:
    """Signals mapped, a colleague asked; talking is not safe."""
    amira.opens("Breng de signalen in kaart").completes(
        {
            "Op welke dag bracht je ze in kaart?": SATURDAY,
            "Staan feiten en meningen uit elkaar?": "Ja",
            "Wat zegt de kindcheck?": "Er zijn kinderen in zorg",
        }
    )
    amira.opens("Overleg met een collega").completes(
        {
            "Op welke dag was het overleg?": SATURDAY,
            "Met wie overlegde je?": "De intern begeleider",
            "Vroeg je toen ook Veilig Thuis?": "Ja, met namen",
            "Is praten met de ouders veilig?": "Nee",
        }
    )
    amira.opens("Praat met het kind").completes({"Heb je met het kind gepraat?": "Nee", "Waarom niet?": "Niet veilig"})


def steps_four_and_five(amira: Person) -> None:
    """Acute danger: whether to report is no question any more."""
    amira.opens("Weeg het gevaar").completes(
        {
            "Op welke dag weeg je?": SATURDAY,
            "1. Is er een vermoeden": "Ja",
            "2. Is er acuut of structureel gevaar?": "Acuut",
            "Heb je Veilig Thuis om advies gevraagd?": "Ja",
            "Wie beslist volgens jullie meldcode?": "De aandachtsfunctionaris",
        }
    )
    amira.opens("Beslis over melden en hulp").does_not_see("Wordt er gemeld bij Veilig Thuis?", "Niet melden")
    amira.completes({"Komt er hulp?": "Ja, samen met Veilig Thuis", "Op welke dag beslis je?": SATURDAY})


def she_reports(amira: Person) -> None:
    """The report to Veilig Thuis, on Sunday."""
    amira.opens("Meld bij Veilig Thuis").completes(
        {
            "Op welk moment meldde je?": "15-11-2026 16.45",
            "Wisten de ouders het vooraf?": "Nee",
            "Waarom niet?": "Onveilig voor het kind",
            "Op welke dag kijk je of het veilig is?": WEDNESDAY,
        }
    )


def she_looks_whether_it_is_safe(amira: Person) -> None:
    """On the agreed day, and then it ends."""
    amira.opens("Kijk of het nu veilig is").completes(
        {
            "Op welke dag keek je?": WEDNESDAY,
            "Is het kind nu veilig?": "Veilig genoeg",
            "Wat doe je nu?": "Afsluiten",
        }
    )
    amira.opens("Sluit de meldcode af").completes(
        {"Hoe eindigt het?": "Gemeld en overgedragen", "Op welke dag sluit je af?": WEDNESDAY}
    )
