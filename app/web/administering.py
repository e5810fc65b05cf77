"""Words for codes of a board's administration, in the reader's language."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from app.domain.administration import AdminKind
from app.domain.roles import Role
from app.services.gaps import GapKind
from app.services.views.administration import GapLine
from app.web import labels
from app.web.i18n import gettext, ngettext

REGIONS = {"noord": _("Noord"), "midden": _("Midden"), "zuid": _("Zuid")}
KINDS = {"intern": _("intern"), "extern": _("extern")}
MAIL = {
    "waiting": _("De mail wacht op verzending"),
    "sent": _("De mail is verstuurd"),
    "given_up": _("De mail kon niet worden bezorgd"),
    "not_needed": _("De mail is niet meer nodig"),
}
#: What administration did; who, about whom, where and when stand beside it.
DEEDS = {
    AdminKind.BOARD_CHANGED: _("Naam van het bestuur gewijzigd"),
    AdminKind.SCHOOL_ADDED: _("School toegevoegd"),
    AdminKind.SCHOOL_CHANGED: _("School gewijzigd"),
    AdminKind.PERSON_INVITED: _("Uitgenodigd"),
    AdminKind.INVITATION_SENT_AGAIN: _("Uitnodiging opnieuw verstuurd"),
    AdminKind.INVITATION_REVOKED: _("Uitnodiging ingetrokken"),
    AdminKind.INVITATION_ACCEPTED: _("Uitnodiging aangenomen"),
    AdminKind.KIND_SET: _("Intern of extern vastgelegd"),
    AdminKind.NAME_CHANGED: _("Naam gewijzigd"),
    AdminKind.ADDRESS_CHANGED: _("E-mailadres gewijzigd"),
    AdminKind.PERSON_LEFT: _("Vertrokken"),
    AdminKind.PERSON_BACK: _("Teruggehaald"),
    AdminKind.ROLE_PROPOSED: _("Rol voorgesteld"),
    AdminKind.PROPOSAL_CONFIRMED: _("Rol bevestigd"),
    AdminKind.PROPOSAL_REFUSED: _("Voorstel afgewezen"),
    AdminKind.PROPOSAL_WITHDRAWN: _("Voorstel ingetrokken"),
    AdminKind.ROLE_ENDED: _("Rol beëindigd"),
    AdminKind.ROLE_INSTALLED: _("Rol gegeven op de server"),
    AdminKind.PEOPLE_IMPORTED: _("Bestand geïmporteerd"),
    AdminKind.SETTING_SET: _("Instelling vastgelegd"),
    AdminKind.REACHABILITY_CHANGED: _("Bereikbaarheid gewijzigd"),
    AdminKind.MAIL_RETRIED: _("Mail opnieuw geprobeerd"),
}
#: What a line of a file will do.
DOES = {
    "new_school": _("Nieuwe school"),
    "invite": _("Uitnodigen"),
    "propose": _("Rol voorstellen"),
    "invite_and_propose": _("Uitnodigen en rol voorstellen"),
    "nothing": _("Is al zo"),
}
WARNINGS = {
    "last_here": _("Niemand anders heeft hier deze rol. Taken die erbij horen, kan daarna niemand oppakken."),
    "last_keeper": _("Daarna kan niemand dit bestuur nog beheren. Alleen op de server is dat te herstellen."),
    "last_administrator": _("Daarna heeft dit bestuur geen beheerder. De bestuurders houden de mensen en rollen dan zelf bij."),
    "cases": _(
        "Vraag deze persoon om lopende zaken eerst over te dragen. Kan niemand anders een dossier lezen, dan gaat het dicht. "
        "Of er zaken zijn, zie je hier met opzet niet."
    ),
}
_GAPS = {
    GapKind.NO_ADVISER: _("%(where)s heeft geen vertrouwenspersoon."),
    GapKind.NO_LEADER: _("%(where)s heeft geen schoolleiding."),
    GapKind.NO_OFFICER: _("%(where)s heeft geen aandachtsfunctionaris."),
    GapKind.NO_SUBSTITUTE: _("%(where)s: niemand springt in als een bestuurder betrokken is (WPO art. 14 lid 4 onder b)."),
    GapKind.NO_ADMINISTRATOR: _("%(where)s heeft geen beheerder."),
    GapKind.ONE_READER: _("%(where)s: alleen %(who)s is %(role)s. Valt die weg, dan kan niemand de dossiers lezen."),
    GapKind.COMBINED: _("%(who)s is vertrouwenspersoon en ook %(role)s. Dat past niet goed bij elkaar (Handreiking 1.6)."),
    GapKind.FORBIDDEN: _("%(who)s is interne vertrouwenspersoon en ook %(role)s. Dat mag niet samengaan (Handreiking 7.9)."),
    GapKind.UNREACHABLE: _("Van %(who)s is niet bekend hoe je deze vertrouwenspersoon bereikt."),
    GapKind.NO_SECOND_FACTOR: _("%(who)s logt nog in zonder code uit een app."),
}
_HELP = _("Benoem iemand, zodat de vertrouwenspersoon van de zaak die persoon kan kiezen.")
#: Nobody but the complainant brings a case to another adviser.
_HELP_COMPLAINANT = _("Benoem iemand, en laat klagers weten bij wie ze terechtkunnen. Zij kiezen zelf een vertrouwenspersoon.")


def named(codes: Iterable[Role]) -> list[tuple[str, str]]:
    """Roles to choose from: code and words."""
    return [(code.value, labels.role(code)) for code in codes]


def gap(line: GapLine) -> str:
    """What is missing or does not go together, in a sentence."""
    role = labels.role(line.role) if line.role else ""
    if line.kind == GapKind.WAITS_FOR_NOBODY:
        said = ngettext(
            "%(where)s: %(num)s stap voor %(role)s wacht op niemand. De termijn loopt door.",
            "%(where)s: %(num)s stappen voor %(role)s wachten op niemand. De termijnen lopen door.",
            line.number or 0,
            where=line.where,
            role=role,
        )
        return f"{said} {_HELP_COMPLAINANT if line.role is Role.ADVISER else _HELP}"
    return gettext(str(_GAPS[GapKind(line.kind)]), where=line.where, who=line.who or "", role=role)
