"""Who may watch a procedure: conditions of the main process over facts, which hold for nobody before anything is known."""

from collections.abc import Iterator, Mapping

from app.domain.dialect import label
from app.domain.expressions import Expression, ExpressionError, FactKind, parse
from app.domain.procedure import ElementKind, Finding
from app.domain.watching import CONDITIONS
from app.engine.checks.known import Flowing
from app.engine.drawing import Drawing
from app.engine.elements import unwrapped


def check(drawing: Drawing, kinds: Mapping[str, FactKind]) -> Iterator[Finding]:
    """All findings about who may watch. The drawing's calls must not loop."""
    known = _settable(drawing)
    for process_id, level in drawing.levels.items():
        for name in (name for name in CONDITIONS if name in level.process.properties):
            if process_id != drawing.key:
                text = f"{label(name)} geldt voor de hele procedure. Zet het in de eerste tekening."
                yield level.finding(process_id, "watch_place", text)
                continue
            for code, text in _condition(known, kinds, level.process.properties[name]):
                yield level.finding(process_id, code, f"{label(name)}: {text}")
    yield from _follow_ups(drawing)


def conditions(drawing: Drawing) -> Iterator[str]:
    """The texts of these conditions, sound or not."""
    properties = drawing.main.process.properties
    return (properties[name] for name in CONDITIONS if name in properties)


def _condition(known: frozenset[str], kinds: Mapping[str, FactKind], text: str) -> Iterator[tuple[str, str]]:
    if unwrapped(text) is None:
        yield "condition_outside", "Schrijf de voorwaarde tussen ${ en }."
        return
    try:
        condition = parse(text)
    except ExpressionError as error:
        yield "condition_outside", error.text
        return
    yield from _facts(condition, known, kinds)
    if condition.evaluate({}):
        yield "watch_open", "De voorwaarde geldt ook als er nog niets bekend is. Vraag naar een antwoord: gegeven == 'nee'."


def _facts(condition: Expression, known: frozenset[str], kinds: Mapping[str, FactKind]) -> Iterator[tuple[str, str]]:
    for name in sorted(condition.names() - known):
        yield "fact_unknown", f"Geen formulier vult {name} in. Vraag ernaar in een taak, of zet het bij {label('inputs')}."
    for comparison in condition.comparisons():
        mismatch = comparison.mismatch(kinds)
        if mismatch is not None:
            yield "condition_value", mismatch


def _settable(drawing: Drawing) -> frozenset[str]:
    handed = (name for process_id in drawing.anytime() for name in drawing.levels[process_id].process.outputs)
    return Flowing(drawing).effect(drawing.key).can | set(drawing.main.process.inputs) | set(handed)


def _follow_ups(drawing: Drawing) -> Iterator[Finding]:
    for level, task in drawing.elements(ElementKind.USER_TASK):
        said = task.properties.get("followUp")
        if said not in (None, "true"):
            text = f"{label('followUp')} is {said or 'leeg'}. Vul true in, of haal het weg."
            yield level.finding(task.id, "follow_up", text)
