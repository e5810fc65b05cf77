"""Driven checks: each mistake that reading a drawing cannot see, found by the real engine with the shortest example."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option, When
from app.domain.procedure import Procedure, Process, Severity
from app.engine.driving.drive import drive, handed_to
from app.engine.driving.found import Driven, DrivenFinding
from app.engine.levels import read_level
from app.engine.parse import called_processes, read_procedure
from app.engine.xml import read_xml
from tests.engine.sheet import Node, Sheet, call, event, flows, message, service, task, timer
from tests.processes.product import procedures

YES_NO = (Option("ja", "Ja"), Option("nee", "Nee"))


def asks(key: str, **more: object) -> Field:
    return replace(Field(key, f"Vraag {key}", FactType.ENUM, options=YES_NO, required=True), **more)  # type: ignore[arg-type]  # names of Field's own


def sound(sheets: Mapping[str, Sheet], fields: Mapping[str, tuple[Field, ...]]) -> Procedure:
    """A procedure in which reading the drawing finds nothing."""
    forms = {name: Form(name, asked) for name, asked in fields.items()}
    reading = read_procedure("route", {f"{name}.bpmn": sheet.source() for name, sheet in sheets.items()}, forms)
    assert reading.procedure is not None, reading.findings
    return reading.procedure


def unread(sheet: Sheet) -> Procedure:
    """A procedure that was not checked, for what the checks would refuse already."""
    file, source = "route.bpmn", sheet.source()
    levels = {key: read_level(file, node).process for key, node in called_processes(read_xml(source))}
    return Procedure("route", "route", levels, {}, "0", {file: source})


def sheet(nodes: dict[str, Node], *arrows: str, **more: str) -> Sheet:
    return Sheet("route", {"begin": event("startEvent"), **nodes, "done": event("endEvent")}, flows(*arrows), dict(more))


def only(driven: Driven) -> DrivenFinding:
    assert driven.complete
    (found,) = driven.findings
    assert found.text.endswith((".", ".)"))
    return found


def where(found: DrivenFinding) -> list[str]:
    return [step.element for step in found.path]


@dataclass(frozen=True)
class Case:
    """A diagram with one mistake, and what must be said of it."""

    procedure: Procedure
    code: str
    element: str
    path: list[str]
    severity: Severity = Severity.ERROR


def trap() -> Case:
    """Whoever answers no is asked the same for ever: nothing sets `first` any more."""
    nodes = {"ask": task("ask"), "gw": event("exclusiveGateway"), "again": task("again"), "other": event("exclusiveGateway")}
    arrows = ("begin > ask", "ask > gw", "gw > again: nee ? ${first == 'nee'}", "gw > done: ja ? ${first == 'ja'}")
    more = ("again > other", "other > again: nee ? ${first == 'nee'}", "other > done: ja ? ${first == 'ja'}")
    drawn = sheet(nodes, *arrows, *more)
    return Case(sound({"route": drawn}, {"ask": (asks("first"),), "again": ()}), "trap", "again", ["begin", "ask", "gw"])


def stuck() -> Case:
    """A join waits for a branch that a choice leaves out."""
    nodes = {
        "ask": task("ask"),
        "fork": event("parallelGateway"),
        "gw": event("exclusiveGateway"),
        "join": event("parallelGateway"),
    }
    drawn = sheet(
        nodes | {"other": event("endEvent")},
        "begin > ask", "ask > fork", "fork > join", "fork > gw",
        "gw > join: ja ? ${first == 'ja'}", "gw > other: nee ? ${first == 'nee'}", "join > done",
    )  # fmt: skip
    return Case(sound({"route": drawn}, {"ask": (asks("first"),)}), "stuck", "other", ["begin", "ask", "fork", "gw", "other"])


def twice() -> Case:
    """Two branches come together at a task that does not wait for both."""
    nodes = {"fork": event("parallelGateway"), "left": service("record", mark="stopped"), "work": task("work")}
    drawn = sheet(nodes, "begin > fork", "fork > left", "fork > work", "left > work", "work > done")
    return Case(sound({"route": drawn}, {"work": ()}), "twice", "work", ["begin", "fork", "left"])


def again() -> Case:
    """A loop opens a task each time: drawn so on purpose, so it needs a reason and no more."""
    nodes = {"fork": event("parallelGateway"), "choose": task("choose"), "gw": event("exclusiveGateway"), "work": task("work")}
    drawn = sheet(
        nodes | {"over": event("endEvent")},
        "begin > choose", "choose > gw", "gw > fork: ja ? ${more == 'ja'}", "gw > over: nee ? ${more == 'nee'}",
        "fork > choose", "fork > work", "work > done",
    )  # fmt: skip
    path = ["begin", "choose", "gw", "fork", "choose", "gw", "fork"]
    procedure = sound({"route": drawn}, {"choose": (asks("more"),), "work": ()})
    return Case(procedure, "twice", "work", path, Severity.WARNING)


def unset() -> Case:
    """In the first round nobody was asked yet."""
    nodes = {"gw": event("exclusiveGateway"), "ask": task("ask")}
    drawn = sheet(
        nodes | {"other": event("endEvent")}, "begin > gw", "gw > ask: anders", "gw > done: ja ? ${first == 'ja'}", "ask > gw"
    )
    drawn.nodes["gw"].attributes["default"] = "gw_ask"
    del drawn.nodes["other"]
    return Case(sound({"route": drawn}, {"ask": (asks("first"),)}), "unset", "gw", ["begin", "gw"], Severity.WARNING)


def runs_forever() -> Case:
    """A day that is past does not wait, and nobody is asked for another one."""
    nodes = {"ask": task("ask"), "wait": timer("${day}"), "gw": event("exclusiveGateway")}
    drawn = sheet(
        nodes, "begin > ask", "ask > wait", "wait > gw", "gw > wait: nee ? ${first == 'nee'}", "gw > done: ja ? ${first == 'ja'}"
    )
    day = Field("day", "Welke dag?", FactType.DATE, required=True, when=When.FUTURE)
    return Case(sound({"route": drawn}, {"ask": (asks("first"), day)}), "runs_forever", "wait", ["begin", "ask", "wait"])


def unreached() -> Case:
    """Two choices of one fact that exclude each other."""
    nodes = {"ask": task("ask"), "gw": event("exclusiveGateway"), "gw2": event("exclusiveGateway"), "never": task("never")}
    drawn = sheet(
        nodes | {"no": event("endEvent")},
        "begin > ask", "ask > gw", "gw > gw2: ja ? ${first == 'ja'}", "gw > no: nee ? ${first == 'nee'}",
        "gw2 > never: nee ? ${first == 'nee'}", "gw2 > done: ja ? ${first == 'ja'}", "never > done",
    )  # fmt: skip
    return Case(sound({"route": drawn}, {"ask": (asks("first"),), "never": ()}), "unreached", "never", [])


def empty_day() -> Case:
    """A day that may stay empty never comes."""
    nodes = {"ask": task("ask"), "wait": timer("${day}")}
    drawn = sheet(nodes, "begin > ask", "ask > wait", "wait > done")
    day = Field("day", "Welke dag?", FactType.DATE, when=When.FUTURE)
    return Case(sound({"route": drawn}, {"ask": (day,)}), "trap", "wait", ["begin", "ask"])


def no_way() -> Case:
    """A choice of which no way holds."""
    nodes = {"gw": event("exclusiveGateway"), "other": event("endEvent")}
    drawn = sheet(nodes, "begin > gw", "gw > done: ja ? ${first == 'ja'}", "gw > other: nee ? ${first == 'nee'}", inputs="first")
    return Case(unread(drawn), "no_way", "begin", ["begin"])


def implicit_end() -> Case:
    """A way that stops without an end."""
    nodes = {"fork": event("parallelGateway"), "left": service("record", mark="stopped")}
    return Case(
        unread(sheet(nodes, "begin > fork", "fork > left", "fork > done")), "implicit_end", "left", ["begin", "fork", "left"]
    )


def shared(*arrows: str) -> dict[str, Sheet]:
    """A phase that is called by a route, and by another phase of it."""
    inner = Sheet(
        "phase",
        {"enter": event("startEvent"), "work": task("work"), "left": event("endEvent")},
        flows("enter > work", "work > left"),
    )
    middle = Sheet(
        "middle", {"mid": event("startEvent"), "deep": call("phase"), "out": event("endEvent")}, flows("mid > deep", "deep > out")
    )
    calls = {"one": call("phase"), "two": call("middle")}
    return {"route": sheet({"fork": event("parallelGateway"), **calls}, *arrows), "phase": inner, "middle": middle}


def phase_twice() -> Case:
    """Two calls of one phase run beside each other, one of them inside another phase."""
    sheets = shared("begin > fork", "fork > one", "fork > two", "one > join", "two > join", "join > done")
    sheets["route"].nodes["join"] = event("parallelGateway")
    return Case(sound(sheets, {"work": ()}), "phase_twice", "two", ["begin", "fork", "enter", "mid", "enter"])


CASES = (trap, stuck, twice, again, phase_twice, unset, runs_forever, unreached, empty_day, no_way, implicit_end)


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_each_mistake_is_found_with_the_shortest_example(make: object) -> None:
    assert callable(make)
    case: Case = make()
    found = only(drive(case.procedure))
    assert (found.code, found.element_id, found.severity) == (case.code, case.element, case.severity)
    assert where(found) == case.path


def test_a_call_that_says_that_it_may_run_more_than_once_says_it_for_all_that_is_in_it() -> None:
    case = phase_twice()
    two = case.procedure.processes["route"].elements["two"]
    meant = replace(two, properties={**two.properties, "severalAtOnce": "true"})
    elements = {**case.procedure.processes["route"].elements, "two": meant}
    route = replace(case.procedure.processes["route"], elements=elements)
    processes = {**case.procedure.processes, "route": route}
    assert drive(replace(case.procedure, processes=processes)).findings == ()


def test_calls_of_one_phase_after_each_other_are_no_mistake() -> None:
    sheets = shared("begin > one", "one > two", "two > done")
    del sheets["route"].nodes["fork"]
    assert drive(sound(sheets, {"work": ()})).findings == ()


def phase(*, asked: str) -> dict[str, Sheet]:
    """A phase that waits for ever when `first` is no, under a route that may break it off."""
    inner = Sheet(
        "phase",
        {"enter": event("startEvent"), "gw": event("exclusiveGateway"), "stay": task("stay"), "left": event("endEvent")},
        flows("enter > gw", "gw > stay: nee ? ${first == 'nee'}", "gw > left: ja ? ${first == 'ja'}", "stay > gw"),
    )
    arrows: tuple[str, ...] = ("begin > ask", "ask > inside", "inside > done")
    nodes = {"ask": task("ask"), "inside": call("phase")}
    if asked == "with a way out":
        nodes |= {"ev_stop": message("boundaryEvent", "m_stop", attachedToRef="inside"), "stopped": event("endEvent")}
        arrows = (*arrows, "ev_stop > stopped")
    outer = sheet(nodes, *arrows)
    outer.messages = {"m_stop": "stopped"}
    return {"route": outer, "phase": inner}


@pytest.mark.parametrize(("asked", "severity"), [("without a way out", Severity.ERROR), ("with a way out", Severity.WARNING)])
def test_a_trap_in_a_phase_is_told_from_the_very_beginning(asked: str, severity: Severity) -> None:
    found = only(drive(sound(phase(asked=asked), {"ask": (asks("first"),), "stay": ()})))
    assert (found.code, found.element_id, found.file, found.severity) == ("trap", "stay", "phase.bpmn", severity)
    assert where(found) == ["begin", "ask", "enter", "gw"]
    assert "Vraag first → Nee" in found.path[1].label


def test_what_a_phase_writes_is_known_behind_it_and_nothing_else() -> None:
    sheets = phase(asked="with a way out")
    outer = sheets["route"]
    outer.nodes |= {"gw_out": event("exclusiveGateway"), "never": event("endEvent")}
    del outer.flows["inside_done"]
    outer.flows |= flows("inside > gw_out", "gw_out > never: nee ? ${first == 'nee'}", "gw_out > done: ja ? ${first == 'ja'}")
    codes = {(one.code, one.element_id) for one in drive(sound(sheets, {"ask": (asks("first"),), "stay": ()})).findings}
    assert codes == {("trap", "stay"), ("unreached", "never")}


def test_what_runs_beside_may_change_what_a_phase_reads() -> None:
    """The phase waits until a task beside it says yes, so it is no trap."""
    inner = Sheet(
        "phase",
        {"enter": event("startEvent"), "look": task("look"), "gw": event("exclusiveGateway"), "left": event("endEvent")},
        flows("enter > look", "look > gw", "gw > look: nee ? ${first == 'nee'}", "gw > left: ja ? ${first == 'ja'}"),
    )
    nodes = {"ask": task("ask"), "fork": event("parallelGateway"), "inside": call("phase"), "beside": task("beside")}
    ends = {"join": event("parallelGateway")}
    drawn = sheet(
        nodes | ends,
        "begin > ask",
        "ask > fork",
        "fork > inside",
        "fork > beside",
        "inside > join",
        "beside > join",
        "join > done",
    )
    fields = {"ask": (asks("first"),), "beside": (asks("first"),), "look": ()}
    assert not drive(sound({"route": drawn, "phase": inner}, fields)).findings


def test_phases_that_are_over_at_once_go_round_for_ever() -> None:
    inner = Sheet("phase", {"enter": event("startEvent"), "left": event("endEvent")}, flows("enter > left"))
    nodes = {"ask": task("ask"), "inside": call("phase"), "gw": event("exclusiveGateway")}
    arrows = (
        "begin > ask",
        "ask > inside",
        "inside > gw",
        "gw > inside: nee ? ${first == 'nee'}",
        "gw > done: ja ? ${first == 'ja'}",
    )
    found = only(drive(sound({"route": sheet(nodes, *arrows), "phase": inner}, {"ask": (asks("first"),)})))
    assert (found.code, found.element_id, where(found)[:2]) == ("runs_forever", "inside", ["begin", "ask"])


def test_a_call_says_that_what_it_opens_may_be_open_in_another() -> None:
    sheets = shared("begin > fork", "fork > one", "fork > two", "one > join", "two > join", "join > done")
    sheets["route"].nodes["join"] = event("parallelGateway")
    sheets["route"].nodes["two"].properties = {"severalAtOnce": "true"}
    assert drive(sound(sheets, {"work": ()})).findings == ()


def meant(*, loop: bool) -> Procedure:
    """A phase that says that it may be open several times, begun anew by a loop or by two branches."""
    inner = Sheet(
        "phase",
        {"enter": event("startEvent"), "work": task("work"), "left": event("endEvent")},
        flows("enter > work", "work > left"),
    )
    inside = call("phase")
    inside.properties = {"severalAtOnce": "true"}
    nodes = {"choose": task("choose"), "fork": event("parallelGateway"), "inside": inside}
    arrows = ("begin > choose", "choose > gw", "gw > fork: ja ? ${more == 'ja'}", "gw > over: nee ? ${more == 'nee'}")
    if loop:
        nodes |= {"gw": event("exclusiveGateway"), "over": event("endEvent")}
        drawn = sheet(nodes, *arrows, "fork > choose", "fork > inside", "inside > done")
    else:
        nodes |= {"aside": service("record", mark="stopped")}
        drawn = sheet(
            nodes, "begin > choose", "choose > fork", "fork > inside", "fork > aside", "aside > inside", "inside > done"
        )
    return sound({"route": drawn, "phase": inner}, {"choose": (asks("more"),), "work": ()})


def test_a_phase_says_that_a_loop_may_begin_it_anew_while_it_runs() -> None:
    assert drive(meant(loop=True)).findings == ()


def test_a_phase_that_branches_run_into_is_a_mistake_whatever_it_says() -> None:
    found = only(drive(meant(loop=False)))
    assert (found.code, found.element_id, found.severity) == ("twice", "inside", Severity.ERROR)


def test_more_states_than_we_look_at_is_said_and_no_error() -> None:
    driven = drive(procedures()["committee"], most=50)
    assert not driven.complete
    assert driven.states == 50
    assert driven.undecided[0] == "Er kan te veel gebeuren om alles te bekijken: na 50 toestanden is gestopt."
    assert all(one.code != "unreached" for one in driven.findings)


@pytest.mark.parametrize("key", procedures())
def test_our_own_procedures_are_driven_without_findings(key: str) -> None:
    """So whoever opens a draft of one need not say why a warning may stay."""
    procedure = procedures()[key]
    driven = drive(procedure, handed=handed_to(key, procedures()))
    assert driven.complete
    assert driven.findings == ()
    assert all(isinstance(level, Process) and driven.states for level in procedure.processes.values())
