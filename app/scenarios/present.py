"""A case as it stands, whoever may see it: what a scenario compares its expectations with, and tells its timeline from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.demo.play import Player
from app.domain import deadlines
from app.domain.procedure import Procedure
from app.domain.roles import Role
from app.services.sides import linked
from app.services.steps import name_of
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import outbox as outbox_queries
from app.storage.queries import pages as page_queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, Deadline, ProcedureRow, Task

#: In the detail of an event: for whom somebody acted.
BEHALF: Final = "on_behalf_of"


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that waits for a person. `due_at` is the first moment after its term."""

    element_id: str
    role: Role
    due_at: datetime | None
    in_hours: bool


@dataclass(frozen=True, slots=True)
class TermNow:
    """The newest term of a step."""

    id: UUID
    element_id: str
    state: str
    due_at: datetime
    in_hours: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the history, with the names of who acted, of the element, and of the person that it tells of."""

    at: datetime
    who: str | None
    kind: str
    element_id: str | None
    element: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that waits in the outbox for one of the cast."""

    id: UUID
    at: datetime
    notice: str
    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Present:
    """All of it, oldest first."""

    tasks: tuple[OpenTask, ...]
    terms: Mapping[str, TermNow]
    ended: tuple[str, ...]
    running: tuple[str, ...]
    history: tuple[Happened, ...]
    mail: tuple[Mail, ...]


def look(player: Player, number: str) -> Present:
    """The case as it stands now."""
    with player.app.database.read() as tx:
        case = case_queries.case_by_number(tx, number)
        if case is None:
            raise LookupError(number)
        rows = work_queries.procedures_of(tx, case.id)
        drawn = {row.id: player.app.versions.get(tx, row.version_id).procedure for row in rows}
        return Present(
            tasks=tuple(_task(task, drawn[row.id]) for row in rows for task in _open_tasks(tx, row)),
            terms={t.element_id: t for row in rows for t in _terms(tx, row, drawn[row.id])},
            ended=tuple(row.end_element for row in rows if row.end_element is not None),
            running=tuple(row.main for row in rows if row.ended_at is None),
            history=_history(tx, case, drawn),
            mail=_mail(tx, case, player),
        )


def cases_out_of(player: Player, number: str) -> list[str]:
    """The numbers of all cases that were opened out of one, also by way of others, in the order of their opening."""
    with player.app.database.read() as tx:
        case = case_queries.case_by_number(tx, number)
        if case is None:
            raise LookupError(number)
        ours, theirs = linked(tx, case.id)
        found = sorted(
            (tx.get_one(Case, one) for one in (ours | theirs) - {case.id}), key=lambda one: (one.opened_at, one.number)
        )
        return [one.number for one in found]


def _open_tasks(tx: Transaction, row: ProcedureRow) -> list[Task]:
    return [task for task in page_queries.tasks_of(tx, row.id) if task.closed_at is None]


def _task(task: Task, procedure: Procedure) -> OpenTask:
    return OpenTask(task.element_id, Role(task.lane), task.due_at, _in_hours(procedure, task.element_id))


def _terms(tx: Transaction, row: ProcedureRow, procedure: Procedure) -> list[TermNow]:
    """The newest last, so that it is the one that is kept of a step."""
    opened = {task.id: number for number, task in enumerate(page_queries.tasks_of(tx, row.id))}

    def order(term: Deadline) -> int:
        return opened[term.task_id]

    return [
        TermNow(term.id, term.element_id, term.state, term.due_at, _in_hours(procedure, term.element_id))
        for term in sorted(page_queries.terms_of(tx, row.id), key=order)
    ]


def _in_hours(procedure: Procedure, element_id: str) -> bool:
    rule = procedure.element(element_id).term
    return rule is not None and deadlines.in_hours(rule)


def _history(tx: Transaction, case: Case, drawn: Mapping[UUID, Procedure]) -> tuple[Happened, ...]:
    found = page_queries.history_of(tx, case.id)
    details = [json.loads(event.detail) for event, _ in found]
    people = {UUID(hex=detail[key]) for detail in details for key in ("user", BEHALF) if key in detail}
    names = work_queries.names(tx, people)
    lines = []
    for (event, who), detail in zip(found, details, strict=True):
        told = {key: str(value) for key, value in detail.items()}
        told |= {key: names[UUID(hex=told[key])] for key in ("user", BEHALF) if key in told}
        procedure = drawn.get(event.procedure_id) if event.procedure_id else None
        element = name_of(procedure, event.element_id) if procedure else None
        lines.append(Happened(event.at, who, event.kind, event.element_id, element or "", told))
    return tuple(reversed(lines))


def _mail(tx: Transaction, case: Case, player: Player) -> tuple[Mail, ...]:
    parts = {user_id: part for part, user_id in player.places.people.items()}
    found = outbox_queries.of_case(tx, case.id)
    return tuple(Mail(m.id, m.queued_at, m.notice, m.neutral_title, parts[m.user_id]) for m in found)
