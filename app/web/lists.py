"""Lists of tasks by their address: the inbox as it was asked for, an adviser's day. A task knows the list it was opened from."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from app.domain.comfort import AfterTask, TeamWord
from app.services.views.inbox import BUCKETS, SCOPES, SORTS, InboxQuery, ViewLine
from app.web import labels
from app.web.paging import page_number

TEAM_WORDS = {
    TeamWord.PLAIN: "",
    TeamWord.MORNING: _("Begin van de dag"),
    TeamWord.MEETING: _("Voor het overleg"),
    TeamWord.ABSENCE: _("Als iemand weg is"),
    TeamWord.WEEKEND: _("Voor het weekend"),
}
AFTER_TASK = {
    AfterTask.NEXT: _("De volgende taak van de lijst"),
    AfterTask.CASE: _("De zaak van deze taak"),
    AfterTask.INBOX: _("De lijst waar je vandaan kwam"),
}
#: What stands in the address of a task, of all that may stand in that of the inbox.
_KEPT = ("van", "wanneer", "procedure", "school", "zaak", "volgorde")
_ANY = UUID(int=0)
#: The list of an adviser's day.
DAY = {"lijst": "vandaag"}


def query(given: "MultiDict[str, str]") -> InboxQuery:
    """What the address asks for; what makes no sense in it is left out."""
    scope, bucket, sort = given.get("van", "mine"), given.get("wanneer"), given.get("volgorde", "due")
    return InboxQuery(
        scope=scope if scope in SCOPES else "mine",
        bucket=bucket if bucket in BUCKETS else None,
        procedure=given.get("procedure") or None,
        school_id=given.get("school", type=UUID),
        number=(given.get("zaak") or "").strip().upper() or None,
        sort=sort if sort in SORTS else "due",
        page=page_number("pagina", given),
    )


def address(asked: InboxQuery, **change: str | int | None) -> str:
    """The address of the inbox as it is, with something else asked; a new question starts at its first page."""
    return url_for("inbox.show", **{**named(asked), **change})


def named(asked: InboxQuery) -> dict[str, Any]:
    """What is asked, as it stands in an address."""
    values = {"van": asked.scope, "wanneer": asked.bucket, "procedure": asked.procedure, "school": asked.school_id}
    sort = None if asked.sort == "due" else asked.sort
    return {name: value for name, value in {**values, "zaak": asked.number, "volgorde": sort}.items() if value is not None}


def opened_from(given: Mapping[str, str]) -> dict[str, Any]:
    """The list that a task was opened from, as it stands in the task's address; empty when it was no list."""
    if given.get("lijst") == DAY["lijst"]:
        return dict(DAY)
    return {name: given[name] for name in _KEPT if given.get(name)} if "van" in given else {}


def addresses(here: Mapping[str, Any]) -> Callable[[UUID], str]:
    """Gives the addresses of the tasks of this list. Put together once: a page holds fifty."""
    before, _id, after = url_for("task.show", task_id=_ANY, **here).partition(str(_ANY))
    return lambda task_id: f"{before}{task_id}{after}"


def back(given: "MultiDict[str, str]") -> str:
    """The address of the list that a task was opened from."""
    here = opened_from(given)
    return url_for("today.show") if here == DAY else address(query(given)) if here else url_for("inbox.show")


def name_of(view: ViewLine, procedures: Mapping[str, str], schools: Mapping[UUID, str]) -> str:
    """The name of a saved view: what its maker called it, or for a team's what it shows, behind its word."""
    if view.team is None:
        return view.name
    word, shown = str(TEAM_WORDS[TeamWord(view.word)]), described(view.query, procedures, schools)
    return f"{word}: {shown[:1].lower()}{shown[1:]}" if word else shown


def described(asked: InboxQuery, procedures: Mapping[str, str], schools: Mapping[UUID, str]) -> str:
    """What the inbox shows, in words: "Van mijn groep, te laat, Klachtencommissie"."""
    parts = [str(labels.SCOPES[asked.scope])]
    if asked.bucket is not None:
        parts.append(str(labels.BUCKETS[asked.bucket]).lower())
    if asked.procedure is not None:
        parts.append(procedures.get(asked.procedure, asked.procedure))
    if asked.school_id is not None:
        parts.append(schools.get(asked.school_id, ""))
    if asked.number is not None:
        parts.append(str(_("zaak %(number)s", number=asked.number)))
    if asked.sort != "due":
        parts.append(str(labels.SORTS[asked.sort]).lower())
    return ", ".join(part for part in parts if part)


def saved(asked: InboxQuery, views: Iterable[ViewLine]) -> bool:
    """Whether a view shows just this."""
    return named(asked) in [named(view.query) for view in views]
