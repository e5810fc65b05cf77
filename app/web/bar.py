"""Where the words of a term's bar stand, so that they stay inside it at every width."""

from dataclasses import dataclass

from app.domain.term_bar import Bar

#: Percentages between which a word may stand in the middle of its sign; a phone is about four words wide.
_LEFT, _RIGHT = 28, 72
#: Below this the last day's word would cover that of the first day.
_ROOM = 45


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the bar: where (in percent), and which part of it stands there: start, middle or end."""

    at: float
    anchor: str


def word(at: float) -> Word:
    """Place a word at a sign without leaving the bar."""
    if at < _LEFT:
        return Word(at, "start")
    return Word(at, "end" if at > _RIGHT else "middle")


def shows_start(bar: Bar) -> bool:
    """Whether there is room for the first day next to the last."""
    return bar.end >= _ROOM
