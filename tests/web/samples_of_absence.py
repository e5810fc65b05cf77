"""What the page about being away is given to show, made up."""

from dataclasses import replace
from datetime import date

from app.domain.roles import Role
from app.services.views.absence import AbsenceLine, AbsencePage, AbsenceQuery, CaseChoice
from tests.web.samples import TODAY, some_id


def page() -> AbsencePage:
    lines = (
        AbsenceLine(
            some_id(1), True, "Sanne Bakker", "Ruben Smit", TODAY, date(2026, 12, 3), True, (("2026-7KQ4", Role.ADVISER),)
        ),
        AbsenceLine(some_id(2), True, "Sanne Bakker", None, date(2027, 1, 4), date(2027, 1, 8), False, ()),
        AbsenceLine(some_id(3), False, "Kemal Aydin", "Sanne Bakker", TODAY, TODAY, True, (("2026-M3XD", Role.BOARD),)),
        AbsenceLine(some_id(4), False, "Wim Jansen", "Sanne Bakker", date(2027, 2, 1), date(2027, 2, 5), False, ()),
    )
    taken = CaseChoice(some_id(31), "2026-7KQ4", "De Linde", Role.ADVISER, ("Klachtroute",), None, "Ruben Smit")
    asked = (("committee", "Klachtencommissie"), ("complaint_route", "Klachtroute"))
    return AbsencePage(
        query=AbsenceQuery(some_id(5)),
        lines=lines,
        deputies=((some_id(5), "Ruben Smit"), (some_id(6), "Farida El Amrani")),
        away={some_id(6): date(2026, 11, 30)},
        cases=(
            taken,
            replace(taken, case_id=some_id(32), number="2026-HK52", refused="consent", left_to=None),
            replace(taken, case_id=some_id(33), number="2026-9TRB", role=Role.SUCCESSOR, refused="alone", left_to=None),
            replace(taken, case_id=some_id(34), number="2026-W9FC", role=Role.BOARD, refused="able", left_to=None),
        ),
        roles=(Role.ADVISER, Role.BOARD),
        procedures=asked,
        schools=("De Linde", "Het Anker"),
        more=True,
        ticked=frozenset({taken.key}),
    )


def errors() -> AbsencePage:
    wrong = {"first_day": "Deze dag is voorbij.", "deputy": "Kies iemand anders.", "cases": "Vink aan welke zaken je overlaat."}
    return replace(page(), lines=(), values={"first_day": "gisteren"}, errors=wrong, ticked=frozenset())


def empty() -> AbsencePage:
    return replace(page(), query=AbsenceQuery(), lines=(), cases=())
