"""Bundles between installations: what goes out comes in as a draft, whole or not at all."""

from collections.abc import Callable

import pytest

from app.demo.play import Player
from app.domain.bundle_file import Bundle, read, write
from app.domain.errors import Conflict, Forbidden, InvalidAnswers, NotFound
from app.services.studio import bundles, drafts, stories
from app.studio.importing import look, look_for
from tests.interchange.elsewhere import ROOT

KEY = "follow_up"
STORY = (ROOT / "tests" / "scenarios" / "follow_up_duty.yml").read_text()


@pytest.fixture
def exported(player: Player) -> Bundle:
    return bundles.export(player.app, player.actor("marijke"), KEY)


def test_what_is_published_goes_out_as_it_is_and_comes_in_sound(player: Player, exported: Bundle) -> None:
    with player.app.database.read() as tx:
        published = {key: one.procedure for key, one in player.app.versions.published(tx).items()}
    assert (exported.files, exported.number) == (published[KEY].files, 1)
    assert write(bundles.export_on_host(player.app, KEY)) == write(bundles.export(player.app, player.actor("piet"), KEY, 1))
    looked = look(write(exported), "x.zip", published)
    assert (looked.key, looked.explanation.runs, looked.explanation.rest, looked.files) == (KEY, True, (), exported.files)


def test_a_bundle_becomes_a_draft_with_its_stories_and_goes_out_again(player: Player, exported: Bundle) -> None:
    piet = player.actor("piet")
    stories.keep(player.app, piet, KEY, "known", "title: Van hier")
    came = bundles.store(player.app, piet, KEY, exported.files, {"known": "title: Van daar", "duty": STORY})
    assert came == ("duty",)
    assert {one.name: one.text for one in stories.listed(player.app, piet, KEY)} == {"known": "title: Van hier", "duty": STORY}
    draft = bundles.export_draft(player.app, piet, KEY)
    assert (draft.number, draft.files, set(draft.stories)) == (None, exported.files, {"known", "duty"})
    assert read(write(draft)) == draft


def test_it_is_stored_whole_or_not_at_all(player: Player, exported: Bundle) -> None:
    piet = player.actor("piet")
    with pytest.raises(InvalidAnswers):
        bundles.store(player.app, piet, KEY, exported.files, {"Wrong name": STORY})
    with pytest.raises(NotFound):
        drafts.read(player.app, piet, KEY)
    drafts.begin(player.app, piet, KEY)
    with pytest.raises(Conflict):
        bundles.store(player.app, piet, KEY, exported.files, {"duty": STORY})
    assert stories.listed(player.app, piet, KEY) == ()


def test_boards_take_along_and_owners_bring_in_and_nobody_else_knows(player: Player, exported: Bundle) -> None:
    marijke, sanne = player.actor("marijke"), player.actor("sanne")
    with pytest.raises(Forbidden):
        bundles.store(player.app, marijke, KEY, exported.files, {})
    with pytest.raises(Forbidden):
        look_for(player.app, marijke, b"", "x")
    asked: tuple[Callable[[], object], ...] = (
        lambda: bundles.export(player.app, sanne, KEY),
        lambda: bundles.export_draft(player.app, sanne, KEY),
        lambda: bundles.store(player.app, sanne, KEY, exported.files, {}),
        lambda: bundles.export(player.app, marijke, KEY, 9),
        lambda: bundles.export_draft(player.app, marijke, KEY),
        lambda: bundles.export(player.app, marijke, "nothing"),
        lambda: bundles.store_on_host(player.app, "nobody@example.org", KEY, exported.files, {}),
        lambda: bundles.store_on_host(player.app, sanne.email, KEY, exported.files, {}),
    )
    for refused in asked:
        with pytest.raises(NotFound):
            refused()


def test_a_scenario_that_cannot_be_read_is_told_and_not_a_reason_to_lose_the_rest(player: Player, exported: Bundle) -> None:
    told = {"odd": "[" * 5_000, "other": STORY.replace("procedure:", "procedures:"), "good": STORY}
    content = write(Bundle(KEY, None, exported.files, told))
    looked = look_for(player.app, player.actor("piet"), content, "x.zip")
    assert looked.can_be_drawn
    assert [one.file for one in looked.explanation.rest if one.code == "scenario"] == ["scenarios/odd.yml", "scenarios/other.yml"]


def test_a_diagram_of_another_tool_becomes_a_draft_under_a_name_of_ours(player: Player) -> None:
    piet = player.actor("piet")
    content = (ROOT / "tests" / "interchange" / "diagrams" / "bizagi.bpmn").read_bytes()
    looked = look_for(player.app, piet, content, "Verzuim.bpmn")
    assert looked.key == "verzuim_melden"
    bundles.store(player.app, piet, looked.key, looked.files, looked.stories)
    draft = drafts.read(player.app, piet, "verzuim_melden")
    assert b"BizagiExtensions" in draft.files["verzuim_melden.bpmn"]
    again = look_for(player.app, piet, content, "Verzuim.bpmn", "Niet Zo")
    with pytest.raises(InvalidAnswers):
        bundles.store(player.app, piet, again.key, again.files, again.stories)
