"""What a drive remembers: the states of each level, how they follow from each other, and what went wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.driving.stand import Control, Happens
from app.engine.driving.values import Values

Facts = frozenset[tuple[str, Values]]
#: A level, the start with which it began, and what was known then.
Key = tuple[str, str, Facts]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened between two states: by whom or what, what was answered, what facts turned out to be, what was passed."""

    what: Happens
    element_id: str
    given: Mapping[str, Values]
    known: Mapping[str, Values]
    passed: tuple[str, ...]
    #: The way through the phase that came to its end here.
    through: "tuple[Visit, Facts] | None" = None


@dataclass(slots=True)
class Node:
    """A state of a level: what it waits for and what is known; how many steps lead there, and the last of them."""

    control: Control
    facts: Facts
    distance: int
    before: "Node | None" = None
    step: Step | None = None
    leads: "list[Node]" = field(default_factory=list)
    #: Whether the level can be over after this, or something was found that ends our looking.
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that went wrong in a level: what, at which element, about which fact; behind which state, by which step."""

    code: str
    element_id: str
    fact: str
    before: Node | None
    step: Step | None
    distance: int


@dataclass(frozen=True, slots=True)
class First:
    """One way in which a level begins: what turned out to be known, and whether it was over at once or refused by the engine."""

    known: Mapping[str, Values]
    step: Step
    exit: Facts | None = None
    error: bool = False


@dataclass(slots=True)
class Visit:
    """A level as it was driven from one way of calling it."""

    key: Key
    firsts: list[First] = field(default_factory=list)
    nodes: dict[tuple[int, Facts], Node] = field(default_factory=dict)
    exits: dict[Facts, tuple[int, Node | None, Step]] = field(default_factory=dict)
    noted: dict[tuple[str, str, str], Noted] = field(default_factory=dict)
    #: The phases that were called: from behind which state, by which step.
    calls: dict[Key, tuple[int, Node | None, Step]] = field(default_factory=dict)
    done: bool = False


@dataclass(slots=True)
class Reaction:
    """What followed from one thing that happened, up to where people, time or messages are waited for."""

    control: Control | None
    known: dict[str, Values]
    passed: tuple[str, ...]
    calls: tuple[Key, ...] = ()
    notes: tuple[tuple[str, str, str], ...] = ()
