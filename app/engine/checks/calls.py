"""What refers to something else: called phases, processes beside the procedure, and messages."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.dialect import label
from app.domain.procedure import STEP_DONE, Begins, ElementKind, Finding
from app.domain.roles import Role
from app.engine.drawing import Drawing
from app.engine.xml import BPMN

#: Phases that call phases; ours go four deep.
MOST_LEVELS: Final = 20


def check(drawing: Drawing) -> Iterator[Finding]:
    """All findings about references between parts and files."""
    yield from _called(drawing)
    yield from list(_loops(drawing)) or _depth(drawing)
    yield from _beside(drawing)
    yield from _messages(drawing)
    yield from _begins(drawing)


def _called(drawing: Drawing) -> Iterator[Finding]:
    for level, call in drawing.elements(ElementKind.CALL):
        if call.called not in drawing.levels:
            text = f"De fase {call.called or '(leeg)'} bestaat niet. Kies een fase van deze procedure."
            yield level.finding(call.id, "call_unknown", text)
        said = call.properties.get("severalAtOnce")
        if said not in (None, "true"):
            text = f"{label('severalAtOnce')} is {said or 'leeg'}. Vul true in, of haal het weg."
            yield level.finding(call.id, "several_at_once", text)


def _loops(drawing: Drawing) -> Iterator[Finding]:
    calls = {
        name: {call.called for call in level.elements(ElementKind.CALL)} & drawing.levels.keys()
        for name, level in drawing.levels.items()
    }
    for level, call in drawing.elements(ElementKind.CALL):
        if call.called is not None and level.process.id in _reached(calls, call.called):
            text = "Deze fase roept zichzelf aan, misschien via een andere fase. Teken de herhaling met een pijl terug."
            yield level.finding(call.id, "call_loop", text)


def _reached(calls: Mapping[str, set[str | None]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(called for called in calls.get(name, ()) if called is not None)
    return seen


def _depth(drawing: Drawing) -> Iterator[Finding]:
    """Phases in phases in phases: nobody follows them, and what is known where walks through all of them."""
    names = {drawing.key, *drawing.anytime()}
    for _ in range(MOST_LEVELS):
        calls = (call.called for name in names for call in drawing.levels[name].elements(ElementKind.CALL))
        names = {called for called in calls if called is not None and called in drawing.levels}
    for name in sorted(names):
        text = f"Deze fase ligt meer dan {MOST_LEVELS} aanroepen diep. Roep haar eerder aan, of voeg fasen samen."
        yield drawing.levels[name].finding(name, "call_deep", text)


def _beside(drawing: Drawing) -> Iterator[Finding]:
    for level in drawing.levels.values():
        for name in level.process.anytime:
            if name not in drawing.levels:
                text = f"De fase {name} bestaat niet. Kies bij {label('anytime')} een fase van deze procedure."
                yield level.finding(level.process.id, "anytime_unknown", text)
        said = level.process.properties.get("onlyWhileRunning")
        if said not in (None, "true"):
            text = f"{label('onlyWhileRunning')} is {said or 'leeg'}. Vul true in, of haal het weg."
            yield level.finding(level.process.id, "only_while_running", text)
    for name in drawing.anytime():
        beside = drawing.levels[name]
        tasks, calls = list(beside.elements(ElementKind.USER_TASK)), list(beside.elements(ElementKind.CALL))
        if len(tasks) != 1 or calls:
            text = "Een proces dat je op elk moment kunt starten heeft precies één taak en geen fasen. Verdeel het."
            yield beside.finding(name, "anytime_tasks", text)


def _messages(drawing: Drawing) -> Iterator[Finding]:
    names: dict[str, str | None] = {}
    for file, root in drawing.files.items():
        for message in root.iterfind(f"{BPMN}message"):
            message_id, name = message.get("id", ""), message.get("name")
            if names.setdefault(message_id, name) != name:
                text = f"Het bericht {message_id} heeft in een ander bestand een andere naam. Geef het overal dezelfde naam."
                yield Finding(file, message_id, name or "", "message_twice", text)
    for level, element in drawing.elements(ElementKind.MESSAGE_START, ElementKind.MESSAGE_CATCH, ElementKind.MESSAGE_BOUNDARY):
        if not element.message:
            yield level.finding(
                element.id, "message_unknown", "Deze gebeurtenis wijst naar geen bericht met een naam. Kies een bericht."
            )
        elif element.message == STEP_DONE and element.kind is not ElementKind.MESSAGE_CATCH:
            text = f"Op {STEP_DONE} wacht een gebeurtenis tussen twee stappen, geen begin en geen rand. Teken haar in de weg."
            yield level.finding(element.id, "step_done_place", text)


#: Who alone may begin so, and what to do when the start stands elsewhere.
_BEGINNERS: Final[Mapping[str, tuple[Role, str]]] = {
    Begins.LIST: (
        Role.ADVISER,
        "Alleen de vertrouwenspersoon gaat verder vanuit de lijst met meldingen. Zet dit begin in zijn baan.",
    ),
    Begins.ILLNESS: (
        Role.SUCCESSOR,
        "Bij ziekte begint wie vooraf als vervanger is gekozen. Zet dit begin in de baan Opvolgend vertrouwenspersoon.",
    ),
}


def _begins(drawing: Drawing) -> Iterator[Finding]:
    """What a start event begins, and in whose lane: the list of notices is the adviser's, illness is for his replacement."""
    for level, start in drawing.elements(ElementKind.START, ElementKind.MESSAGE_START):
        begins = start.properties.get("begins")
        if begins is not None and (begins not in list(Begins) or level.process.id != drawing.key):
            text = f"{label('begins')} is {begins}. Kies iets uit de lijst, en alleen bij een begin van de eerste tekening."
            yield level.finding(start.id, "begins", text)
        elif begins is not None and begins in _BEGINNERS and start.lane is not _BEGINNERS[begins][0]:
            yield level.finding(start.id, "begins_lane", _BEGINNERS[begins][1])
