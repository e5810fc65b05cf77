"""What a task says of a board's settings: where its target comes from, and the way to the board's numbers."""

from dataclasses import replace

import pytest
from flask import Flask, g

from app.demo.play import Player
from app.services import directory
from app.services.context import App
from app.services.views.task import TaskPage
from app.web import create_app
from tests.services.administration import acting
from tests.web import rendering, samples
from tests.web.matrix import enter

LINK = 'href="/sociale-kaart"'
MOST_BYTES = 100_000


@pytest.fixture
def backend() -> str:
    """The pages do not know which database lies below."""
    return "sqlite"


def html(flask: Flask, page: TaskPage, language: str = "nl") -> str:
    with flask.test_request_context("/taken/x"):
        g.session = None
        g._login_user = rendering.Visitor(language)
        g.open_count = g.unseen_count = 0
        return rendering._task(page)


def test_the_social_map_is_one_touch_away_where_a_step_asks_for_it_or_names_a_number(web: Flask) -> None:
    plain = replace(samples.task(), instruction="Noteer wat er is gezegd.", social_map=False)
    assert LINK not in html(web, plain)
    assert LINK in html(web, replace(plain, social_map=True))
    assert LINK in html(web, replace(plain, instruction="Bel 112."))


def test_a_target_says_where_it_comes_from_and_what_a_running_case_keeps(web: Flask) -> None:
    page = replace(samples.task(), term=samples.target_term())
    dutch = html(web, page)
    assert "Streeftermijn van het bestuur, vastgesteld op 1 september 2026 (10 schooldagen)." in dutch
    assert "Deze zaak houdt 10 schooldagen: dat gold toen hij begon. Sinds 1 november 2026 geldt 5 schooldagen." in dutch
    assert "This case keeps 10 school days: that counted when it began." in html(web, page, "en")
    assert "Streeftermijn" not in html(web, samples.task())
    term = samples.target_term()
    assert term.target is not None
    of_committee = replace(page, term=replace(term, target=replace(term.target, committee=True)))
    assert "Zo lang heeft de commissie nodig, vastgelegd door het bestuur op 1 september 2026" in html(web, of_committee)


def test_the_referral_of_the_product_asks_for_the_social_map(player: Player) -> None:
    with player.app.database.read() as tx:
        steps = player.app.versions.current(tx, "referral").procedure
    assert steps.element("refer_warmly").social_map


def test_the_table_for_a_website_holds_no_formula_and_nobody_who_did_not_agree(installation: App, player: Player) -> None:
    board_id = acting.board(player)
    for part, public in (("sanne", "ja"), ("ruben", "")):
        raw = {"phone": "+31 6 12 34 56 78", "public": public}
        directory.set_reach(player.app, player.actor(part), board_id, player.places.people[part], raw)
    client, _ = enter(create_app(installation), "joost")
    rows = client.get(f"/wie-is-wie/{board_id}/schoolgids.csv").text.splitlines()
    assert rows[0].startswith("\ufeffschool;naam;")
    assert rows[1:] == ["De Linde;Sanne Bakker;intern;'+31 6 12 34 56 78;;;;"]


def test_pages_of_settings_are_light(installation: App, player: Player) -> None:
    client, _ = enter(create_app(installation), "ada")
    for path in (f"/beheer/{acting.board(player)}/instellingen", "/wie-is-wie", "/sociale-kaart"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert len(answer.data) < MOST_BYTES, path
