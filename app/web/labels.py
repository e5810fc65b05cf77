"""Words for codes of the domain, in the reader's language."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from app.domain.contacts import ContactKind
from app.domain.facts import Audience
from app.domain.forms import Party
from app.domain.roles import FileKind, Role

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
BUCKETS = {
    "late": _("Te laat"),
    "today": _("Vandaag"),
    "week": _("Komende week"),
    "later": _("Later"),
    "none": _("Zonder termijn"),
}
SORTS = {"due": _("Op termijn"), "newest": _("Nieuwste eerst"), "case": _("Op nummer")}
SCOPES = {"mine": _("Van mij"), "group": _("Van mijn groep"), "all": _("Alles"), "put_off": _("Uitgesteld")}


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
