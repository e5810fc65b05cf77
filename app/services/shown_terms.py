"""Terms and due moments as pages show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from app.clock import local_day
from app.domain import deadlines
from app.domain.deadlines import Urgency
from app.domain.facts import Facts
from app.domain.policy import Permission, may
from app.domain.procedure import Element, TermRule
from app.domain.roles import Role
from app.domain.term_bar import bar
from app.services.views.inbox import Due
from app.services.views.task import TargetView, TermView
from app.storage.tables import Deadline, DeadlineChange

Tone = Literal["late", "today", "soon", "calm"]
_TONES: dict[Urgency, Tone] = {Urgency.LATE: "late", Urgency.TODAY: "today", Urgency.SOON: "soon"}

_DONE = ("met", "missed")


def due_view(now: datetime, due_at: datetime, warn_at: datetime | None, rule: TermRule | None) -> Due:
    """When something is due, for words and icon."""
    last = deadlines.last_day_of(due_at)
    tone = _TONES.get(deadlines.urgency(now, due_at, warn_at), "calm")
    at = due_at if rule is not None and deadlines.in_hours(rule) else None
    return Due(tone, last, deadlines.days_left(local_day(now), last), at)


def may_correct(element: Element, facts: Facts, lanes: Iterable[Role]) -> bool:
    """Whether the start of a term was entered in a lane of this person: he corrects his own date, not another's."""
    entered = facts.log.get(element.term.starts_from or "") if element.term else None
    return bool(entered) and may(lanes, Permission.TERM_CORRECT, entered[-1].lane if entered else None)


def term_view(
    now: datetime,
    row: Deadline,
    element: Element,
    changes: list[DeadlineChange],
    *,
    may_correct: bool,
    target: TargetView | None = None,
) -> TermView:
    """A term with its bar. One that was met or missed, and is done now, stands on the day on which it was done."""
    last, start = deadlines.last_day_of(row.due_at), local_day(row.starts_at)
    extended_from = None if row.first_due_at is None else deadlines.last_day_of(row.first_due_at)
    settled = local_day(row.settled_at) if row.settled_at is not None and row.state in _DONE else None
    return TermView(
        deadline_id=row.id,
        title=element.name,
        statutory=row.statutory,
        basis=element.legal_basis,
        state=row.state,
        due=due_view(now, row.due_at, row.warn_at, element.term),
        start_day=start,
        bar=bar(
            # What is to be done on a day that somebody names may be done before it.
            start if settled is None else min(start, settled),
            last,
            local_day(now),
            warn=None if row.warn_at is None else local_day(row.warn_at),
            extended_from=extended_from,
            met_on=settled,
        ),
        extended_from=extended_from,
        settled_on=settled,
        may_correct=may_correct,
        changes=tuple(
            (c.at, c.kind, deadlines.last_day_of(c.old_due), deadlines.last_day_of(c.new_due))
            for c in changes
            if c.deadline_id == row.id
        ),
        target=target,
    )
