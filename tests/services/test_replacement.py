"""Illness: a key sleeps for whom the complainant agreed to, the board asks without seeing a case, the replacement takes over."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import case_page, files, outline, replacing, task_page, tasks
from app.services.at_rest import open_dormant
from app.services.sealed import epoch_of
from app.services.views.replacing import Replaced
from app.storage.queries import files as queries
from app.storage.queries import work as work_queries
from app.storage.tables import CaseHandler, CaseLink, DormantKey, File, Membership, Replacement
from app.vault.envelope import PrivateKey
from app.vault.errors import NotAReader
from app.vault.files import open_grant
from tests.services.committee import case_of, history, page
from tests.services.handing.play import (
    ADVISER,
    NOTE,
    STORY,
    ask,
    begin,
    draw,
    give,
    handlers,
    key_holders,
    named,
    note,
    texts,
)

SINCE = date(2026, 9, 3)


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of the two procedures of these tests."""
    return draw(player)


def wish(cast: Player, part: str = "marijke", ill: str = "sanne") -> Replaced:
    """A board member says that an adviser is ill since SINCE."""
    raw = {"adviser": cast.places.people[ill].hex, "absent_since": "03-09-2026", "certain": "ja"}
    return replacing.ask(cast.app, cast.actor(part), raw)


def knows(cast: Player, part: str, number: str) -> bool:
    """Whether somebody may know of a case."""
    try:
        page(cast, part, number)
    except NotFound:
        return False
    return True


def test_a_named_replacement_has_keys_that_sleep_and_knows_nothing_of_the_case(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    assert (key_holders(cast, number), key_holders(cast, number, sleeping=True)) == ({"sanne"}, {"ruben"})
    assert not knows(cast, "ruben", number)
    with pytest.raises(NotFound):
        files.open_file(cast.app, cast.actor("ruben"), number, ADVISER)
    assert case_page.mine(cast.app, cast.actor("ruben"), 1) == ([], False)
    assert handlers(cast, number, Role.SUCCESSOR) == set()


def test_neither_the_servers_key_nor_the_persons_opens_a_sleeping_key_alone(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    with cast.app.database.read() as tx:
        row = tx.scalars(select(DormantKey)).one()
        file = tx.get_one(File, row.file_id)
        [stored] = queries.epochs_of(tx, file.id)
    epoch = epoch_of(file, stored)
    ruben, sanne = cast.actor("ruben"), cast.actor("sanne")
    grant = open_dormant(cast.app.server_keys, file.id, row.epoch, row.wrapped)
    for who, private, sealed in ((ruben, _key(ruben.private_key), row.wrapped), (sanne, _key(sanne.private_key), grant)):
        with pytest.raises(NotAReader):
            open_grant(epoch, private, who.user_id.hex, sealed)
    assert open_grant(epoch, _key(ruben.private_key), ruben.user_id.hex, grant)


def _key(private: PrivateKey | None) -> PrivateKey:
    assert private is not None
    return private


def test_the_replacement_takes_over_all_entries_and_the_ill_adviser_knows_the_case_no_more(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    note(cast, "sanne", number, "Na de afspraak.")
    wish(cast)
    open_task = cast.task(number, "choose_next")
    cast.do("ruben", number, "accept_replacement", accepts="ja")
    assert texts(cast, "ruben", number) == [STORY, NOTE, "Na de afspraak."]
    assert (key_holders(cast, number), key_holders(cast, number, sleeping=True)) == ({"ruben"}, set())
    assert (handlers(cast, number), knows(cast, "sanne", number)) == ({"ruben"}, False)
    with pytest.raises(NotFound):
        task_page.show(cast.app, cast.actor("sanne"), open_task)
    with pytest.raises(NotFound):
        outline.case(cast.app, cast.actor("sanne"), number)
    note(cast, "ruben", number, "Van nu af van Ruben.")
    assert texts(cast, "ruben", number)[-1] == "Van nu af van Ruben."
    with cast.app.database.read() as tx:
        assert tx.scalars(select(Replacement)).all() == []
        assert tx.scalars(select(File.epoch).where(File.kind == ADVISER)).one() == 2


def test_a_replacement_named_before_there_is_a_file_reads_the_file_that_comes(cast: Player) -> None:
    number = cast.start("sanne", "guided", "start_guided", "De Linde")
    cast.do("sanne", number, "consent", file_consent="ja")
    named(cast, number)
    assert key_holders(cast, number, sleeping=True) == set()
    note(cast, "sanne", number, "Het eerste stuk.")
    assert key_holders(cast, number, sleeping=True) == {"ruben"}
    wish(cast)
    cast.do("ruben", number, "accept_replacement", accepts="ja")
    assert texts(cast, "ruben", number) == ["Het eerste stuk."]


def test_consent_that_is_taken_back_takes_the_sleeping_keys_along(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    cast.do("sanne", number, "choose_next", next_move="intrekken")
    assert key_holders(cast, number, sleeping=True) == set()
    assert wish(cast).passed_on == "0-4"
    assert handlers(cast, number, Role.SUCCESSOR) == set()


def test_another_replacement_takes_the_place_of_the_first(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    named(cast, number, who="farida")
    assert key_holders(cast, number, sleeping=True) == {"farida"}
    kinds = [line.kind for line in history(cast, number, "replacement.named", "replacement.dropped")]
    assert kinds == ["replacement.named", "replacement.dropped", "replacement.named"]


def test_a_handover_ends_what_was_agreed_for_illness(cast: Player) -> None:
    number = begin(cast)
    named(cast, number, who="farida")
    ask(cast, number, "sanne", "ruben")
    give(cast, number, "sanne", ())
    assert key_holders(cast, number, sleeping=True) == set()
    with cast.app.database.read() as tx:
        assert tx.scalars(select(Replacement)).all() == []


def test_whoever_refuses_to_replace_leaves_the_case_where_it_is_and_keeps_no_sleeping_key(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    wish(cast)
    cast.do("ruben", number, "accept_replacement", accepts="nee")
    assert (handlers(cast, number), knows(cast, "ruben", number)) == ({"sanne"}, False)
    assert (key_holders(cast, number), key_holders(cast, number, sleeping=True)) == ({"sanne"}, set())


def test_one_adviser_without_the_case_is_named_and_a_program_names_nobody(cast: Player) -> None:
    number = begin(cast)
    for wrong in (("ruben", "farida"), ("sanne",), ("joost",), ()):
        with pytest.raises(InvalidAnswers) as refused:
            cast.do("sanne", number, "choose_next", next_move="aanwijzen", tick={Role.SUCCESSOR: wrong})
        assert list(refused.value.fields) == ["handlers_successor"]
    program, ruben = replace(cast.actor("sanne"), private_key=None), cast.places.people["ruben"]
    with pytest.raises(Forbidden):
        tasks.complete(cast.app, program, cast.task(number, "choose_next"), {"next_move": "aanwijzen"}, {Role.SUCCESSOR: [ruben]})
    assert key_holders(cast, number, sleeping=True) == set()


def test_a_program_takes_nothing_over(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    wish(cast)
    task_id = cast.task(number, "accept_replacement")
    with pytest.raises(Forbidden) as refused:
        tasks.complete(cast.app, replace(cast.actor("ruben"), private_key=None), task_id, {"accepts": "ja"}, {})
    assert "programma" in str(refused.value)
    assert (handlers(cast, number), key_holders(cast, number)) == ({"sanne"}, {"sanne"})


def test_the_board_asks_once_and_gets_no_task_no_case_and_no_number(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    first, second = wish(cast), wish(cast, "kemal")
    assert first == second == Replaced("Sanne Bakker", "0-4", "0-4", ("Farida El Amrani", "Ruben Smit"))
    for part in ("marijke", "kemal"):
        assert not knows(cast, part, number)
    assert handlers(cast, number, Role.BOARD) == set()
    [line] = history(cast, number, "replacement.asked")
    assert line.detail == {"lane": "successor", "user": cast.places.people["sanne"].hex, "last_day": SINCE.isoformat()}
    assert "replacement.asked" in {line.kind for line in page(cast, "sanne", number).history}


def test_the_one_who_is_asked_sees_his_step_alone_until_he_takes_over(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    wish(cast)
    shown = page(cast, "ruben", number)
    assert (shown.files, shown.facts, len(shown.cards)) == ((), (), 1)
    with pytest.raises(NotFound):
        task_page.show(cast.app, cast.actor("ruben"), cast.task(number, "choose_next"))


def test_cases_without_consent_of_others_and_of_two_advisers_stay_where_they_are(cast: Player) -> None:
    plain, otto, both = begin(cast), begin(cast, "otto", school="Het Anker"), begin(cast)
    named(cast, both)
    handles_too(cast, "farida", both)
    wish(cast)
    for number in (plain, otto, both):
        assert handlers(cast, number, Role.SUCCESSOR) == set()


def test_whoever_came_to_stand_on_the_other_side_takes_nothing_over(cast: Player) -> None:
    number, counter = begin(cast), begin(cast, "ruben")
    named(cast, number)
    wish(cast)
    with cast.app.database.write() as tx:
        tx.add(CaseLink(case_id=case_of(tx, number).id, other_id=case_of(tx, counter).id, kind="other"))
    with pytest.raises(Forbidden):
        cast.do("ruben", number, "accept_replacement", accepts="ja")
    assert (handlers(cast, number), key_holders(cast, number)) == ({"sanne"}, {"sanne"})


def test_a_replacement_whose_role_ended_is_not_asked(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    with cast.app.database.write() as tx:
        [role] = tx.scalars(select(Membership).where(Membership.user_id == cast.places.people["ruben"]))
        role.until = cast.clock.at
    wish(cast)
    assert handlers(cast, number, Role.SUCCESSOR) == set()


def handles_too(cast: Player, part: str, number: str) -> None:
    """Somebody handles the adviser's lane of a case beside Sanne."""
    user_id = cast.places.people[part]
    with cast.app.database.write() as tx:
        case = case_of(tx, number)
        [row] = work_queries.procedures_of(tx, case.id)
        tx.add(CaseHandler(case_id=case.id, procedure_id=row.id, lane=Role.ADVISER, user_id=user_id, since=cast.clock.at))


@pytest.mark.parametrize("part", ["sanne", "ruben", "joost", "ada", "fleur", "amira"])
def test_nobody_but_a_board_member_is_shown_the_page(cast: Player, part: str) -> None:
    with pytest.raises(NotFound):
        replacing.form(cast.app, cast.actor(part))
    with pytest.raises(NotFound):
        wish(cast, part)


def test_a_board_member_names_advisers_of_his_own_schools_alone(cast: Player) -> None:
    [asked, *_] = replacing.form(cast.app, cast.actor("nina")).fields
    assert {option.label for option in asked.options} == {"Bram Postma"}
    with pytest.raises(InvalidAnswers) as refused:
        wish(cast, "nina")
    assert list(refused.value.fields) == ["adviser"]


@pytest.mark.parametrize(("number", "words"), [(0, "0-4"), (4, "0-4"), (5, "5-9"), (12, "10-14")])
def test_numbers_are_told_in_bands(number: int, words: str) -> None:
    assert replacing.band(number) == words
