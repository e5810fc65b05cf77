"""Reads people, schools and roles from a CSV file, as spreadsheets write them. Every wrong line is told, by line and column."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.domain.administration import KINDS, REGIONS, wrong_place
from app.domain.answers import AnswerError, read_day
from app.domain.errors import DomainError
from app.domain.roles import Role

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 10_000
COLUMNS: Final = ("naam", "e-mail", "rol", "school", "soort", "vanaf", "tot en met", "regio")
_NEEDED: Final = frozenset({"naam", "e-mail", "rol", "school"})
_LONGEST: Final = {"naam": 200, "e-mail": 254, "school": 200}
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
#: What a spreadsheet would take for a formula, at the start of a cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t")
#: Characters that no table has: of a picture, a document or a spreadsheet's own file.
_BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
#: How people call the roles.
ROLE_WORDS: Final[Mapping[str, Role]] = {
    "vertrouwenspersoon": Role.ADVISER,
    "schoolleiding": Role.SCHOOL_LEADER,
    "schoolleider": Role.SCHOOL_LEADER,
    "bevoegd gezag": Role.BOARD,
    "bestuurder": Role.BOARD,
    "aandachtsfunctionaris": Role.MELDCODE_OFFICER,
    "begeleider van de aangeklaagde": Role.ACCUSED_SUPPORT,
    "niet betrokken bestuurder": Role.SUBSTITUTE,
    "toezichthouder": Role.SUBSTITUTE,
    "proceseigenaar": Role.PROCESS_OWNER,
    "beheerder": Role.ADMINISTRATOR,
    "functionaris gegevensbescherming": Role.PRIVACY_OFFICER,
}
EXAMPLE: Final = (
    "naam;e-mail;rol;school;soort;vanaf;tot en met;regio\r\n"
    ";;;De Vlinder;;;;midden\r\n"
    "Noor Dijkstra;noor@voorbeeld.example;vertrouwenspersoon;De Vlinder;intern;01-12-2026;;\r\n"
    "Hans Kuiper;hans@voorbeeld.example;bestuurder;;;;;\r\n"
)


class NotATable(DomainError):
    """The file cannot be read as a table at all; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a line: which column, and a Dutch sentence that says what to do."""

    number: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: a person with a role, a person alone, or (no e-mail) a school. `number` as a spreadsheet counts."""

    number: int
    name: str
    email: str
    school: str
    role: Role | None = None
    adviser_kind: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    region: str | None = None


@dataclass(slots=True)
class PeopleFile:
    """What stands in a file; where `wrong` holds anything, nothing of it counts."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read(content: bytes) -> PeopleFile:
    """Read a file, in UTF-8 or Windows-1252, with `;` or `,` between the columns. Raises NotATable."""
    rows = _rows(text(content))
    header = _header(rows[0][1])
    found = PeopleFile()
    for number, cells in rows[1:]:
        if any(cell.strip() for cell in cells):
            _read_line(found, header, number, cells)
    if not found.lines and not found.wrong:
        raise NotATable("Onder de kopregel staat niets. Zet op elke regel een persoon of een school.")
    if len(found.lines) + len(found.wrong) > MOST_LINES:
        raise NotATable(f"Dit zijn meer dan {MOST_LINES} regels. Verdeel ze over meer bestanden.")
    _refuse_twice(found)
    found.wrong.sort(key=lambda wrong: wrong.number)
    return found


def is_address(text: str) -> bool:
    """Whether this is one plain e-mail address."""
    return _EMAIL.fullmatch(text) is not None and len(text) <= _LONGEST["e-mail"] and ".." not in text


def text(content: bytes) -> str:
    """What a file says, in UTF-8 or Windows-1252. Raises NotATable."""
    if len(content) > MOST_BYTES:
        raise NotATable("Dit bestand is groter dan 5 MB. Verdeel het over meer bestanden.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if not text.strip():
        raise NotATable("Dit bestand is leeg. Kies een ander bestand, of plak de regels in het vak.")
    if _BINARY.search(text):
        raise NotATable("Dit is geen CSV-bestand. Bewaar het in je rekenprogramma als CSV, en kies dat bestand.")
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows with the number of the line on which each begins."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            if rows or any(cell.strip() for cell in cells):
                rows.append((before + 1, cells))
            before = reader.line_num
            if len(rows) > 2 * MOST_LINES:
                raise NotATable(f"Dit zijn meer dan {MOST_LINES} regels. Verdeel ze over meer bestanden.")
    except csv.Error as error:
        raise NotATable(
            f"Vanaf regel {before + 1} is dit geen CSV: een aanhalingsteken opent en sluit niet. Verbeter die regel."
        ) from error
    return rows


def _header(cells: list[str]) -> list[str]:
    names = [_plain(cell) for cell in cells]
    names = ["e-mail" if name in ("email", "e-mailadres", "mail") else name for name in names]
    if not set(names) >= _NEEDED:
        missing = ", ".join(column for column in COLUMNS if column in _NEEDED - set(names))
        raise NotATable(f"In de eerste regel staan de namen van de kolommen. Deze ontbreken: {missing}. Bekijk het voorbeeld.")
    named = [name for name in names if name]
    if not set(named) <= set(COLUMNS) or len(named) != len(set(named)):
        raise NotATable(f"Een kolom heet anders, of staat er twee keer. De kolommen heten: {', '.join(COLUMNS)}.")
    return names


def _read_line(found: PeopleFile, header: list[str], number: int, cells: list[str]) -> None:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        reason = "Deze regel heeft meer kolommen dan de eerste regel. Zet aanhalingstekens om een waarde met een scheidingsteken."
        found.wrong.append(Wrong(number, "", reason))
        return
    values = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False) if name}
    wrong = _formulas(number, cells, header)
    line = _line(number, values, wrong)
    if wrong:
        found.wrong.extend(wrong)
    else:
        found.lines.append(line)


def _formulas(number: int, cells: list[str], header: list[str]) -> list[Wrong]:
    begins = [(name, cell) for name, cell in zip(header, cells, strict=False) if cell.startswith(_FORMULA)]
    reason = "Deze waarde begint als een formule. Haal het eerste teken weg."
    return [Wrong(number, name, reason) for name, cell in begins]


def _line(number: int, values: Mapping[str, str], wrong: list[Wrong]) -> Line:
    def tell(column: str, reason: str) -> None:
        wrong.append(Wrong(number, column, reason))

    for column, longest in _LONGEST.items():
        if len(values.get(column, "")) > longest:
            tell(column, f"Dit is te lang. Gebruik hoogstens {longest} tekens.")
    name, email, school = values.get("naam", ""), values.get("e-mail", "").lower(), values.get("school", "")
    region = _choice(values.get("regio", ""), REGIONS, lambda: tell("regio", "Kies noord, midden of zuid."))
    if not name and not email:
        if not school or values.get("rol"):
            tell("naam", "Vul een naam en een e-mailadres in. Voor een nieuwe school: alleen de school.")
        return Line(number, "", "", school, region=region)
    if not name:
        tell("naam", "Vul een naam in.")
    if not is_address(email):
        tell("e-mail", "Vul een e-mailadres in zoals naam@school.nl.")
    kind = _choice(values.get("soort", ""), KINDS, lambda: tell("soort", "Kies intern of extern, of laat dit leeg."))
    role = _role(values.get("rol", ""), tell)
    _check_role(role, kind, school, tell)
    days = _days(values, tell)
    return Line(number, name, email, school, role, kind, *days, region=region)


_Tell = Callable[[str, str], None]


def _choice(typed: str, options: tuple[str, ...], refuse: Callable[[], None]) -> str | None:
    if not typed:
        return None
    if typed.lower() not in options:
        refuse()
        return None
    return typed.lower()


def _role(typed: str, tell: _Tell) -> Role | None:
    if not typed:
        return None
    role = ROLE_WORDS.get(_plain(typed)) or next((role for role in ROLE_WORDS.values() if role.value == typed.lower()), None)
    if role is None:
        tell("rol", f"Deze rol kennen we niet. Kies uit: {', '.join(ROLE_WORDS)}.")
    return role


def _check_role(role: Role | None, kind: str | None, school: str, tell: _Tell) -> None:
    if role is None:
        return
    reason = wrong_place(role, at_school=bool(school))
    if reason is not None:
        tell("school", reason)
    if role is Role.ADVISER and kind is None:
        tell("soort", "Zeg van een vertrouwenspersoon of die intern of extern is.")


def _days(values: Mapping[str, str], tell: _Tell) -> tuple[date | None, date | None]:
    found: list[date | None] = []
    for column in ("vanaf", "tot en met"):
        typed = values.get(column, "")
        try:
            found.append(read_day(typed) if typed else None)
        except AnswerError as error:
            tell(column, error.text)
            found.append(None)
    first, last = found
    if first is not None and last is not None and last < first:
        tell("tot en met", "De laatste dag ligt voor de eerste dag.")
    return first, last


def _refuse_twice(found: PeopleFile) -> None:
    """The same person with the same role, the same school, or one address under two names."""
    seen: dict[tuple[str, ...], int] = {}
    people: dict[str, Line] = {}
    for line in found.lines:
        key = (line.email, line.role or "", line.school.casefold())
        if key in seen:
            found.wrong.append(
                Wrong(line.number, "e-mail" if line.email else "school", f"Dit staat ook al op regel {seen[key]}.")
            )
        seen.setdefault(key, line.number)
        other = people.setdefault(line.email, line) if line.email else line
        if (other.name, other.adviser_kind or line.adviser_kind) != (line.name, line.adviser_kind or other.adviser_kind):
            reason = f"Dit e-mailadres staat op regel {other.number} met een andere naam of soort."
            found.wrong.append(Wrong(line.number, "e-mail", reason))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split())
