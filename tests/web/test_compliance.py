"""The compliance board on the wire: addresses that cannot be wrong, files that say what the page says, and no word too many."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from pypdf import PdfReader

from app.demo.cast import PASSWORD, email_of
from app.demo.play import Player
from app.domain.compliance import Figure, Left
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.reports import csv_file, pdf, spreadsheet
from app.reports.tables import Report, shown
from app.services.context import App
from app.services.views.figures import Behind, Scope
from app.web import compliance_address as address
from app.web import compliance_lists as lists
from app.web import compliance_tables as tables
from app.web import create_app
from tests.services.committee import ADVICE_ON, receive_advice
from tests.services.route import LEADER, choose, guided
from tests.web import compliance_samples as samples
from tests.web.forms import sign_in
from tests.web.rendering import Visitor
from tests.web.samples import NOW

#: The token of a form, which is new in each answer.
_TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')

scopes = st.builds(
    Scope,
    board_id=st.none() | st.uuids(),
    school_id=st.none() | st.uuids(),
    role=st.none() | st.sampled_from(Role),
    procedure_key=st.none() | st.sampled_from(["committee", "measures"]),
)
questions = st.builds(
    Behind,
    st.sampled_from(Figure),
    scopes,
    statutory=st.none() | st.booleans(),
    element_id=st.none() | st.sampled_from(["board_response", "call_formal"]),
)


@given(questions, st.dates(date(2020, 1, 1)), st.sampled_from(Left), st.integers(0, 9999))
def test_an_address_asks_what_its_number_asks(asked: Behind, day: date, left: Left, version: int) -> None:
    if asked.figure in (Figure.KEPT, Figure.MISSED):
        asked = replace(asked, month=day.replace(day=1))
    if asked.figure is Figure.RUNNING:
        asked = replace(asked, left=left)
    if asked.scope.procedure_key:
        asked = replace(asked, version=version)
    assert address.behind(address.of_behind(asked)) == asked


@pytest.mark.parametrize("name", ["bestuur", "school", "rol", "maand", "dagen", "soort", "versie"])
@given(st.text())
def test_what_makes_no_sense_in_an_address_is_left_out(name: str, text: str) -> None:
    known = {"board", "school_leader", "wet", "streef", *map(str, Role), *map(str, Left)}
    if text in known or text.isdigit():
        return
    assert address.behind({"cijfer": "kept", name: f"x{text}"}) == Behind(Figure.KEPT)


def test_a_list_of_no_figure_does_not_exist() -> None:
    for given_ in ({}, {"cijfer": "alles"}):
        with pytest.raises(NotFound):
            address.behind(given_)


@pytest.fixture
def reports(web: Flask) -> Iterator[list[Report]]:
    """What the files of the sample pages hold."""
    board, some, heat = samples.board(), samples.lines(), samples.heat()
    with web.test_request_context("/naleving"):
        g.session, g._login_user = None, Visitor()
        about = lists.about(board.choices, board.scope, board.at)
        grids = (tables.board(board), (lists.lines(some),), (lists.heat(heat, heat.elements),))
        yield [lists.report("Naleving", one, about, board.at) for one in grids]


def test_every_file_holds_every_value_of_every_table(reports: list[Report]) -> None:
    for report in reports:
        text = "".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.write(report))).pages).split())
        with ZipFile(io.BytesIO(spreadsheet.write(report, "Uitleg"))) as book:
            strings = {str(said) for said in etree.fromstring(book.read("xl/sharedStrings.xml")).itertext()}
        for table in report.tables:
            rows = list(csv.reader(io.StringIO(csv_file.write(table).decode("utf-8-sig"), newline=""), delimiter=";"))
            values = [shown(value) for row in table.rows for value in row]
            assert [cell.removeprefix("'") for row in rows[1:] for cell in row] == values
            assert ["".join(value.split()) for value in values if "".join(value.split()) not in text] == []
            assert {value for row in table.rows for value in row if isinstance(value, str) and value} <= strings


def test_a_term_in_hours_is_late_at_its_hour_and_not_by_days(reports: list[Report]) -> None:
    [row] = [row for row in reports[1].tables[0].rows if "Neem de melding over" in row]
    assert row[-2:] == (NOW.date(), "te laat")


def test_of_one_role_there_is_no_table_of_whole_procedures(web: Flask) -> None:
    with web.test_request_context("/naleving"):
        g.session, g._login_user = None, Visitor()
        whole = samples.board()
        shown = {grid.key for grid in tables.board(replace(whole, scope=Scope(role=Role.BOARD), durations=()))}
        assert {grid.key for grid in tables.board(whole)} - shown == {"duur"}


def test_names_that_mean_something_elsewhere_stay_names(reports: list[Report]) -> None:
    schools = next(table for table in reports[0].tables if table.key == "scholen")
    written = csv_file.write(schools).decode("utf-8-sig")
    assert "\r\nHet *Anker* #1;" in written
    assert "\r\n'=De Wissel;" in written


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def browser(site: Flask, part: str) -> FlaskClient:
    client = site.test_client()
    sign_in(client, email_of(part), PASSWORD)
    return client


def links(client: FlaskClient, where: str) -> list[str]:
    """All links of a page that stay on the board, in its order."""
    page = html.document_fromstring(client.get(where).text)
    return [str(link) for one in page.iter("a", "div") for link in (one.get("href"), one.get("data-diagram-src")) if _stays(link)]


def _stays(link: str | None) -> bool:
    # Of a single table the CSV says all that its other files say.
    return link is not None and link.startswith("/naleving") and ("tabel=" not in link or ".csv" in link)


def everything(client: FlaskClient) -> dict[str, bytes]:
    """The board, all lists, drawings and files one step away from it and from two heat maps, by address."""
    starts = ["/naleving", "/naleving/committee", "/naleving/measures"]
    lists_of_all = [f"/naleving/termijnen{kind}?cijfer={figure}" for figure in Figure for kind in ("", ".csv")]
    wanted = dict.fromkeys([*starts, *lists_of_all, *(link for where in starts for link in links(client, where))])
    found = {}
    for where in wanted:
        answer = client.get(where)
        assert answer.status_code == 200, where
        found[where] = _TOKEN.sub(b"", answer.data)
        answer.close()
    return found


def test_whoever_is_involved_is_sent_the_same_bytes_as_without_the_case(installation: App, player: Player) -> None:
    site = create_app(installation)
    number = guided(player)
    choose(player, number, "schoolleiding")
    player.do("sanne", number, "agree_sharing", tick=LEADER, sharing_agreed="ja", names_allowed="alle_namen")
    player.until(player.on(ADVICE_ON))
    player.clock.at = late = player.on(date(2027, 1, 20))
    before = everything(browser(site, "wim"))
    assert len(before) > 40
    player.clock.at = player.on(ADVICE_ON)
    other = receive_advice(player)
    player.clock.at = late
    assert everything(browser(site, "wim")) == before
    seen = browser(site, "marijke")
    assert other in seen.get("/naleving/termijnen?cijfer=overdue").text
    assert number in seen.get("/naleving/termijnen?cijfer=waiting").text


def test_a_page_for_a_school_asks_for_that_school_in_all_its_links(installation: App, player: Player) -> None:
    school = str(player.places.schools["De Linde"])
    receive_advice(player)
    found = links(browser(create_app(installation), "marijke"), f"/naleving?school={school}")
    narrowed = [link for link in found if "termijnen" in link or ".csv" in link]
    assert len(narrowed) > 15
    assert {parse_qs(urlsplit(link).query)["school"][0] for link in narrowed} == {school}
