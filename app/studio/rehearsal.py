"""Kept stories, played on what is published and on what is drawn: whether they hold, and what happens otherwise or later."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from app.clock import AMSTERDAM
from app.demo.cast import CAST
from app.domain.procedure import Procedure
from app.mail.texts import Notice, in_brief
from app.scenarios.known import check
from app.scenarios.naming import Words
from app.scenarios.playing import Answered, Entry, Failure, Held, Played, play
from app.scenarios.present import Mail
from app.scenarios.reading import read
from app.scenarios.stage import Stage, stage
from app.scenarios.story import ScenarioError
from app.scenarios.timeline import sentence


@dataclass(frozen=True, slots=True)
class Folders:
    """Where calendars, procedures and forms lie (app/settings.py)."""

    processes: Path
    forms: Path


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How a kept story went on the draft: what was not as expected, and what is other than on the published version; in Dutch."""

    name: str
    title: str
    passed: bool
    failures: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A line of a timeline: what it is, whenever it is; how it reads; and its moment with the days that it names."""

    what: tuple[str, ...]
    text: str
    at: datetime
    day: str


def rehearse(
    before: Mapping[str, Procedure], after: Mapping[str, Procedure], folders: Folders, stories: Mapping[str, str]
) -> tuple[Rehearsed, ...]:
    """Play stories (text by name) on all procedures as published and as drawn. What cannot be played does not pass."""
    was = _play_all(before, folders, stories)
    return tuple(_compared(name, was.get(name), now) for name, now in _play_all(after, folders, stories).items())


def as_json(rehearsed: Sequence[Rehearsed]) -> dict[str, object]:
    """As it is kept with a draft."""
    stories = [
        {"name": r.name, "title": r.title, "passed": r.passed, "failures": list(r.failures), "changes": list(r.changes)}
        for r in rehearsed
    ]
    return {"stories": stories}


def _play_all(procedures: Mapping[str, Procedure], folders: Folders, stories: Mapping[str, str]) -> dict[str, "Played | str"]:
    """How each story went, or in Dutch why it cannot be played."""
    if not stories:
        return {}
    with stage(procedures, folders.processes, folders.forms) as prepared:
        return {name: _play(prepared, procedures, text) for name, text in stories.items()}


def _play(prepared: Stage, procedures: Mapping[str, Procedure], text: str) -> Played | str:
    try:
        scenario = read(text)
        check(scenario, procedures)
        with prepared.player() as player:
            return play(player, scenario, Words(procedures))
    except ScenarioError as error:
        return str(error)


def _compared(name: str, was: "Played | str | None", now: "Played | str") -> Rehearsed:
    if isinstance(now, str):
        return Rehearsed(name, name, passed=False, failures=(f"Dit verhaal past niet meer: {now}",), changes=())
    failures = tuple(f"{_moment(failure.at)}: {failure.text}" for failure in now.failures)
    changes = tuple(_changes(_timeline(was), _timeline(now))) if isinstance(was, Played) else ()
    return Rehearsed(name, now.scenario.title, passed=not failures, failures=failures, changes=changes)


def _timeline(played: Played) -> list[_Told]:
    """All that happened; mails of one moment come from the database in any order, so here they come in one."""
    entries = (entry for entry in played.entries if not isinstance(entry, Held | Failure))
    lines = ((isinstance(entry, Mail), _told(entry)) for entry in entries)
    moments = (list(moment) for _, moment in groupby(lines, lambda line: line[1].at))
    return [line for moment in moments for _, line in sorted(moment, key=lambda one: (one[0], one[1].what if one[0] else ()))]


def _told(entry: Entry) -> _Told:
    if isinstance(entry, Answered):
        line = entry.line
        known = (line.who or "", line.kind, line.element_id or "", line.detail.get("lane", ""), line.detail.get("file", ""))
        return _Told(known, f"{line.who or 'De klok'}: {sentence(line, with_id=False)}", line.at, line.detail.get("last_day", ""))
    if isinstance(entry, Mail):
        what = ("mail", entry.notice, entry.part, entry.title)
        return _Told(what, f"Mail aan {CAST[entry.part].name}: {_about(entry)}.", entry.at, "")
    raise TypeError(entry)


def _about(mail: Mail) -> str:
    """What a notice is about, as its text says it."""
    return in_brief(Notice(mail.notice, "", "", mail.title, "", None, mail.at), "nl")[0]


def _changes(was: Sequence[_Told], now: Sequence[_Told]) -> Iterator[str]:
    """What went, what came, and what comes at another time or names another day; in the order of the timelines."""
    matcher = SequenceMatcher(None, [line.what for line in was], [line.what for line in now], autojunk=False)
    for kind, old, old_end, new, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield from _moved(was[old:old_end], now[new:new_end])
            continue
        yield from (f"Weg: {_said(line)}" for line in was[old:old_end])
        yield from (f"Erbij: {_said(line)}" for line in now[new:new_end])


def _moved(was: Sequence[_Told], now: Sequence[_Told]) -> Iterator[str]:
    for old, new in zip(was, now, strict=True):
        if old.at != new.at:
            yield f"Verschoven: {new.text} Eerst {_moment(old.at)}, nu {_moment(new.at)}."
        elif old.day != new.day:
            yield f"Anders, {_moment(new.at)}: {new.text} Eerst was dat {_day(old.day)}."


def _said(line: _Told) -> str:
    return f"{_moment(line.at)}, {line.text}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(AMSTERDAM):%-d-%-m-%Y %H.%M}"


def _day(stored: str) -> str:
    return f"{datetime.fromisoformat(stored):%-d-%-m-%Y}" if stored else "geen dag"
