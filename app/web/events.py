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
    lane, file, user, last_day = (detail.get(name) for name in ("lane", "file", "user", "last_day"))
    return _(
        EVENT_TEXT[EventKind(line.kind)],
        element=line.step or _("onbekende stap"),
        lane=labels.role(Role(lane)) if isinstance(lane, str) else "",
        file=str(labels.FILES[FileKind(file)]).lower() if isinstance(file, str) else "",
        user=user or _("iemand anders"),
        taken=detail.get("taken", ""),
        left=detail.get("left", ""),
        last_day=words.day_year(date.fromisoformat(last_day)) if isinstance(last_day, str) else "",
    )
