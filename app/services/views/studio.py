"""What pages of the studio show."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """The procedure that the studio's tabs are about. `drawing`: it has an open draft; `draws`: this person may change that."""

    key: str
    name: str
    drawing: bool
    draws: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An open draft in the list of procedures; nobody saved in it yet where `saved_by` is empty."""

    opened_at: datetime
    saved_at: datetime | None
    saved_by: str | None


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the list: what is published, if anything, and what is being drawn, if anything."""

    key: str
    name: str
    number: int | None
    published_at: datetime | None
    draft: DraftLine | None


@dataclass(frozen=True, slots=True)
class PhaseKnown:
    """A process of a draft, and the file that draws it."""

    id: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class TaskKnown:
    """A user task of a draft."""

    id: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class FormKnown:
    """A form of a draft; `sealed`: key and label of each question whose answer is sealed."""

    id: str
    sealed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FactKnown:
    """A fact that some form sets: its type, empty where no form says it, and code and words of each answer of a choice."""

    name: str
    label: str
    type: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProcedureKnown:
    """A procedure with its ways to begin and the messages that it waits for, each a code and its words."""

    key: str
    name: str
    starts: tuple[tuple[str, str], ...]
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All that the fields of a drawing can name."""

    phases: tuple[PhaseKnown, ...]
    tasks: tuple[TaskKnown, ...]
    forms: tuple[FormKnown, ...]
    facts: tuple[FactKnown, ...]
    procedures: tuple[ProcedureKnown, ...]
