"""Every endpoint, for everybody of the cast, in one case: who may, who may read only, who must not know that it exists."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.demo.cast import CAST, email_of
from app.demo.play import Player
from app.domain.roles import Role
from app.storage.tables import Case, CaseHandler, User
from app.web import create_app
from tests.browser.demo_site import filled
from tests.services.committee import page, receive_advice, term
from tests.web import administration_table, settings_table, studio_table
from tests.web.matrix import Row, asked, enter, rows_of
from tests.web.studio import forms_table, moving_table

#: Ruben works at the same school and Wim is the accused board member; Otto is at another school, Bram and Nina at another board.
COLUMNS = {
    "the case's adviser": ("sanne",),
    "the case's board member": ("marijke",),
    "other advisers": ("ruben", "farida", "otto", "bram"),
    "other board members": ("nina", "kemal", "wim", "els"),
    "another with work of her own": ("amira",),
    "others without": ("joost", "piet", "ada", "fleur"),
    "a stranger": (None,),
}
#: What each of these is answered. Forms are sent empty: whoever may send them hears what is missing (422). Last comes what
#: changes the case. `door` is the sign-in page, `404,ada:200` an answer with an exception.
#: What asks a token answers no browser; whom it answers stands in tests/web/api/.
TABLE = """
GET  static           filename=manifest.json         200 200 200 200 200 200 200
GET  healthz.ok       -                              200 200 200 200 200 200 200
GET  signin.form      -                              200 200 200 200 200 200 200
POST signin.submit    -                              422 422 422 422 422 422 422
GET  signin.totp      -                              302 302 302 302 302 302 door
POST signin.submit_totp -                            302 302 302 302 302 302 door
GET  signin.enrol     -                              302 302 302 302 302 302 door
POST signin.submit_enrol -                           302 302 302 302 302 302 door
GET  signin.forgotten -                              200 200 200 200 200 200 200
POST signin.submit_forgotten -                       422 422 422 422 422 422 422
GET  inbox.home       -                              302 302 302 302 302 302 door
GET  today.show       -                              200 404 200 404 404 404 door
GET  contacts.mine    -                              200 404 200 404 404 404 door
POST contacts.add     -                              422 404 422 404 404 404 door
POST contacts.remove  -                              404 404 404 404 404 404 door
GET  listed.mine      -                              200 404 200 404 404 404 door
POST listed.make_complaint -                         404 404 404 404 404 404 door
GET  replacing.form   -                              404 200 404 200 404 404 door
POST replacing.submit -                              404 422 404 422 404 404 door
GET  inbox.show       -                              200 200 200 200 200 200 door
GET  inbox.show       van=all                        200 200 200 200 200 200 door
GET  inbox.show       van=put_off                    200 200 200 200 200 200 door
GET  saved_views.mine -                              200 200 200 200 200 200 door
GET  saved_views.mine van=group                      200 200 200 200 200 200 door
POST saved_views.save -                              422 422 422 422 422 422 door
POST saved_views.remove -                            404 404 404 404 404 404 door
POST together.act     -                              422 422 422 422 422 422 door
POST together.take_back task=board                   403 302 404 404 404 404 door
POST together.take_back task=adviser                 302 404 404 404 404 404 door
GET  keys.show        -                              200 200 200 200 200 200 door
GET  cases.mine       -                              200 200 200 200 200 200 door
GET  start.form       -                              200 200 200 200 200 404 door
POST start.submit     -                              422 422 422 422 422 404 door
GET  profile.show     -                              200 200 200 200 200 200 door
POST profile.language -                              302 302 302 302 302 302 door
POST profile.ways     -                              422 422 422 422 422 422 door
POST profile.keys     -                              302 302 302 302 302 302 door
POST profile.password -                              422 422 422 422 422 422 door
POST profile.recovery_code -                         422 422 422 422 422 422 door
POST profile.token    -                              422 422 422 422 422 422 door
POST profile.revoke   -                              404 404 404 404 404 404 door
GET  absence.show     -                              200 200 200 200 200 200 door
GET  absence.show     rol=board,alles=ja             200 200 200 200 200 200 door
POST absence.create   -                              422 422 422 422 422 422 door
POST absence.end      -                              404 404 404 404 404 404 door
GET  telling.form     -                              200 200 200 200 200 200 door
POST telling.save     -                              422 422 422 422 422 422 door
GET  bell.mine        -                              200 200 200 200 200 200 door
GET  bell.see         -                              404 404 404 404 404 404 door
POST bell.see_all     -                              302 302 302 302 302 302 door
POST profile.calendar -                              422 422 422 422 422 422 door
POST profile.drop_calendar -                         302 302 302 302 302 302 door
GET  agenda.feed      token=x                        404 404 404 404 404 404 404
GET  post.show        -                              404 404 404 404 404 404,ada:200 door
POST post.retry_all   -                              404 404 404 404 404 404,ada:302 door
POST post.retry       -                              404 404 404 404 404 404 door
GET  compliance.show  -                              404 200 404 200 404 404,joost:200 door
GET  compliance.board_file kind=csv                  404 200 404 200 404 404,joost:200 door
GET  compliance.lines -                              404 404 404 404 404 404 door
GET  compliance.lines cijfer=waiting                 404 200 404 200 404 404,joost:200 door
GET  compliance.lines_file cijfer=running,kind=csv   404 200 404 200 404 404,joost:200 door
GET  compliance.heat  procedure=measures             404 200 404 200 404 404,joost:200 door
GET  compliance.heat  procedure=nothing              404 404 404 404 404 404 door
GET  compliance.heat_file procedure=measures,kind=csv 404 200 404 200 404 404,joost:200 door
GET  compliance.drawing procedure=measures,version=1,process_id=measures 404 200 404 200 404 404,joost:200 door
GET  case.show        -                              200 200 404 404 404 404 door
GET  case.show        deel=diagram                   200 200 404 404 404 404 door
GET  case.show        deel=dossier                   200 200 404 404 404 404 door
GET  case.show        deel=termijnen                 200 200 404 404 404 404 door
GET  case.show        deel=geschiedenis              200 200 404 404 404 404 door
GET  case.timeline    -                              200 200 404 404 404 404 door
GET  case.diagram     process_id=committee_response  200 200 404 404 404 404 door
GET  case.confirm     element_id=ev_withdrawn        200 404 404 404 404 404 door
GET  case.ask_tick    lane=board                     404 200 404 404 404 404 door
GET  case.ask_tick    lane=adviser                   404 404 404 404 404 404 door
POST case.tick        lane=board                     404 422 404 404 404 404 door
GET  file.closed      slug=bevoegd-gezag             302 302 302 302 302 302 door
POST file.opened      slug=bevoegd-gezag             404 200 404 404 404 404 door
POST file.opened      slug=vertrouwenspersoon        200 404 404 404 404 404 door
POST file.comment     slug=bevoegd-gezag             404 422 404 404 404 404 door
POST file.comment     slug=vertrouwenspersoon        422 404 404 404 404 404 door
POST file.comment     slug=meldcode                  404 404 404 404 404 404 door
POST file.let_in      slug=bevoegd-gezag             404 404 404 404 404 404 door
GET  terms.form       -                              403 200 404 404 404 404 door
POST terms.submit     -                              403 422 404 404 404 404 door
GET  task.show        task=board                     403 200 404 404 404 404 door
GET  task.show        task=adviser                   200 404 404 404 404 404 door
POST task.claim       task=board                     403 302 404 404 404 404 door
POST task.claim       task=adviser                   302 404 404 404 404 404 door
POST task.pass_on     task=board                     403 403 404 404 404 404 door
POST task.pass_on     task=adviser                   403 404 404 404 404 404 door
POST task.draft       task=board                     403 302 404 404 404 404 door
POST task.draft       task=adviser                   302 404 404 404 404 404 door
POST task.complete    task=board                     403 422 404 404 404 404 door
POST task.complete    task=adviser                   422 404 404 404 404 404 door
GET  task.before_anytime task=board,process_id=committee_extend_term 403 200 404 404 404 404 door
GET  task.before_anytime task=adviser,process_id=committee_extend_term 404 404 404 404 404 404 door
GET  case.before_anytime process_id=committee_board_news 403 200 404 404 404 404 door
GET  case.before_anytime process_id=committee_news    200 403 404 404 404 404 door
GET  case.before_anytime process_id=nothing           404 404 404 404 404 404 door
POST task.anytime     task=board,process_id=committee_extend_term   403 302 404 404 404 404 door
POST task.anytime     task=adviser,process_id=committee_extend_term 404 404 404 404 404 404 door
POST case.anytime     process_id=committee_board_news 403 302 404 404 404 404 door
POST case.anytime     process_id=committee_news      302 403 404 404 404 404 door
POST task.release     task=board                     403 302 404 404 404 404 door
POST task.release     task=adviser                   302 404 404 404 404 404 door
POST case.announce    element_id=ev_withdrawn        302 404 404 404 404 404 door
POST signin.leave     -                              302 302 302 302 302 302 door
GET  api_description  -                              200 200 200 200 200 200 200
GET  api.tasks        -                              401 401 401 401 401 401 401
GET  api.deadlines    -                              401 401 401 401 401 401 401
GET  api.procedures   -                              401 401 401 401 401 401 401
GET  api.case         -                              401 401 401 401 401 401 401
GET  api.task         task=board                     401 401 401 401 401 401 401
POST api.start        -                              401 401 401 401 401 401 401
POST api.claim        task=board                     401 401 401 401 401 401 401
POST api.complete     task=board                     401 401 401 401 401 401 401
"""
NUMBER = re.compile(r"20\d\d-[2-9B-Z]{4}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A case that waits for the board's answer, with a task of the adviser beside it."""

    number: str
    procedure: UUID
    deadline: UUID
    tasks: dict[str, UUID]


ROWS = rows_of(TABLE)


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


@pytest.fixture
def scene(player: Player) -> Scene:
    player.writes = True
    number = receive_advice(player, tick={Role.BOARD: ("marijke",)})
    player.beside("sanne", number, "committee_news")
    tasks = {"board": player.task(number, "board_response"), "adviser": player.task(number, "committee_update")}
    return Scene(number, page(player, "sanne", number).procedure_id, term(player, number).id, tasks)


def address(site: Flask, row: Row, scene: Scene) -> str:
    known = {
        "number": scene.number,
        "procedure_id": scene.procedure,
        "deadline_id": scene.deadline,
        "token_id": UUID(int=1),
        "contact_id": UUID(int=1),
        "absence_id": UUID(int=1),
        "notice_id": UUID(int=1),
        "message_id": UUID(int=1),
        "view_id": UUID(int=1),
    }
    if "task" not in row.asks:
        return row.address(site, known)
    others = {name: value for name, value in row.asks.items() if name != "task"}
    return replace(row, asks=others).address(site, known | {"task_id": scene.tasks[row.asks["task"]]})


@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_answered_as_the_table_says(site: Flask, scene: Scene, column: str) -> None:
    place = list(COLUMNS).index(column)
    for part in COLUMNS[column]:
        browser = enter(site, part)
        for row in ROWS:
            told, answer = asked(browser, row, address(site, row, scene), part)
            assert told == row.expected(place, part), (part, row)
            assert place <= 1 or answer.status_code == 302 or scene.number not in answer.text, (part, row)
            answer.close()


def test_the_table_holds_every_endpoint(site: Flask) -> None:
    tables = (administration_table, settings_table, studio_table, forms_table, moving_table)
    elsewhere = [row for table in tables for row in rows_of(table.TABLE)]
    made = {(row.method, row.endpoint) for row in (*ROWS, *elsewhere)}
    there = {(m, rule.endpoint) for rule in site.url_map.iter_rules() for m in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert made == there


def test_the_columns_hold_the_whole_cast() -> None:
    assert sorted(part for parts in COLUMNS.values() for part in parts if part is not None) == sorted(CAST)


def test_lists_show_ones_own_cases_and_no_other(tmp_path: Path) -> None:
    app = filled(tmp_path)
    site = create_app(app)
    with app.database.read() as tx:
        wanted = select(User.email, Case.number).select_from(CaseHandler).join(User).join(Case, Case.id == CaseHandler.case_id)
        handled = tx.execute(wanted.where(CaseHandler.until.is_(None))).all()
    shown = 0
    for part in CAST:
        client, _ = enter(site, part)
        own = {number for email, number in handled if email == email_of(part)}
        assert set(NUMBER.findall(client.get("/zaken").text)) == own, part
        for scope in ("mine", "group", "all"):
            listed = set(NUMBER.findall(client.get(f"/inbox?van={scope}").text))
            assert listed <= own, part
            shown += len(listed)
    assert shown > 20
    app.database.close()
