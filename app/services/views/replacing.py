"""What the board is told about replacing an ill adviser: bands instead of numbers, and no case."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replaced:
    """What came of it. `passed_on` and `waiting` are bands such as 0-4; `others`: to whom complainants can be pointed."""

    adviser: str
    passed_on: str
    waiting: str
    others: tuple[str, ...]
