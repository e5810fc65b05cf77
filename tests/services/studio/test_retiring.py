"""Out of use: a board's right, with a reason; what runs goes on, nothing that leads there is broken, and there is a way back."""

import re

import pytest

from app.catalogue import thaw
from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.services import cases
from app.services.publishing import publish
from app.services.studio import desks, drafts, publishing, retiring, story
from app.services.studio.publishing import Unfit
from tests.services.studio.acting import published

#: The meldcode under another name: nothing leads to it.
KEY, WHY = "oldcode", {"why": "Wij werken met een andere code."}


@pytest.fixture
def player(player: Player) -> Player:
    with player.app.database.read() as tx:
        files = player.app.versions.current(tx, "meldcode").procedure.files
    named = {
        name.replace("meldcode", KEY): re.sub(rb"meldcode(?!_file|_officer)", KEY.encode(), text) for name, text in files.items()
    }
    publish(player.app, thaw(KEY, named))
    return player


def test_who_may_not_or_says_nothing_takes_nothing_out_of_use(player: Player) -> None:
    refused = {"piet": Forbidden, "nina": Forbidden, "sanne": NotFound, "ada": NotFound}
    for part, error in refused.items():
        with pytest.raises(error):
            retiring.retire(player.app, player.actor(part), KEY, WHY)
    with pytest.raises(InvalidAnswers):
        retiring.retire(player.app, player.actor("marijke"), KEY, {"why": " "})
    with pytest.raises(NotFound):
        retiring.retire(player.app, player.actor("marijke"), "nothing", WHY)
    assert published(player, KEY).number == 1


def test_what_is_out_of_use_begins_no_case_and_goes_on_in_running_ones_and_comes_back(player: Player) -> None:
    app, piet, marijke = player.app, player.actor("piet"), player.actor("marijke")
    number = player.start("amira", KEY, "start_suspicion", "De Linde")
    offered = {one.procedure_key for part in ("amira", "joost") for one in cases.start_options(app, player.actor(part))}
    assert KEY in offered
    retiring.retire(app, marijke, KEY, WHY)
    left = {one.procedure_key for part in ("amira", "joost") for one in cases.start_options(app, player.actor(part))}
    assert offered - left == {KEY}
    player.do("amira", number, "take_over_signals", acute_danger="nee", by_school_staff="nee")
    told = story.page(app, piet, KEY)
    line = told.versions[0]
    assert (line.status, line.retired_by, line.retired_why, told.desk.published) == (
        "retired",
        "Marijke de Vries",
        WHY["why"],
        None,
    )
    listed = {one.key: one for one in desks.procedures(app, piet)}[KEY]
    assert (listed.number, listed.out_of_use, listed.name) == (None, True, desks.desk(app, piet, KEY).name)
    with pytest.raises(NotFound):
        retiring.retire(app, marijke, KEY, WHY)
    drafts.begin(app, piet, KEY)
    assert drafts.read(app, piet, KEY).base_number == 1
    assert publishing.roll_back(app, marijke, KEY, 1, {"why": "Toch weer nodig."}) == 2


def test_what_another_procedure_leads_to_stays_in_use_and_says_which(player: Player) -> None:
    with pytest.raises(Unfit, match=r"Andere procedures beginnen deze procedure of sturen haar een bericht: .*Klachtroute"):
        retiring.retire(player.app, player.actor("marijke"), "committee", WHY)
    assert published(player, "committee").number == 1
