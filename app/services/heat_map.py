"""Where the cases of one version of a procedure wait, and where terms are missed: by step, and by phase."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain.compliance import Figure, within
from app.domain.errors import NotFound
from app.domain.procedure import Element, ElementKind, Procedure
from app.services.compliance_lines import version_of
from app.services.looking import Look
from app.services.views.compliance import HeatElement, HeatPage
from app.services.views.figures import Behind, Counted
from app.storage.queries import compliance as queries

#: The hottest.
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Heat:
    """What a step has: how many wait how many days, and missed terms."""

    waiting: Counter[int]
    missed: int


def page(look: Look, number: int | None) -> HeatPage:
    """The heat of a version. Raises NotFound without a procedure, and for a version that there is not."""
    versions = tuple(known for _, key, known in look.versions if key == look.scope.procedure_key)
    if not versions:
        raise NotFound
    chosen = versions[0] if number is None else number
    version_id = version_of(look, chosen)
    procedure = look.procedure(version_id)
    asked = replace(look.question(), version_ids=(version_id,))
    waiting: dict[str, Counter[int]] = {}
    for one in queries.waiting_by_days(look.tx, asked):
        waiting.setdefault(one.element_id, Counter())[one.days] += one.numbers[Figure.WAITING]
    missed = queries.missed_by_step(look.tx, asked)
    heat = {step.id: _Heat(waiting.get(step.id, Counter()), missed.get(step.id, 0)) for step in _steps(look, procedure)}
    return HeatPage(
        at=look.now,
        scope=look.scope,
        choices=look.choices,
        procedure_key=procedure.key,
        procedure=procedure.name,
        version=chosen,
        versions=versions,
        levels=tuple((name, procedure.processes[name].name) for name in _levels(procedure)),
        elements=tuple(_elements(look, chosen, procedure, heat)),
    )


def drawing(look: Look, number: int, process_id: str) -> bytes:
    """The drawing of one level. Raises NotFound."""
    source = look.procedure(version_of(look, number)).source_of(process_id)
    if source is None:
        raise NotFound
    return source


def _levels(procedure: Procedure) -> tuple[str, ...]:
    """The main process with its phases, then what may be started beside it."""
    mains = (procedure.main, *procedure.processes[procedure.main].anytime)
    return tuple(dict.fromkeys(level for main in mains for level in procedure.levels(main)))


def _steps(look: Look, procedure: Procedure) -> Iterator[Element]:
    for element in (e for level in _levels(procedure) for e in procedure.processes[level].elements.values()):
        if element.kind is ElementKind.USER_TASK and element.lane in look.sight.seen:
            yield element


def _elements(look: Look, version: int, procedure: Procedure, heat: dict[str, _Heat]) -> Iterator[HeatElement]:
    """Steps by themselves, and calls with all steps inside; each kind as hot as its hottest."""
    steps = [(step, heat[step.id]) for step in _steps(look, procedure)]
    calls = []
    for call in (e for level in _levels(procedure) for e in procedure.processes[level].elements.values() if e.called):
        inside = [e for level in procedure.levels(call.called or "") for e in procedure.processes[level].elements]
        if any(element in heat for element in inside):
            calls.append((call, _together(heat[element] for element in inside if element in heat)))
    for group in (steps, calls):
        most = max((_weight(one) for _, one in group), default=0)
        for element, one in group:
            yield _element(look, version, element, one, most)


def _element(look: Look, version: int, element: Element, one: _Heat, most: int) -> HeatElement:
    def counted(number: int, figure: Figure) -> Counted:
        return Counted(number, Behind(figure, look.scope, element_id=element.id, version=version))

    return HeatElement(
        process_id=element.process_id,
        element_id=element.id,
        name=element.name,
        role=element.lane if element.called is None else None,
        waiting=counted(one.waiting.total(), Figure.WAITING),
        median=within(one.waiting, 50) if one.waiting else None,
        missed=counted(one.missed, Figure.MISSED),
        heat=-(-_MOST * _weight(one) // most) if most else 0,
    )


def _together(parts: Iterable[_Heat]) -> _Heat:
    waiting: Counter[int] = Counter()
    missed = 0
    for part in parts:
        waiting += part.waiting
        missed += part.missed
    return _Heat(waiting, missed)


def _weight(one: _Heat) -> int:
    return one.waiting.total() + one.missed
