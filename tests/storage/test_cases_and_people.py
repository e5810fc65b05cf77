"""Locks in one order, and who holds which role when."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.errors import NotFound
from app.domain.roles import Role
from app.storage.database import Database
from app.storage.queries import cases, files, people, places, work
from tests.storage import rows
from tests.storage.rows import NOW


def test_a_lock_takes_the_case_first_and_costs_one_statement(database: Database) -> None:
    with database.write() as tx:
        made = rows.running(tx)
    with database.count() as statements, database.write() as tx:
        case, procedure = cases.lock(tx, made.id)
    assert (case.id, procedure.id) == (made.case_id, made.id)
    [sent] = statements.sent
    if database.engine.dialect.name == "postgresql":  # SQLite has one writer at a time
        assert sent.endswith('FOR UPDATE OF "case", procedure')


def test_a_second_writer_waits_for_the_case_and_then_sees_what_the_first_did(database: Database) -> None:
    with database.write() as tx:
        made = rows.running(tx)
    locked, seen = threading.Event(), []

    def second() -> None:
        locked.wait()
        with database.write() as tx:
            seen.append(cases.lock(tx, made.id)[1].state)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second)
        with database.write() as tx:
            cases.lock(tx, made.id)[1].state = "first"
            locked.set()
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
        waiting.result(timeout=10)
    assert seen == ["first"]


def test_a_lock_reads_afresh_what_the_session_knew(database: Database) -> None:
    with database.write() as tx:
        made = rows.running(tx)
        tx.flush()
        made.__dict__["state"] = "not what the row says"
        assert cases.lock(tx, made.id)[1].state == ""


def test_what_does_not_exist_cannot_be_locked(database: Database) -> None:
    with database.write() as tx:
        with pytest.raises(NotFound):
            cases.lock(tx, uuid4())
        with pytest.raises(NotFound):
            cases.lock_case(tx, uuid4())


def test_handlers_are_those_who_have_not_left(database: Database) -> None:
    with database.write() as tx:
        made = rows.running(tx)
        stays = rows.handler(tx, rows.person(tx), made, Role.BOARD)
        rows.handler(tx, rows.person(tx), made, Role.BOARD).until = NOW
        assert [row.id for row in cases.handlers(tx, made.id)] == [stays.id]


def test_open_tasks_are_those_of_this_procedure_that_are_not_closed(database: Database) -> None:
    with database.write() as tx:
        where = rows.place(tx)
        made = rows.procedure(tx, rows.case(tx, where), rows.version(tx))
        opened = rows.task(tx, made, Role.BOARD, where)
        closed = rows.task(tx, made, Role.BOARD, where)
        closed.closed_at, closed.outcome = NOW, "cancelled"
        rows.task(tx, rows.running(tx), Role.BOARD, where)
        assert [row.id for row in cases.open_tasks(tx, made.id)] == [opened.id]


def test_a_case_is_found_by_its_number(database: Database) -> None:
    with database.write() as tx:
        made = rows.case(tx, rows.place(tx))
        found = cases.case_by_number(tx, made.number)
        assert found is made
        assert cases.case_by_number(tx, "2026-XXXX") is None


def test_a_person_is_found_whatever_capitals_he_types(database: Database) -> None:
    with database.write() as tx:
        made = rows.person(tx)
        assert people.user_by_email(tx, f" {made.email.upper()}") is made
        assert people.user_by_email(tx, "nobody@school.example") is None


def test_a_role_counts_from_its_confirmation_until_its_end(database: Database) -> None:
    with database.write() as tx:
        where, me, other, third = rows.place(tx), rows.person(tx), rows.person(tx), rows.person(tx)
        installed = rows.member(tx, me, Role.BOARD, where, at_school=False)
        confirmed = rows.member(tx, me, Role.ADVISER, where)
        confirmed.proposed_by, confirmed.confirmed_by, confirmed.confirmed_at = other.id, third.id, NOW
        rows.member(tx, me, Role.SCHOOL_LEADER, where).proposed_by = other.id
        rows.member(tx, me, Role.MELDCODE_OFFICER, where).until = NOW
        rows.member(tx, me, Role.PROCESS_OWNER, where).since = NOW + timedelta(seconds=1)
        rows.member(tx, other, Role.ADVISER, where)
        assert {row.id for row in people.memberships(tx, me.id, NOW)} == {installed.id, confirmed.id}


def test_candidates_of_a_school_are_those_of_the_school_and_of_its_whole_board(database: Database) -> None:
    with database.write() as tx:
        here, there = rows.place(tx), rows.place(tx)
        at_school, at_board, gone, elsewhere = (rows.person(tx, name) for name in ("B", "A", "C", "D"))
        rows.member(tx, at_school, Role.ADVISER, here)
        rows.member(tx, at_board, Role.ADVISER, here, at_school=False)
        rows.member(tx, gone, Role.ADVISER, here)
        gone.active = False
        rows.member(tx, elsewhere, Role.ADVISER, there)

        found = people.candidates(tx, Role.ADVISER, board_id=here.board_id, school_id=here.school_id, now=NOW)
        assert [user.name for user in found] == ["A", "B"]
        found = people.candidates(tx, Role.ADVISER, board_id=here.board_id, school_id=None, now=NOW)
        assert [user.name for user in found] == ["A"]


def test_names_are_given_by_id(database: Database) -> None:
    with database.write() as tx:
        where, person = rows.place(tx), rows.person(tx, "A. Bakker")
        boards, schools = places.place_names(tx, {where.board_id})
        assert work.names(tx, {person.id}) == {person.id: "A. Bakker"}
        assert work.names(tx, set()) == {}
        assert (set(boards), set(schools)) == ({where.board_id}, {where.school_id})
        assert files.public_keys(tx, [person.id]) == [(person.id, b"")]
