"""The list behind a number of the compliance board: case numbers, steps and days; no name of anybody, nothing of the story."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.compliance import Figure
from app.domain.deadlines import in_hours, last_day_of
from app.domain.errors import NotFound
from app.domain.procedure import Procedure
from app.services.looking import Look
from app.services.views.figures import Behind, Line, LinesPage
from app.storage.queries import compliance_lines as queries
from app.storage.queries.compliance_lines import FoundLine
from app.storage.queries.figures import Question
from app.storage.queries.links import handled

PAGE: Final = 50


def page(look: Look, behind: Behind, number: int | None) -> LinesPage:
    """One page of it, or all. Raises NotFound for a version or a step that there is not."""
    asked = _asked(look, behind)
    place = max(number or 1, 1)
    window = None if number is None else (PAGE, PAGE * (place - 1))
    total, found = queries.lines(look.tx, asked, behind.figure, window)
    cases = {line.case_id for line in found}
    own = {case.id for case in handled(look.tx, cases, look.sight.user_id, look.now)} if cases else set()
    return LinesPage(
        at=look.now,
        behind=behind,
        choices=look.choices,
        title=_title(look, behind),
        total=total,
        lines=tuple(_line(look, behind.figure, line, may_open=line.case_id in own) for line in found),
        page=place,
        more=number is not None and total > PAGE * place,
    )


def _asked(look: Look, behind: Behind) -> Question:
    asked = replace(look.question(), statutory=behind.statutory, month=behind.month, left=behind.left)
    if behind.version is not None:
        asked = replace(asked, version_ids=(version_of(look, behind.version),))
    if behind.element_id is not None:
        asked = replace(asked, element_ids=_steps(_drawn(look, behind), behind.element_id))
    return asked


def version_of(look: Look, number: int) -> UUID:
    """The version of this number, of the procedure that is looked at. Raises NotFound."""
    key = look.scope.procedure_key
    found = next((version_id for version_id, of, known in look.versions if (of, known) == (key, number)), None)
    if found is None:
        raise NotFound
    return found


def _drawn(look: Look, behind: Behind) -> Procedure:
    if behind.version is not None:
        return look.procedure(version_of(look, behind.version))
    return look.newest(behind.scope.procedure_key or "")


def _steps(procedure: Procedure, element_id: str) -> tuple[str, ...]:
    """A step, or what lies inside a call. One that an older version had alone is looked for by its id."""
    try:
        called = procedure.element(element_id).called
    except KeyError:
        return (element_id,)
    if called is None:
        return (element_id,)
    return tuple(element for level in procedure.levels(called) for element in procedure.processes[level].elements)


def _title(look: Look, behind: Behind) -> str:
    if behind.scope.procedure_key is None:
        return ""
    procedure = _drawn(look, behind)
    try:
        return procedure.element(behind.element_id or "").name
    except KeyError:
        return procedure.name


def _line(look: Look, figure: Figure, found: FoundLine, *, may_open: bool) -> Line:
    procedure = look.procedure(found.version_id)
    rule = None if found.element_id is None else procedure.element(found.element_id).term
    return Line(
        case_number=found.case_number,
        may_open=may_open,
        procedure=procedure.name,
        step="" if found.element_id is None else procedure.element(found.element_id).name,
        role=found.lane,
        school=found.school,
        statutory=found.statutory,
        last_day=None if found.due_at is None else last_day_of(found.due_at),
        at=found.due_at if rule is not None and in_hours(rule) else None,
        late=figure in queries.OF_TERMS and _late(found, look.now),
        days=_days(figure, found, look.now),
    )


def _days(figure: Figure, found: FoundLine, now: datetime) -> int:
    if figure in queries.OF_TERMS and found.due_at is not None:
        left = (last_day_of(found.due_at) - _decided(found, now)).days
        return -left if figure is Figure.OVERDUE else left
    since = (found.stepped_at or found.begun) if figure is Figure.SLEEPING else found.begun
    return ((found.done or now) - since).days


def _late(found: FoundLine, now: datetime) -> bool:
    """A term in hours may be late on its last day itself."""
    return found.state == "missed" or (found.settled_at is None and found.due_at is not None and now >= found.due_at)


def _decided(found: FoundLine, now: datetime) -> date:
    """The day on which what a term asks was done; of an open one today."""
    return local_day(found.settled_at or now)
