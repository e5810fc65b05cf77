"""What may be filled in on an element of a diagram: every property of our dialect, in words for whoever draws.

The checks of service tasks read this table, the fields of the modeler and the element templates for other modelers are made from
it; so what is asked, what is offered and what is accepted cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.procedure import Begins, Calendar
from app.domain.roles import LANES, FileKind

Choices = tuple[tuple[str, str], ...]


class Asks(StrEnum):
    """What a property holds, and so how it is asked."""

    TEXT = "text"
    #: An English word of small letters.
    WORD = "word"
    LONG = "long"
    #: Present with its one choice, or absent.
    TICK = "tick"
    CHOICE = "choice"
    ROLE = "role"
    ROLES = "roles"
    #: A name of a fact; several, comma-separated; the same for dates and moments alone.
    FACTS = "facts"
    DAY = "day"
    DAYS = "days"
    TASK = "task"
    FORM = "form"
    FIELD = "field"
    PERIOD = "period"
    CONDITION = "condition"
    PROCEDURE = "procedure"
    START = "start"
    MESSAGE = "message"
    PROCESSES = "processes"


@dataclass(frozen=True, slots=True)
class Property:
    """One `camunda:property`: its name in the file, and its label and explanation in Dutch."""

    name: str
    label: str
    asks: Asks = Asks.TEXT
    help: str = ""
    required: bool = False
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that a service task can do, with its inputs; there are no others."""

    label: str
    help: str
    properties: tuple[Property, ...] = ()


_YES: Final[Choices] = (("true", "Ja"),)

SOURCES: Final = (
    Property(
        "legalBasis",
        "Bron",
        help="Waar staat dat deze stap moet? Bijvoorbeeld: WPO art. 14 lid 7; Handreiking 5.8.1",
        required=True,
    ),
    Property(
        "checklist",
        "Rijen van de checklist",
        help="De nummers van de rijen die deze stap dient, bijvoorbeeld: 59,132",
        required=True,
    ),
)
TASK: Final = (
    *SOURCES,
    Property("neutralTitle", "Titel in de mail", help="Wat een mail van deze stap mag zeggen. Noem geen naam en geen onderwerp."),
    Property("help", "Uitleg van de Handreiking", Asks.LONG, "Wat de Handreiking bij deze stap vraagt, in gewone woorden."),
    Property(
        "socialMap",
        "Toon de sociale kaart",
        Asks.TICK,
        "Voor een stap waarbij iemand telefoonnummers nodig heeft.",
        choices=(("ja", "Ja"),),
    ),
    Property("followUp", "Vraagt of een afspraak is nagekomen", Asks.TICK, "Deze stap telt mee in de cijfers.", choices=_YES),
)
TERM: Final = (
    Property("deadline", "Termijn", Asks.PERIOD, "Hoe lang iemand voor deze stap heeft."),
    Property(
        "deadlineCalendar",
        "Hoe wordt geteld",
        Asks.CHOICE,
        "De Algemene termijnenwet schuift een einde op dat in een weekend of op een feestdag valt.",
        choices=(
            (Calendar.ATW, "Volgens de Algemene termijnenwet"),
            (Calendar.WORKDAYS, "In werkdagen"),
            (Calendar.SCHOOLDAYS, "In schooldagen"),
            (Calendar.OFFICEHOURS, "In kantooruren"),
            (Calendar.CALENDAR, "In gewone dagen"),
        ),
    ),
    Property("deadlineFrom", "Telt vanaf", Asks.DAY, "De datum die iemand invult. Leeg: vanaf het moment dat de taak er is."),
    Property("deadlineWarn", "Waarschuw zo lang vooraf", Asks.PERIOD, "Leeg: geen waarschuwing."),
    Property("deadlineEscalate", "Meld te laat ook aan", Asks.ROLE, "Wie het hoort als de termijn voorbij is."),
    Property("deadlineExtendable", "Mag verlengd worden", Asks.TICK, choices=_YES),
    Property(
        "deadlineMetBy", "Op tijd volgens", Asks.DAYS, "De datums die bepalen of het op tijd was. Leeg: het moment van afronden."
    ),
    Property(
        "deadlineCommittee",
        "Termijn van de commissie",
        Asks.WORD,
        "Het gegeven dat zegt welke klachtencommissie het is. Kent het bestuur een termijn van die commissie, dan geldt die.",
    ),
    Property(
        "statutory",
        "Wettelijke termijn",
        Asks.TICK,
        "Dan zijn 'Telt vanaf' en een waarschuwing nodig, en twee timers op de rand van de taak.",
        choices=_YES,
    ),
)
START: Final = (
    Property(
        "begins",
        "Hoe begint dit",
        Asks.CHOICE,
        "Leeg: iemand begint er een nieuwe zaak mee.",
        choices=(
            (Begins.CASE, "Als nieuwe zaak, vanaf de startpagina"),
            (Begins.BESIDE, "Alleen vanuit een andere procedure"),
            (Begins.LIST, "Vanuit een zaak op de lijst van meldingen"),
            (Begins.ILLNESS, "Als het bestuur vervanging vraagt bij ziekte"),
        ),
    ),
)
CALL: Final = (
    Property(
        "severalAtOnce",
        "Mag meer keren tegelijk openstaan",
        Asks.TICK,
        "Voor een fase die kan beginnen terwijl zij, of een deel ervan, al openstaat.",
        choices=_YES,
    ),
)
PROCESS: Final = (
    Property("legalBasis", "Bron", help="De wet of de paragraaf van de Handreiking waar dit op rust.", required=True),
    Property("inputs", "Krijgt mee", Asks.FACTS, "Gegevens die al bekend zijn als dit begint."),
    Property("outputs", "Geeft terug", Asks.FACTS, "Gegevens die degene die dit startte na afloop krijgt."),
    Property(
        "anytime", "Kan er altijd naast", Asks.PROCESSES, "Korte processen van één taak die iemand op elk moment kan beginnen."
    ),
    Property(
        "onlyWhileRunning",
        "Alleen zolang de procedure loopt",
        Asks.TICK,
        "Voor een proces dat er altijd naast kan: na het einde van de procedure wordt het niet meer aangeboden.",
        choices=_YES,
    ),
)
MAIN_PROCESS: Final = (
    Property("watchBoard", "Het bestuur mag meekijken als", Asks.CONDITION, "Alleen of termijnen gehaald worden. Leeg: nooit."),
    Property("watchLeader", "De schoolleiding mag meekijken als", Asks.CONDITION, "Leeg: nooit."),
    Property(
        "adviserWork", "Telt als werk van de vertrouwenspersoon als", Asks.CONDITION, "Leeg: dit is een ander soort procedure."
    ),
)
_NOTICES: Final[Choices] = (
    ("task_opened", "Er staat een taak klaar"),
    ("term_soon", "De termijn loopt bijna af"),
    ("term_missed", "De termijn is voorbij"),
    ("term_escalated", "Iemand anders is te laat"),
    ("term_extended", "De termijn is verlengd"),
    ("procedure_changed", "Er is iets veranderd in de procedure"),
)
_FILES: Final[Choices] = ((FileKind.LEADER, "Het dossier van de schoolleiding"), (FileKind.BOARD, "Het dossier van het bestuur"))
_PROCEDURE: Final = Property("procedure", "Procedure", Asks.PROCEDURE, required=True)

TOPICS: Final[Mapping[str, Topic]] = {
    "notify": Topic(
        "Stuur een bericht",
        "Mailt iedereen die deze rollen in de zaak heeft.",
        (
            Property("to", "Aan wie", Asks.ROLES, required=True),
            Property("notice", "Welk bericht", Asks.CHOICE, required=True, choices=_NOTICES),
            Property("about", "Over welke taak", Asks.TASK, "De termijn van die taak staat in het bericht."),
            Property("neutralTitle", "Titel in de mail", help="Noem geen naam en geen onderwerp."),
        ),
    ),
    "record": Topic(
        "Zet een regel in de geschiedenis",
        "Bij sommige woorden gebeurt er meer: stepped_aside, left_out, listed, unlisted.",
        (
            Property("mark", "Kenmerk", Asks.WORD, "Een Engels woord in kleine letters, bijvoorbeeld: left_out", required=True),
            Property("leaves", "Wie gaat eruit", Asks.ROLES, "Alleen bij left_out."),
        ),
    ),
    "extend_term": Topic(
        "Verleng een termijn",
        "Geeft een lopende termijn een nieuwe laatste dag, als iedereen het op tijd hoorde.",
        (
            Property("term", "Van welke taak", Asks.TASK, required=True),
            Property("to", "Tot welke dag", Asks.DAY, required=True),
            Property("told", "Wanneer gehoord", Asks.DAYS, "De datums waarop het is verteld.", required=True),
        ),
    ),
    "start_procedure": Topic(
        "Start een andere procedure",
        "Die loopt naast deze, in dezelfde zaak.",
        (
            _PROCEDURE,
            Property("start", "Met welk begin", Asks.START, required=True),
            Property("lanes", "Wie gaan er mee", Asks.ROLES, "Leeg: alleen de rol van deze stap."),
            Property("again", "Ook als ze al loopt", Asks.TICK, choices=_YES),
            Property(
                "own_case",
                "In een eigen zaak",
                Asks.CHOICE,
                "Leeg: in deze zaak.",
                choices=(("same", "Ja, voor dezelfde kant"), ("other", "Ja, voor de andere kant")),
            ),
        ),
    ),
    "send_message": Topic(
        "Vertel het een andere procedure",
        "Levert een bericht af bij procedures die deze heeft gestart.",
        (
            _PROCEDURE,
            Property("message", "Welk bericht", Asks.MESSAGE, required=True),
            Property("gives", "Met welke gegevens", Asks.FACTS, "Procesgegevens die de andere procedure meekrijgt."),
        ),
    ),
    "share": Topic(
        "Deel een vertrouwelijke tekst",
        "Schrijft wat net is ingevuld ook in een ander dossier.",
        (
            Property("form", "Formulier", Asks.FORM, required=True),
            Property("field", "Welke vraag", Asks.FIELD, required=True),
            Property("to", "Naar welk dossier", Asks.CHOICE, required=True, choices=_FILES),
        ),
    ),
    "hand_over": Topic("Draag de zaak over", "De opvolger krijgt de zaak, met wat de klager wil meegeven."),
    "name_replacement": Topic("Wijs een vervanger aan", "Voor als de vertrouwenspersoon ziek wordt."),
    "drop_replacement": Topic("Trek de vervanging in", "De aangewezen vervanger vervalt."),
    "take_over": Topic("Neem de zaak over", "De vervanger krijgt de zaak, omdat de vertrouwenspersoon ziek is."),
}

_LABELS: Final[Mapping[str, str]] = {
    one.name: one.label
    for one in (*TASK, *TERM, *START, *CALL, *PROCESS, *MAIN_PROCESS, *(p for t in TOPICS.values() for p in t.properties))
}


def label(name: str) -> str:
    """What the field of a property is called where it is filled in, between quotes; a name that is not ours as it is."""
    return f"'{_LABELS.get(name, name)}'"


def offered(name: str) -> str:
    """The words of what a property of a term can be, separated by commas."""
    asked = next(one for one in TERM if one.name == name)
    return ", ".join(LANES if asked.asks is Asks.ROLE else (words for _, words in asked.choices))
