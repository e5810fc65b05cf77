"""What was done in each step of a story, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Final

from app.clock import AMSTERDAM
from app.demo.cast import CAST
from app.demo.play import Player
from app.domain.events import EventKind
from app.domain.period import Period
from app.domain.procedure import Procedure
from app.scenarios.expected import Expect
from app.scenarios.known import Names
from app.scenarios.playing import Answered, Entry, Playing
from app.scenarios.present import Happened, Mail
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
    StartBeside,
    Step,
    Wait,
)
from app.services.views.case import HistoryLine
from app.studio.views import MailTold, StepTold

#: Told by the task itself, and by mail itself.
_LEFT_OUT: Final = (EventKind.TASK_CLAIMED, EventKind.NOTICE_QUEUED)
#: How each act is called, and what in it names what it is about.
_NAMED: Final[Mapping[type[Act], tuple[str, str]]] = {
    Complete: ("complete", "element_id"),
    StartBeside: ("beside", "process_id"),
    Announce: ("announce", "element_id"),
    FromList: ("from_list", "element_id"),
    AskReplacement: ("ask_replacement", "ill"),
    Absence: ("absence", "owner"),
    CorrectStart: ("correct_start", "element_id"),
}


def told(scenario: Scenario, playing: Playing, procedures: Mapping[str, Procedure]) -> tuple[StepTold, ...]:
    """The start and all steps that were taken, each with what happened in it."""
    labels = _labels(procedures)
    begin = ("start", scenario.start.person, scenario.start.element_id, None)
    found, before = [], 0
    for (kind, part, name, until), end in zip([begin, *map(_what, scenario.steps)], playing.ends, strict=False):
        lines = tuple(_lines(playing.entries[before:end]))
        found.append(StepTold(kind, CAST[part].name if part else None, labels.get(name, name), until, lines))
        before = end
    return tuple(found)


def _labels(procedures: Mapping[str, Procedure]) -> dict[str, str]:
    people = {part: person.name for part, person in CAST.items()}
    levels = {name: level.name for one in procedures.values() for name, level in one.processes.items()}
    return {**people, **levels, **{name: element.name for name, element in Names(procedures).elements().items()}}


def _what(step: Step) -> tuple[str, str | None, str, datetime | None]:
    """Its kind, who takes it, the name of what it is about, and until when time passes."""
    match step:
        case InCase():
            return _what(step.step)
        case Refused():
            return "refused", step.attempt.person, step.attempt.element_id, None
        case Wait():
            return "wait", None, "", _until(step)
        case Expect():
            return "expect", None, "", None
        case _:
            kind, name = _NAMED[type(step)]
            return kind, step.person, str(getattr(step, name)), None


def _until(step: Wait) -> datetime | None:
    """The moment that a wait names; a day is ten o'clock of it, and a period names none."""
    if isinstance(step.until, Period):
        return None
    return step.until if isinstance(step.until, datetime) else Player.on(step.until)


def _lines(entries: Iterable[Entry]) -> Iterator[HistoryLine | MailTold]:
    for (is_mail, *_), group in groupby(entries, _alike):
        if not is_mail:
            yield from (_line(e.line) for e in group if isinstance(e, Answered) and e.line.kind not in _LEFT_OUT)
            continue
        mail = [entry for entry in group if isinstance(entry, Mail)]
        yield MailTold(mail[0].at, mail[0].notice, mail[0].title, tuple(CAST[one.part].name for one in mail))


def _alike(entry: Entry) -> tuple[object, ...]:
    return (True, entry.at, entry.notice, entry.title) if isinstance(entry, Mail) else (False,)


def _line(line: Happened) -> HistoryLine:
    return HistoryLine(line.at, line.who, line.kind, line.element or None, line.detail)


def rounded_up(moment: datetime) -> datetime:
    """The first whole minute that is not before a moment, in Amsterdam: what a scenario can name."""
    local = moment.astimezone(AMSTERDAM)
    whole = local.replace(second=0, microsecond=0)
    return whole if whole == local else datetime.fromtimestamp(whole.timestamp() + 60, AMSTERDAM)
