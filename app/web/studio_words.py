"""Words of the studio for what a drawing consists of, and for what is different in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _

from app.domain.differing import Detail, Mark, PartChange, ReaderChange
from app.domain.facts import FactType
from app.domain.procedure import ElementKind, TermRule
from app.domain.roles import Role
from app.services.studio.comparing import DRAFT
from app.web import labels
from app.web.i18n import gettext, ngettext
from app.web.setting_words import period
from app.web.words import capital

KINDS = {
    ElementKind.START: _("begin"),
    ElementKind.MESSAGE_START: _("begin met een bericht"),
    ElementKind.USER_TASK: _("taak"),
    ElementKind.SERVICE_TASK: _("stap die vanzelf gaat"),
    ElementKind.CALL: _("fase"),
    ElementKind.EXCLUSIVE: _("keuze"),
    ElementKind.PARALLEL: _("tegelijk"),
    ElementKind.TIMER_CATCH: _("wachten op een dag"),
    ElementKind.MESSAGE_CATCH: _("wachten op een bericht"),
    ElementKind.TIMER_BOUNDARY: _("termijn aan een taak"),
    ElementKind.MESSAGE_BOUNDARY: _("bericht dat afbreekt"),
    ElementKind.END: _("einde"),
    ElementKind.TERMINATE_END: _("einde van alles"),
}
MARKS = {
    Mark.ADDED: _("nieuw"),
    Mark.REMOVED: _("weg"),
    Mark.CHANGED: _("anders"),
    Mark.MOVED: _("verplaatst"),
}
CALENDARS = {
    "atw": _("Algemene termijnenwet"),
    "workdays": _("werkdagen"),
    "schooldays": _("schooldagen"),
    "officehours": _("kantooruren"),
    "calendar": _("alle dagen"),
}
_WHAT = {
    "name": _("naam"),
    "kind": _("soort"),
    "lane": _("wie dit doet"),
    "documentation": _("uitleg bij de taak"),
    "form_id": _("formulier"),
    "topic": _("wat er vanzelf gebeurt"),
    "called": _("fase die hier loopt"),
    "message": _("bericht"),
    "timer": _("moment"),
    "attached_to": _("zit vast aan"),
    "interrupting": _("breekt af"),
    "source": _("komt van"),
    "target": _("gaat naar"),
    "condition": _("voorwaarde"),
    "default": _("standaardweg"),
    "legalBasis": _("bron"),
    "checklist": _("regels van de checklist"),
    "neutralTitle": _("woorden in mail en agenda"),
    "help": _("hulp"),
    "to": _("wie het hoort"),
    "inputs": _("gegevens die meekomen"),
    "outputs": _("gegevens die teruggaan"),
    "anytime": _("wat er altijd naast kan"),
    "label": _("vraag"),
    "description": _("uitleg bij de vraag"),
    "type": _("soort antwoord"),
    "required": _("verplicht"),
    "required_when": _("verplicht als"),
    "shown_when": _("gevraagd als"),
    "options": _("antwoorden"),
    "audience": _("wie het ziet"),
    "file": _("dossier"),
    "section": _("onder het kopje"),
    "when": _("welke dagen mogen"),
    "minimum": _("minstens"),
    "maximum": _("hoogstens"),
    "max_length": _("hoogstens zoveel tekens"),
    "party": _("wie dit noemt"),
    "watchBoard": _("het bestuur ziet of dit wordt nageleefd"),
    "watchLeader": _("de schoolleiding ziet of dit wordt nageleefd"),
}
_VALUES: Mapping[str, Mapping[Any, object]] = {
    "lane": labels.ROLES,
    "kind": KINDS,
    "type": {FactType.ENUM: _("keuze"), FactType.DATE: _("dag"), FactType.MOMENT: _("dag en tijd"), FactType.NUMBER: _("getal")},
    "audience": labels.AUDIENCES,
    "file": labels.FILES,
    "party": labels.PARTIES,
}
#: What names another element.
_ELEMENTS = frozenset({"source", "target", "attached_to", "default"})


def side(name: str) -> str:
    """One side of a comparison: "versie 3", or the draft."""
    return gettext("het concept") if name == DRAFT else gettext("versie %(number)s", number=name)


def part(change: PartChange) -> str:
    """What kind of thing changed: "taak", "pijl"."""
    if change.kind is not None:
        return str(KINDS[change.kind])
    return gettext("fase") if change.element_id == change.process_id else gettext("pijl")


def what(detail: Detail) -> str:
    """The attribute in words; as it is called in the file where there is no other word."""
    return str(_WHAT.get(detail.what, detail.what))


def value(detail: Detail, text: str, names: Mapping[str, str]) -> str:
    """One value in words; another element by its name."""
    if not text:
        return gettext("niets") if detail.what != "type" else gettext("afgesloten tekst")
    if detail.what in _ELEMENTS:
        return names.get(text, text)
    return str(_VALUES.get(detail.what, {}).get(text, text))


def readers(changes: Sequence[ReaderChange]) -> list[str]:
    """Who can read the answers to more questions, and to fewer, in a sentence for each role."""
    more = Counter(role for change in changes for role in change.gained)
    fewer = Counter(role for change in changes for role in change.lost)
    return [capital(text) for text in (*map(_reads_more, more, more.values()), *map(_reads_less, fewer, fewer.values()))]


def _reads_more(role: Role, num: int) -> str:
    return ngettext(
        "%(role)s leest nu ook het antwoord op %(num)s vraag.",
        "%(role)s leest nu ook het antwoord op %(num)s vragen.",
        num,
        role=labels.the_role(role),
    )


def _reads_less(role: Role, num: int) -> str:
    return ngettext(
        "%(role)s leest het antwoord op %(num)s vraag niet meer.",
        "%(role)s leest het antwoord op %(num)s vragen niet meer.",
        num,
        role=labels.the_role(role),
    )


def _asked(fact: str, questions: Mapping[str, str]) -> str:
    return f"‘{questions[fact]}’" if fact in questions else fact


def term(rule: TermRule | None, questions: Mapping[str, str]) -> list[str]:
    """A term in lines: how long, in which calendar, from when, warned when, told to whom; `questions` are questions by key."""
    if rule is None:
        return [gettext("geen termijn")]
    lines = [
        f"{period(rule.period, rule.calendar)} ({CALENDARS[rule.calendar]})",
        gettext("wettelijk") if rule.statutory else gettext("streeftermijn"),
    ]
    if rule.starts_from:
        lines.append(gettext("telt vanaf %(fact)s", fact=_asked(rule.starts_from, questions)))
    if rule.warn:
        lines.append(gettext("waarschuwt %(long)s ervoor", long=_warn(rule.warn)))
    if rule.escalate:
        lines.append(gettext("daarna hoort %(role)s het ook", role=labels.the_role(rule.escalate)))
    if rule.extendable:
        lines.append(gettext("kan worden verlengd"))
    if rule.committee:
        lines.append(
            gettext(
                "of zo lang als de commissie volgens het bestuur nodig heeft: %(fact)s", fact=_asked(rule.committee, questions)
            )
        )
    if rule.met_by:
        lines.append(gettext("gehaald volgens %(facts)s", facts=", ".join(_asked(one, questions) for one in rule.met_by)))
    return lines


def _warn(text: str) -> str:
    if text.startswith("PT") and text.endswith("M"):
        return gettext("%(num)s minuten", num=text[2:-1])
    return period(text, "calendar")
