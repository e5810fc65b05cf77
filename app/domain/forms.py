"""What a form is: a white-list of static fields, each a fact with an audience or a sealed text with a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.facts import Audience, FactType, FactValue
from app.domain.roles import FileKind


class When(StrEnum):
    """Where a date or moment may lie: on or before now, after today, or anywhere. A start of a term is never in the future."""

    PAST = "past"
    FUTURE = "future"
    ANY = "any"


class Party(StrEnum):
    """Whom a sealed text names; its last value stands with the people involved, for whoever may open that file."""

    COMPLAINANT = "complainant"
    ACCUSED = "accused"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: the code that is stored and the Dutch words that are read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `type` None means sealed text. Conditions are expression sources over facts and earlier fields."""

    key: str
    label: str
    type: FactType | None
    description: str = ""
    required: bool = False
    required_when: str | None = None
    shown_when: str | None = None
    options: tuple[Option, ...] = ()
    when: When = When.ANY
    minimum: int | None = None
    maximum: int | None = None
    audience: Audience = Audience.OWN
    file: FileKind | None = None
    party: Party | None = None
    max_length: int = 20_000
    section: str = ""

    @property
    def sealed(self) -> bool:
        """Whether the answer goes to a sealed file and nowhere else."""
        return self.type is None

    def could_give(self, value: FactValue) -> bool:
        """Whether the value of a fact is of the kind that this question asks for, and for a choice one of its answers."""
        match self.type:
            case FactType.ENUM:
                return value in {option.value for option in self.options}
            case FactType.MOMENT:
                return isinstance(value, datetime)
            case FactType.DATE:
                return isinstance(value, date) and not isinstance(value, datetime)
            case _:
                return isinstance(value, int)


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one user task, in order, grouped by `Field.section`."""

    id: str
    fields: tuple[Field, ...]

    def field(self, key: str) -> Field:
        """The field with this key. Raises KeyError when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered, parsed. `errors` maps a field key to a Dutch sentence; facts set to None were emptied."""

    facts: Mapping[str, FactValue | None]
    sealed: Mapping[str, str]
    errors: Mapping[str, str]
