"""A file of people as spreadsheets write it: what is wrong is told by line and column, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people_file import EXAMPLE, MOST_BYTES, MOST_LINES, NotATable, is_address, read
from app.domain.roles import Role

HEAD = "naam;e-mail;rol;school;soort;vanaf;tot en met;regio"
NOOR = "Noor Dijkstra;noor@school.example;vertrouwenspersoon;De Linde;intern;01-12-2026;;"


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *lines, "")).encode()


def wrong(*lines: str) -> list[tuple[int, str]]:
    return [(one.number, one.column) for one in read(file(*lines)).wrong]


def test_the_example_is_right() -> None:
    found = read(EXAMPLE.encode())
    assert found.wrong == []
    assert [line.number for line in found.lines] == [2, 3, 4]


def test_a_line_is_read_whole() -> None:
    [line] = read(file(NOOR)).lines
    assert (line.name, line.email, line.school) == ("Noor Dijkstra", "noor@school.example", "De Linde")
    assert (line.role, line.adviser_kind, line.first_day, line.last_day) == (Role.ADVISER, "intern", date(2026, 12, 1), None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_spreadsheets_of_all_kinds_are_read(encoding: str, separator: str, ending: str) -> None:
    text = f"{HEAD}\r\nZoë Çelik;zoe@school.example;bestuurder;;;;;\r\n"
    [line] = read(text.replace(";", separator).replace("\r\n", ending).encode(encoding)).lines
    assert (line.name, line.role) == ("Zoë Çelik", Role.BOARD)


def test_columns_stand_in_any_order_and_some_may_be_left_out() -> None:
    [line] = read(file("De Linde;aandachtsfunctionaris;a@school.example;Amira", head="School;ROL;E-mailadres;Naam")).lines
    assert (line.name, line.role, line.school) == ("Amira", Role.MELDCODE_OFFICER, "De Linde")


def test_a_value_may_hold_a_separator_and_a_line_of_its_own() -> None:
    found = read(file('"Dijkstra; Noor\nvan";noor@school.example;;;;;;', "Hans;hans@school;;;;;;"))
    assert found.lines[0].name == "Dijkstra; Noor van"
    assert [one.number for one in found.wrong] == [4]


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (";noor@school.example;;;;;;", ["naam"]),
        ("Noor;;;;;;;", ["e-mail"]),
        ("Noor;noor@school;;;;;;", ["e-mail"]),
        ("Noor;noor@school.example;koning;;;;;", ["rol"]),
        ("Noor;noor@school.example;bestuurder;De Linde;;;;", ["school"]),
        ("Noor;noor@school.example;schoolleider;;;;;", ["school"]),
        ("Noor;noor@school.example;vertrouwenspersoon;De Linde;;;;", ["soort"]),
        ("Noor;noor@school.example;;;beide;;;", ["soort"]),
        ("Noor;noor@school.example;bestuurder;;;31-02-2026;morgen;", ["vanaf", "tot en met"]),
        ("Noor;noor@school.example;bestuurder;;;02-12-2026;01-12-2026;", ["tot en met"]),
        (";;;De Linde;;;;oost", ["regio"]),
        (";;bestuurder;De Linde;;;;", ["naam"]),
        (";;;;;;;zuid", ["naam"]),
        ("=1+1;noor@school.example;;;;;;", ["naam"]),
        ("Noor;@noor@school.example;;;;;;", ["e-mail", "e-mail"]),
        ("-Noor;noor@school.example;+bestuurder;;;;;", ["naam", "rol", "rol"]),
        ("N" * 201 + ";noor@school.example;;;;;;", ["naam"]),
        ("Noor;noor@school.example;;;;;;;te veel", [""]),
    ],
)
def test_what_is_wrong_is_told_at_its_column(line: str, columns: list[str]) -> None:
    assert wrong(NOOR, line) == [(3, column) for column in columns]


def test_what_stands_there_twice_is_told_with_the_other_line() -> None:
    found = read(file(NOOR, NOOR, ";;;De Vlinder;;;;zuid", ";;;de vlinder;;;;zuid"))
    assert [(one.number, one.reason) for one in found.wrong] == [
        (3, "Dit staat ook al op regel 2."),
        (5, "Dit staat ook al op regel 4."),
    ]


def test_one_address_under_two_names_is_told() -> None:
    assert wrong(NOOR, "Noor Visser;noor@school.example;bestuurder;;;;;") == [(3, "e-mail")]
    assert wrong(NOOR, "Noor Dijkstra;NOOR@school.example;bestuurder;;;;;") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b" \r\n\r\n", "leeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "geen CSV-bestand"),
        (b"PK\x03\x04 something", "geen CSV-bestand"),
        (b"Noor;noor@school.example\r\n", "Deze ontbreken"),
        (file(head=HEAD), "Onder de kopregel staat niets"),
        (file(NOOR, head=HEAD + ";telefoon"), "heet anders"),
        (file(NOOR, head=HEAD + ";naam"), "twee keer"),
        (file('Noor "Noortje;noor@school.example;;;;;;', '"Hans;hans@school.example;;;;;;'), "aanhalingsteken"),
        (b"x" * (MOST_BYTES + 1), "5 MB"),
        (file(*[f"P;p{n}@school.example;;;;;;" for n in range(MOST_LINES + 1)]), "10000 regels"),
    ],
)
def test_what_is_no_table_is_explained(content: bytes, said: str) -> None:
    with pytest.raises(NotATable, match=said):
        read(content)


def test_ten_thousand_lines_are_read() -> None:
    assert len(read(file(*[f"P;p{n}@school.example;;;;;;" for n in range(MOST_LINES)])).lines) == MOST_LINES


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_explained(content: bytes) -> None:
    for sent in (content, HEAD.encode() + b"\n" + content):
        try:
            found = read(sent)
        except NotATable:
            continue
        assert found.lines or found.wrong


NO_ADDRESSES = ["", "a", "a@b", "a b@c.nl", "a@b.nl\r\nBcc: c@d.nl", "a@@b.nl", "a..b@c.nl", "<a@b.nl>", "a@b.nl,c@d.nl"]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_not_one_plain_address_is_refused(text: str) -> None:
    assert not is_address(text)
    assert is_address("n.dijkstra+school@de-linde.example.nl")
