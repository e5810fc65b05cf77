"""Words for codes of the domain, in the reader's language."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from app.domain.contacts import ContactKind
from app.domain.facts import Audience
from app.domain.forms import Party
from app.domain.roles import FileKind, Role
from app.domain.telling import Kind, Way

ROLES = {
    Role.ADVISER: _("vertrouwenspersoon"),
    Role.SCHOOL_LEADER: _("schoolleiding"),
    Role.BOARD: _("bevoegd gezag"),
    Role.MELDCODE_OFFICER: _("aandachtsfunctionaris"),
    Role.ACCUSED_SUPPORT: _("begeleider van de aangeklaagde"),
    Role.SUCCESSOR: _("opvolgend vertrouwenspersoon"),
    Role.SUBSTITUTE: _("niet betrokken bestuurder of toezichthouder"),
    Role.PROCESS_OWNER: _("proceseigenaar"),
    Role.ADMINISTRATOR: _("beheerder"),
    Role.PRIVACY_OFFICER: _("functionaris gegevensbescherming"),
}
THE_ROLES = {
    Role.ADVISER: _("de vertrouwenspersoon"),
    Role.SCHOOL_LEADER: _("de schoolleiding"),
    Role.BOARD: _("het bevoegd gezag"),
    Role.MELDCODE_OFFICER: _("de aandachtsfunctionaris"),
    Role.ACCUSED_SUPPORT: _("de begeleider van de aangeklaagde"),
    Role.SUCCESSOR: _("de opvolgend vertrouwenspersoon"),
}
FILES = {
    FileKind.ADVISER: _("Dossier van de vertrouwenspersoon"),
    FileKind.LEADER: _("Dossier van de schoolleiding"),
    FileKind.BOARD: _("Dossier van het bevoegd gezag"),
    FileKind.MELDCODE: _("Dossier van de meldcode"),
}
#: How a file is named in an address.
FILE_SLUGS = {
    FileKind.ADVISER: "vertrouwenspersoon",
    FileKind.LEADER: "schoolleiding",
    FileKind.BOARD: "bevoegd-gezag",
    FileKind.MELDCODE: "meldcode",
}
AUDIENCES = {
    Audience.OWN: _("Alleen voor wie deze stap behandelt"),
    Audience.CASE: _("Alleen voor wie deze zaak behandelt"),
    Audience.STATISTIC: _("Telt mee in het jaarverslag, per zaak ziet niemand dit"),
}
PARTIES = {Party.COMPLAINANT: _("Klager"), Party.ACCUSED: _("Aangeklaagde"), Party.SUPPORT: _("Wie de klager steunt")}
CONTACT_KINDS = {
    ContactKind.QUESTION: _("vraag"),
    ContactKind.SIGNAL: _("signaal"),
    ContactKind.NOTICE: _("melding"),
    ContactKind.COMPLAINT: _("klacht"),
    ContactKind.UNCLEAR: _("nog niet duidelijk"),
}
TERM_KINDS = {"statutory": _("wettelijk"), "target": _("streefdatum"), "appointment": _("afspraak"), "none": ""}
BUCKETS = {"late": _("Te laat"), "today": _("Vandaag"), "week": _("Deze week"), "later": _("Later"), "none": _("Zonder termijn")}
SORTS = {"due": _("Op termijn"), "newest": _("Nieuwste eerst"), "case": _("Op nummer")}
#: What a notice says, by the name of its text.
NOTICES = {
    "case_handed_over": _("Deze zaak is nu van jou"),
    "digest": _("Overzicht"),
    "procedure_changed": _("Er is iets veranderd"),
    "task_opened": _("Er is een taak voor je"),
    "task_passed_on": _("Een collega gaf je een taak"),
    "term_corrected": _("Een termijn is verbeterd"),
    "term_escalated": _("Iemand anders is te laat met een stap"),
    "term_extended": _("Een termijn is verlengd"),
    "term_missed": _("Een termijn is voorbij"),
    "term_soon": _("Een termijn loopt bijna af"),
}
TOLD = {
    Kind.ARRIVED: _("Er is een taak voor je, of een collega geeft je er een"),
    Kind.SOON: _("Een termijn loopt bijna af"),
    Kind.MISSED: _("Een termijn is voorbij"),
    Kind.ESCALATED: _("Iemand anders is te laat"),
    Kind.REST: _("Al het andere, zoals een termijn die langer wordt"),
}
WAYS = {Way.NOW: _("Meteen een mail"), Way.DIGEST: _("In het overzicht"), Way.BELL: _("Geen mail, alleen hier")}
#: Why a mail did not leave, by the kind of failure; everything else means that there is no way to the server.
FAILURES = {
    "address": _("Het e-mailadres kan niet bestaan."),
    "SMTPRecipientsRefused": _("De mailserver weigert dit adres."),
    "SMTPDataError": _("De mailserver weigert deze mail."),
    "SMTPAuthenticationError": _("De mailserver weigert onze naam of ons wachtwoord."),
    "SMTPNotSupportedError": _("De mailserver versleutelt niet."),
    "SSLCertVerificationError": _("Het certificaat van de mailserver klopt niet."),
    "SMTPSenderRefused": _("De mailserver weigert ons als afzender."),
}
SCOPES = {"mine": _("Van mij"), "group": _("Van mijn groep"), "all": _("Alles")}


def notice(name: str) -> str:
    """What a notice says: "Er is een taak voor je"."""
    return str(NOTICES[name])


def failure(error: str) -> str:
    """Why a mail did not leave, in a sentence; `error` is the kind of failure and perhaps the server's code."""
    kind = error.partition(" ")[0]
    return str(FAILURES.get(kind, _("De mailserver is niet te bereiken.")))


def role(code: Role) -> str:
    """The role in words: "bevoegd gezag"."""
    return str(ROLES[code])


def role_list(codes: Iterable[Role]) -> str:
    """Roles in a row: "vertrouwenspersoon, bevoegd gezag"."""
    return ", ".join(role(code) for code in codes)


def the_role(code: Role) -> str:
    """The role of a lane with its article, for in a sentence: "het bevoegd gezag"."""
    return str(THE_ROLES[code])


def file_named(slug: str) -> FileKind | None:
    """The file that an address names, None when it names none."""
    return next((kind for kind, text in FILE_SLUGS.items() if text == slug), None)
