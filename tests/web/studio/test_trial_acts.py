"""What somebody does in a story beside his tasks: correcting the start of a term, and saying that an adviser is ill."""

from dataclasses import replace

import pytest

from app.demo.play import Player
from app.scenarios.reading import read
from app.scenarios.story import AskReplacement, CorrectStart
from app.scenarios.writing import write
from app.services.studio import trials
from tests.web.conftest import Browsers
from tests.web.studio.trying import Trier, to_the_response
from tests.world import ROOT


@pytest.fixture
def backend() -> str:
    """What is tried is told on a database of its own, whichever lies below."""
    return "sqlite"


def last_step(player: Player, key: str) -> object:
    return read(trials.read(player.app, player.actor("piet"), key)).steps[-1]


def test_the_start_of_a_term_is_corrected_where_the_term_stands(browser_of: Browsers, player: Player) -> None:
    trier = Trier(browser_of("piet"))
    to_the_response(trier)
    trier.wait("22-12-2026")
    assert "Verbeter de dag waarvan deze termijn telt" in trier.told
    asked = {"zaak": "1", "element": "board_response", "als": "marijke"}
    name = "veld-start_1_board_response"
    refused = trier.go("correct_start", **asked, **{name: "gisteren"})
    assert refused.status_code == 422
    assert f'id="{name}-fout"' in refused.text
    assert trier.go("correct_start", **asked, **{name: "28-12-2026"}).status_code == 409
    assert trier.go("correct_start", **{**asked, "als": "sanne"}, **{name: "18-12-2026"}).status_code == 404
    assert trier.go("correct_start", **asked, **{name: "18-12-2026"}).status_code == 302
    assert "Marijke de Vries verbetert de dag waarvan de termijn telt: Besluit over het advies" in trier.told
    assert "15 januari 2027" in trier.told
    step = last_step(player, "committee")
    assert isinstance(step, CorrectStart)
    assert (step.element_id, step.fact, str(step.day)) == ("board_response", "advice_received_on", "2026-12-18")


def test_that_an_adviser_is_ill_is_offered_where_somebody_was_named_to_take_over(browser_of: Browsers, player: Player) -> None:
    trier = Trier(browser_of("piet"), "complaint_route")
    story = read((ROOT / "tests" / "scenarios" / "complaint_route_ill_adviser.yml").read_text(encoding="utf-8"))
    place = next(number for number, step in enumerate(story.steps) if isinstance(step, AskReplacement))
    trials.write(player.app, player.actor("piet"), trier.key, write(replace(story, steps=story.steps[:place])), was="")
    assert trier.page().count("is ziek: vraag de vervanger") == 1
    assert trier.go("ask_replacement", zaak="1", element="sanne", als="marijke").status_code == 302
    assert "meldt dat een vertrouwenspersoon ziek is" in trier.told
    assert "Speel Ruben" in trier.told
    step = last_step(player, "complaint_route")
    assert isinstance(step, AskReplacement)
    assert (step.ill, step.person) == ("sanne", "marijke")
