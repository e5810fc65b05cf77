"""How a scenario went, in words to read and as values for a program."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Final

from babel.dates import format_date

from app.clock import AMSTERDAM, local_day
from app.demo.cast import CAST
from app.domain.events import EVENT_TEXT, EventKind
from app.domain.roles import LANES, READERS, FileKind, Role
from app.scenarios.playing import Answered, Entry, Failure, Held, Played
from app.scenarios.present import BEHALF, Happened, Mail

_LANE: Final = {role: name.lower() for name, role in LANES.items()}
#: What happens with every task, and tells a reader nothing.
_NOISE: Final = (EventKind.TASK_CLAIMED,)
_INDENT: Final = " " * 9
_MAIL: Final = "mail"
_CHECK: Final = {Held: "Zoals verwacht", Failure: "NIET ZOALS VERWACHT"}

Value = str | int | None | dict[str, str] | list[str]


def lines(played: Played) -> Iterator[str]:
    """The timeline: a heading for each day, under it who did what, what time did, and whom mail told."""
    yield played.scenario.title
    yield played.scenario.source
    shown = [e for e in played.entries if not (isinstance(e, Answered) and e.line.kind in _NOISE)]
    for day, entries in groupby(shown, lambda entry: local_day(_at(entry))):
        yield ""
        yield format_date(day, "EEEE d MMMM yyyy", locale="nl")
        yield from _of_day(list(entries))
    yield ""
    failures = len(played.failures)
    yield "Alles ging zoals verwacht." if not failures else f"Niet zoals verwacht: {failures} keer."


def values(played: Played) -> list[dict[str, Value]]:
    """The timeline, an entry for each event, message, and expectation that was held or failed."""
    return [_value(entry) for entry in played.entries]


def _of_day(entries: list[Entry]) -> Iterator[str]:
    for (clock, head, mark), group in groupby(entries, _group):
        yield f"  {clock}  {head}"
        if mark == _MAIL:
            receivers = [CAST[entry.part].name for entry in group if isinstance(entry, Mail)]
            yield f"{_INDENT}aan {', '.join(receivers)}"
        else:
            yield from (f"{_INDENT}{line}" for entry in group for line in _said(entry))


def _group(entry: Entry) -> tuple[str, str, str]:
    """What stands under one heading: moment, heading, and whether it is mail."""
    match entry:
        case Answered():
            return _clock(entry.line.at), entry.line.who or "De klok", ""
        case Mail():
            return _clock(entry.at), f"Mail: {entry.title} ({entry.notice})", _MAIL
        case _:
            return _clock(entry.at), f"{_CHECK[type(entry)]} ({entry.where})", ""


def _said(entry: Entry) -> Iterator[str]:
    match entry:
        case Answered():
            yield sentence(entry.line)
            if entry.answers:
                yield "  " + ", ".join(f"{name}: {answer}" for name, answer in entry.answers.items())
        case Failure():
            yield f"{entry.text}."


def sentence(line: Happened, *, with_id: bool = True) -> str:
    """What happened, in Dutch; with the id of its element for whoever writes scenarios."""
    detail = line.detail
    lane, file = detail.get("lane"), detail.get("file")
    days = {name: _day(detail[name]) if name in detail else "" for name in ("first_day", "last_day")}
    behalf = f" (namens {detail[BEHALF]})" if BEHALF in detail else ""
    said = EVENT_TEXT[EventKind(line.kind)] % {
        **detail,
        "element": f"{line.element} [{line.element_id}]" if with_id else line.element,
        "lane": _LANE[Role(lane)] if lane else "",
        "file": f"dossier ({_LANE[READERS[FileKind(file)]]})" if file else "",
        "user": detail.get("user", ""),
        **days,
    }
    return f"{said}{behalf}"


def _day(written: str) -> str:
    return format_date(date.fromisoformat(written), "d MMMM yyyy", locale="nl")


def _value(entry: Entry) -> dict[str, Value]:
    at = _at(entry).astimezone(AMSTERDAM).isoformat(timespec="minutes")
    match entry:
        case Answered():
            line = entry.line
            said = {"who": line.who, "kind": line.kind, "element": line.element_id, "name": line.element}
            return {"at": at, **said, "detail": dict(line.detail), "answers": dict(entry.answers)}
        case Mail():
            return {"at": at, "kind": "mail", "notice": entry.notice, "to": entry.part, "title": entry.title}
        case Held():
            return {"at": at, "kind": "held", "line": entry.where.line, "step": entry.where.step}
        case Failure():
            return {"at": at, "kind": "failed", "line": entry.where.line, "step": entry.where.step, "text": entry.text}


def _at(entry: Entry) -> datetime:
    return entry.line.at if isinstance(entry, Answered) else entry.at


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"
