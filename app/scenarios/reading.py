"""Reads a scenario from its file: known keys only, each error with its line and step, in Dutch."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypeVar

from app.domain.events import EventKind
from app.domain.period import parse_period
from app.domain.roles import Role
from app.scenarios.expected import NAMENS, NO_TERM, Expect, ExpectedEvent, ExpectedTask, ExpectedTerm, When, Where
from app.scenarios.nodes import Node, compose, items, line, mapping, text, when, without, word, words, wrong
from app.scenarios.story import (
    Absence,
    Announce,
    AskReplacement,
    Complete,
    CorrectStart,
    FromList,
    InCase,
    Refused,
    Scenario,
    ScenarioError,
    Start,
    StartBeside,
    Step,
    Wait,
)

_STATES: Final = ("running", "met", "missed", "dropped")
Keys = Mapping[str, Node]
T = TypeVar("T")


def read_file(path: Path) -> Scenario:
    """The scenario in a file. Raises ScenarioError."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError("dit bestand is niet te lezen.") from error
    return read(source)


def read(source: str) -> Scenario:
    """The scenario in a text. Raises ScenarioError."""
    keys = mapping(compose(source), required=("title", "source", "procedure", "start", "steps"), allowed=())
    return Scenario(
        title=word(keys["title"]),
        source=word(keys["source"]),
        procedure=word(keys["procedure"]),
        start=_start(keys["start"]),
        steps=tuple(_step(node, number) for number, node in enumerate(items(keys["steps"]), 1)),
    )


def _start(node: Node) -> Start:
    keys = mapping(node, required=("element", "person", "school", "moment"), allowed=())
    where = Where(line(node), 0)
    return Start(where, word(keys["element"]), word(keys["person"]), word(keys["school"]), when(keys["moment"]))


def _step(node: Node, number: int) -> Step:
    where = Where(line(node), number)
    kinds = [kind for kind in _STEPS if kind in mapping(node)]
    if len(kinds) != 1:
        raise wrong(node, f"stap {number}: een stap is precies één van {', '.join(_STEPS)}.")
    case, node = _case(node, number)
    try:
        step = _STEPS[kinds[0]](node, where)
        return step if case is None or isinstance(step, Wait | InCase) else InCase(where, case, step)
    except ScenarioError as error:
        raise ScenarioError(f"{error} (stap {number}: {kinds[0]})") from error


def _case(node: Node, number: int) -> tuple[int | None, Node]:
    """In which case a step is taken, and the step without it; time passes in all cases alike."""
    keys = mapping(node)
    if "case" not in keys or "wait" in keys:
        return None, node
    written = word(keys["case"])
    if not written.isascii() or not written.isdigit() or written == "0":
        raise wrong(
            keys["case"], f"stap {number}: {written} is geen zaak; de eerste is 1, wat eruit werd geopend 2, en zo verder."
        )
    return int(written), without(node, "case")


def _complete(node: Node, where: Where) -> Complete:
    keys = mapping(node, required=("complete", "as"), allowed=("with", "tick", "at"))
    return _attempt(keys, where)


def _attempt(keys: Keys, where: Where) -> Complete:
    tick = mapping(keys["tick"]) if "tick" in keys else {}
    return Complete(
        where,
        word(keys["complete"]),
        word(keys["as"]),
        answers=_answers(keys),
        tick={_role(lane, people): words(people) for lane, people in tick.items()},
        at=_at(keys),
    )


def _refused(node: Node, where: Where) -> Refused:
    inner = mapping(node, required=("refused",), allowed=())["refused"]
    keys = mapping(inner, required=("complete", "as", "fields"), allowed=("with", "tick", "at"))
    return Refused(where, _attempt(keys, where), words(keys["fields"]))


def _start_beside(node: Node, where: Where) -> StartBeside:
    keys = mapping(node, required=("start_beside", "as"), allowed=("at",))
    return StartBeside(where, word(keys["start_beside"]), word(keys["as"]), _at(keys))


def _announce(node: Node, where: Where) -> Announce:
    keys = mapping(node, required=("announce", "as"), allowed=("at",))
    return Announce(where, word(keys["announce"]), word(keys["as"]), _at(keys))


def _from_list(node: Node, where: Where) -> FromList:
    keys = mapping(node, required=("from_list", "as"), allowed=("at",))
    return FromList(where, word(keys["from_list"]), word(keys["as"]), _at(keys))


def _ask_replacement(node: Node, where: Where) -> AskReplacement:
    keys = mapping(node, required=("ask_replacement", "as"), allowed=("at",))
    return AskReplacement(where, word(keys["ask_replacement"]), word(keys["as"]), _at(keys))


def _absence(node: Node, where: Where) -> Absence:
    keys = mapping(node, required=("absence", "deputy", "lanes", "until"), allowed=("from", "at"))
    return Absence(
        where,
        word(keys["absence"]),
        word(keys["absence"]),
        word(keys["deputy"]),
        lanes=tuple(_role(lane, keys["lanes"]) for lane in words(keys["lanes"])),
        first_day=_day(keys["from"]) if "from" in keys else None,
        last_day=_day(keys["until"]),
        at=_at(keys),
    )


def _absence_ends(node: Node, where: Where) -> Absence:
    keys = mapping(node, required=("absence_ends", "as"), allowed=("at",))
    return Absence(where, word(keys["absence_ends"]), word(keys["as"]), at=_at(keys))


def _correct_start(node: Node, where: Where) -> CorrectStart:
    keys = mapping(node, required=("correct_start", "as", "with"), allowed=("at",))
    answers = list(mapping(keys["with"]).items())
    if len(answers) != 1:
        raise wrong(keys["with"], "hier hoort precies één datum of moment, met zijn naam.")
    fact, day = answers[0]
    return CorrectStart(where, word(keys["correct_start"]), word(keys["as"]), fact, when(day), _at(keys))


def _wait(node: Node, where: Where) -> Wait:
    until = mapping(node, required=("wait",), allowed=())["wait"]
    if not word(until).startswith("P"):
        return Wait(where, when(until))
    try:
        return Wait(where, parse_period(word(until)))
    except ValueError as error:
        raise wrong(until, str(error)) from error


def _expect(node: Node, where: Where) -> Expect:
    inner = mapping(node, required=("expect",), allowed=())["expect"]
    keys = mapping(inner, allowed=("open", "not_open", "terms", "events", "mail", "ended", "running", "absent"))
    if not keys:
        raise wrong(node, "hier wordt niets verwacht.")
    mail = mapping(keys["mail"]) if "mail" in keys else {}
    return Expect(
        where,
        open=_list(keys, "open", _task),
        not_open=_words(keys, "not_open"),
        terms=_list(keys, "terms", _term),
        events=_list(keys, "events", _event),
        mail={notice: words(people) for notice, people in mail.items()},
        ended=_words(keys, "ended"),
        running=words(keys["running"]) if "running" in keys else None,
        absent=_words(keys, "absent"),
    )


def _list(keys: Keys, key: str, read_one: Callable[[Node], T]) -> tuple[T, ...]:
    return tuple(read_one(item) for item in items(keys[key])) if key in keys else ()


def _words(keys: Keys, key: str) -> tuple[str, ...]:
    return words(keys[key]) if key in keys else ()


def _task(node: Node) -> ExpectedTask:
    keys = mapping(node, required=("task",), allowed=("role", "due"))
    role = _role(word(keys["role"]), keys["role"]) if "role" in keys else None
    return ExpectedTask(word(keys["task"]), role, _due(keys["due"]) if "due" in keys else None)


def _due(node: Node) -> When | Literal["none"]:
    return "none" if word(node) == NO_TERM else when(node)


def _term(node: Node) -> ExpectedTerm:
    keys = mapping(node, required=("task",), allowed=("state", "last_day"))
    state = word(keys["state"]) if "state" in keys else None
    if state is not None and state not in _STATES:
        raise wrong(keys["state"], f"{state} is geen stand van een termijn; kies {', '.join(_STATES)}.")
    return ExpectedTerm(word(keys["task"]), state, when(keys["last_day"]) if "last_day" in keys else None)


def _event(node: Node) -> ExpectedEvent:
    told, _, behalf = word(node).partition(NAMENS)
    kind, _, element_id = told.partition(" ")
    try:
        return ExpectedEvent(EventKind(kind), element_id.strip() or None, behalf.strip() or None)
    except ValueError as error:
        raise wrong(node, f"{kind} is geen gebeurtenis; kies uit {', '.join(EventKind)}.") from error


def _role(code: str, node: Node) -> Role:
    try:
        return Role(code)
    except ValueError as error:
        raise wrong(node, f"{code} is geen rol; kies uit {', '.join(Role)}.") from error


def _answers(keys: Keys) -> dict[str, str]:
    return {name: text(node) for name, node in mapping(keys["with"]).items()} if "with" in keys else {}


def _day(node: Node) -> date:
    day = when(node)
    if isinstance(day, datetime):
        raise wrong(node, f"{word(node)} is een moment; schrijf alleen de dag, zoals 2026-11-27.")
    return day


def _at(keys: Keys) -> When | None:
    return when(keys["at"]) if "at" in keys else None


_STEPS: Final[Mapping[str, Callable[[Node, Where], Step]]] = {
    "complete": _complete,
    "start_beside": _start_beside,
    "announce": _announce,
    "from_list": _from_list,
    "ask_replacement": _ask_replacement,
    "absence": _absence,
    "absence_ends": _absence_ends,
    "correct_start": _correct_start,
    "wait": _wait,
    "expect": _expect,
    "refused": _refused,
}
