"""What service tasks do: a fixed list of topics, run in the transaction that reached them, under the acting person's rights."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from app.clock import local_day
from app.domain import deadlines
from app.domain.errors import DomainError, InvalidAnswers
from app.domain.events import EventKind
from app.domain.roles import Role
from app.engine.outcome import Call
from app.services import children, notices, replacement, term_rows
from app.services.children import Apply, Refresh, parent_of
from app.services.handover import HAND_OVER, hand_over
from app.services.replacement import NAME_REPLACEMENT
from app.services.sharing import SHARE, share
from app.services.stepping_aside import LEFT_OUT, STEPPED_ASIDE, leave_out, step_aside
from app.services.work import Work

#: Marks of service tasks behind which a case stands on its adviser's list of notices, and no longer.
LISTED: Final = "listed"
_LISTING: Final = frozenset({LISTED, "unlisted"})

_Does = Callable[[Work, Call, Refresh, Apply], None]

#: What each topic of app/domain/dialect.py does. Those from `share` on need the keys of whoever acts, or sleeping ones.
DOES: Final[Mapping[str, _Does]] = {
    "notify": lambda work, call, _refresh, _apply: _notify(work, call),
    "record": lambda work, call, _refresh, _apply: _record(work, call),
    "extend_term": lambda work, call, refresh, _apply: _extend_term(work, call, refresh),
    "start_procedure": lambda work, call, _refresh, apply: children.start(work, call, apply),
    "send_message": children.send,
    SHARE: lambda work, call, _refresh, _apply: share(work, call),
    HAND_OVER: lambda work, call, _refresh, _apply: hand_over(work, call),
    NAME_REPLACEMENT: lambda work, call, _refresh, _apply: replacement.name(work, call),
    "drop_replacement": lambda work, call, _refresh, _apply: replacement.drop(work, call),
    "take_over": lambda work, call, _refresh, _apply: replacement.take_over(work, call),
}


def run(work: Work, call: Call, refresh: Refresh, apply: Apply) -> None:
    """Execute one call of a diagram. The catalogue refuses diagrams with other topics."""
    if call.topic not in DOES:
        raise DomainError(f"De stap {call.element_id} kan niet worden uitgevoerd: {call.topic} bestaat niet.")
    DOES[call.topic](work, call, refresh, apply)


def _notify(work: Work, call: Call) -> None:
    """Tell the handlers of the lanes in `to`; a timer's message is about the task that the timer guards."""
    element = work.procedure.element(call.element_id)
    about = call.properties.get("about")
    owner = parent_of(work) if about and all(task.element_id != about for task in work.tasks) else work
    task = next((t for t in owner.tasks if t.element_id == about), None) if owner else None
    lanes = [Role(lane.strip()) for lane in call.properties["to"].split(",")]
    notices.tell_lanes(work, lanes, call.properties["notice"], element, task=task)


def _record(work: Work, call: Call) -> None:
    mark = call.properties["mark"]
    work.note(EventKind.PROCEDURE_MARKED, call.element_id, mark=mark)
    lane = work.procedure.element(call.element_id).lane
    if mark == STEPPED_ASIDE and lane is not None:
        step_aside(work, lane)
    elif mark == LEFT_OUT:
        leave_out(work, Role(call.properties["leaves"]))
    elif mark in _LISTING:
        work.case.listed_at = work.now if mark == LISTED else None


def _extend_term(work: Work, call: Call, refresh: Refresh) -> None:
    """Move the term of the running task `term` to the date fact `to`, when those in `told` heard of it before the old date."""
    owner = parent_of(work) or work
    task = next((t for t in owner.tasks if t.element_id == call.properties["term"] and t.id in owner.terms), None)
    values = work.facts.values()
    extended_to = values.get(call.properties["to"])
    if task is None or not isinstance(extended_to, date):
        raise InvalidAnswers({call.properties["to"]: "Deze termijn loopt niet meer. Verlengen kan dus niet."})
    told = {name: _day(values.get(name)) for name in call.properties["told"].split(",")}
    old = deadlines.last_day_of(owner.terms[task.id].due_at)
    deadlines.check_extension(old, extended_to, told, local_day(work.now))
    term_rows.extend(owner, task, extended_to)
    refresh(owner, [task.element_id])


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
