"""The bell and the calendar cost a person what is his own, whatever others were told."""

import pytest
from sqlalchemy import insert, text

from app.domain.roles import Role
from app.storage.database import Database
from app.storage.queries import bell, digests, feeds, inbox, outbox
from app.storage.tables import Outbox, Task
from tests.storage import rows
from tests.storage.crowd import Desk, desk
from tests.storage.plans import explained
from tests.storage.rows import NOW

OTHERS, EACH = 40, 500


def told(who: Desk, task: Task, number: int) -> dict[str, object]:
    """A row of the outbox."""
    ids = {"user_id": who.me.id, "case_id": who.procedure.case_id, "task_id": task.id, "dedupe": f"{who.me.id}:{number}"}
    said = {"notice": "task_opened", "neutral_title": "Een stap wacht", "state": "bell", "attempts": 0}
    return ids | said | {"id": Outbox().id, "queued_at": NOW, "next_try_at": NOW}


@pytest.fixture
def mine(database: Database) -> Desk:
    """A desk with three new notices, among twenty thousand of others."""
    with database.write() as tx:
        own = desk(tx)
        for who, number in ((own, 3), *((desk(tx), EACH) for _ in range(OTHERS))):
            task = who.task(tx)
            tx.execute(insert(Outbox), [told(who, task, one) for one in range(number)])
        tx.execute(text("ANALYZE"))
    return own


def test_no_question_reads_what_others_were_told(database: Database, mine: Desk) -> None:
    with database.read() as tx, explained(database, tx) as plans:
        assert inbox.counts(tx, mine.me.id, NOW).unseen == 3
        assert len(bell.notices(tx, mine.me.id, NOW, (50, 0))) == 3
        assert feeds.terms(tx, mine.me.id, NOW, 50) == []
        assert digests.people_due(tx, NOW, 50) == outbox.due_messages(tx, NOW, 50) == []
    assert len([plan for plan in plans if plan]) == 5
    for plan in plans:
        assert "Seq Scan on outbox" not in plan
        assert "SCAN outbox" not in plan.replace("SCAN outbox USING INDEX ix_outbox_", "")


def test_only_notices_of_cases_that_somebody_handles_count(database: Database) -> None:
    with database.write() as tx:
        own, other = desk(tx), desk(tx)
        task = own.task(tx)
        tx.execute(insert(Outbox), [told(own, task, 1), told(own, task, 2) | {"case_id": other.procedure.case_id}])
        assert inbox.counts(tx, own.me.id, NOW).unseen == len(bell.notices(tx, own.me.id, NOW, (9, 0))) == 1
        rows.handler(tx, own.me, other.procedure, Role.BOARD)
        assert inbox.counts(tx, own.me.id, NOW).unseen == 1  # he holds no role there
