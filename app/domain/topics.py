"""What a service task may do: a fixed list of topics with the properties that each is given, in words for whoever draws.

The checks of diagrams, the editor and the documents read this list; what a topic does is in app/services/calls.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.expressions import NAME
from app.domain.roles import LANES


class Value(StrEnum):
    """What the text of a property is. Lists are comma-separated."""

    ROLES = "roles"
    CHOICE = "choice"
    CODE = "code"
    #: The id of a user task of the same procedure.
    TASK = "task"
    #: The key of a procedure; the id of a start event of it; the name of a message that it waits for.
    PROCEDURE = "procedure"
    START = "start"
    MESSAGE = "message"
    #: The key of a form; a question of it that goes to a sealed file; facts that are dates.
    FORM = "form"
    FIELD = "field"
    FACT = "fact"
    FACTS = "facts"
    #: Words that people read.
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Input:
    """A property of a topic: its name in the diagram, what whoever draws calls it, and what to fill in."""

    name: str
    label: str
    help: str
    value: Value
    required: bool = True
    #: For a choice: what is stored, and its words.
    choices: Mapping[str, str] | None = None

    def fits(self, text: str) -> bool:
        """Whether a text looks like a value of this property; what it names may still be missing."""
        match self.value:
            case Value.ROLES:
                return all(role.strip() in LANES.values() for role in text.split(","))
            case Value.CHOICE:
                return text in (self.choices or {})
            case Value.FACTS:
                return all(NAME.fullmatch(name.strip()) is not None for name in text.split(","))
            case Value.WORDS:
                return bool(text.strip())
            case _:
                return NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Topic:
    """What a service task does: its code in the diagram, its name and explanation for whoever draws, and its properties."""

    code: str
    name: str
    help: str
    inputs: tuple[Input, ...] = ()

    def input(self, name: str) -> Input | None:
        """The property with this name, None when the topic knows none."""
        return next((one for one in self.inputs if one.name == name), None)


#: The mails that a diagram may send; their texts are in app/mail/texts/.
NOTICES: Final[Mapping[str, str]] = {
    "procedure_changed": "Er is iets veranderd",
    "term_soon": "Een termijn loopt bijna af",
    "term_missed": "Een termijn is voorbij",
    "term_escalated": "Iemand anders is te laat met een stap",
    "term_extended": "Een termijn is verlengd",
}

_PROCEDURE: Final = Input("procedure", "Procedure", "De id van een procedure die er is.", Value.PROCEDURE)

_ALL: Final = (
    Topic(
        "notify",
        "Bericht sturen",
        "Stuurt wie deze rollen in de zaak heeft een bericht: zaaknummer, neutrale titel, dag en een link, nooit de inhoud.",
        (
            Input("to", "Aan", "Een of meer rollen, met komma's ertussen.", Value.ROLES),
            Input("notice", "Bericht", "Kies welk bericht.", Value.CHOICE, choices=NOTICES),
            Input("about", "Over de taak", "De id van de taak waar het over gaat, met haar termijn.", Value.TASK, required=False),
            Input(
                "neutralTitle",
                "Neutrale titel",
                "Wat in mail mag staan. Nooit waar de zaak over gaat.",
                Value.WORDS,
                required=False,
            ),
        ),
    ),
    Topic(
        "record",
        "Vastleggen",
        "Zet een regel in de geschiedenis van de zaak. Met sommige codes gebeurt er meer.",
        (
            Input(
                "mark",
                "Code",
                "Een eigen code, of: stepped_aside (wie dit deed, legt de rol neer), left_out (niemand heeft de rol in leaves "
                "nog), listed of unlisted (op of van de lijst van meldingen).",
                Value.CODE,
            ),
            Input("leaves", "Wie eraf gaat", "Bij left_out: een of meer rollen.", Value.ROLES, required=False),
        ),
    ),
    Topic(
        "start_procedure",
        "Procedure starten",
        "Start een andere procedure van de zaak, naast deze. Wie de stap zet, start haar; achter een timer kan het niet.",
        (
            _PROCEDURE,
            Input("start", "Begin", "De id van een begin van die procedure.", Value.START),
            Input("lanes", "Wie meegaat", "Rollen; leeg: de rol van deze stap.", Value.ROLES, required=False),
            Input("again", "Opnieuw", "Ook als zij al loopt.", Value.CHOICE, required=False, choices={"true": "Ja, elke keer"}),
            Input(
                "own_case",
                "Eigen zaak",
                "Alleen als het een zaak op zichzelf wordt.",
                Value.CHOICE,
                required=False,
                choices={"same": "Ja, voor dezelfde kant", "other": "Ja, voor de andere kant"},
            ),
        ),
    ),
    Topic(
        "extend_term",
        "Termijn verlengen",
        "Geeft de lopende termijn van een taak een nieuwe laatste dag, als iedereen dat op tijd hoorde.",
        (
            Input("term", "Taak", "De id van een taak waarvan de termijn verlengd mag worden.", Value.TASK),
            Input("to", "Nieuwe laatste dag", "Het procesgegeven (een datum) met de nieuwe dag.", Value.FACT),
            Input("told", "Verteld op", "Procesgegevens (datums), met komma's: wanneer ieder het hoorde.", Value.FACTS),
        ),
    ),
    Topic(
        "send_message",
        "Bericht aan een procedure",
        "Geeft een bericht door aan een procedure die deze startte, als zij erop wacht. Anders gebeurt er niets.",
        (_PROCEDURE, Input("message", "Bericht", "De naam van een bericht waarop die procedure wacht.", Value.MESSAGE)),
    ),
    Topic(
        "share",
        "Tekst delen",
        "Schrijft de tekst die net is ingevuld ook in het dossier van een ander. Direct achter een taak van de "
        "vertrouwenspersoon, met toestemming van de klager.",
        (
            Input("form", "Formulier", "De id van het formulier van de taak hiervoor.", Value.FORM),
            Input("field", "Vraag", "De vertrouwelijke vraag waarvan de tekst gedeeld wordt.", Value.FIELD),
            Input(
                "to",
                "Naar",
                "Het dossier dat de tekst ook krijgt.",
                Value.CHOICE,
                choices={"leader_file": "Dossier van de schoolleiding", "board_file": "Dossier van het bevoegd gezag"},
            ),
        ),
    ),
    Topic(
        "hand_over",
        "Zaak overdragen",
        "De zaak gaat naar de opvolger. Direct achter een taak van de vertrouwenspersoon.",
    ),
    Topic(
        "name_replacement",
        "Vervanger aanwijzen",
        "Wie is aangevinkt, mag de zaak overnemen bij ziekte. Direct achter een taak van de vertrouwenspersoon.",
    ),
    Topic(
        "drop_replacement",
        "Vervanger intrekken",
        "Er is geen vervanger bij ziekte meer. Direct achter een taak van de vertrouwenspersoon.",
    ),
    Topic(
        "take_over",
        "Zaak overnemen",
        "De vervanger neemt de zaak over. Direct achter een taak van de opvolger.",
    ),
)
#: By code, in the order in which they are shown.
TOPICS: Final[Mapping[str, Topic]] = {topic.code: topic for topic in _ALL}
