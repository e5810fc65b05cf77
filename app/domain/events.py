"""What can happen in a case, as its history tells it: in element ids, codes, numbers and dates; never a name or a story."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

Detail = Mapping[str, str | int | None]

_KEY: Final = re.compile(r"[a-z][a-z_]{0,29}")
_ELEMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,79}")
#: A code or element id, a row's id, a date, a moment in UTC. No space and no capital: what somebody typed does not pass.
_VALUE: Final = re.compile(
    r"[a-z][a-z0-9_]{0,79}|[0-9a-f]{32}|\d{4}-\d\d-\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|\+00:00)", re.ASCII
)


class EventKind(StrEnum):
    """Everything that the history of a case may say."""

    ABSENCE_ENDED = "absence.ended"
    ABSENCE_STARTED = "absence.started"
    CASE_CLOSED = "case.closed"
    CASE_LINKED = "case.linked"
    CASE_OPENED = "case.opened"
    ENTRY_SHARED = "entry.shared"
    ENTRY_WRITTEN = "entry.written"
    FILE_GRANTED = "file.granted"
    FILE_OPENED = "file.opened"
    FILE_RESEALED = "file.resealed"
    HANDLER_ADDED = "handler.added"
    HANDLER_REMOVED = "handler.removed"
    MESSAGE_SENT = "message.sent"
    NOTICE_NOBODY = "notice.nobody"
    NOTICE_QUEUED = "notice.queued"
    PROCEDURE_ENDED = "procedure.ended"
    PROCEDURE_MARKED = "procedure.marked"
    PROCEDURE_MOVED = "procedure.moved"
    PROCEDURE_SET_ASIDE = "procedure.set_aside"
    PROCEDURE_STARTED = "procedure.started"
    REPLACEMENT_ASKED = "replacement.asked"
    REPLACEMENT_DROPPED = "replacement.dropped"
    REPLACEMENT_NAMED = "replacement.named"
    TASK_CANCELLED = "task.cancelled"
    TASK_CLAIMED = "task.claimed"
    TASK_COMPLETED = "task.completed"
    TASK_OPENED = "task.opened"
    TASK_PASSED_ON = "task.passed_on"
    TASK_RELEASED = "task.released"
    TERM_CORRECTED = "term.corrected"
    TERM_DROPPED = "term.dropped"
    TERM_ESCALATED = "term.escalated"
    TERM_EXTENDED = "term.extended"
    TERM_MET = "term.met"
    TERM_MISSED = "term.missed"
    TERM_RECOMPUTED = "term.recomputed"
    TERM_STARTED = "term.started"
    TERM_WARNED = "term.warned"


#: One Dutch sentence each. `element` is the name of the step, `lane` of the role, `file` of the file, `user` of the person,
#: `version` the number of a version, `first_day` and `last_day` dates; who did it, for whom, and when stands beside the sentence.
EVENT_TEXT: Final[Mapping[EventKind, str]] = {
    EventKind.ABSENCE_ENDED: "%(user)s neemt niet meer waar als %(lane)s.",
    EventKind.ABSENCE_STARTED: "%(user)s neemt waar als %(lane)s, van %(first_day)s tot en met %(last_day)s.",
    EventKind.CASE_CLOSED: "De zaak is gesloten.",
    EventKind.CASE_LINKED: "Naast deze zaak is een eigen zaak geopend: %(element)s.",
    EventKind.CASE_OPENED: "De zaak is geopend.",
    EventKind.ENTRY_SHARED: "Er is een tekst gedeeld met wie het %(file)s leest.",
    EventKind.ENTRY_WRITTEN: "Er is iets in het %(file)s geschreven.",
    EventKind.FILE_GRANTED: "%(user)s kan nu het %(file)s lezen.",
    EventKind.FILE_OPENED: "Het %(file)s is gelezen.",
    EventKind.FILE_RESEALED: "Het %(file)s is overgedragen. Stukken die meegingen: %(taken)s. Voorgoed dicht: %(left)s.",
    EventKind.HANDLER_ADDED: "%(user)s behandelt de zaak mee als %(lane)s.",
    EventKind.HANDLER_REMOVED: "%(user)s behandelt de zaak niet meer als %(lane)s.",
    EventKind.MESSAGE_SENT: "Er is een bericht aan de procedure gegeven: %(element)s.",
    EventKind.NOTICE_NOBODY: "Een bericht voor %(lane)s kon naar niemand: er is nog geen behandelaar.",
    EventKind.NOTICE_QUEUED: "Er is een bericht verstuurd aan %(lane)s: %(element)s.",
    EventKind.PROCEDURE_ENDED: "De procedure is klaar: %(element)s.",
    EventKind.PROCEDURE_MARKED: "Er is iets vastgelegd: %(element)s.",
    EventKind.PROCEDURE_MOVED: "De procedure gaat verder volgens versie %(version)s van de tekening.",
    EventKind.PROCEDURE_SET_ASIDE: "De procedure kon niet verder en is apart gezet. De beheerder ziet dit.",
    EventKind.PROCEDURE_STARTED: "De procedure is gestart: %(element)s.",
    EventKind.REPLACEMENT_ASKED: "Het bestuur vraagt om vervanging van %(user)s, die er niet is sinds %(last_day)s.",
    EventKind.REPLACEMENT_DROPPED: "%(user)s is geen vervanger bij ziekte meer.",
    EventKind.REPLACEMENT_NAMED: "%(user)s mag de zaak overnemen als de vertrouwenspersoon ziek is.",
    EventKind.TASK_CANCELLED: "De taak is vervallen: %(element)s.",
    EventKind.TASK_CLAIMED: "De taak is opgepakt: %(element)s.",
    EventKind.TASK_COMPLETED: "De taak is afgerond: %(element)s.",
    EventKind.TASK_OPENED: "Er kwam een taak: %(element)s.",
    EventKind.TASK_PASSED_ON: "De taak is overgegeven aan %(user)s: %(element)s.",
    EventKind.TASK_RELEASED: "De taak is teruggelegd: %(element)s.",
    EventKind.TERM_CORRECTED: "Het begin van de termijn is verbeterd: %(element)s. De laatste dag is nu %(last_day)s.",
    EventKind.TERM_DROPPED: "De termijn is vervallen: %(element)s.",
    EventKind.TERM_ESCALATED: "De termijn is voorbij. Ook %(lane)s weet het nu: %(element)s.",
    EventKind.TERM_EXTENDED: "De termijn is verlengd: %(element)s. De laatste dag is nu %(last_day)s.",
    EventKind.TERM_MET: "De termijn is gehaald: %(element)s.",
    EventKind.TERM_MISSED: "De termijn is niet gehaald: %(element)s.",
    EventKind.TERM_RECOMPUTED: "De termijn is opnieuw berekend: %(element)s. De laatste dag is nu %(last_day)s.",
    EventKind.TERM_STARTED: "De termijn is begonnen: %(element)s. De laatste dag is %(last_day)s.",
    EventKind.TERM_WARNED: "De termijn loopt bijna af: %(element)s.",
}


def check_facts_only(element_id: str | None, detail: Detail) -> None:
    """Raises ValueError when an event would hold anything but element ids, codes, numbers and dates; the text names no value."""
    if element_id is not None and not _ELEMENT.fullmatch(element_id):
        raise ValueError("an event names an element by its id")
    for key, value in detail.items():
        if not _KEY.fullmatch(key):
            raise ValueError("a detail of an event has a plain key")
        if isinstance(value, str) and not _VALUE.fullmatch(value):
            raise ValueError(f"the detail {key} of an event is no code, id, number or date")
