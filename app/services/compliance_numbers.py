"""The numbers of the compliance board, put together from the sums of each role, school and version."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from app.clock import local_day
from app.domain.compliance import Band, Figure, Left, months_until, share, whole_months, within
from app.domain.deadlines import last_day_of
from app.domain.roles import Role
from app.services.looking import Look
from app.services.views.compliance import AdviserLine, CompliancePage, Duration, Kept, LeftLine, Month, OverdueLine, Row
from app.services.views.figures import Counted, Scope
from app.storage.queries import compliance as queries
from app.storage.queries.adviser_work import adviser_work
from app.storage.queries.compliance import DaysSum, OpenSum, TermSum

#: A figure, and what it is about: all (None), a school, a procedure's key, a month, a number of days left. No two look alike.
_Slot = tuple[Figure, UUID | str | date | None]


def page(look: Look) -> CompliancePage:
    """The whole board."""
    numbers = _Numbers(look)
    days = queries.steps_by_days(look.tx, look.question())
    # A whole procedure is of no single role.
    whole = queries.procedures_by_days(look.tx, look.question()) if look.scope.role is None else []
    return CompliancePage(
        at=look.now,
        scope=look.scope,
        choices=look.choices,
        kept=numbers.kept(look.scope),
        months=numbers.months(),
        running=numbers.running(),
        overdue=numbers.all(Figure.OVERDUE),
        overdue_at=numbers.overdue_at(),
        extended=numbers.all(Figure.EXTENDED),
        escalated=numbers.all(Figure.ESCALATED),
        sleeping=numbers.all(Figure.SLEEPING),
        schools=numbers.by_school(),
        procedures=numbers.by_procedure(),
        steps=_durations(look, days, Figure.DONE),
        durations=_durations(look, whole, Figure.ENDED),
        agreed=look.counted(_sum(days, Figure.AGREED), Figure.AGREED),
        checked=look.counted(_sum(days, Figure.CHECKED), Figure.CHECKED),
        adviser=_adviser(look),
        adviser_months=whole_months(look.now),
    )


class _Numbers:
    """What is told of terms and open steps: added up once, for all together, by school, by procedure and by month."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.terms = queries.terms(look.tx, look.question())
        self.keys = {version_id: key for version_id, key, _ in look.versions}
        self.procedures: set[str] = set()
        self.sums: Counter[_Slot] = Counter()
        #: Of law alone.
        self.law: Counter[_Slot] = Counter()
        for term in self.terms:
            self._add(term, self.sums)
            if term.statutory:
                self._add(term, self.law)
        for step in queries.open_steps(look.tx, look.question()):
            self._add(step, self.sums)

    def kept(self, scope: Scope, month: date | None = None) -> Kept:
        """Terms of law kept in time, in all months or in one."""
        kept, missed = (
            self.look.counted(
                self.law[figure, month or _about(scope, self.look.scope)], figure, scope=scope, month=month, law=True
            )
            for figure in (Figure.KEPT, Figure.MISSED)
        )
        return Kept(kept, missed, share(kept.number, missed.number))

    def months(self) -> tuple[Month, ...]:
        return tuple(Month(day, self.kept(self.look.scope, day)) for day in months_until(self.look.now))

    def running(self) -> tuple[LeftLine, ...]:
        def counted(left: Left, law: bool | None) -> Counted:
            here = self.law if law else self.sums
            return self.look.counted(here[Figure.RUNNING, left], Figure.RUNNING, left=left, law=law)

        return tuple(LeftLine(left, counted(left, None), counted(left, law=True)) for left in Left)

    def overdue_at(self) -> tuple[OverdueLine, ...]:
        """By role and school, the longest overdue first."""
        names = dict(self.look.choices.schools)
        found: dict[tuple[Role, UUID], tuple[int, datetime]] = {}
        for term in self.terms:
            if term.first_due is not None:
                number, first = found.get((term.lane, term.school_id), (0, term.first_due))
                number += term.numbers[Figure.OVERDUE]
                found[term.lane, term.school_id] = number, min(first, term.first_due)
        lines = []
        for (role, school_id), (number, first) in found.items():
            scope = replace(self.look.scope, role=role, school_id=school_id)
            late = (local_day(self.look.now) - last_day_of(first)).days
            lines.append(OverdueLine(role, names[school_id], self.look.counted(number, Figure.OVERDUE, scope=scope), late))
        return tuple(sorted(lines, key=lambda line: (-line.longest, line.school, line.role)))

    def all(self, figure: Figure, scope: Scope | None = None) -> Counted:
        """A figure as the board is narrowed, or for one school or procedure of it."""
        scope = scope or self.look.scope
        return self.look.counted(self.sums[figure, _about(scope, self.look.scope)], figure, scope=scope)

    def by_school(self) -> tuple[Row, ...]:
        schools = ((school.id, school.name) for school in self.look.sight.schools)
        return tuple(self._row(str(id_), name, replace(self.look.scope, school_id=id_)) for id_, name in schools)

    def by_procedure(self) -> tuple[Row, ...]:
        """Those in which anything was or is to be done in time."""
        found = ((key, name) for key, name in self.look.choices.procedures if key in self.procedures)
        return tuple(self._row(key, name, replace(self.look.scope, procedure_key=key)) for key, name in found)

    def _row(self, key: str, name: str, scope: Scope) -> Row:
        running, overdue, sleeping = (self.all(figure, scope) for figure in (Figure.RUNNING, Figure.OVERDUE, Figure.SLEEPING))
        return Row(key, name, self.kept(scope), running, overdue, sleeping)

    def _add(self, one: TermSum | OpenSum, sums: Counter[_Slot]) -> None:
        key = self.keys[one.version_id]
        self.procedures.add(key)
        for figure, number in one.numbers.items():
            for about in (None, one.school_id, key):
                sums[figure, about] += number
            if isinstance(one, TermSum) and figure is Figure.RUNNING:
                sums[figure, one.left] += number
            elif isinstance(one, TermSum) and figure in (Figure.KEPT, Figure.MISSED):
                sums[figure, self.look.months[one.month]] += number


def _about(scope: Scope, whole: Scope) -> UUID | str | None:
    """What of the whole a number is about: a school, a procedure, or all of it."""
    if scope.school_id != whole.school_id:
        return scope.school_id
    return scope.procedure_key if scope.procedure_key != whole.procedure_key else None


def _durations(look: Look, sums: list[DaysSum], figure: Figure) -> tuple[Duration, ...]:
    """By procedure and step, in the words of its newest version; the slowest first."""
    keys = {version_id: key for version_id, key, _ in look.versions}
    found: dict[tuple[str, str], list[DaysSum]] = {}
    for one in sums:
        if figure in one.numbers:
            found.setdefault((keys[one.version_id], one.element_id), []).append(one)
    lines = [_duration(look, key, element_id, sums, figure) for (key, element_id), sums in found.items()]
    return tuple(sorted(lines, key=lambda line: (-line.p90, line.procedure, line.name)))


def _duration(look: Look, key: str, element_id: str, sums: list[DaysSum], figure: Figure) -> Duration:
    days: Counter[int] = Counter()
    for one in sums:
        days[one.days] += one.numbers[figure]
    name = look.newest(key).name
    step = look.procedure(sums[0].version_id).element(element_id).name if element_id else name
    counted = look.counted(days.total(), figure, scope=replace(look.scope, procedure_key=key))
    behind = replace(counted.behind, element_id=element_id or None)
    count = replace(counted, behind=behind)
    return Duration(key, name, element_id or None, step, sums[0].lane, count, within(days, 50), within(days, 90))


def _adviser(look: Look) -> tuple[AdviserLine, ...]:
    schools = look.sight.schools
    found = adviser_work(look.tx, look.sight.user_id, [school.id for school in schools], whole_months(look.now))
    band: Callable[[int], Band] = Band.of
    return tuple(
        AdviserLine(school.name, band(sums.open_cases), band(sums.contacts), band(sums.agreed), band(sums.checked))
        for school in schools
        for sums in [found[school.id]]
    )


def _sum(sums: Iterable[TermSum | OpenSum | DaysSum], figure: Figure) -> int:
    return sum(one.numbers.get(figure, 0) for one in sums)
