"""The history of a case in sentences."""

from datetime import date

from app.domain.events import EVENT_TEXT, EventKind
from app.domain.roles import FileKind, Role
from app.services.views.case import HistoryLine
from app.web import labels, words
from app.web.i18n import gettext as _


def sentence(line: HistoryLine) -> str:
    """What happened, in words that name the step, the role, the file, the person or the day it was about."""
    detail = line.detail
    lane, file, user = (detail.get(name) for name in ("lane", "file", "user"))
    return _(
        EVENT_TEXT[EventKind(line.kind)],
        element=line.step or _("onbekende stap"),
        lane=labels.role(Role(lane)) if isinstance(lane, str) else "",
        file=str(labels.FILES[FileKind(file)]).lower() if isinstance(file, str) else "",
        user=user or _("iemand anders"),
        taken=detail.get("taken", ""),
        left=detail.get("left", ""),
        version=detail.get("version", ""),
        first_day=_day(detail.get("first_day")),
        last_day=_day(detail.get("last_day")),
    )


def _day(stored: str | int | None) -> str:
    return words.day_year(date.fromisoformat(stored)) if isinstance(stored, str) else ""
