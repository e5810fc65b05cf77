"""How wide a text is and where it breaks, as bpmn-js does it (diagram-js lib/util/Text.js, Arial)."""

import re
from typing import Final

LABEL_SIZE: Final = 11
TASK_SIZE: Final = 12
LINE: Final = 1.2

_WIDTHS: Final = {
    191: "'",
    222: "ijl’",
    278: " !,./:Iftï",
    333: "()-r",
    500: "Jcksvxyz",
    611: "FTZ",
    667: "ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    944: "W",
}
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_COMMON: Final = 556


def width(text: str, size: int) -> float:
    """The width of one line in px at this font size; Arial's thousandths of an em, without kerning."""
    return sum(_WIDTH_OF.get(letter, _COMMON) for letter in text.rstrip()) * size / 1000


def wrap(text: str, room: float, size: int) -> list[str]:
    """The lines that bpmn-js makes of a text in a box of `room` px. It guesses where to break, so this guesses alike."""
    lines = []
    rest = text
    while rest:
        line = rest
        while width(line, size) > room and len(line) > 1:
            line = _shorten(line, width(line, size), room)
        lines.append(line.strip())
        rest = rest[len(line) :].strip()
    return lines


def tight(text: str, room: int) -> tuple[int, int]:
    """The smallest box (width, height in px) in which a label breaks as it does in `room` px."""
    lines = wrap(text, room, LABEL_SIZE)
    narrow = int(max(width(line, LABEL_SIZE) for line in lines)) + 2
    while narrow < room and wrap(text, narrow, LABEL_SIZE) != lines:
        narrow += 1
    return narrow, round(len(lines) * LABEL_SIZE * LINE) + 1


def _shorten(line: str, wide: float, room: float) -> str:
    most = max(len(line) * room / wide, 1)
    kept = ""
    parts = re.split(r"(\s|-)", line)
    for part in parts if len(parts) > 1 else ():
        if len(part) + len(kept) >= most:
            break
        kept += part
    return kept or line[: max(round(most - 1), 1)]
