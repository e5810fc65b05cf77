"""User tasks: who does them, what to do, why, and which form goes with it."""

from collections.abc import Iterator
from typing import Final

from app.domain.dialect import label
from app.domain.procedure import Element, ElementKind, Finding
from app.domain.roles import FILES, LANES
from app.engine.drawing import Drawing, Level

_TIMERS: Final = (ElementKind.TIMER_BOUNDARY, ElementKind.TIMER_CATCH)


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about user tasks, and the sources that timers must name too."""
    for level, task in drawing.elements(ElementKind.USER_TASK):
        yield from _group(level, task)
        if not task.documentation:
            yield level.finding(task.id, "documentation_missing", "Deze taak legt niets uit. Schrijf erbij wat iemand moet doen.")
        yield from _form(drawing, level, task)
    for level, element in drawing.elements(ElementKind.USER_TASK, *_TIMERS):
        yield from _sources(level, element)
    yield from _shared_forms(drawing)


def _group(level: Level, task: Element) -> Iterator[Finding]:
    node = level.nodes[task.id]
    group = node.get("{http://camunda.org/schema/1.0/bpmn}candidateGroups", "")
    if task.lane is not None and group != task.lane:
        text = f"De baan is van {_role(task.lane)}, maar als wie dit doet staat {_role(group)}. Kies de rol opnieuw."
        yield level.finding(task.id, "candidate_group", text)


def _role(code: str) -> str:
    return next((name for name, role in LANES.items() if role == code), code or "niemand")


def _sources(level: Level, element: Element) -> Iterator[Finding]:
    if not element.legal_basis.strip():
        yield level.finding(
            element.id,
            "legal_basis_missing",
            f"De bron ontbreekt. Vul bij {label('legalBasis')} in waar staat dat dit moet, zoals WPO art. 14 lid 7.",
        )
    rows = [row.strip() for row in element.properties.get("checklist", "").split(",")]
    if not all(row.isascii() and row.isdigit() for row in rows):
        yield level.finding(
            element.id,
            "checklist_missing",
            "De rijen van de checklist ontbreken of zijn geen getallen. Vul in, zoals 59,132.",
        )


def _form(drawing: Drawing, level: Level, task: Element) -> Iterator[Finding]:
    form = drawing.forms.get(task.form_id or "")
    if form is None:
        text = f"Het formulier {task.form_id or '(leeg)'} bestaat niet of is nog niet af. Maak het, of kies een ander."
        yield level.finding(task.id, "form_missing", text)
        return
    allowed = FILES.get(task.lane, ()) if task.lane is not None else tuple(file for files in FILES.values() for file in files)
    for field in form.fields:
        if field.sealed and (field.file is None or field.file not in allowed):
            goal = field.file or "een dossier"
            text = f"Het veld {field.key} gaat naar {goal}, maar deze baan mag daar niet schrijven. Kies een ander dossier."
            yield level.finding(task.id, "sealed_file", text)


def _shared_forms(drawing: Drawing) -> Iterator[Finding]:
    used: dict[str, str] = {}
    for level, task in drawing.elements(ElementKind.USER_TASK):
        first = used.setdefault(task.form_id or task.id, task.id)
        if first != task.id:
            text = f"Het formulier {task.form_id} hoort al bij {first}. Geef elke taak een eigen formulier."
            yield level.finding(task.id, "form_shared", text)
