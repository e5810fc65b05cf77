"""What somebody may count: what he handles, or what cannot concern him by what is known; and what lies in bands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from app.domain.compliance import Figure
from app.domain.roles import Role
from app.storage.database import Database, Transaction
from app.storage.queries.adviser_work import AdviserSums, adviser_work
from app.storage.queries.compliance_lines import lines
from app.storage.queries.figures import Question
from app.storage.queries.watching import DUTIES, Sight, counts_whole, watched_schools
from app.storage.queries.work import let_watch
from app.storage.tables import CaseHandler, Contact, Membership, ProcedureRow, Task, User
from tests.storage import rows
from tests.storage.rows import NOW, Place


@dataclass
class Watch:
    """A board member, and a step of the head in a procedure that the board may watch."""

    me: User
    colleague: User
    where: Place
    procedure: ProcedureRow

    @classmethod
    def make(cls, tx: Transaction, role: Role = Role.BOARD) -> "Watch":
        where, me, colleague = rows.place(tx), rows.person(tx), rows.person(tx)
        for one in (me, colleague):
            rows.member(tx, one, role, where, at_school=role is Role.SCHOOL_LEADER)
        procedure = rows.procedure(tx, rows.case(tx, where), rows.version(tx))
        procedure.watch_board = procedure.watch_leader = True
        rows.task(tx, procedure, Role.SCHOOL_LEADER, where)
        return cls(me, colleague, where, procedure)

    def seen(self, tx: Transaction) -> int:
        schools = watched_schools(tx, self.me.id, NOW)
        return lines(tx, Question(Sight(self.me.id, schools), NOW), Figure.WAITING, None)[0]

    def beside(self, tx: Transaction) -> ProcedureRow:
        case = rows.procedure(tx, rows.case(tx, self.where), rows.version(tx))
        case.case_id = self.procedure.case_id
        return case


def left(handler: CaseHandler) -> None:
    handler.until = NOW


@pytest.mark.parametrize("role", [Role.BOARD, Role.SUBSTITUTE, Role.SCHOOL_LEADER])
def test_a_board_and_a_head_watch_what_does_not_concern_them(database: Database, role: Role) -> None:
    with database.write() as tx:
        assert Watch.make(tx, role).seen(tx) == 1


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.MELDCODE_OFFICER, Role.ADMINISTRATOR, Role.PROCESS_OWNER, Role.PRIVACY_OFFICER]
)
def test_nobody_else_has_a_school_to_look_at(database: Database, role: Role) -> None:
    with database.write() as tx:
        watch = Watch.make(tx, role)
        assert watched_schools(tx, watch.me.id, NOW) == ()
        assert watch.seen(tx) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tx, w: rows.handler(tx, w.colleague, w.procedure, Role.BOARD),
        lambda tx, w: left(rows.handler(tx, w.colleague, w.procedure, Role.BOARD)),
        lambda tx, w: rows.handler(tx, w.colleague, w.beside(tx), Role.BOARD),
        lambda tx, w: left(rows.handler(tx, w.me, w.procedure, Role.BOARD)),
        lambda tx, w: rows.handler(tx, w.me, w.beside(tx), Role.ADVISER),
        lambda tx, w: left(rows.handler(tx, w.me, w.beside(tx), Role.ADVISER)),
        lambda tx, w: rows.handler(tx, w.me, w.beside(tx), Role.ACCUSED_SUPPORT),
        lambda tx, w: rows.handler(tx, w.me, w.beside(tx), Role.BOARD),
    ],
)
def test_whoever_was_left_out_stepped_aside_or_is_on_a_side_watches_nothing(
    database: Database, spoil: Callable[[Transaction, Watch], object]
) -> None:
    with database.write() as tx:
        watch = Watch.make(tx)
        spoil(tx, watch)
        tx.flush()
        assert watch.seen(tx) == 0


def test_a_head_who_was_ticked_hides_nothing_from_the_board(database: Database) -> None:
    with database.write() as tx:
        watch = Watch.make(tx)
        rows.handler(tx, rows.person(tx), watch.procedure, Role.SCHOOL_LEADER)
        assert watch.seen(tx) == 1


def test_what_one_handles_counts_whatever_the_facts_say(database: Database) -> None:
    with database.write() as tx:
        watch = Watch.make(tx)
        other = watch.beside(tx)
        rows.handler(tx, watch.me, other, Role.BOARD)
        rows.handler(tx, watch.colleague, other, Role.BOARD)
        rows.task(tx, other, Role.BOARD, watch.where)
        rows.task(tx, other, Role.ADVISER, watch.where)
        assert watch.seen(tx) == 1
        gone = rows.handler(tx, watch.me, watch.procedure, Role.BOARD)
        left(gone)
        tx.flush()
        assert watch.seen(tx) == 1  # he handles the lane of the case all the same
        rows.handler(tx, watch.me, watch.beside(tx), Role.MELDCODE_OFFICER).until = NOW
        tx.flush()
        assert watch.seen(tx) == 0


Said = dict[ProcedureRow, dict[Role, bool]]


def counts_by_the_rule(tx: Transaction, me: User, held: tuple[Role, ...], row: ProcedureRow, free: dict[Role, bool]) -> bool:
    """Whether a procedure counts for somebody, read from everybody who was ever ticked and from what the facts say."""
    here = list(tx.scalars(select(CaseHandler).where(CaseHandler.case_id == row.case_id)))
    mine = [one for one in here if one.user_id == me.id]
    handles = any(one.procedure_id == row.id and one.lane in held for one in mine)
    watches = any(free.get(role, False) for role in held) and not any(one.lane in held for one in here)
    return handles or (watches and all(one.lane != Role.ADVISER for one in mine))


def case_at_random(tx: Transaction, chance: Random, where: Place, people: tuple[User, User]) -> Said:
    """Two procedures beside each other: facts are said and people are ticked in any order; gives what was said last."""
    said: Said = {}
    case, version, known = rows.case(tx, where), rows.version(tx), set()
    both = [rows.procedure(tx, case, version) for _ in range(2)]
    for _ in range(chance.randint(2, 6)):
        row, lane, user = chance.choice(both), chance.choice((*DUTIES, Role.ADVISER)), chance.choice(people)
        if chance.random() < 0.7:
            free = said[row] = {role: chance.random() < 0.8 for role in (Role.BOARD, Role.SCHOOL_LEADER)}
            let_watch(tx, case, row, board=free[Role.BOARD], leader=free[Role.SCHOOL_LEADER])
            rows.term(tx, rows.task(tx, row, Role.MELDCODE_OFFICER, where), NOW + timedelta(days=1))
        elif (row, lane, user) not in known:
            known.add((row, lane, user))
            rows.handler(tx, user, row, lane).until = NOW if user is people[1] and chance.random() < 0.5 else None
    return said


@pytest.mark.parametrize(
    "held",
    [
        (Role.BOARD,),
        (Role.SCHOOL_LEADER,),
        (Role.BOARD, Role.SCHOOL_LEADER),
        (Role.BOARD, Role.MELDCODE_OFFICER),
        (Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER),
    ],
)
def test_what_stands_in_the_rows_is_the_rule_whatever_came_first(database: Database, held: tuple[Role, ...]) -> None:
    chance, said = Random(7), Said()  # noqa: S311 - no secret
    with database.write() as tx:
        where, me, other = rows.place(tx), rows.person(tx), rows.person(tx)
        for role in held:
            rows.member(tx, me, role, where)
        for _ in range(25):
            said |= case_at_random(tx, chance, where, (me, other))
        tx.flush()
        counting = {row.id for row, free in said.items() if counts_by_the_rule(tx, me, held, row, free)}
        due = tx.scalar(select(func.count()).where(Task.procedure_id.in_(counting)))
        asked = Question(Sight(me.id, watched_schools(tx, me.id, NOW)), NOW)
        assert 0 < len(counting) < len(said)
        assert lines(tx, asked, Figure.WAITING, None)[0] == lines(tx, asked, Figure.RUNNING, None)[0] == due
        whole = select(func.count()).where(ProcedureRow.id.in_([row.id for row in said]), counts_whole(asked.sight))
        assert tx.scalar(whole) == len(counting)


def test_a_role_that_ended_ends_it_all(database: Database) -> None:
    with database.write() as tx:
        watch = Watch.make(tx)
        tx.scalars(select(Membership).where(Membership.user_id == watch.me.id)).one().until = NOW
        tx.flush()
        assert watch.seen(tx) == 0


def guided(tx: Transaction, watch: Watch, counted: bool | None, begun: datetime) -> ProcedureRow:
    """Adviser's work, in which an agreement is asked after."""
    made = rows.procedure(tx, rows.case(tx, watch.where), rows.version(tx))
    made.counted, made.started_at = counted, begun
    check = rows.task(tx, made, Role.ADVISER, watch.where)
    check.follow_up, check.opened_at = True, begun
    return made


def test_bands_count_whole_months_and_no_case_that_may_concern_somebody(database: Database) -> None:
    with database.write() as tx:
        watch = Watch.make(tx)
        before = NOW - timedelta(days=40)
        first, *_ = [guided(tx, watch, counted, before) for counted in (True, True, False, None)]
        late = rows.procedure(tx, rows.case(tx, watch.where), rows.version(tx))
        late.counted = True  # begun in the month that is not over
        for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 7, 31)):
            tx.add(Contact(user_id=watch.colleague.id, school_id=watch.where.school_id, on=day, kind="vraag", minutes=5))
        tx.flush()
        months = (date(2026, 8, 1), date(2026, 11, 1))
        school = watch.where.school_id
        assert adviser_work(tx, watch.me.id, [school], months) == {school: AdviserSums(open_cases=2, contacts=1, agreed=2)}
        rows.handler(tx, watch.me, first, Role.BOARD).until = NOW
        tx.flush()
        assert adviser_work(tx, watch.me.id, [school], months)[school] == AdviserSums(open_cases=1, contacts=1, agreed=1)
