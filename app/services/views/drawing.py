"""What the fields of a drawing can name."""

from dataclasses import dataclass


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
    """A fact that some form sets: its type, empty where no form says it, and code and words of each answer of a choice.

    `where`: the task of this procedure that asks it, or the words for what it is given; empty when only others know it.
    """

    name: str
    label: str
    type: str
    values: tuple[tuple[str, str], ...]
    where: str


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
