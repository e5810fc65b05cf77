"""Contacts without a case belong to whoever noted them, and to nobody else."""

from datetime import timedelta

import pytest

from app.clock import local_day
from app.demo.cast import CAST
from app.demo.play import Player
from app.domain.contacts import MOST_MINUTES, ContactKind
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import contacts
from app.services.views.today import ContactLine

ADVISERS = {part for part, cast in CAST.items() if cast.role is Role.ADVISER}


def noted(player: Player, part: str) -> tuple[ContactLine, ...]:
    return contacts.month(player.app, player.actor(part)).contacts


def typed(player: Player, **other: str) -> dict[str, str]:
    school = str(player.places.schools["De Linde"])
    return {"kind": "vraag", "on": f"{player.clock.at:%d-%m-%Y}", "minutes": "10", "school": school, **other}


def test_a_contact_is_noted_and_only_its_adviser_sees_it(player: Player) -> None:
    player.contact("sanne", "signaal", 25, "De Linde")
    [line] = noted(player, "sanne")
    assert (line.on, line.kind, line.minutes, line.school) == (local_day(player.clock.at), "signaal", 25, "De Linde")
    assert {part for part in ADVISERS if noted(player, part)} == {"sanne"}


def test_the_list_is_of_this_month_the_newest_first(player: Player) -> None:
    player.contact("sanne", "vraag", 5, "De Linde")
    player.clock.at += timedelta(days=30)
    player.contact("sanne", "klacht", 10, "De Linde")
    player.clock.at += timedelta(days=1)
    player.contact("sanne", "melding", 20, "De Linde")
    page = contacts.month(player.app, player.actor("sanne"))
    assert [line.kind for line in page.contacts] == ["melding", "klacht"]
    assert page.minutes == 30


def test_a_contact_of_an_earlier_month_is_found_beside_this_month(player: Player) -> None:
    player.contact("sanne", "vraag", 5, "De Linde")
    noted_on = local_day(player.clock.at)
    player.clock.at += timedelta(days=30)
    page = contacts.month(player.app, player.actor("sanne"))
    assert (page.contacts, page.after) == ((), None)
    assert page.before is not None
    earlier = contacts.month(player.app, player.actor("sanne"), page.before)
    assert [line.on for line in earlier.contacts] == [noted_on]
    assert earlier.after == page.month


def test_a_contact_is_deleted_by_whoever_noted_it_alone(player: Player) -> None:
    player.contact("sanne", "vraag", 5, "De Linde")
    [line] = noted(player, "sanne")
    for part in set(CAST) - {"sanne"}:
        with pytest.raises(NotFound):
            contacts.remove(player.app, player.actor(part), line.contact_id)
    assert noted(player, "sanne") == (line,)
    contacts.remove(player.app, player.actor("sanne"), line.contact_id)
    assert noted(player, "sanne") == ()


def test_whoever_is_no_adviser_has_no_contacts(player: Player) -> None:
    for part in set(CAST) - ADVISERS:
        with pytest.raises(NotFound):
            contacts.month(player.app, player.actor(part))
        with pytest.raises(NotFound):
            contacts.add(player.app, player.actor(part), typed(player))


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("kind", "roddel"),
        ("kind", ""),
        ("on", "08-09-2026"),
        ("on", "gisteren"),
        ("minutes", "0"),
        ("minutes", str(MOST_MINUTES + 1)),
        ("school", "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_noted(player: Player, wrong: str, value: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        contacts.add(player.app, player.actor("sanne"), typed(player, **{wrong: value}))
    assert set(refused.value.fields) == {wrong}
    assert noted(player, "sanne") == ()


def test_a_school_of_another_adviser_is_no_choice(player: Player) -> None:
    elsewhere = str(player.places.schools["Het Anker"])
    with pytest.raises(InvalidAnswers):
        contacts.add(player.app, player.actor("sanne"), typed(player, school=elsewhere))
    contacts.add(player.app, player.actor("farida"), typed(player, school=elsewhere))
    assert [line.school for line in noted(player, "farida")] == ["Het Anker"]


def test_every_kind_can_be_noted(player: Player) -> None:
    for kind in ContactKind:
        player.contact("sanne", kind.value, 1, "De Linde")
    assert {line.kind for line in noted(player, "sanne")} == {kind.value for kind in ContactKind}
