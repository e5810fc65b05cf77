"""Words about notices and mail, in the reader's language."""

from datetime import date

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from app.domain.telling import Kind, Way

#: What a notice says, by the name of its text.
_NOTICES = {
    "address_former": _("Iemand logt voortaan in met een ander adres"),
    "address_now": _("Je logt voortaan in met dit adres"),
    "case_handed_over": _("Deze zaak is nu van jou"),
    "comment_written": _("Er is een nieuwe opmerking"),
    "digest": _("Overzicht"),
    "invitation": _("Uitnodiging"),
    "lane_empty": _("Een stap wacht op niemand"),
    "move_waits": _("Een plan om te verhuizen wacht op je"),
    "procedure_changed": _("Er is iets veranderd"),
    "proposals_wait": _("Een benoeming wacht op je"),
    "review_given": _("Een concept is beoordeeld"),
    "review_waits": _("Een concept wacht op je oordeel"),
    "task_left": _("Een taak van een collega wacht weer"),
    "task_opened": _("Er is een taak voor je"),
    "task_passed_on": _("Een collega gaf je een taak"),
    "term_corrected": _("Een termijn is verbeterd"),
    "term_escalated": _("Iemand anders is te laat met een stap"),
    "term_extended": _("Een termijn is verlengd"),
    "term_missed": _("Een termijn is voorbij"),
    "term_recomputed": _("Een termijn is opnieuw berekend"),
    "term_soon": _("Een termijn loopt bijna af"),
}
#: Notices of a step that waits for whoever reads them.
_STEPS = frozenset({"task_left", "task_opened", "task_passed_on"})
#: What each kind of notice is about.
KINDS = {
    Kind.ARRIVED: _("Er is een taak voor je, of een collega geeft je er een"),
    Kind.SOON: _("Een termijn loopt bijna af"),
    Kind.MISSED: _("Een termijn is voorbij"),
    Kind.COMMENT: _("Iemand schrijft een opmerking in een dossier dat jij leest"),
    Kind.REST: _("Al het andere, zoals een termijn die langer wordt"),
}
WAYS = {Way.NOW: _("Meteen een mail"), Way.DIGEST: _("In het overzicht"), Way.BELL: _("Geen mail, alleen hier")}
#: Why a mail did not leave, by the kind of failure; everything else means that there is no way to the server.
_FAILURES = {
    "address": _("Het e-mailadres kan niet bestaan."),
    "SMTPRecipientsRefused": _("De mailserver weigert dit adres."),
    "SMTPDataError": _("De mailserver weigert deze mail."),
    "SMTPAuthenticationError": _("De mailserver weigert onze naam of ons wachtwoord."),
    "SMTPNotSupportedError": _("De mailserver versleutelt niet."),
    "SSLCertVerificationError": _("Het certificaat van de mailserver klopt niet."),
    "SMTPSenderRefused": _("De mailserver weigert ons als afzender."),
}


def for_you(name: str) -> bool:
    """Whether a notice is about a step that waits for its reader; a term that others guard may be anybody's."""
    return name in _STEPS


def notice(name: str) -> str:
    """What a notice says: "Er is een taak voor je"."""
    return str(_NOTICES[name])


def failure(error: str) -> str:
    """Why a mail did not leave, in a sentence; `error` is the kind of failure and perhaps the server's code."""
    kind = error.partition(" ")[0]
    return str(_FAILURES.get(kind, _("De mailserver is niet te bereiken.")))


def weekday(number: int) -> str:
    """The name of a day of the week, 0 is Monday: "maandag"."""
    return str(format_date(date(2024, 1, 1 + number), "EEEE", locale=get_locale() or "nl"))
