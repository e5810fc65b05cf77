"""What a report holds, already in the words of its reader."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

Value = str | int | date | None

#: A text that begins with one of these is a formula for a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: what it is of, its numbers in words, and how long its full and its hatched part are."""

    label: str
    words: str
    full: int
    hatched: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beneath each other, on one scale. `says` is the whole picture in a sentence, for who does not see it."""

    says: str
    bars: tuple[Bar, ...]

    @property
    def longest(self) -> int:
        """What the whole width stands for; at least 1."""
        return max([1, *(bar.full + bar.hatched for bar in self.bars)])


@dataclass(frozen=True, slots=True)
class Table:
    """A table; rows begin with their heading. `key` names it in addresses, `note` says what counts, `empty` that none do."""

    key: str
    title: str
    note: str
    empty: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Tables with their title, what they are about (board, day, filters), and the moment whose figures they hold."""

    title: str
    about: tuple[str, ...]
    language: str
    at: datetime
    tables: tuple[Table, ...]


def shown(value: Value) -> str:
    """A value as people read it: a day as "18-11-2026", nothing as nothing."""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe goes before whatever begins one."""
    return f"'{text}" if text.startswith(_FORMULA) else text
