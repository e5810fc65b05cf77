"""Whether all that a scenario names exists: a step that is misspelled in `not_open` would otherwise hold for ever."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.demo.cast import BOARDS, CAST
from app.domain.procedure import AWAITED, ENDS, Begins, Element, ElementKind, Procedure
from app.mail.texts import NOTICES
from app.scenarios.expected import Expect, Where
from app.scenarios.story import (
    Absence,
    Act,
    Announce,
    AskReplacement,
    Complete,
    CorrectStart,
    FromList,
    InCase,
    Refused,
    Scenario,
    ScenarioError,
    StartBeside,
    Step,
    Wait,
)

_STEPS = (ElementKind.USER_TASK,)
_SCHOOLS = [school for schools in BOARDS.values() for school in schools]


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named, in all procedures together: a case may run several of them."""

    procedures: Mapping[str, Procedure]

    def elements(self, kinds: Collection[ElementKind] | None = None) -> dict[str, Element]:
        """The elements of these kinds by id."""
        all_elements = (e for p in self.procedures.values() for level in p.processes.values() for e in level.elements.values())
        return {e.id: e for e in all_elements if kinds is None or e.kind in kinds}

    def asked(self, element_id: str) -> set[str]:
        """The questions of a step, in whichever procedure it is drawn; elsewhere the same id may be another kind of element."""
        elements = ((p, level.elements.get(element_id)) for p in self.procedures.values() for level in p.processes.values())
        forms = (p.forms[element.form_id] for p, element in elements if element is not None and element.form_id is not None)
        return {field.key for form in forms for field in form.fields}

    def starts(self, begins: Begins) -> set[str]:
        """The start events, of all procedures, that begin this."""
        return {start.id for p in self.procedures.values() for start in p.starts() if start.begins is begins}

    def starts_of_terms(self) -> set[str]:
        """The facts that terms count from."""
        return {e.term.starts_from for e in self.elements(_STEPS).values() if e.term and e.term.starts_from}


def check(scenario: Scenario, procedures: Mapping[str, Procedure]) -> None:
    """Raises ScenarioError for the first name that nothing bears."""
    names, start = Names(procedures), scenario.start
    _must(start.where, "procedure", [scenario.procedure], procedures)
    _must(
        start.where,
        "begin",
        [start.element_id],
        [e.id for e in procedures[scenario.procedure].starts() if e.begins is Begins.CASE],
    )
    _must(start.where, "persoon", [start.person], CAST)
    _must(start.where, "school", [start.school], _SCHOOLS)
    for step in scenario.steps:
        _check_step(step, names)


def _check_step(step: Step, names: Names) -> None:
    match step:
        case InCase():
            _check_step(step.step, names)
        case Refused():
            _check_act(step.attempt, names)
        case Expect():
            _check_expect(step, names)
        case Wait():
            pass
        case _:
            _check_act(step, names)


def _check_act(step: Act, names: Names) -> None:
    match step:
        case Complete():
            _check_attempt(step, names)
        case StartBeside():
            beside = [name for p in names.procedures.values() for level in p.processes.values() for name in level.anytime]
            _must(step.where, "proces ernaast", [step.process_id], beside)
        case Announce():
            _must(step.where, "bericht", [step.element_id], names.elements(AWAITED))
        case FromList():
            _must(step.where, "begin vanaf de lijst", [step.element_id], names.starts(Begins.LIST))
        case AskReplacement():
            _must(step.where, "persoon", [step.ill], CAST)
        case Absence():
            _must(step.where, "persoon", [step.owner, *([step.deputy] if step.deputy else [])], CAST)
        case CorrectStart():
            _must(step.where, "stap", [step.element_id], names.elements(_STEPS))
            _must(step.where, "begin van een termijn", [step.fact], names.starts_of_terms())
    _must(step.where, "persoon", [step.person], CAST)


def _check_attempt(step: Complete, names: Names) -> None:
    _must(step.where, "stap", [step.element_id], names.elements(_STEPS))
    _must(step.where, f"vraag van {step.element_id}", step.answers, names.asked(step.element_id))
    _must(step.where, "persoon", [person for people in step.tick.values() for person in people], CAST)


def _check_expect(step: Expect, names: Names) -> None:
    where = step.where
    steps = [*(t.element_id for t in step.open), *step.not_open, *(t.element_id for t in step.terms)]
    _must(where, "stap", steps, names.elements(_STEPS))
    _must(where, "element", [e.element_id for e in step.events if e.element_id], names.elements())
    _must(where, "persoon", [e.behalf for e in step.events if e.behalf], CAST)
    _must(where, "bericht per mail", step.mail, NOTICES)
    _must(where, "persoon", [*step.absent, *(person for people in step.mail.values() for person in people)], CAST)
    _must(where, "einde", step.ended, names.elements(ENDS))
    _must(where, "proces", step.running or (), {level for p in names.procedures.values() for level in p.processes})


def _must(where: Where, what: str, named: Iterable[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            raise ScenarioError(f"{where}: er is geen {what} {name}. Wel: {', '.join(sorted(known))}.")
