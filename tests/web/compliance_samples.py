"""What the pages of the compliance board are given to show, made up: Thursday 19 November 2026 at Stichting De Kring."""

from dataclasses import replace
from datetime import date

from app.domain.compliance import Band, Figure, Left, months_until, share
from app.domain.roles import Role
from app.services.views.compliance import (
    AdviserLine,
    CompliancePage,
    Duration,
    HeatElement,
    HeatPage,
    Kept,
    LeftLine,
    Month,
    OverdueLine,
    Row,
)
from app.services.views.figures import Behind, Choices, Counted, Line, LinesPage, Scope
from tests.web.samples import NOW, some_id

BOARDS = ((some_id(60), "Stichting De Kring"), (some_id(61), "Stichting Noorderlicht"))
SCHOOLS = ((some_id(71), "De Linde"), (some_id(72), "Het *Anker* #1"), (some_id(73), "=De Wissel"))
PROCEDURES = (("committee", "Klachtencommissie"), ("meldcode", "Meldcode"), ("meldplicht", "Meldplicht"))
CHOICES = Choices(BOARDS, SCHOOLS, (Role.BOARD, Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER), PROCEDURES)
ALL = Scope()
KEPT = (2, 4, 3, 3, 5, 0, 0, 3, 4, 6, 5, 3)
MISSED = (0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0)


def counted(number: int, figure: Figure, **asked: object) -> Counted:
    return Counted(number, replace(Behind(figure), **asked))  # type: ignore[arg-type]  # each name is that of a field


def kept(kept_number: int, missed: int, **asked: object) -> Kept:
    both = (counted(kept_number, Figure.KEPT, statutory=True, **asked), counted(missed, Figure.MISSED, statutory=True, **asked))
    return Kept(*both, share(kept_number, missed))


def row(key: str, name: str, numbers: tuple[int, int, int, int, int], scope: Scope) -> Row:
    running = (counted(numbers[2], Figure.RUNNING, scope=scope), counted(numbers[3], Figure.OVERDUE, scope=scope))
    return Row(key, name, kept(numbers[0], numbers[1], scope=scope), *running, counted(numbers[4], Figure.SLEEPING, scope=scope))


def school(number: int, *numbers: int) -> Row:
    school_id, name = SCHOOLS[number]
    return row(str(school_id), name, numbers, Scope(school_id=school_id))  # type: ignore[arg-type]  # five of them


def procedure(number: int, *numbers: int) -> Row:
    key, name = PROCEDURES[number]
    return row(key, name, numbers, Scope(procedure_key=key))  # type: ignore[arg-type]  # five of them


def left(which: Left, number: int, statutory: int) -> LeftLine:
    law = counted(statutory, Figure.RUNNING, left=which, statutory=True)
    return LeftLine(which, counted(number, Figure.RUNNING, left=which), law)


def duration(name: str, role: Role | None, number: int, median: int, *, element: str | None = None) -> Duration:
    figure = Figure.ENDED if element is None else Figure.DONE
    asked = counted(number, figure, scope=Scope(procedure_key="committee"), element_id=element)
    return Duration("committee", "Klachtencommissie", element, name, role, asked, median, 3 * median)


def board() -> CompliancePage:
    months = tuple(
        Month(month, kept(one, other, month=month)) for month, one, other in zip(months_until(NOW), KEPT, MISSED, strict=True)
    )
    late = OverdueLine(Role.SCHOOL_LEADER, SCHOOLS[1][1], counted(1, Figure.OVERDUE, scope=Scope(school_id=SCHOOLS[1][0])), 6)
    bands = (Band.of(12), Band.of(4), Band.of(7), Band.of(5))
    return CompliancePage(
        at=NOW,
        scope=ALL,
        choices=CHOICES,
        kept=kept(38, 3),
        months=months,
        running=(left(Left.DAYS, 1, 1), left(Left.WEEK, 1, 0), left(Left.FORTNIGHT, 4, 2), left(Left.LATER, 3, 3)),
        overdue=counted(1, Figure.OVERDUE),
        overdue_at=(late,),
        extended=counted(2, Figure.EXTENDED),
        escalated=counted(1, Figure.ESCALATED),
        sleeping=counted(0, Figure.SLEEPING),
        schools=(school(0, 20, 1, 5, 0, 0), school(1, 18, 2, 4, 1, 0), school(2, 0, 0, 0, 0, 0)),
        procedures=(procedure(0, 28, 2, 6, 0, 0), procedure(1, 8, 1, 2, 1, 0), procedure(2, 2, 0, 1, 0, 0)),
        steps=(
            duration("Besluit over het advies", Role.BOARD, 9, 21, element="board_response"),
            duration("Voer de maatregelen uit", Role.SCHOOL_LEADER, 4, 30, element="measures_done"),
        ),
        durations=(duration("Klachtencommissie", None, 5, 84),),
        agreed=counted(6, Figure.AGREED),
        checked=counted(5, Figure.CHECKED),
        adviser=tuple(AdviserLine(name, *bands) for _id, name in SCHOOLS),
        adviser_months=(date(2026, 8, 1), date(2026, 11, 1)),
    )


def empty_board() -> CompliancePage:
    """A board that begins today."""
    none = tuple(Month(month, kept(0, 0, month=month)) for month in months_until(NOW))
    running = tuple(left(which, 0, 0) for which in Left)
    gone = replace(board(), kept=kept(0, 0), months=none, running=running, overdue=counted(0, Figure.OVERDUE), overdue_at=())
    gone = replace(gone, extended=counted(0, Figure.EXTENDED), escalated=counted(0, Figure.ESCALATED))
    gone = replace(gone, agreed=counted(0, Figure.AGREED), checked=counted(0, Figure.CHECKED))
    one = Choices(BOARDS[:1], SCHOOLS[:1], (Role.BOARD,), PROCEDURES[:1])
    return replace(gone, choices=one, schools=(), procedures=(), steps=(), durations=(), adviser=())


_ON = date(2026, 11, 18)
LINES = (
    Line(
        "2026-P4TN", True, "Meldcode", "Maatregelen", Role.SCHOOL_LEADER, SCHOOLS[1][1], False, date(2026, 11, 13), None, True, 6
    ),
    Line("2026-C2RM", False, "Klachtencommissie", "Besluit over het advies", Role.BOARD, "De Linde", True, _ON, None, True, 1),
    Line("2026-K3ZX", False, "Meldplicht", "Neem de melding over", Role.BOARD, "De Linde", False, NOW.date(), NOW, True, 0),
    Line("2026-H8WD", False, "Meldplicht", "", None, "De Linde", None, None, None, True, 40),
)


def lines() -> LinesPage:
    asked = Behind(Figure.OVERDUE, Scope(school_id=SCHOOLS[1][0], procedure_key="committee"), element_id="board_response")
    return LinesPage(NOW, asked, CHOICES, "Besluit over het advies", 53, LINES, page=2, more=True)


def no_lines() -> LinesPage:
    return LinesPage(NOW, Behind(Figure.RUNNING, ALL, left=Left.WEEK), CHOICES, "", 0, (), page=1, more=False)


def element(element_id: str, name: str, role: Role | None, numbers: tuple[int, int], heat: int) -> HeatElement:
    asked = {"scope": Scope(procedure_key="committee"), "element_id": element_id, "version": 2}
    waiting, missed = counted(numbers[0], Figure.WAITING, **asked), counted(numbers[1], Figure.MISSED, **asked)
    process = "committee" if role is None else "committee_response"
    return HeatElement(process, element_id, name, role, waiting, 12 if numbers[0] else None, missed, heat)


def heat() -> HeatPage:
    return HeatPage(
        at=NOW,
        scope=Scope(procedure_key="committee"),
        choices=CHOICES,
        procedure_key="committee",
        procedure="Klachtencommissie",
        version=2,
        versions=(2, 1),
        levels=(("committee", "Klachtencommissie"), ("committee_response", "Reactie van het bestuur")),
        elements=(
            element("call_response", "Reactie van het bestuur", None, (5, 2), 4),
            element("board_response", "Besluit over het advies", Role.BOARD, (4, 2), 4),
            element("measures_done", "Voer de maatregelen uit", Role.SCHOOL_LEADER, (1, 0), 1),
            element("extend_term", "Verleng de termijn", Role.BOARD, (0, 0), 0),
        ),
    )
