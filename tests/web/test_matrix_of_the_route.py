"""Every page that can be read of the complaint route, and of what it starts, for everybody of the cast: of a case that is not his
nobody finds anything, on no list and at no address that he may have kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.clock import local_day
from app.demo import route_stories
from app.demo.cast import CAST, PASSWORD, email_of
from app.demo.play import Player
from app.domain.roles import Role
from app.services import tokens
from app.storage.tables import Case, Deadline, ProcedureRow, Task
from tests.web.api.conftest import Program, last_day
from tests.web.forms import send, sign_in
from tests.web.matrix import SENT_ON

Story = Callable[[Player, date], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Row:
    """Who may open the case, what each is answered at the step that waits, and which file each may read."""

    story: Story
    step: str
    tasks: Mapping[str, int]
    files: Mapping[str, str]

    @property
    def handlers(self) -> set[str]:
        """Who works in the case."""
        return set(self.tasks)


ADVISER, LEADER, BOARD = "vertrouwenspersoon", "schoolleiding", "bevoegd-gezag"
#: Ruben and Farida work at the same school, Otto at another one, Bram and Nina under another board.
TABLE = {
    "measures by the head": Row(
        route_stories.at_the_head, "school_leader_measures", {"sanne": 403, "joost": 200}, {"sanne": ADVISER, "joost": LEADER}
    ),
    "an accused head": Row(
        route_stories.about_the_head, "board_measures", {"sanne": 403, "kemal": 200}, {"sanne": ADVISER, "kemal": BOARD}
    ),
    "a notice": Row(route_stories.notice, "first_talk", {"sanne": 200}, {}),
    "a former adviser": Row(route_stories.handed_over, "how_is_it_now", {"ruben": 200}, {"ruben": ADVISER}),
    "a signal": Row(route_stories.signal, "act_on_signal", {"sanne": 403, "joost": 200}, {"joost": LEADER}),
}
#: Pages of strangers, and those that hold no case: who he is, how a case starts, what the site is made of.
WITHOUT_A_CASE = ("static", "healthz.ok", "signin.", "api_description", "file.closed")
#: What stands in addresses that are about something else than one case: there, no page may hold its number.
_ELSEWHERE_IDS = ("notice_id", "board_id", "file_id", "user_id", "membership_id", "school_id", "proposal_id")
ELSEWHERE: dict[str, Any] = {
    **dict.fromkeys(_ELSEWHERE_IDS, UUID(int=1)),
    **{"token": "x", "named": "x", "kind": "csv", "procedure": "measures", "version": 1},
    **{
        "key": "measures",
        "procedure_key": "measures",
        "side": "1",
        "lane": "board",
        "plan_id": UUID(int=1),
        "form_id": "x",
        "name": "x",
    },
}
#: Who looks into the studio. What it shows, and the drawing on the compliance board, is of a procedure, not of a case.
IN_STUDIO = ("piet", "marijke", "kemal", "wim", "els", "nina")


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def played(player: Player, story: Story) -> str:
    """The story up to its present day; gives the case's number."""
    today = local_day(player.clock.at) + timedelta(days=60)
    player.writes = True
    for ago in story(player, today):
        player.until(player.on(today - timedelta(days=ago)))
    with player.app.database.read() as tx:
        return tx.scalars(select(Case.number)).one()


def addresses(site: Flask, player: Player, number: str) -> Iterator[tuple[str, str]]:
    """Every address at which something can be read, with its endpoint: of each procedure a step of each lane, and a term."""
    with player.app.database.read() as tx:
        rows = tx.execute(select(ProcedureRow.id, ProcedureRow.main)).all()
        lanes = {(task.procedure_id, task.lane): task.id for task in tx.scalars(select(Task).order_by(Task.opened_at))}
        terms = {term.procedure_id: term.id for term in tx.scalars(select(Deadline))}
    for rule in _reading(site):
        for procedure, main in rows:
            numbered = 1 if rule.endpoint.startswith("studio.") else number
            known = ELSEWHERE | {"number": numbered, "procedure_id": procedure, "process_id": main, "element_id": "ev_withdrawn"}
            yield from _built(site, rule, known, {"task_id": [*lanes.values()], "deadline_id": [*terms.values()]})


def _built(site: Flask, rule: Rule, known: dict[str, Any], many: dict[str, list[UUID]]) -> Iterator[tuple[str, str]]:
    one_of = next((name for name in many if name in rule.arguments), None)
    choices: list[dict[str, Any]] = [{one_of: value} for value in many[one_of]] if one_of else [{}]
    for choice in choices:
        values = {name: value for name, value in (known | choice).items() if name in rule.arguments}
        yield rule.endpoint, str(site.url_map.bind("").build(rule.endpoint, values, method="GET"))


def _reading(site: Flask) -> list[Rule]:
    of_cases = (rule for rule in site.url_map.iter_rules() if not rule.endpoint.startswith(WITHOUT_A_CASE))
    return [rule for rule in of_cases if "GET" in (rule.methods or ())]


def _enter(site: Flask, part: str) -> FlaskClient:
    client = site.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{list(CAST).index(part)}"
    assert sign_in(client, email_of(part), PASSWORD).status_code == SENT_ON
    return client


def _program(site: Flask, player: Player, part: str) -> Program:
    return Program(site, tokens.create_on_host(player.app, email_of(part), scope=tokens.READ, last_day=last_day(player)))


@pytest.mark.parametrize("matter", TABLE)
def test_who_does_not_handle_a_case_finds_nothing_of_it_anywhere(site: Flask, player: Player, matter: str) -> None:
    number = played(player, TABLE[matter].story)
    known = sorted(set(addresses(site, player, number)))
    lists = ["/inbox?van=mine", "/inbox?van=group", "/inbox?van=all"]
    assert len(known) > 15
    for part in sorted(set(CAST) - TABLE[matter].handlers):
        client, program = _enter(site, part), _program(site, player, part)
        for endpoint, address in [*known, *(("inbox.show", one) for one in lists)]:
            of_the_case = endpoint.startswith("api.") and "/api/v1" in address
            answer = program.get(address.removeprefix("/api/v1")) if of_the_case else client.get(address)
            about = next(rule for rule in site.url_map.iter_rules() if rule.endpoint == endpoint).arguments - ELSEWHERE.keys()
            of_a_procedure = endpoint == "compliance.drawing" or (endpoint.startswith("studio.") and part in IN_STUDIO)
            assert answer.status_code == 404 or not about or of_a_procedure, (part, address)
            assert number.encode() not in answer.data, (part, address)
        for slug in (ADVISER, LEADER, BOARD, "meldcode"):
            assert send(client, "/profiel", f"/zaken/{number}/dossier/{slug}").status_code == 404, (part, slug)


@pytest.mark.parametrize("matter", TABLE)
def test_who_handles_a_case_reads_what_the_table_says(site: Flask, player: Player, matter: str) -> None:
    row = TABLE[matter]
    number = played(player, row.story)
    with player.app.database.read() as tx:
        task = tx.scalars(select(Task.id).where(Task.element_id == row.step).order_by(Task.opened_at.desc())).first()
    for part, wanted in row.tasks.items():
        client, program = _enter(site, part), _program(site, player, part)
        parts = ("stappen", "diagram", "dossier", "termijnen", "geschiedenis")
        assert {client.get(f"/zaken/{number}?deel={tab}").status_code for tab in parts} == {200}, part
        assert number in client.get("/zaken").text
        assert (client.get(f"/taken/{task}").status_code, program.get(f"/cases/{number}").status_code) == (wanted, 200), part
        files = (ADVISER, LEADER, BOARD, "meldcode")
        opened = {slug for slug in files if send(client, "/profiel", f"/zaken/{number}/dossier/{slug}").status_code == 200}
        assert opened == {row.files[part]} & set(files) if part in row.files else opened <= {ADVISER}, part


def test_a_notice_stands_on_the_list_of_its_adviser_alone(site: Flask, player: Player) -> None:
    number = played(player, route_stories.notice)
    advisers = [part for part in CAST if CAST[part].role is Role.ADVISER]
    assert [part for part in advisers if number in _enter(site, part).get("/meldingen").text] == ["sanne"]


def test_every_page_that_can_be_read_is_asked_for(site: Flask, player: Player) -> None:
    asked = {endpoint for endpoint, _ in addresses(site, player, played(player, route_stories.at_the_head))}
    there = {rule.endpoint for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {name for name in there - asked if not name.startswith(WITHOUT_A_CASE)} == set()
    assert {"case.show", "case.timeline", "case.diagram", "case.confirm", "task.show", "terms.form", "today.show"} < asked
    assert {"contacts.mine", "listed.mine", "replacing.form", "api.case", "api.task", "api.tasks", "api.deadlines"} < asked
