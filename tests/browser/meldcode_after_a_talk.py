"""A meldcode that an adviser's talk began, as the child-protection officer lives it, from the signals to its end."""

from datetime import date

from tests.browser.committee import typed
from tests.browser.people import Person

#: What only the readers of the meldcode's file may read.
SIGNALS = "De leerling vertelt over waterslakken."


def officer_consults(amira: Person, today: date) -> None:
    """Steps one to three: signals taken over and mapped, a colleague asked; talking is not safe."""
    amira.opens("Neem de signalen over").completes(
        {
            "Op welke dag kreeg je de signalen?": typed(today),
            "Wie gaf ze jou?": "De vertrouwenspersoon",
            "Is er nu gevaar?": "Nee",
            "Is het een bijzondere vorm?": "Nee",
            "Zou een medewerker van de school het doen?": "Nee",
            "Om wie gaat het?": "Een leerling jonger dan achttien",
            "Wat zijn de signalen, over wie en van wie?": SIGNALS,
        }
    )
    amira.opens("Breng de signalen in kaart").completes(
        {
            "Op welke dag bracht je ze in kaart?": typed(today),
            "Staan feiten en meningen uit elkaar?": "Ja",
            "Wat zegt de kindcheck?": "Niet van toepassing",
        }
    )
    amira.opens("Overleg met een collega").completes(
        {
            "Op welke dag was het overleg?": typed(today),
            "Met wie overlegde je?": "De jeugdarts",
            "Vroeg je toen ook Veilig Thuis?": "Ja, met namen",
            "Is praten met de ouders veilig?": "Nee",
        }
    )
    amira.opens("Praat met het kind").completes({"Heb je met het kind gepraat?": "Nee", "Waarom niet?": "Niet veilig"})


def officer_reports(amira: Person, today: date, look_again: date) -> None:
    """Steps four and five: structural danger is reported to Veilig Thuis."""
    amira.opens("Weeg het gevaar").completes(
        {
            "Op welke dag weeg je?": typed(today),
            "1. Is er een vermoeden": "Ja",
            "2. Is er acuut of structureel gevaar?": "Structureel",
            "Heb je Veilig Thuis om advies gevraagd?": "Ja",
            "Wie beslist volgens jullie meldcode?": "De aandachtsfunctionaris",
        }
    )
    amira.opens("Beslis over melden en hulp").completes(
        {"Komt er hulp?": "Ja, samen met Veilig Thuis", "Op welke dag beslis je?": typed(today)}
    )
    amira.opens("Meld bij Veilig Thuis").completes(
        {
            "Op welk moment meldde je?": f"{typed(today)} 09.45",
            "Wisten de ouders het vooraf?": "Nee",
            "Waarom niet?": "Onveilig voor het kind",
            "Op welke dag kijk je of het veilig is?": typed(look_again),
        }
    )


def officer_closes(amira: Person, today: date) -> None:
    """On the agreed day it is safe, and the meldcode ends."""
    amira.opens("Kijk of het nu veilig is").completes(
        {
            "Op welke dag keek je?": typed(today),
            "Is het kind nu veilig?": "Veilig genoeg",
            "Wat doe je nu?": "Afsluiten",
        }
    )
    amira.opens("Sluit de meldcode af").completes(
        {"Hoe eindigt het?": "Gemeld en overgedragen", "Op welke dag sluit je af?": typed(today)}
    )
