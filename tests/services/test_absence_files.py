"""Sealed files while somebody is away: lent keys open for the deputy alone, on those days alone, and are gone after that."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.clock import local_day
from app.demo.play import Player
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import absences, case_page, files, handling, leaving, tasks
from app.services.at_rest import open_deputy_key
from app.services.sealed import epoch_of
from app.services.upkeep import tidy
from app.services.views.absence import AbsenceQuery
from app.services.work import begin as begin_work
from app.storage.queries import files as queries
from app.storage.queries.work import procedures_of
from app.storage.tables import Absence, AbsenceKey, CaseLink, Draft, File
from app.vault.envelope import PrivateKey
from app.vault.errors import NotAReader
from app.vault.files import open_grant
from tests.services.away import epoch, key_of, leave, lent_keys, reads, rows, sees
from tests.services.committee import BOARD, case_of, committee_says, history
from tests.services.handing.play import ADVISER, NOTE, STORY, begin, draw, handlers, key_holders, named, note


@pytest.fixture
def number(player: Player) -> str:
    """A case whose board file was written in, and whose handlers are Marijke and Kemal."""
    player.writes = True
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="nee", decision="Het besluit.")
    return number


def test_the_deputy_reads_what_the_owner_reads_on_those_days_and_not_before_or_after(player: Player, number: str) -> None:
    own = reads(player, "marijke", number)
    assert own
    assert "Het besluit." in own
    leave(player, "marijke", "els", number, days=(1, 1))
    assert lent_keys(player, number) == {("els", 1)}
    assert (reads(player, "els", number), reads(player, "wim", number)) == (None, None)
    player.until(player.on(local_day(player.clock.at).replace(day=8)))
    assert reads(player, "els", number) == own
    assert history(player, number, "file.opened")[-1].detail["on_behalf_of"] == player.places.people["marijke"].hex
    player.until(player.on(local_day(player.clock.at).replace(day=9)))
    assert reads(player, "els", number) is None
    assert lent_keys(player, number) == {("els", 1)}  # the server unlocks it no more, also before it is deleted
    tidy(player.app)
    assert (lent_keys(player, number), epoch(player, number)) == (set(), 2)
    assert reads(player, "marijke", number) == reads(player, "kemal", number) == own


def test_neither_the_server_nor_the_deputy_opens_a_lent_key_alone(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    with player.app.database.read() as tx:
        row = tx.scalars(select(AbsenceKey)).one()
        file = tx.get_one(File, row.file_id)
        [stored] = queries.epochs_of(tx, file.id)
    place = epoch_of(file, stored)
    els, kemal = player.actor("els"), player.actor("kemal")
    grant = open_deputy_key(player.app.server_keys, row.absence_id, file.id, row.epoch, row.wrapped)
    for who, private, sealed in ((els, _key(els.private_key), row.wrapped), (kemal, _key(kemal.private_key), grant)):
        with pytest.raises(NotAReader):
            open_grant(place, private, who.user_id.hex, sealed)
    assert open_grant(place, _key(els.private_key), els.user_id.hex, grant)


def _key(private: PrivateKey | None) -> PrivateKey:
    assert private is not None
    return private


@pytest.mark.parametrize("ends", ["marijke", "els"])
def test_revoking_deletes_the_keys_and_what_was_opened_has_a_new_epoch(player: Player, number: str, ends: str) -> None:
    absence = leave(player, "marijke", "els", number)
    assert reads(player, "els", number)
    absences.end(player.app, player.actor(ends), absence)
    assert (lent_keys(player, number), epoch(player, number), reads(player, "els", number)) == (set(), 2, None)
    with player.app.database.read() as tx:
        holders = {key.user_id for key in queries.keys_of(tx, tx.scalars(select(File.id).where(File.kind == "board_file")).one())}
    assert holders == {player.places.people[part] for part in ("marijke", "kemal")}


def test_what_was_never_opened_keeps_its_epoch(player: Player, number: str) -> None:
    absence = leave(player, "marijke", "els", number)
    absences.end(player.app, player.actor("marijke"), absence)
    assert (lent_keys(player, number), epoch(player, number)) == (set(), 1)


def test_entries_under_new_epochs_are_readable_for_the_deputy_too_also_in_a_file_that_comes_later(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    leave(player, "marijke", "els", number)
    assert lent_keys(player, number) == set()
    player.writes = True
    player.do("els", number, "register_at_board", adviser_takes_part="nee", conflict_of_interest="nee")
    assert lent_keys(player, number) == {("els", 1)}
    assert reads(player, "els", number) == reads(player, "marijke", number)
    assert reads(player, "els", number)


def with_news(player: Player) -> str:
    """A case in which somebody may yet step aside, and whose board file was written in."""
    player.writes = True
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.beside("kemal", number, "committee_board_news")
    player.do("kemal", number, "board_committee_update", update="uitstel")
    return number


def test_a_colleague_who_steps_aside_starts_an_epoch_that_the_deputy_reads(player: Player) -> None:
    number = with_news(player)
    leave(player, "marijke", "els", number)
    player.do("kemal", number, "handle_complaint", conflict_of_interest="ja")
    assert epoch(player, number) == 2
    assert {one for _, one in lent_keys(player, number)} == {1, 2}
    assert reads(player, "els", number) == reads(player, "marijke", number)


def test_whoever_is_let_in_while_he_is_away_lets_his_deputy_in_with_the_same_key(player: Player) -> None:
    player.writes = True
    number = committee_says(player, "eerst_bestuur", tick={Role.BOARD: ("marijke",)})
    player.do("marijke", number, "handle_complaint", conflict_of_interest="nee", decision="Het besluit.")
    with player.app.database.write() as tx:
        [row, *_], kemal = procedures_of(tx, case_of(tx, number).id), player.places.people["kemal"]
        handling.add(begin_work(player.app, tx, player.actor("sanne"), row.id, now=player.clock.at), Role.BOARD, kemal)
    leave(player, "kemal", "els", number)
    assert (lent_keys(player, number), reads(player, "els", number)) == (set(), None)
    [card] = case_page.show(player.app, player.actor("marijke"), number, None).files
    [(user_id, _, fingerprint)] = card.waiting
    files.let_in(player.app, player.actor("marijke"), number, FileKind.BOARD, user_id=user_id, fingerprint_seen=fingerprint)
    assert lent_keys(player, number) == {("els", 1)}
    assert reads(player, "els", number) == reads(player, "marijke", number)
    assert history(player, number, "file.opened")[0].detail["on_behalf_of"] == player.places.people["kemal"].hex


def test_an_owner_who_steps_aside_leaves_his_deputy_no_key(player: Player) -> None:
    number = with_news(player)
    leave(player, "marijke", "els", number)
    assert reads(player, "els", number) is not None
    player.do("marijke", number, "handle_complaint", tick={Role.BOARD: ("kemal",)}, conflict_of_interest="ja")
    assert (lent_keys(player, number), reads(player, "els", number), epoch(player, number)) == (set(), None, 2)


def test_readers_are_named_with_the_deputy_and_a_program_opens_nothing(player: Player, number: str) -> None:
    leave(player, "marijke", "els", number)
    [card] = case_page.show(player.app, player.actor("els"), number, None).files
    assert (card.may_open, "Els van Dam" in card.readers, card.waiting) == (True, True, ())
    program = replace(player.actor("els"), private_key=None)
    with pytest.raises(Forbidden):
        files.open_file(player.app, program, number, FileKind.BOARD)
    with pytest.raises(Forbidden):
        absences.create(
            player.app,
            replace(player.actor("kemal"), private_key=None),
            {"first_day": "2026-09-08", "last_day": "2026-09-09"},
            deputy_id=player.places.people["els"],
            ticked=[key_of(player, number)],
        )
    with pytest.raises(NotFound):
        files.let_in(player.app, player.actor("nina"), number, FileKind.BOARD, user_id=program.user_id, fingerprint_seen="")


def test_what_a_deputy_typed_goes_with_his_time(player: Player) -> None:
    number = player.start("marijke", "committee", "start_at_board", "De Linde")
    absence = leave(player, "marijke", "els", number)
    task_id = player.task(number, "register_at_board")
    tasks.save_draft(player.app, player.actor("els"), task_id, {"conflict_of_interest": "nee"})
    tasks.save_draft(player.app, player.actor("marijke"), task_id, {"conflict_of_interest": "nee"})
    absences.end(player.app, player.actor("els"), absence)
    with player.app.database.read() as tx:
        assert set(tx.scalars(select(Draft.user_id))) == {player.places.people["marijke"]}


def test_an_absence_that_is_revoked_before_it_began_leaves_no_trace_but_history(player: Player, number: str) -> None:
    absence = leave(player, "marijke", "els", number, days=(2, 4))
    absences.end(player.app, player.actor("marijke"), absence)
    with player.app.database.read() as tx:
        assert (tx.get(Absence, absence), tx.scalars(select(AbsenceKey)).all()) == (None, [])
    assert [line.kind for line in history(player, number)][-2:] == ["absence.started", "absence.ended"]


# An adviser's cases.


@pytest.fixture
def cast(player: Player) -> Player:
    """Players of a small guidance and a handover."""
    return draw(player)


def choices(cast: Player, deputy: str) -> dict[str, str | None]:
    """Which of Sanne's cases can be left to somebody, and else why not."""
    shown = leaving.page(cast.app, cast.actor("sanne"), AbsenceQuery(cast.places.people[deputy]))
    return {case.number: case.refused for case in shown.cases}


def test_an_advisers_case_is_left_only_to_whom_the_complainant_agreed_to_in_writing(cast: Player) -> None:
    number, other = begin(cast), begin(cast)
    named(cast, number)
    assert choices(cast, "ruben") == {number: None, other: "consent"}
    assert choices(cast, "farida") == {number: "consent", other: "consent"}
    for deputy, case in (("ruben", other), ("farida", number)):
        with pytest.raises(InvalidAnswers, match=r".*") as told:
            leave(cast, "sanne", deputy, case, role=Role.ADVISER)
        assert "schriftelijk" in told.value.fields["cases"]
    leave(cast, "sanne", "ruben", number, role=Role.ADVISER)
    assert (sees(cast, "ruben", number), sees(cast, "ruben", other)) == (True, False)
    assert reads(cast, "ruben", number, ADVISER) == [STORY, NOTE]
    assert (handlers(cast, number), key_holders(cast, number)) == ({"sanne"}, {"sanne"})


def test_consent_that_is_taken_back_ends_it_at_once_with_the_keys(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    leave(cast, "sanne", "ruben", number, role=Role.ADVISER)
    assert reads(cast, "ruben", number, ADVISER)
    cast.do("sanne", number, "choose_next", next_move="intrekken")
    assert (sees(cast, "ruben", number), reads(cast, "ruben", number, ADVISER)) == (False, None)
    assert (lent_keys(cast, number), epoch(cast, number, ADVISER)) == (set(), 2)
    named(cast, number)
    assert not sees(cast, "ruben", number)  # whoever agrees anew is asked anew by the adviser


@pytest.mark.parametrize("move", ["overdragen", "aanwijzen"])
def test_a_deputy_names_nobody_and_hands_nothing_over(cast: Player, move: str) -> None:
    number = begin(cast)
    named(cast, number)
    leave(cast, "sanne", "ruben", number, role=Role.ADVISER)
    if move == "aanwijzen":
        with pytest.raises(Forbidden, match="alleen de behandelaar zelf"):
            cast.do("ruben", number, "choose_next", next_move=move, tick={Role.SUCCESSOR: ("farida",)})
    else:
        cast.do("ruben", number, "choose_next", next_move=move)
        cast.do("ruben", number, "prepare_handover", tick={Role.SUCCESSOR: ("farida",)})
        cast.do("farida", number, "accept_handover", accepts="ja")
        with pytest.raises(Forbidden, match="alleen de behandelaar zelf"):
            cast.do("ruben", number, "give_file", consent_written="ja")
    assert (handlers(cast, number), key_holders(cast, number)) == ({"sanne"}, {"sanne"})


def test_a_deputy_writes_for_the_adviser_and_both_read_it(cast: Player) -> None:
    number = begin(cast)
    named(cast, number)
    absence = leave(cast, "sanne", "ruben", number, role=Role.ADVISER)
    note(cast, "ruben", number, "Namens Sanne gebeld.")
    assert reads(cast, "ruben", number, ADVISER) == [STORY, NOTE, "Namens Sanne gebeld."]
    absences.end(cast.app, cast.actor("ruben"), absence)
    assert reads(cast, "sanne", number, ADVISER) == [STORY, NOTE, "Namens Sanne gebeld."]
    assert [row.behalf for row in rows(cast, "sanne")] == [None]


def link(cast: Player, number: str, other: str) -> None:
    """These cases stand on two sides of a matter."""
    with cast.app.database.write() as tx:
        tx.add(CaseLink(case_id=case_of(tx, number).id, other_id=case_of(tx, other).id, kind="other"))


def test_nobody_acts_on_one_side_who_handles_the_other(cast: Player) -> None:
    number, counter = begin(cast), begin(cast, "ruben")
    named(cast, number)
    link(cast, number, counter)
    assert choices(cast, "ruben")[number] == "able"
    with pytest.raises(InvalidAnswers):
        leave(cast, "sanne", "ruben", number, role=Role.ADVISER)


def test_whoever_acted_on_one_side_is_not_asked_on_the_other_also_afterwards(cast: Player) -> None:
    number, counter = begin(cast), begin(cast, "farida")
    named(cast, number)
    link(cast, number, counter)

    def able() -> set[str]:
        with cast.app.database.read() as tx:
            found = handling.eligible(tx, case_of(tx, counter), Role.ADVISER, cast.clock.at)
        return {user.name for user in found}

    assert "Ruben Smit" in able()
    absence = leave(cast, "sanne", "ruben", number, role=Role.ADVISER)
    assert "Ruben Smit" not in able()
    absences.end(cast.app, cast.actor("ruben"), absence)
    assert "Ruben Smit" not in able()


def test_lanes_that_nobody_does_for_another_are_not_left(cast: Player) -> None:
    number = begin(cast)
    cast.do("sanne", number, "choose_next", next_move="overdragen")
    cast.do("sanne", number, "prepare_handover", tick={Role.SUCCESSOR: ("farida",)})
    shown = leaving.page(cast.app, cast.actor("farida"), AbsenceQuery(cast.places.people["ruben"]))
    assert shown.deputies == ()
    with pytest.raises(InvalidAnswers):
        leave(cast, "farida", "otto", number, role=Role.SUCCESSOR)
