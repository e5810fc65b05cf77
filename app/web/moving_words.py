"""Words for plans that move running procedures."""

from flask_babel import lazy_gettext as _

from app.domain.moving import Change, Changing, Doing, Outcome, PlanState, Terms
from app.web.i18n import gettext, ngettext

TERMS = {
    Terms.KEEP: _("Lopende termijnen houden hun laatste dag."),
    Terms.RECOMPUTE: _(
        "Lopende termijnen met een andere regel worden opnieuw berekend, vanaf hun eigen begin. Wie het aangaat, krijgt bericht."
    ),
}
OUTCOMES = {
    Outcome.UNKNOWN: _("nog niet bekeken"),
    Outcome.READY: _("kan verhuizen"),
    Outcome.STAYS: _("blijft"),
    Outcome.MOVED: _("verhuisd"),
    Outcome.UNDONE: _("verhuisd, teruggezet"),
    Outcome.CHANGED: _("verhuisd, niet teruggezet"),
}
_STANDS = {
    (Doing.TRY, PlanState.RUNNING): _("wordt geprobeerd"),
    (Doing.TRY, PlanState.STOPPED): _("proberen is gestopt"),
    (Doing.TRY, PlanState.DONE): _("geprobeerd, nog niets verhuisd"),
    (Doing.TRY, PlanState.DROPPED): _("weggegooid"),
    (Doing.MOVE, PlanState.RUNNING): _("verhuist nu"),
    (Doing.MOVE, PlanState.STOPPED): _("verhuizen is gestopt"),
    (Doing.MOVE, PlanState.DONE): _("verhuisd"),
    (Doing.UNDO, PlanState.RUNNING): _("wordt teruggezet"),
    (Doing.UNDO, PlanState.STOPPED): _("terugzetten is gestopt"),
    (Doing.UNDO, PlanState.DONE): _("teruggezet"),
}


def stands(doing: Doing, state: PlanState) -> str:
    """How far a plan is: "geprobeerd, nog niets verhuisd"."""
    return str(_STANDS[(doing, state)])


_CHANGES = {
    Changing.TERM_KEPT: _("de termijn houdt zijn laatste dag"),
    Changing.TERM_ADDED: _("er komt een termijn bij"),
    Changing.TERM_DROPPED: _("de termijn vervalt"),
}


def change(one: Change) -> str:
    """What changes for a step, without its name: "de laatste dag komt 14 dagen later"."""
    if one.kind is Changing.FORM:
        return _form(one)
    return _moved(one.days) if one.kind is Changing.TERM_MOVED else str(_CHANGES[one.kind])


def _moved(days: int) -> str:
    if days == 0:
        return gettext("de termijn krijgt een ander moment op dezelfde dag, of een andere waarschuwing")
    if days > 0:
        return ngettext("de laatste dag komt %(num)s dag later", "de laatste dag komt %(num)s dagen later", days)
    return ngettext("de laatste dag komt %(num)s dag eerder", "de laatste dag komt %(num)s dagen eerder", -days)


def _form(one: Change) -> str:
    more = ngettext("%(num)s vraag erbij", "%(num)s vragen erbij", one.more)
    fewer = ngettext("%(num)s vraag minder", "%(num)s vragen minder", one.fewer)
    return ", ".join(words for number, words in ((one.more, more), (one.fewer, fewer)) if number)
