"""Facts: one meaning everywhere, and nothing reads one that cannot have been answered before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from app.domain.board_settings import COMMITTEES
from app.domain.dialect import label
from app.domain.expressions import NAME, Expression, ExpressionError, FactKind, parse
from app.domain.facts import FactType
from app.domain.form_file import fact_kind
from app.domain.period import Unit, parse_period
from app.domain.procedure import Element, ElementKind, Finding
from app.engine.checks import watching
from app.engine.checks.known import Flowing, Known
from app.engine.drawing import Drawing, Level

_DAYS: Final = (FactType.DATE, FactType.MOMENT)
_MOST_CASES: Final = 5_000


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about facts. The drawing's calls must not loop."""
    kinds, findings = _kinds(drawing)
    yield from findings
    reading = _Reading(drawing, kinds, Flowing(drawing).walk())
    for level in drawing.levels.values():
        for element in level.process.elements.values():
            # What no path reaches knows nothing; that it is not reached is said once, and elsewhere.
            if element.id in reading.before:
                yield from reading.element(level, element)
    yield from _handed(drawing, kinds)
    yield from watching.check(drawing, kinds)


def _kinds(drawing: Drawing) -> tuple[Mapping[str, FactKind], list[Finding]]:
    kinds: dict[str, FactKind | None] = {}
    findings = []
    for level, task in drawing.elements(ElementKind.USER_TASK):
        form = drawing.forms.get(task.form_id or "")
        for one in () if form is None else form.fields:
            kind = fact_kind(one)
            known = kinds.setdefault(one.key, kind)
            if (kind is None) != (known is None):
                text = f"{one.key} is elders een procesgegeven en hier afgesloten, of andersom. Kies een andere naam."
                findings.append(level.finding(task.id, "fact_sealed", text))
            elif kind != known:
                text = f"{one.key} heeft elders een ander soort of andere antwoorden. Maak ze gelijk, of kies een andere naam."
                findings.append(level.finding(task.id, "fact_two_kinds", text))
    return {name: kind for name, kind in kinds.items() if kind is not None}, findings


@dataclass(frozen=True, slots=True)
class _Reading:
    drawing: Drawing
    kinds: Mapping[str, FactKind]
    before: Mapping[str, Known]

    def element(self, level: Level, element: Element) -> Iterator[Finding]:
        match element.kind:
            case ElementKind.EXCLUSIVE:
                yield from self._choice(level, element)
            case ElementKind.USER_TASK:
                yield from self._task(level, element)
            case ElementKind.SERVICE_TASK:
                yield from self._service(level, element)
            case ElementKind.TIMER_CATCH | ElementKind.TIMER_BOUNDARY if NAME.fullmatch(element.timer or ""):
                yield from self._day(level, element, element.timer or "", where="timer")

    def _choice(self, level: Level, gateway: Element) -> Iterator[Finding]:
        flows = [level.process.flows[flow] for flow in gateway.outgoing]
        ways = [flow for flow in flows if not flow.default and flow.condition is not None] if len(flows) > 1 else []
        sound: list[Expression] = []
        for flow in ways:
            try:
                condition = parse(flow.condition or "")
            except ExpressionError as error:
                yield level.finding(flow.id, "condition_outside", error.text)
                continue
            problems = list(self._reads(condition, self._can(gateway.id)))
            yield from (level.finding(flow.id, code, text) for code, text in problems)
            sound += [] if problems else [condition]
        if not any(flow.default for flow in flows) and ways and len(sound) == len(flows):
            yield from self._covers(level, gateway, sound)

    def _task(self, level: Level, task: Element) -> Iterator[Finding]:
        form = self.drawing.forms.get(task.form_id or "")
        fields = () if form is None else form.fields
        known = self._can(task.id) | {one.key for one in fields}
        for one in fields:
            for text in (one.shown_when, one.required_when):
                for code, said in self._reads(parse(text), known) if text is not None else ():
                    yield level.finding(task.id, code, f"Veld {one.key}: {said}")
        if task.term is not None:
            yield from self._term(level, task, known)

    def _service(self, level: Level, service: Element) -> Iterator[Finding]:
        if service.topic == "extend_term":
            for name in (service.properties.get("to", ""), *service.properties.get("told", "").split(",")):
                yield from self._day(level, service, name.strip(), where="servicetaak")

    def _day(
        self, level: Level, element: Element, name: str, *, where: str, known: frozenset[str] = frozenset()
    ) -> Iterator[Finding]:
        if name not in self._can(element.id) | known:
            text = f"De {where} gebruikt {name}, maar geen formulier hiervoor vult dat in. Vraag ernaar in een eerdere taak."
            yield level.finding(element.id, "fact_unknown", text)
        elif name in self.kinds and self.kinds[name].type not in _DAYS:
            yield level.finding(
                element.id, "fact_no_day", f"De {where} gebruikt {name}, maar dat is geen datum. Kies een datum of moment."
            )

    def _term(self, level: Level, task: Element, known: frozenset[str]) -> Iterator[Finding]:
        term = task.term
        if term is None:
            return
        if term.starts_from is not None:
            # A target may start from a date that the task itself asks; a term of law runs before anybody opens the task.
            asked = frozenset() if term.statutory else known
            yield from self._day(level, task, term.starts_from, where="termijn", known=asked)
            kind = self.kinds.get(term.starts_from)
            if parse_period(term.period).unit is Unit.HOUR and kind is not None and kind.type is FactType.DATE:
                text = f"Een termijn in uren begint op een moment, maar {term.starts_from} is een dag. Vraag ook de tijd."
                yield level.finding(task.id, "fact_no_moment", text)
        if term.committee is not None:
            yield from self._committee(level, task, term.committee)
        for name in term.met_by:
            if name not in known or (name in self.kinds and self.kinds[name].type not in _DAYS):
                text = f"{label('deadlineMetBy')} noemt {name}, maar dat is geen datum. Kies er een uit het formulier."
                yield level.finding(task.id, "met_by", text)

    def _committee(self, level: Level, task: Element, name: str) -> Iterator[Finding]:
        """Which committee it is must be chosen before the term begins, among those that a board can keep."""
        kind = self.kinds.get(name)
        if name not in self._can(task.id) or kind is None or not set(COMMITTEES) & set(kind.values):
            text = f"{label('deadlineCommittee')} noemt {name}, maar geen eerdere taak vraagt zo welke commissie het is."
            yield level.finding(task.id, "committee", f"{text} Kies de keuze waarin dat staat.")

    def _reads(self, condition: Expression, known: frozenset[str]) -> Iterator[tuple[str, str]]:
        for name in sorted(condition.names() - known):
            yield (
                "fact_unknown",
                f"Geen formulier hiervoor vult {name} in. Vraag ernaar in een eerdere taak, of zet het bij {label('inputs')}.",
            )
        for comparison in condition.comparisons():
            mismatch = comparison.mismatch(self.kinds)
            if mismatch is not None:
                yield "condition_value", mismatch

    def _covers(self, level: Level, gateway: Element, conditions: list[Expression]) -> Iterator[Finding]:
        """Without a default some condition must hold for whatever was answered, also for what was left open."""
        must = self.before[gateway.id].must
        names = sorted({name for condition in conditions for name in condition.names()})
        values: list[list[str | None]] = []
        for name in names:
            kind = self.kinds.get(name)
            listed = sorted(kind.values) if kind is not None and kind.type is FactType.ENUM else []
            values.append([*listed, *([] if name in must and listed else [None])])
        lists_only = all(self.kinds.get(name, FactKind(FactType.DATE)).type is FactType.ENUM for name in names)
        if lists_only and prod(len(one) for one in values) <= _MOST_CASES:
            cases = (dict(zip(names, case, strict=True)) for case in product(*values))
            missed = next((case for case in cases if not any(condition.evaluate(case) for condition in conditions)), None)
            if missed is None:
                return
            said = ", ".join(f"{name} {value or 'leeg'} is" for name, value in missed.items())
            text = f"Geen weg geldt als {said}. Kies een standaardweg, of vul de voorwaarden aan."
        else:
            text = "Deze keuze heeft geen standaardweg. Kies er een, voor het geval geen voorwaarde geldt."
        yield level.finding(gateway.id, "no_default", text)

    def _can(self, element_id: str) -> frozenset[str]:
        return self.before[element_id].can


def _handed(drawing: Drawing, kinds: Mapping[str, FactKind]) -> Iterator[Finding]:
    """Inputs that nothing uses, and outputs that nothing sets."""
    mentioned = kinds.keys() | set(_mentions(drawing))
    flowing = Flowing(drawing)
    for process_id in (drawing.key, *drawing.anytime()):
        level = drawing.levels[process_id]
        given = drawing.main.process.inputs if process_id != drawing.key else ()
        settable = flowing.effect(process_id).can | set(level.process.inputs)
        for name in level.process.inputs:
            if name not in mentioned and name not in given:
                text = f"Het gegeven {name} bij {label('inputs')} gebruikt niemand. Haal het weg."
                yield level.finding(process_id, "inputs_unknown", text)
        for name in level.process.outputs:
            if name not in settable:
                text = f"Het gegeven {name} bij {label('outputs')} vult geen formulier in. Haal het weg, of vraag ernaar."
                yield level.finding(process_id, "outputs_unknown", text)


def _mentions(drawing: Drawing) -> Iterator[str]:
    texts = [flow.condition for level in drawing.levels.values() for flow in level.process.flows.values()]
    texts += [text for form in drawing.forms.values() for one in form.fields for text in (one.shown_when, one.required_when)]
    texts += watching.conditions(drawing)
    for text in texts:
        try:
            yield from parse(text or "").names()
        except ExpressionError:
            continue  # has a finding of its own
    for _, timer in drawing.elements(ElementKind.TIMER_CATCH, ElementKind.TIMER_BOUNDARY):
        yield timer.timer or ""
    for _, task in drawing.elements(ElementKind.USER_TASK):
        yield task.properties.get("deadlineFrom", "")
    if any(one.file is not None for form in drawing.forms.values() for one in form.fields):
        yield "file_consent"
