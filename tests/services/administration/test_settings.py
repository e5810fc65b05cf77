"""Settings and reachability: who keeps them, what stays of what held before, and what may be published."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from app.clock import local_day
from app.demo.play import Player
from app.domain.board_settings import SettingKind
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.services import directory, social_map
from app.services.administration import log, settings
from app.storage.tables import BoardSetting
from tests.services.administration.acting import board, deeds

POLICE = {"phone": "038 421 01 10", "source": "Afspraak met de politie"}


def save(player: Player, named: str, raw: dict[str, str], by: str = "ada") -> None:
    settings.save(player.app, player.actor(by), board(player), named, raw)


def shown(player: Player, key: str) -> str:
    """The number that everybody of the board is shown today."""
    phones = social_map.show(player.app, player.actor("sanne"), None).phones
    return next((one.value["phone"] for one in phones if one.key == key), "")


def set_reach(player: Player, by: str, **raw: str) -> None:
    directory.set_reach(player.app, player.actor(by), board(player), player.places.people["sanne"], raw)


def published(player: Player) -> list[str]:
    page = directory.guide(player.app, player.actor("joost"), board(player))
    return [one.name for school in page.schools for one in school.people]


def test_what_held_before_stays_and_a_later_day_waits(player: Player) -> None:
    today = local_day(player.clock.at)
    save(player, "phone:wijkagent", POLICE)
    save(
        player,
        "phone:wijkagent",
        {**POLICE, "phone": "038 421 09 90", "valid_from": f"{today + timedelta(days=2):%d-%m-%Y}"},
        "marijke",
    )
    assert shown(player, "wijkagent") == "038 421 01 10"
    page = settings.one(player.app, player.actor("ada"), board(player), "phone:wijkagent")
    found = [(one.value["phone"], one.by) for one in page.history]
    assert found == [("038 421 09 90", "Marijke de Vries"), ("038 421 01 10", "Ada Kok")]
    player.clock.at += timedelta(days=2)
    assert shown(player, "wijkagent") == "038 421 09 90"
    assert deeds(player)[-2:] == ["settings.set", "settings.set"]


def test_the_log_says_which_setting_counts_from_when(player: Player) -> None:
    today = local_day(player.clock.at)
    save(player, "phone:wijkagent", POLICE)
    save(player, "target:complaint_route.aftercare", {"number": "3", "unit": "weken", "source": "Afspraak"})
    lines = log.page(player.app, player.actor("fleur"), board(player)).lines
    found = {(one.setting.kind, one.setting.name, one.setting.step, one.setting.day) for one in lines if one.setting}
    assert ("phone", "wijkagent", "", today) in found
    assert {kind: step for kind, _, step, _ in found}["target"]


def test_what_comes_with_the_product_is_shown_until_a_board_says_otherwise(player: Player) -> None:
    assert shown(player, "veilig_thuis") == "0800 2000"
    save(player, "phone:veilig_thuis", {"withdrawn": "ja", "source": "Regio heeft een eigen nummer"})
    assert shown(player, "veilig_thuis") == ""


def test_nobody_rewrites_what_was_set(player: Player) -> None:
    save(player, "phone:wijkagent", POLICE)
    with pytest.raises(DatabaseError, match="append-only"), player.app.database.write() as tx:
        tx.execute(update(BoardSetting).values(source="een ander"))


def test_a_term_of_law_is_refused_with_its_article(player: Player) -> None:
    with pytest.raises(Forbidden, match=r"WPO art\. 14 lid 7"):
        save(player, "target:committee.board_response", {"number": "9", "unit": "weken", "source": "Besluit"})
    steps = dict(settings.page(player.app, player.actor("ada"), board(player)).targets)["Klachtencommissie"]
    [law] = [one for one in steps if one.key.endswith(".board_response")]
    assert law.statutory
    assert law.basis.startswith("WPO art. 14 lid 7")


def test_others_neither_see_nor_set_them(player: Player) -> None:
    for part in ("sanne", "joost", "nina", "fleur"):
        with pytest.raises(NotFound):
            settings.page(player.app, player.actor(part), board(player))
        with pytest.raises(NotFound):
            save(player, "phone:wijkagent", POLICE, part)
    with player.app.database.read() as tx:
        assert tx.scalars(select(BoardSetting)).all() == []


def test_organisations_days_off_and_holidays_are_made_and_end(player: Player) -> None:
    save(player, "organisation", {"name": "De Oever", "purpose": "Rouw", "source": "Website"})
    save(player, "day_off", {"first": "04-12-2026", "name": "Studiedag", "source": "Jaarplanning"})
    holiday = {"first": "10-10-2026", "last": "18-10-2026", "source": "Jaarplanning"}
    with pytest.raises(InvalidAnswers):
        save(player, "holiday", holiday)
    save(player, "holiday", {**holiday, "region": "midden", "holiday": "Herfstvakantie"})
    page = settings.page(player.app, player.actor("ada"), board(player))
    [made] = page.settings[SettingKind.ORGANISATION]
    autumn = [one for _, lines in page.holidays for one in lines if one.name == "Herfstvakantie" and one.first.year == 2026]
    assert [(f"{one.first}", one.own) for one in autumn] == [("2026-10-10", True)]
    assert len(page.settings[SettingKind.DAY_OFF]) == 1
    player.clock.at += timedelta(minutes=1)
    save(player, made.key, {"withdrawn": "ja", "source": "Bestaat niet meer"})
    assert social_map.show(player.app, player.actor("sanne"), None).organisations == ()


def test_a_name_is_published_only_when_its_owner_agreed_to_what_stands_there(player: Player) -> None:
    set_reach(player, "ada", phone="06 12 34 56 78", public="ja")
    assert published(player) == []
    set_reach(player, "sanne", phone="06 12 34 56 78", public="ja")
    assert published(player) == ["Sanne Bakker"]
    set_reach(player, "ada", phone="06 99 99 99 99")
    assert published(player) == []
    assert deeds(player).count("reachability.changed") == 3


def test_nobody_else_says_how_somebody_is_reached(player: Player) -> None:
    for part in ("ruben", "joost", "nina", "bram"):
        with pytest.raises(NotFound):
            set_reach(player, part, phone="06 12 34 56 78")
    with pytest.raises(NotFound):
        directory.show(player.app, player.actor("bram"), board(player))


def test_pages_take_few_statements(player: Player) -> None:
    actor, board_id = player.actor("ada"), board(player)
    settings.page(player.app, actor, board_id)
    for most, page in ((8, settings.page), (8, directory.show)):
        with player.app.database.count() as statements:
            page(player.app, actor, UUID(board_id.hex))
        assert statements.number <= most, statements.sent
