"""Cases of all kinds, written straight into the tables of an installation with its cast: who handles them, how far they are."""

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from app.demo.play import Player
from app.domain.procedure import ElementKind, Procedure
from app.domain.roles import Role
from app.services.views.figures import Counted
from app.storage.database import Transaction
from app.storage.queries.work import tick
from app.storage.tables import Case, CaseHandler, Contact, Deadline, ProcedureRow, ProcedureVersion, School, Task

#: Whom of the cast one might tick for a lane.
MIGHT = {
    Role.BOARD: ("marijke", "kemal", "wim", "els"),
    Role.SCHOOL_LEADER: ("joost",),
    Role.MELDCODE_OFFICER: ("amira",),
    Role.ADVISER: ("sanne", "ruben", "farida"),
}


def numbers(view: object) -> Iterator[Counted]:
    """All numbers in a view, wherever they stand."""
    if isinstance(view, Counted):
        yield view
    elif is_dataclass(view):
        for one in fields(view):
            yield from numbers(getattr(view, one.name))
    elif isinstance(view, tuple):
        for part in view:
            yield from numbers(part)


class Crowd:
    """Adds cases at random, always the same for a seed; moments lie up to fourteen months before the clock's."""

    def __init__(self, player: Player, seed: int) -> None:
        self.player, self.random, self.now = player, random.Random(seed), player.clock.at  # noqa: S311 - no secret
        self.placed = 10_000 * seed

    def add(self, number: int) -> None:
        """Add so many cases, with contacts at their schools."""
        with self.player.app.database.write() as tx:
            versions = self.player.app.versions.published(tx)
            schools = list(tx.scalars(select(School).order_by(School.name)))
            for _ in range(number):
                school = self.random.choice(schools)
                case = self.case(tx, school)
                for key in self.random.sample(("measures", "committee", "meldcode", "complaint_route", "follow_up"), k=2):
                    self.procedure(tx, case, tx.get_one(ProcedureVersion, versions[key].id), versions[key].procedure)
                who = self.player.places.people[self.random.choice(MIGHT[Role.ADVISER])]
                contact = Contact(user_id=who, school_id=school.id, on=self.past().date(), minutes=5, kind="vraag")
                tx.add(contact)

    def case(self, tx: Transaction, school: School) -> Case:
        self.placed += 1
        made = Case(number=f"T{self.placed:06}", school_id=school.id, board_id=school.board_id, opened_at=self.past())
        tx.add(made)
        tx.flush()
        return made

    def procedure(self, tx: Transaction, case: Case, version: ProcedureVersion, drawn: Procedure) -> ProcedureRow:
        """A procedure with its handlers, some of whom left, and steps with and without terms."""
        flip = self.flip
        row = ProcedureRow(case_id=case.id, version_id=version.id, main=version.key, started_at=case.opened_at)
        row.state = row.facts = row.passed = ""
        duty = version.key != "follow_up"
        board, leader = duty and flip(), duty and flip()
        row.watch_board, row.watch_leader = board and not case.board_ticked, leader and not case.leader_ticked
        row.school_id = case.school_id
        row.counted = flip() if version.key == "complaint_route" else None
        if flip(0.3):
            row.ended_at, row.end_element = self.after(row.started_at), "end"
        row.stepped_at = self.after(row.started_at)
        row.next_wake_at = self.now + timedelta(days=300) if flip(0.3) else None
        tx.add(row)
        tx.flush()
        elements = [e for level in drawn.processes.values() for e in level.elements.values() if e.kind is ElementKind.USER_TASK]
        for element in self.random.sample(elements, k=min(4, len(elements))):
            self.task(tx, row, element.id, element.lane or Role.BOARD)
        for lane in (lane for lane in MIGHT if flip(0.15) and (duty or lane is Role.ADVISER)):
            for part in self.random.sample(MIGHT[lane], k=1):
                self.handler(tx, row, lane, self.player.places.people[part])
        return row

    def handler(self, tx: Transaction, row: ProcedureRow, lane: Role, user_id: UUID) -> None:
        left = self.now if self.flip(0.2) else None
        made = CaseHandler(case_id=row.case_id, procedure_id=row.id, lane=lane.value, user_id=user_id, since=row.started_at)
        made.until = left
        tick(tx, tx.get_one(Case, row.case_id), made)

    def task(self, tx: Transaction, row: ProcedureRow, element_id: str, lane: Role) -> None:
        opened = self.after(row.started_at)
        closed = None if self.flip() else self.after(opened)
        made = Task(case_id=row.case_id, procedure_id=row.id, engine_id=uuid4().hex, element_id=element_id, lane=lane.value)
        made.school_id, made.opened_at, made.version_id = row.school_id or uuid4(), opened, row.version_id
        made.watch_board, made.watch_leader, made.follow_up = row.watch_board, row.watch_leader, self.flip(0.3)
        if closed is not None:
            made.closed_at, made.outcome = closed, "done" if self.flip(0.8) else "cancelled"
            made.closed_by = self.player.places.people["sanne"]
        tx.add(made)
        tx.flush()
        if self.flip(0.7):
            tx.add(self.term(made))

    def term(self, task: Task) -> Deadline:
        due = task.opened_at + timedelta(days=self.random.randint(1, 60))
        made = Deadline(case_id=task.case_id, procedure_id=task.procedure_id, task_id=task.id, element_id=task.element_id)
        made.school_id, made.lane, made.version_id = task.school_id, task.lane, task.version_id
        made.watch_board, made.watch_leader, made.statutory = task.watch_board, task.watch_leader, self.flip()
        made.starts_at, made.due_at, made.settled_at = task.opened_at, due, task.closed_at
        made.first_due_at = due - timedelta(days=1) if self.flip(0.2) else None
        made.escalated_at = due if self.flip(0.2) else None
        ended = "dropped" if task.outcome == "cancelled" else "met" if (task.closed_at or self.now) < due else "missed"
        made.state = "running" if task.closed_at is None and (due > self.now or self.flip()) else ended
        if made.state == "met" and task.closed_at is None:
            made.state = "running"
        return made

    def flip(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def past(self) -> datetime:
        return self.now - timedelta(minutes=self.random.randint(1, 14 * 30 * 24 * 60))

    def after(self, moment: datetime) -> datetime:
        return moment + (self.now - moment) * self.random.random()
