"""A small procedure without findings, which each test then spoils in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option
from app.domain.procedure import Finding
from app.engine.parse import Reading, read_procedure
from tests.engine.sheet import Sheet, call, event, flows, message, service, task, timer

MIN_SENTENCE = 20
YES_NO = (Option("ja", "Ja"), Option("nee", "Nee"))


def route() -> Sheet:
    nodes = {
        "begin": event("startEvent"),
        "ask": task("ask"),
        "gw": event("exclusiveGateway"),
        "answering": call("phase"),
        "ev_stop": message("boundaryEvent", "m_stop", attachedToRef="answering"),
        "note_stop": service("record", mark="stopped"),
        "stopped": event("endEvent"),
        "done": event("endEvent"),
        "not_wanted": event("endEvent", "terminate"),
    }
    arrows = flows(
        "begin > ask",
        "ask > gw",
        "gw > answering: ja ? ${wanted == 'ja'}",
        "gw > not_wanted: nee ? ${wanted == 'nee'}",
        "answering > done",
        "ev_stop > note_stop",
        "note_stop > stopped",
    )
    known = {"inputs": "may_contact", "outputs": "wanted", "anytime": "longer"}
    return Sheet("route", nodes, arrows, known, messages={"m_stop": "stopped"})


def phase() -> Sheet:
    term = {"deadline": "P4W", "deadlineCalendar": "atw", "deadlineFrom": "known_on", "deadlineWarn": "P1W", "statutory": "true"}
    more = {"deadlineEscalate": "adviser", "deadlineExtendable": "true", "deadlineMetBy": "told_on"}
    nodes = {
        "open_phase": event("startEvent"),
        "answer": task("answer", **term, **more),
        "soon": timer("${warn.answer}", "answer"),
        "late": timer("${deadline.answer}", "answer"),
        "tell_soon": service("notify", to="board", notice="term_soon", about="answer"),
        "tell_late": service("notify", to="board,adviser", notice="term_missed"),
        "told_soon": event("endEvent"),
        "told_late": event("endEvent"),
        "wait": timer("${told_on}"),
        "answered": event("endEvent"),
    }
    arrows = flows(
        "open_phase > answer",
        "answer > wait",
        "wait > answered",
        "soon > tell_soon",
        "tell_soon > told_soon",
        "late > tell_late",
        "tell_late > told_late",
    )
    return Sheet("phase", nodes, arrows)


def longer() -> Sheet:
    nodes = {
        "want_longer": event("startEvent"),
        "extend": task("extend"),
        "apply": service("extend_term", term="answer", to="extended_to", told="notified_on"),
        "longer_done": event("endEvent"),
    }
    return Sheet("longer", nodes, flows("want_longer > extend", "extend > apply", "apply > longer_done"))


def forms() -> dict[str, Form]:
    contact = Field("may_contact", "Mag er contact zijn?", FactType.ENUM, options=YES_NO)
    wanted = Field("wanted", "Wil je dit?", FactType.ENUM, options=YES_NO, required=True, shown_when="may_contact != 'nee'")
    asked = (
        contact,
        replace(wanted, shown_when=None),
        Field("known_on", "Wanneer?", FactType.DATE),
        Field("letter", "Brief", None),
    )
    answered = (Field("told_on", "Wanneer?", FactType.DATE, required_when="wanted == 'ja'"),)
    extended = (Field("extended_to", "Tot?", FactType.DATE), Field("notified_on", "Wanneer?", FactType.DATE))
    return {name: Form(name, fields) for name, fields in (("ask", asked), ("answer", answered), ("extend", extended))}


@dataclass
class Sound:
    """The whole procedure, to be changed in one place and read again."""

    route: Sheet = field(default_factory=route)
    phase: Sheet = field(default_factory=phase)
    longer: Sheet = field(default_factory=longer)
    forms: dict[str, Form] = field(default_factory=forms)
    more: dict[str, bytes] = field(default_factory=dict)

    def sources(self) -> dict[str, bytes]:
        sheets = {"route.bpmn": self.route, "route/phase.bpmn": self.phase, "route/longer.bpmn": self.longer}
        return {file: sheet.source() for file, sheet in sheets.items()} | self.more

    def read(self) -> Reading:
        return read_procedure("route", self.sources(), self.forms)

    def field(self, form: str, key: str, **change: object) -> None:
        """Change one field of a form, or add it."""
        fields = {one.key: one for one in self.forms[form].fields}
        old = fields.get(key, Field(key, "Vraag", FactType.ENUM, options=YES_NO))
        fields[key] = replace(old, **change)  # type: ignore[arg-type]  # names of Field's own
        self.forms[form] = Form(form, tuple(fields.values()))

    def arrows(self, sheet: Sheet, *arrows: str) -> None:
        sheet.flows |= flows(*arrows)

    def findings(self) -> tuple[Finding, ...]:
        return self.read().findings


def refusals(spoil: Callable[[Sound], object]) -> set[tuple[str, str]]:
    """The element and code of each finding after one change; every finding must say where, and end as a sentence does."""
    sound = Sound()
    spoil(sound)
    reading = sound.read()
    assert (reading.procedure is None) == bool(reading.findings)
    assert all(one.file and one.text.endswith((".", ".)")) and len(one.text) > MIN_SENTENCE for one in reading.findings)
    return {(one.element_id, one.code) for one in reading.findings}
