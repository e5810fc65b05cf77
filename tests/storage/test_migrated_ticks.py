"""Cases from before it stood beside them who was ticked: the migration reads it from their handlers, once."""

from sqlalchemy import select

from app.domain.roles import Role
from app.storage import migrate
from app.storage.database import Database
from app.storage.tables import Case, CaseHandler, Deadline, ProcedureRow, Task
from tests.storage import rows
from tests.storage.rows import NOW


def test_whoever_was_ticked_before_still_hides_a_case_from_his_colleagues(database: Database, database_url: str) -> None:
    with database.write() as tx:
        where = rows.place(tx)
        for lane in (Role.BOARD, Role.SCHOOL_LEADER, Role.ADVISER):
            procedure = rows.procedure(tx, rows.case(tx, where), rows.version(tx))
            procedure.watch_board = procedure.watch_leader = True
            rows.term(tx, rows.task(tx, procedure, Role.BOARD, where), NOW)
            before = CaseHandler(case_id=procedure.case_id, procedure_id=procedure.id, lane=lane, user_id=rows.person(tx).id)
            before.since = before.until = NOW
            tx.add(before)
    migrate.downgrade(database_url, "0012")
    migrate.upgrade(database_url)
    with database.read() as tx:
        found = [(case.board_ticked, case.leader_ticked) for case in tx.scalars(select(Case).order_by(Case.number))]
        assert found == [(True, False), (False, True), (False, False)]
        for watched in (ProcedureRow, Task, Deadline):
            said = select(watched.watch_board, watched.watch_leader).join(Case, Case.id == watched.case_id).order_by(Case.number)
            assert list(map(tuple, tx.execute(said))) == [(False, True), (True, False), (True, True)]
