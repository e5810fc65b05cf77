"""The geometry of the bar that shows a term: positions from 0 (start) to 100 (the last day, or what lies beyond it)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """What a stretch of the bar says: used in calm, after the warning, too late; still to come, to come by extension."""

    ACCENT = "accent"
    SOON = "soon"
    LATE = "late"
    REST = "rest"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one tone, longer than nothing."""

    start: float
    end: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the signs stand; None where there is none. The start ring stands at 0; a met bar has no mark of today."""

    warn: float | None
    today: float | None
    old_end: float | None
    end: float
    met: float | None
    segments: tuple[Segment, ...]


def bar(
    start: date,
    last_day: date,
    today: date,
    *,
    warn: date | None = None,
    extended_from: date | None = None,
    met_on: date | None = None,
) -> Bar:
    """Lay out a term by its days.

    `warn` is the day of the warning, `extended_from` the last day before the extension, `met_on` the day it was done, in time or
    not. Days before the start stand on it; the axis ends at the last day or, when that is later, at today or `met_on`.
    """
    reached = max(start, today if met_on is None else met_on)
    span = (max(last_day, reached) - start).days

    def place(day: date) -> float:
        """A term of a single day has no length: all of it then stands at the end."""
        return round(100 * max((day - start).days, 0) / span, 2) if span else 100.0

    in_time = met_on is not None and met_on <= last_day
    warn_shown = None if warn is None or in_time else place(warn)
    old_end = None if extended_from is None else place(extended_from)
    used = _stretches(0.0, place(reached), ((warn_shown, Tone.SOON), (place(last_day), Tone.LATE)), Tone.ACCENT)
    ahead = _stretches(place(reached), place(last_day), ((old_end, Tone.EXTENSION),), Tone.REST)
    return Bar(
        warn=warn_shown,
        today=place(today) if met_on is None else None,
        old_end=old_end,
        end=place(last_day),
        met=None if met_on is None else place(met_on),
        segments=used + ahead,
    )


def _stretches(start: float, end: float, changes: tuple[tuple[float | None, Tone], ...], tone: Tone) -> tuple[Segment, ...]:
    """Cut from `start` to `end` where the tone changes; changes are in order, those without a place do not happen."""
    found = []
    for place, following in (*((p, t) for p, t in changes if p is not None), (end, tone)):
        cut = min(max(place, start), end)
        if cut > start:
            found.append(Segment(start, cut, tone))
        start, tone = cut, following
    return tuple(found)
