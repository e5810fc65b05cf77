"""The inbox shows what this person may do now, the most urgent first, at the same price however much waits for others."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.roles import Role
from app.storage.database import Database, Transaction
from app.storage.queries import comfort
from app.storage.queries.cases import cases_of
from app.storage.queries.inbox import Bucket, BucketCounts, Filters, InboxLine, Scope, Sort, counts, inbox, position
from app.storage.tables import ProcedureVersion, PutOff, Task
from tests.storage import rows
from tests.storage.crowd import Desk, desk, fill
from tests.storage.plans import explained, whole_tables
from tests.storage.rows import NOW

#: NOW is a Friday: its last moment is Saturday 00.00 in Amsterdam, and that of the week ahead a week later.
TODAY = datetime(2026, 11, 27, 23, tzinfo=UTC)
WEEK = datetime(2026, 12, 4, 23, tzinfo=UTC)


def seen(
    tx: Transaction, who: Desk, scope: Scope = "all", filters: Filters | None = None, page: tuple[int, int] = (50, 0)
) -> list[InboxLine]:
    return inbox(tx, who.me.id, scope=scope, filters=filters or Filters(), now=NOW, page=page)


def test_a_line_says_all_that_the_list_shows(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        task = who.task(tx, TODAY, who.me)
        rows.term(tx, task, TODAY)
        [line] = seen(tx, who)
        assert (line.task_id, line.procedure_id, line.version_id) == (task.id, who.procedure.id, who.procedure.version_id)
        assert (line.assignee_id, line.assignee, line.statutory) == (who.me.id, "M. de Vries", True)
        assert (line.due_at, line.opened_at, line.lane) == (TODAY, NOW, "board")


@pytest.mark.parametrize("role", [Role.BOARD, Role.SUBSTITUTE])
def test_a_handler_sees_his_task_and_a_substitute_stands_in(database: Database, role: Role) -> None:
    with database.write() as tx:
        who = desk(tx, role)
        task = who.task(tx)
        assert [line.task_id for line in seen(tx, who)] == [task.id]
        assert [case.id for case in cases_of(tx, who.me.id, now=NOW, limit=9)] == [who.procedure.case_id]


@pytest.mark.parametrize("change", ["stopped handling", "role ended", "role of another lane", "role elsewhere", "task closed"])
def test_who_is_no_handler_or_lost_the_role_sees_nothing(database: Database, change: str) -> None:
    with database.write() as tx:
        who = desk(tx)
        task = who.task(tx)
        if change == "stopped handling":
            who.handler.until = NOW
        elif change == "role ended":
            who.membership.until = NOW
        elif change == "role of another lane":
            who.membership.role = Role.SCHOOL_LEADER
        elif change == "role elsewhere":
            who.membership.board_id = rows.place(tx).board_id
        else:
            task.closed_at, task.outcome = NOW, "cancelled"
        tx.flush()
        assert seen(tx, who) == []
        assert counts(tx, who.me.id, NOW).all.total == 0
        handles = change == "task closed"
        assert (cases_of(tx, who.me.id, now=NOW, limit=9) != []) is handles


def test_a_role_at_the_school_itself_is_enough_and_one_at_another_school_is_not(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        task = who.task(tx)
        who.membership.school_id = who.where.school_id
        tx.flush()
        assert [line.task_id for line in seen(tx, who)] == [task.id]
        who.membership.school_id = rows.place(tx).school_id
        tx.flush()
        assert seen(tx, who) == []


def test_a_colleague_who_handles_nothing_sees_nothing(database: Database) -> None:
    with database.write() as tx:
        who, colleague = desk(tx), desk(tx)
        who.task(tx)
        assert seen(tx, colleague) == []


def test_the_most_urgent_come_first_and_those_without_a_term_last(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        dues = [None, WEEK, NOW - timedelta(days=2), TODAY, NOW]
        made = [who.task(tx, due).id for due in dues]
        urgent = [made[2], made[4], made[3], made[1], made[0]]
        assert [line.task_id for line in seen(tx, who)] == urgent
        assert [line.task_id for line in seen(tx, who, page=(2, 1))] == urgent[1:3]


def test_the_newest_come_first_or_the_cases_by_their_number(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        second = rows.procedure(tx, rows.case(tx, who.where), who_version(tx, who))
        rows.handler(tx, who.me, second, Role.BOARD)
        late, soon = who.task(tx, NOW), who.task(tx, TODAY)
        late.opened_at = NOW - timedelta(days=1)
        of_second = rows.task(tx, second, Role.BOARD, who.where, NOW - timedelta(days=9))
        of_second.opened_at = NOW - timedelta(days=2)
        tx.flush()
        assert [line.task_id for line in seen(tx, who, filters=Filters(sort="newest"))] == [soon.id, late.id, of_second.id]
        assert [line.task_id for line in seen(tx, who, filters=Filters(sort="case"))] == [late.id, soon.id, of_second.id]


def who_version(tx: Transaction, who: Desk) -> ProcedureVersion:
    return tx.get_one(ProcedureVersion, who.procedure.version_id)


def test_mine_is_what_i_claimed_and_the_groups_what_nobody_did(database: Database) -> None:
    with database.write() as tx:
        who, colleague = desk(tx), rows.person(tx)
        mine, free, other = (who.task(tx, assignee=assignee).id for assignee in (who.me, None, colleague))
        assert {line.task_id for line in seen(tx, who, "mine")} == {mine}
        assert {line.task_id for line in seen(tx, who, "group")} == {free}
        assert {line.task_id for line in seen(tx, who, "all")} == {mine, free, other}


def test_terms_fall_in_the_day_and_week_of_amsterdam(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        second = timedelta(seconds=1)
        falls: dict[Bucket, list[datetime | None]] = {
            Bucket.OVERDUE: [NOW - second, NOW],
            Bucket.TODAY: [NOW + second, TODAY],
            Bucket.WEEK: [TODAY + second, WEEK],
            Bucket.LATER: [WEEK + second, WEEK + timedelta(days=40)],
            Bucket.NONE: [None, None],
        }
        made = {bucket: {who.task(tx, due).id for due in dues} for bucket, dues in falls.items()}
        for bucket, tasks in made.items():
            assert {line.task_id for line in seen(tx, who, filters=Filters(bucket=bucket))} == tasks
        found = counts(tx, who.me.id, NOW)
        assert found.all == found.group == BucketCounts(total=10, overdue=2, today=2, week=2, later=2, none=2)
        assert found.mine == BucketCounts(total=0, overdue=0, today=0, week=0, later=0, none=0)


def test_counting_stops_at_a_hundred(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        for _ in range(101):
            who.task(tx, TODAY)
        assert counts(tx, who.me.id, NOW).group == BucketCounts(total=100, overdue=0, today=100, week=0, later=0, none=0)


def test_the_list_narrows_to_a_school_a_procedure_and_a_number(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        elsewhere = rows.place(tx)
        rows.member(tx, who.me, Role.BOARD, elsewhere)
        other = rows.procedure(tx, rows.case(tx, elsewhere), rows.version(tx, "suspension"))
        rows.handler(tx, who.me, other, Role.BOARD)
        here, there = who.task(tx).id, rows.task(tx, other, Role.BOARD, elsewhere).id
        [number] = [line.case_number for line in seen(tx, who) if line.task_id == there]
        assert {line.task_id for line in seen(tx, who)} == {here, there}
        for filters in (
            Filters(school_id=elsewhere.school_id),
            Filters(procedure_key="suspension"),
            Filters(number=number.lower()),
            Filters(number=f" {number[-4:].lower()} "),
        ):
            assert [line.task_id for line in seen(tx, who, filters=filters)] == [there]
        assert seen(tx, who, filters=Filters(number="%")) == []


def put_off(tx: Transaction, who: Desk, task: Task, until: datetime) -> None:
    tx.add(PutOff(task_id=task.id, user_id=who.me.id, until=until, sealed=b"why"))
    tx.flush()


def test_what_i_put_off_leaves_my_own_lists_and_stands_in_one_of_its_own(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        mine, free, other = (who.task(tx, assignee=assignee) for assignee in (who.me, None, who.me))
        for task in (mine, free):
            put_off(tx, who, task, NOW + timedelta(days=2))
        assert [line.task_id for line in seen(tx, who, "mine")] == [other.id]
        assert seen(tx, who, "group") == []
        assert {line.task_id for line in seen(tx, who, "put_off")} == {mine.id, free.id}
        assert {line.task_id: (line.until, line.reason) for line in seen(tx, who)}[free.id] == (NOW + timedelta(days=2), b"why")
        found = counts(tx, who.me.id, NOW)
        assert (found.mine.total, found.group.total, found.put_off.total, found.all.total) == (1, 0, 2, 3)
        assert {line.task_id for line in seen(tx, who, "mine", Filters(whole=True))} == {mine.id, other.id}


def test_what_i_put_off_comes_back_on_its_day_and_others_see_it_as_ever(database: Database) -> None:
    with database.write() as tx:
        who, colleague = desk(tx), rows.person(tx)
        rows.member(tx, colleague, Role.BOARD, who.where)
        rows.handler(tx, colleague, who.procedure, Role.BOARD)
        task = who.task(tx)
        put_off(tx, who, task, NOW + timedelta(seconds=1))
        assert seen(tx, who, "group") == []
        [theirs] = inbox(tx, colleague.id, scope="group", filters=Filters(), now=NOW, page=(9, 0))
        assert (theirs.task_id, theirs.until, theirs.reason) == (task.id, None, None)
        [back] = inbox(tx, who.me.id, scope="group", filters=Filters(), now=NOW + timedelta(seconds=1), page=(9, 0))
        assert back.task_id == task.id


def test_a_term_of_law_that_moves_forward_brings_back_what_was_put_off(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        task = who.task(tx, WEEK, who.me)
        term = rows.term(tx, task, WEEK)
        put_off(tx, who, task, WEEK - timedelta(hours=1))
        assert seen(tx, who, "mine") == []
        term.due_at = WEEK - timedelta(hours=1)
        tx.flush()
        assert [line.task_id for line in seen(tx, who, "mine")] == [task.id]
        term.statutory = False
        tx.flush()
        assert seen(tx, who, "mine") == []


def test_what_i_have_not_opened_is_unread_to_me_alone(database: Database) -> None:
    with database.write() as tx:
        who, colleague = desk(tx), rows.person(tx)
        opened, new = who.task(tx), who.task(tx)
        comfort.see(tx, opened.id, who.me.id)
        comfort.see(tx, opened.id, who.me.id)
        comfort.see(tx, new.id, colleague.id)
        assert {line.task_id: line.unread for line in seen(tx, who)} == {opened.id: False, new.id: True}
        comfort.came_to(tx, opened.id, who.me.id)
        assert all(line.unread for line in seen(tx, who))


@pytest.mark.parametrize("sort", ["due", "newest", "case"])
def test_a_list_goes_on_behind_a_line_in_every_order(database: Database, sort: Sort) -> None:
    with database.write() as tx:
        who = desk(tx)
        second = rows.procedure(tx, rows.case(tx, who.where), who_version(tx, who))
        rows.handler(tx, who.me, second, Role.BOARD)
        for place, due in enumerate((TODAY, None, WEEK, TODAY, None)):
            task = rows.task(tx, second if place % 2 else who.procedure, Role.BOARD, who.where, due)
            task.opened_at = NOW - timedelta(days=place // 2)
        tx.flush()
        whole = [line.task_id for line in seen(tx, who, filters=Filters(sort=sort))]
        for place, task_id in enumerate(whole):
            behind = Filters(sort=sort, after=position(tx, task_id))
            assert [line.task_id for line in seen(tx, who, filters=behind)] == whole[place + 1 :]


def test_pages_and_counts_read_no_table_of_a_hundred_thousand_from_end_to_end(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        task = who.task(tx, TODAY)
        fill(tx)
        [number] = [line.case_number for line in seen(tx, who)]
        asked = [
            Filters(),
            Filters(sort="newest"),
            Filters(sort="case"),
            Filters(number=number[-3:]),
            Filters(procedure_key="committee", school_id=who.where.school_id, bucket=Bucket.TODAY),
        ]
        with explained(database, tx) as plans:
            for filters in asked:
                assert [line.task_id for line in seen(tx, who, filters=filters)] == [task.id]
            assert counts(tx, who.me.id, NOW).all.total == 1
            assert [line.task_id for line in seen(tx, who, filters=Filters(tasks=(task.id,)))] == [task.id]
        assert len(plans) == len(asked) + 2
        for plan in plans:
            assert whole_tables(plan) == []
        for plan in plans[:-1]:
            assert "ix_case_handler_user" in plan
