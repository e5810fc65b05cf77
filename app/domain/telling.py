"""How somebody wants to hear of things: each kind of notice at once, in the digest, or in the product alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from app.clock import AMSTERDAM, local_day

#: When digests leave, in Amsterdam: before the first lesson. The clock never changes at this hour.
DIGEST_AT: Final = time(7, 30)
_DAY: Final = timedelta(days=1)


class Kind(StrEnum):
    """The kinds of notices that a person chooses about."""

    ARRIVED = "arrived"
    SOON = "soon"
    MISSED = "missed"
    ESCALATED = "escalated"
    COMMENT = "comment"
    REST = "rest"


class Way(StrEnum):
    """How a notice reaches its receiver: by a mail at once, in the digest, or in the list of notices alone."""

    NOW = "now"
    DIGEST = "digest"
    BELL = "bell"


_KINDS: Final[Mapping[str, Kind]] = {
    "case_handed_over": Kind.ARRIVED,
    "lane_empty": Kind.ARRIVED,
    "task_left": Kind.ARRIVED,
    "comment_written": Kind.COMMENT,
    "task_opened": Kind.ARRIVED,
    "task_passed_on": Kind.ARRIVED,
    "term_escalated": Kind.ESCALATED,
    "term_missed": Kind.MISSED,
    "term_soon": Kind.SOON,
}
#: What can be chosen about. That somebody else is late is always told at once.
CHOSEN: Final = (Kind.ARRIVED, Kind.SOON, Kind.MISSED, Kind.COMMENT, Kind.REST)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a person chose; where he chose nothing, everything at once. `weekday`: 0 is Monday, None a digest every day."""

    ways: Mapping[Kind, Way]
    weekday: int | None = None

    def way(self, kind: Kind, *, statutory: bool) -> Way:
        """How a notice of this kind goes. An escalation, and that a statutory term was missed, is always told at once."""
        if kind is Kind.ESCALATED or (kind is Kind.MISSED and statutory):
            return Way.NOW
        return self.ways.get(kind, Way.NOW)


def kind_of(notice: str) -> Kind:
    """The kind of a notice, by the name of its text."""
    return _KINDS.get(notice, Kind.REST)


def next_digest(after: datetime, weekday: int | None) -> datetime:
    """The first moment after this one at which a digest leaves (aware UTC)."""
    day = local_day(after)
    while True:
        moment = datetime.combine(day, DIGEST_AT, AMSTERDAM).astimezone(UTC)
        if moment > after and weekday in (None, day.weekday()):
            return moment
        day += _DAY
