"""Several tasks in one go: each is a transaction of its own, and of each is told what happened, or why nothing did."""

from collections.abc import Callable, Sequence
from uuid import UUID

from app.clock import local_day
from app.domain.comfort import MOST_AT_ONCE
from app.domain.errors import AlreadyDone, DomainError, InvalidAnswers, NotFound
from app.services import inbox
from app.services.context import Actor, App
from app.services.views.comfort import Chosen, Handled
from app.storage.queries import comfort as queries

_NONE = "Vink eerst een of meer taken aan."
_TOO_MANY = f"Kies hoogstens {MOST_AT_ONCE} taken tegelijk."


def chosen(app: App, actor: Actor, task_ids: Sequence[UUID]) -> Chosen:
    """What was ticked, as far as this person sees it, and to whom it could go. Raises InvalidAnswers."""
    wanted = _each_once(task_ids)
    with app.database.read() as tx:
        rows = inbox.rows_of(app, tx, actor, wanted)
        colleagues = queries.fellow_handlers(tx, actor.user_id, list(rows))
    ends = {row.task_id: row.due.last_day for row in rows.values() if row.kind == "statutory" and row.due is not None}
    urgent = frozenset(task_id for task_id, day in ends.items() if day <= local_day(app.clock()))
    last = min((day for task_id, day in ends.items() if task_id not in urgent), default=None)
    return Chosen(tuple(rows[one] for one in wanted if one in rows), tuple(colleagues), last, urgent)


def handle(app: App, actor: Actor, task_ids: Sequence[UUID], act: Callable[[UUID], object]) -> tuple[Handled, ...]:
    """Do the same with each of these tasks, in the order given; what one is refused for stops no other. Raises InvalidAnswers."""
    wanted = _each_once(task_ids)
    with app.database.read() as tx:
        rows = inbox.rows_of(app, tx, actor, wanted)
    return tuple(Handled(rows.get(one), _refusal(act, one)) for one in wanted)


def _refusal(act: Callable[[UUID], object], task_id: UUID) -> str | None:
    try:
        act(task_id)
    except AlreadyDone as error:
        return f"Deze taak is al afgerond door {error.by}." if error.by else "Deze taak is al afgerond of vervallen."
    except NotFound:
        return "Deze taak is er niet meer, of is niet voor jou."
    except InvalidAnswers as error:
        return " ".join(error.fields.values())
    except DomainError as error:
        return error.text
    return None


def _each_once(task_ids: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(task_ids))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise InvalidAnswers({"tasks": _TOO_MANY if wanted else _NONE})
    return wanted
