"""The list of terms costs the same however many others have."""

from datetime import timedelta

from app.domain.roles import Role
from app.storage.database import Database
from app.storage.queries.terms import TermFilters, lanes_in, terms
from tests.storage import rows
from tests.storage.crowd import desk, fill
from tests.storage.plans import explained, whole_tables
from tests.storage.rows import NOW

OWN = [(Role.BOARD.value, Role.BOARD.value)]


def test_a_list_of_terms_reads_no_table_from_end_to_end(database: Database) -> None:
    with database.write() as tx:
        who = desk(tx)
        due = NOW + timedelta(days=1)
        mine = rows.term(tx, who.task(tx, due), due)
        fill(tx)
        with explained(database, tx) as plans:
            found = [terms(tx, who.me.id, OWN, TermFilters(closed=closed), now=NOW, limit=50) for closed in (False, True)]
            lanes_in(tx, who.me.id, {who.procedure.id}, NOW)
        assert [[line.deadline.id for line in lines] for lines in found] == [[mine.id], [mine.id]]
        assert len(plans) == 3
        for plan in plans:
            assert whole_tables(plan) == [], plan
