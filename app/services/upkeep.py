"""What an installation does for itself, without anybody asking: forget sessions and lent keys, and anchor the histories."""

from datetime import datetime

from app.clock import local_day
from app.services import absences, attempts, once
from app.services.accounts import IDLE
from app.services.administration import importing
from app.services.context import App
from app.storage import ledger
from app.storage.queries import accounts as queries
from app.storage.queries import comfort as comfort_queries
from app.storage.queries import imports as import_queries
from app.storage.queries import tokens as token_queries


def tidy(app: App) -> None:
    """Delete what reached its end: sessions, tokens, keys of past absences; attempts, answers, marks and files to import."""
    absences.end_over(app)
    now = app.clock()
    with app.database.read() as tx:  # many lines are looked at: nobody shall wait for that
        marks = comfort_queries.idle_marks(tx)
    with app.database.write() as tx:
        queries.drop_idle_sessions(tx, now - IDLE, now)
        queries.drop_attempts(tx, before=now - attempts.WINDOW)
        token_queries.drop_ended_tokens(tx, now)
        token_queries.drop_answers(tx, older_than=now - once.KEPT)
        comfort_queries.forget(tx, marks, now)
        import_queries.drop_import_files(tx, before=now - importing.KEPT)


def anchor_today(app: App) -> bool:
    """Write today's line into the ledger, unless it is there; gives whether it was written. Raises LedgerBroken and OSError."""
    now = app.clock()
    lines = ledger.read(app.settings.ledger)
    if lines and local_day(datetime.fromisoformat(lines[-1].at)) >= local_day(now):
        return False
    with app.database.read() as tx:
        ledger.anchor(tx, app.settings.ledger, now)
    return True
