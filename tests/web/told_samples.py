"""Made-up content for the pages about notices and mail."""

from datetime import UTC, date, datetime
from uuid import UUID

from app.services.views.bell import NoticeLine
from app.services.views.post import PostLine, PostPage

NOW = datetime(2026, 11, 19, 13, 20, tzinfo=UTC)
_COMMENT = "Een opmerking om te lezen"
_WAITS = "Een stap in een zaak wacht op je"


#: What somebody chose about how to be told.
CHOSEN = {"arrived": "now", "soon": "now", "missed": "bell", "comment": "now", "rest": "digest", "digest": "2"}


def notices() -> tuple[NoticeLine, ...]:
    """New ones, one of a term in hours, one whose mail did not arrive, and one that was seen."""
    number, late = "2026-7KQ4", datetime(2026, 11, 19, 15, tzinfo=UTC)
    return (
        NoticeLine(UUID(int=301), "task_opened", _WAITS, number, NOW, date(2026, 11, 27), None, seen=False, undelivered=False),
        NoticeLine(UUID(int=302), "term_soon", _WAITS, number, NOW, date(2026, 11, 19), late, seen=False, undelivered=True),
        NoticeLine(UUID(int=304), "comment_written", _COMMENT, number, NOW, None, None, seen=False, undelivered=False),
        NoticeLine(UUID(int=303), "procedure_changed", _WAITS, "2026-9TRB", NOW, None, None, seen=True, undelivered=False),
    )


def post() -> PostPage:
    """A mail server that takes nothing, one message that is tried again and two that were given up."""
    failed = "SMTPRecipientsRefused 550"
    return PostPage(
        server=True,
        waiting=12,
        last_sent_at=datetime(2026, 11, 19, 9, 5, tzinfo=UTC),
        failing="ConnectionRefusedError",
        lines=(
            PostLine(
                UUID(int=311), "Kemal Aydin", "task_opened", NOW, failed, 1, given_up=True, next_try_at=None, may_retry=True
            ),
            PostLine(UUID(int=312), "Ria Bos", "digest", NOW, "address", 1, given_up=True, next_try_at=None, may_retry=True),
            PostLine(
                UUID(int=314),
                "nieuw@voorbeeld.example",
                "invitation",
                NOW,
                "address",
                1,
                given_up=True,
                next_try_at=None,
                may_retry=False,
                invited_by=UUID(int=1),
            ),
            PostLine(
                UUID(int=313), "Wim Jansen", "term_soon", NOW, "OSError", 3, given_up=False, next_try_at=NOW, may_retry=False
            ),
        ),
    )


def quiet_post() -> PostPage:
    """Everything left."""
    return PostPage(server=True, waiting=0, last_sent_at=NOW, failing=None, lines=())


def no_post() -> PostPage:
    """An installation without a mail server."""
    return PostPage(server=False, waiting=3, last_sent_at=None, failing=None, lines=())
