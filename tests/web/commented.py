"""What pages about comments are given to show, made up as the other samples are."""

from dataclasses import replace

from app.domain.roles import FileKind
from app.services.views.case import CasePage, CommentPlace, FileEntry, FilePage
from app.services.views.inbox import InboxPage
from app.services.views.task import TaskPage
from app.services.views.today import TodayPage
from tests.web import samples

CASES = ("2026-7KQ4", "2026-M3XD")
PLACES = (CommentPlace(FileKind.ADVISER, 0, 0), CommentPlace(FileKind.BOARD, 3, 2), CommentPlace(FileKind.MELDCODE, 0, 0))


def case(*places: CommentPlace) -> CasePage:
    return replace(samples.case(), comments=places or PLACES)


def closed_places() -> CasePage:
    why = ((FileKind.ADVISER, "consent"), (FileKind.BOARD, "key"), (FileKind.LEADER, "case"))
    return case(*(CommentPlace(kind, 0, 0, closed) for kind, closed in why))


def file() -> FilePage:
    page = samples.file()
    text = (("comment", "Bel eerst de secretaris.\nZij weet van de <b>zitting</b>."),)
    made = FileEntry(page.entries[0].at, "Kemal Aydin", "Opmerking", text, comment=True, new=True)
    return replace(page, entries=(*page.entries, made, replace(made, author="Marijke de Vries", new=False)))


def inbox() -> InboxPage:
    return replace(samples.inbox(), comments=CASES)


def today() -> TodayPage:
    return replace(samples.today(), comments=CASES[:1])


def task() -> TaskPage:
    return replace(samples.task(), new_comments=2)
