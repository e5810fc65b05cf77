"""Writes a scenario as the text that reads as the same scenario: every value as it would be written by hand."""

from collections.abc import Mapping
from datetime import datetime

import yaml

from app.clock import AMSTERDAM
from app.domain.period import Period, Unit
from app.scenarios.expected import NAMENS, Expect, ExpectedEvent, ExpectedTask, ExpectedTerm, When
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
    StartBeside,
    Step,
    Wait,
)

_WIDTH = 120
Written = dict[str, object]


class _Plain(yaml.SafeDumper):
    """All values are texts to whoever reads a scenario, so none needs quotes because it looks like a number or a date."""

    def ignore_aliases(self, data: object) -> bool:
        """A list that stands in two places is written twice."""
        return True


_Plain.yaml_implicit_resolvers = {}


def write(scenario: Scenario) -> str:
    """The scenario as YAML."""
    start = scenario.start
    whole = {
        "title": scenario.title,
        "source": scenario.source,
        "procedure": scenario.procedure,
        "start": {"element": start.element_id, "person": start.person, "school": start.school, "moment": _when(start.at)},
        "steps": [_step(step) for step in scenario.steps],
    }
    return yaml.dump(whole, Dumper=_Plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=_WIDTH)


def _step(step: Step) -> Written:
    match step:
        case InCase():
            return {"case": str(step.case), **_step(step.step)}
        case Complete():
            return _complete(step)
        case Refused():
            return {"refused": {**_complete(step.attempt), "fields": list(step.fields)}}
        case Wait():
            return {"wait": _period(step.until) if isinstance(step.until, Period) else _when(step.until)}
        case Expect():
            return {"expect": _expect(step)}
        case _:
            return _other(step)


def _other(step: StartBeside | Announce | FromList | AskReplacement | Absence | CorrectStart) -> Written:
    match step:
        case StartBeside():
            what: Written = {"start_beside": step.process_id}
        case Announce():
            what = {"announce": step.element_id}
        case FromList():
            what = {"from_list": step.element_id}
        case AskReplacement():
            what = {"ask_replacement": step.ill}
        case Absence():
            return {**_absence(step), **_at(step.at)}
        case CorrectStart():
            what = {"correct_start": step.element_id, "with": {step.fact: _when(step.day)}}
    return {**what, "as": step.person, **_at(step.at)}


def _absence(step: Absence) -> Written:
    if step.deputy is None or step.last_day is None:
        return {"absence_ends": step.owner, "as": step.person}
    begins: Written = {} if step.first_day is None else {"from": step.first_day.isoformat()}
    left: Written = {"deputy": step.deputy, "lanes": [str(lane) for lane in step.lanes]}
    return {"absence": step.owner, **left, **begins, "until": step.last_day.isoformat()}


def _complete(step: Complete) -> Written:
    given: Written = {"with": dict(step.answers)} if step.answers else {}
    ticked: Written = {"tick": {str(role): list(people) for role, people in step.tick.items()}} if step.tick else {}
    return {"complete": step.element_id, "as": step.person, **_at(step.at), **given, **ticked}


def _expect(step: Expect) -> Written:
    found: Mapping[str, object] = {
        "open": [_task(task) for task in step.open],
        "not_open": list(step.not_open),
        "terms": [_term(term) for term in step.terms],
        "events": [_event(event) for event in step.events],
        "mail": {notice: list(people) for notice, people in step.mail.items()},
        "ended": list(step.ended),
        "absent": list(step.absent),
    }
    running: Written = {} if step.running is None else {"running": list(step.running)}
    return {**{name: value for name, value in found.items() if value}, **running}


def _task(task: ExpectedTask) -> Written:
    role: Written = {} if task.role is None else {"role": str(task.role)}
    due: Written = {} if task.due is None else {"due": task.due if isinstance(task.due, str) else _when(task.due)}
    return {"task": task.element_id, **role, **due}


def _term(term: ExpectedTerm) -> Written:
    state: Written = {} if term.state is None else {"state": term.state}
    return {"task": term.element_id, **state, **({} if term.last_day is None else {"last_day": _when(term.last_day)})}


def _event(event: ExpectedEvent) -> str:
    told = f"{event.kind} {event.element_id}" if event.element_id else str(event.kind)
    return f"{told}{NAMENS}{event.behalf}" if event.behalf else told


def _at(when: When | None) -> Written:
    return {} if when is None else {"at": _when(when)}


def _when(when: When) -> str:
    return f"{when.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def _period(period: Period) -> str:
    return f"P{'T' if period.unit is Unit.HOUR else ''}{period.number}{period.unit}"
