"""What pages about saved views and several tasks at once are given to show, made up as the other samples are."""

from dataclasses import replace
from datetime import date

from app.domain.roles import Role
from app.services.views.comfort import Chosen, Handled, Team, ViewsPage
from app.services.views.inbox import InboxPage, InboxQuery, ViewLine
from tests.web import samples
from tests.web.samples import row, some_id

UNTIL = date(2026, 11, 24)
ASKED = InboxQuery(scope="group", bucket="week", procedure="committee", school_id=some_id(71), sort="newest")
TEAMS = (Team("adviser-1", Role.ADVISER, "De Linde"), Team("board-2", Role.BOARD, "Stichting De Bomen"))
VIEWS = (
    ViewLine(some_id(60), InboxQuery(bucket="late"), "Mijn achterstand"),
    ViewLine(some_id(61), replace(ASKED, number="2026-7KQ4"), "De zaak van de trap"),
    ViewLine(some_id(62), ASKED, word="meeting", team="adviser-1"),
    ViewLine(some_id(63), InboxQuery(scope="all"), team="board-2"),
)


def inbox_with_views() -> InboxPage:
    page = samples.inbox()
    rows = (replace(row(0), unread=True), replace(row(1), until=UNTIL, reason="Eerst de directeur bellen."))
    return replace(page, query=InboxQuery(scope="all"), groups=(("late", rows), *page.groups[1:]), views=VIEWS)


def put_off_inbox() -> InboxPage:
    rows = tuple(replace(row(number), until=UNTIL, reason=reason) for number, reason in ((5, "Wacht op het rapport."), (6, "")))
    counts = {"mine": 5, "group": 2, "all": 100, "put_off": 2}
    return replace(samples.inbox(), query=InboxQuery(scope="put_off"), groups=(("later", rows),), scope_counts=counts, more=False)


def views() -> ViewsPage:
    return ViewsPage(VIEWS, TEAMS, (("committee", "Klachtencommissie"),), ((some_id(71), "De Linde"),))


def chosen() -> Chosen:
    return Chosen(
        (row(0), row(3), row(6)),
        ((some_id(80), "Kemal Aydin"), (some_id(81), "Marijke de Vries")),
        UNTIL,
        frozenset({some_id(0)}),
    )


def handled() -> tuple[Handled, ...]:
    refused = "De wettelijke termijn eindigt vandaag of is al voorbij. Deze taak kun je niet uitstellen."
    return Handled(row(3), None), Handled(row(2), refused), Handled(None, "Deze taak is er niet meer, of is niet voor jou.")
