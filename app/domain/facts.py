"""Facts: enumerations, dates, moments and numbers that a diagram may read, with their history; never text that somebody typed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.roles import Role

#: An enumeration is a str, a date a date, a moment an aware datetime (UTC), a number an int. ja/nee is an enumeration.
FactValue = str | int | date | datetime


class FactType(StrEnum):
    """The type of a fact; one name has one type and one list of values everywhere."""

    ENUM = "enum"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"


class Audience(StrEnum):
    """Who may see a fact per case: its own lane's handlers, all who handle the procedure, or nobody (counted only)."""

    OWN = "own"
    CASE = "case"
    STATISTIC = "statistic"


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One value that a fact was given: when, at which element, by which lane, for which audience. None clears it."""

    value: FactValue | None
    at: datetime
    element_id: str
    lane: Role | None
    audience: Audience


@dataclass(slots=True)
class Facts:
    """All facts of one procedure with their history; the last value counts."""

    log: dict[str, list[FactRecord]] = field(default_factory=dict)

    def values(self) -> dict[str, FactValue]:
        """The value that counts now, for each fact that has one."""
        last = {name: records[-1].value for name, records in self.log.items() if records}
        return {name: value for name, value in last.items() if value is not None}

    def put(self, name: str, record: FactRecord) -> None:
        """Give a fact a new value; the former one stays in the history."""
        self.log.setdefault(name, []).append(record)
