"""A committee case as adviser and board member live it behind their browsers, chapter by chapter."""

from datetime import date

from tests.browser.people import Person

#: A Friday; four weeks later it is Christmas.
ADVICE_ON = date(2026, 11, 27)
#: What only those who handle the step may read.
COMPLAINT, DECISION = "De klager vertelt over zeepaardjes.", "Wij nemen het advies over zeepaardjes over."


def typed(day: date) -> str:
    """A day as people type it."""
    return f"{day:%d-%m-%Y}"


def adviser_sends_the_letter(sanne: Person, today: date) -> str:
    """From "start a case" to the letter; gives the case's number."""
    sanne.follows("Start een zaak").is_at("Start een zaak")
    sanne.begins("Klachtencommissie: Klager kiest de klachtencommissie")
    number = sanne.opens("Vraag toestemming voor een dossier").case_number()
    sanne.completes(
        {
            "Mag jij een dossier bijhouden?": "Ja",
            "Op welke dag gaf de klager toestemming?": typed(today),
            "Mag je contact opnemen met de klager?": "Ja",
            "Wat is de klacht, in de woorden van de klager?": COMPLAINT,
        }
    )
    adviser_prepares_the_letter(sanne, today)
    return number


def adviser_prepares_the_letter(sanne: Person, today: date) -> None:
    """From the explanation to the letter, once there may be a file."""
    sanne.opens("Leg de commissie uit").completes(
        {
            "Op welke dag legde je het uit?": typed(today),
            "Bij welke commissie hoort de school?": "Landelijke Klachtencommissie (LKC)",
            "Heb je eerst een oplossing op school aangeraden?": "Ja",
            "Heb je de regels van de commissie doorgenomen?": "Ja",
            "Wil de klager naar de commissie?": "Ja",
        }
    )
    sanne.opens("Noteer wie de klager steunt").completes(
        {
            "Wie steunt de klager bij de commissie?": "Een interne vertrouwenspersoon",
            "Voel jij je veilig en vrij genoeg om dit te doen?": "Ja",
        }
    )
    _letter(sanne, today)


def _letter(sanne: Person, today: date) -> None:
    sanne.opens("Help bij de klachtbrief").completes(
        {
            "Staat de klacht op papier of in een bestand?": "Ja",
            "Staan naam en adres van de klager erin?": "Ja",
            "Staat erin over wie de klacht gaat?": "Ja",
            "Staat er duidelijk wat er is gebeurd?": "Ja",
            "Staan er een datum en een handtekening onder?": "Ja",
            "Hoe lang is het geleden?": "Korter dan drie maanden geleden",
        }
    )
    sanne.opens("Noteer de verzending").completes(
        {
            "Op welke dag is de brief verstuurd?": typed(today),
            "Wie verstuurde de brief?": "De klager",
            "Naar welke commissie ging de brief?": "Landelijke Klachtencommissie (LKC)",
        }
    )


def adviser_notes_that_the_committee_takes_it_on(sanne: Person, today: date, *board: str) -> None:
    """The committee treats the complaint formally; the adviser ticks who answers for the board."""
    sanne.opens("Noteer het antwoord").fills(
        {
            "Op welke dag kwam het antwoord van de commissie?": typed(today),
            "Wat doet de commissie met de klacht?": "Formeel behandelen",
            "Is de klager het met die keuze eens?": "Ja",
        }
    )
    sanne.ticks(*board).completes()


def board_defends_itself(marijke: Person, today: date) -> None:
    """The board writes its defence."""
    marijke.opens("Stuur het verweer").completes(
        {
            "Voor welke dag wil de commissie het verweer?": typed(today),
            "Wie schrijft het verweer?": "Het bestuur",
            "Op welke dag is het verweer verstuurd?": typed(today),
        }
    )


def adviser_is_at_the_hearing(sanne: Person, today: date) -> None:
    """The committee hears everybody."""
    sanne.opens("Steun de klager bij de zitting").completes(
        {
            "Op welke dag was de zitting?": typed(today),
            "Hoe was de zitting?": "Samen in één zaal",
            "Was jij erbij?": "Ja",
        }
    )


def board_receives_the_advice(marijke: Person, day: date) -> None:
    """From this day the board has four weeks."""
    marijke.opens("Noteer het advies").completes(
        {
            "Op welke dag kwam het advies binnen?": typed(day),
            "Wat is het oordeel van de commissie?": "Gegrond",
            "Hoeveel aanbevelingen staan erin?": "2",
            "Staan de zes delen erin?": "Ja",
            "Kregen klager en aangeklaagde een afschrift?": "Ja",
        }
    )


def board_extends_the_term(marijke: Person, today: date, to: date) -> None:
    """The board takes longer, and told klager and commissie so today."""
    marijke.follows("Verleng de termijn").presses("Begin").opens("Verleng de termijn").completes(
        {
            "Verleng je de termijn?": "Ja",
            "Tot welke dag verleng je?": typed(to),
            "Waarom heb je meer tijd nodig?": "Er is nog overleg nodig",
            "Op welke dag vertelde je dit de klager?": typed(today),
            "Op welke dag vertelde je dit de commissie?": typed(today),
        }
    )


def board_decides(marijke: Person, today: date, measures_due: date) -> None:
    """The board takes measures and tells both."""
    marijke.opens("Besluit over het advies").completes(
        {
            "Ben je het eens met het oordeel?": "Ja",
            "Neem je maatregelen?": "Ja",
            "Welke maatregel is het belangrijkst?": "Afspraken",
            "Op welke dag moeten de maatregelen klaar zijn?": typed(measures_due),
            "Op welke dag vertelde je het de klager?": typed(today),
            "Op welke dag vertelde je het de commissie?": typed(today),
            "Wat is het besluit en waarom?": DECISION,
        }
    )


def adviser_looks_back(sanne: Person, today: date) -> None:
    """On the agreed day the adviser asks how it goes, and says farewell."""
    nothing_to_report = {
        "Ging het over seksueel gedrag van een medewerker": "Nee",
        "Ging het over geweld of verwaarlozing thuis?": "Nee",
        "Is er nu gevaar?": "Nee",
    }
    sanne.opens("Vraag naar de afspraak").completes(
        {"Had je contact met de klager?": "Ja", "Is het echt voorbij?": "Ja", **nothing_to_report}
    )
    sanne.opens("Kijk samen terug").completes(
        {
            "Wil de klager samen terugkijken?": "Ja",
            "Op welke dag was het gesprek?": typed(today),
            **nothing_to_report,
            "Hebben jullie afscheid genomen?": "Ja",
        }
    )
