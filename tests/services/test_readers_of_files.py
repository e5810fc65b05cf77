"""Who reads a sealed file: those who were ticked, those whom a reader let in, and nobody who stepped aside."""

import pytest
from sqlalchemy import delete, func, select

from app.demo.play import Player
from app.domain.errors import Forbidden, NotFound
from app.domain.roles import FileKind, Role
from app.services import files, handling, task_page, tasks
from app.services.upkeep import anchor_today
from app.services.work import begin
from app.storage.tables import Entry, File, FileKey, Membership
from app.storage.verify import verify
from tests.services.committee import BOARD, case_of, committee_says, history, page, receive_advice, term

ADVISER, OF_BOARD = FileKind.ADVISER, FileKind.BOARD


@pytest.fixture
def writer(player: Player) -> Player:
    """Players who fill in every text."""
    player.writes = True
    return player


def texts(player: Player, part: str, number: str, kind: FileKind = OF_BOARD) -> list[str]:
    read = files.open_file(player.app, player.actor(part), number, kind)
    return [text for entry in read.entries for _, text in entry.fields]


def add_to_board(player: Player, number: str, part: str) -> None:
    """Somebody starts to handle the board's lane later than the others."""
    procedure_id = page(player, "sanne", number).procedure_id
    with player.app.database.write() as tx:
        work = begin(player.app, tx, player.actor("sanne"), procedure_id, now=player.clock.at)
        handling.add(work, Role.BOARD, player.places.people[part])


def key_holders(player: Player, number: str, kind: FileKind) -> set[str]:
    parts = {user_id: part for part, user_id in player.places.people.items()}
    with player.app.database.read() as tx:
        file = select(File.id).where(File.case_id == case_of(tx, number).id, File.kind == kind)
        return {parts[user_id] for user_id in tx.scalars(select(FileKey.user_id).where(FileKey.file_id.in_(file)))}


def test_both_board_members_who_were_ticked_read_the_boards_file_and_its_writer_need_not_be_online(writer: Player) -> None:
    number = receive_advice(writer)
    assert texts(writer, "marijke", number) == texts(writer, "kemal", number) != []
    assert key_holders(writer, number, OF_BOARD) == {"marijke", "kemal"}
    assert key_holders(writer, number, ADVISER) == {"sanne"}


def test_whoever_steps_aside_reads_no_more_and_what_follows_is_sealed_without_him(writer: Player) -> None:
    number = committee_says(writer, "eerst_bestuur", tick={Role.BOARD: ("marijke", "kemal", "els")})
    writer.beside("marijke", number, "committee_board_news")
    writer.do("marijke", number, "board_committee_update", update="uitstel")
    writer.beside("marijke", number, "committee_board_news")
    tasks.claim(writer.app, writer.actor("marijke"), writer.task(number, "board_committee_update"))
    before = texts(writer, "marijke", number)

    writer.do("marijke", number, "handle_complaint", conflict_of_interest="ja")
    writer.do("kemal", number, "handle_complaint", conflict_of_interest="nee", decision="zonder haar")
    with pytest.raises(NotFound):
        files.open_file(writer.app, writer.actor("marijke"), number, OF_BOARD)
    assert key_holders(writer, number, OF_BOARD) == {"kemal", "els"}
    assert set(texts(writer, "els", number)) == {*before, "zonder haar", *_defaults(writer, number)}
    writer.do("els", number, "board_committee_update", update="uitstel")
    with pytest.raises(NotFound):
        page(writer, "marijke", number)


def _defaults(player: Player, number: str) -> set[str]:
    return {text for text in texts(player, "kemal", number) if "zeepaardje" in text}


def test_a_later_reader_waits_until_a_sitting_one_compared_his_fingerprint(writer: Player) -> None:
    number = receive_advice(writer)
    add_to_board(writer, number, "els")
    with pytest.raises(Forbidden):
        files.open_file(writer.app, writer.actor("els"), number, OF_BOARD)
    [card] = page(writer, "els", number).files
    assert (card.may_open, card.waiting) == (False, ())
    [card] = page(writer, "marijke", number).files
    [(user_id, name, fingerprint)] = card.waiting
    assert name == "Els van Dam"

    def let_in(part: str, seen: str) -> None:
        files.let_in(writer.app, writer.actor(part), number, OF_BOARD, user_id=user_id, fingerprint_seen=seen)

    with pytest.raises(Forbidden):
        let_in("marijke", fingerprint[:-1] + "x")
    with pytest.raises(Forbidden):
        let_in("els", fingerprint)
    with pytest.raises(NotFound):
        let_in("sanne", fingerprint)
    let_in("marijke", fingerprint)
    assert texts(writer, "els", number) == texts(writer, "kemal", number)
    granted = [line.detail["user"] for line in history(writer, number, "file.granted") if line.detail["file"] == OF_BOARD]
    assert granted[-1] == user_id.hex
    with pytest.raises(NotFound):
        let_in("marijke", fingerprint)


def test_a_reader_whose_role_ended_waits_no_more(writer: Player) -> None:
    number = receive_advice(writer)
    add_to_board(writer, number, "els")
    with writer.app.database.write() as tx:
        tx.execute(delete(Membership).where(Membership.user_id == writer.places.people["els"]))
    [card] = page(writer, "marijke", number).files
    assert card.waiting == ()


def test_reading_a_file_is_an_event_that_its_readers_see(writer: Player) -> None:
    number = receive_advice(writer)
    texts(writer, "kemal", number)
    texts(writer, "sanne", number, ADVISER)

    def opened(part: str) -> list[tuple[str | None, object]]:
        return [(line.who, line.detail["file"]) for line in page(writer, part, number).history if line.kind == "file.opened"]

    assert opened("marijke") == [("Kemal Aydin", "board_file")]
    assert opened("sanne") == [("Sanne Bakker", "adviser_file")]


def test_neither_lane_reads_the_file_of_the_other(writer: Player) -> None:
    number = receive_advice(writer)
    for part, kind in (("sanne", OF_BOARD), ("marijke", ADVISER), ("kemal", ADVISER)):
        with pytest.raises(NotFound):
            files.open_file(writer.app, writer.actor(part), number, kind)


@pytest.mark.parametrize("consent", ["nee", "later"])
def test_without_consent_no_text_is_asked_accepted_or_kept(writer: Player, consent: str) -> None:
    number = writer.start("sanne", "committee", "start_with_adviser", "De Linde")
    sanne, task_id = writer.actor("sanne"), writer.task(number, "file_consent")
    typed = {"file_consent": consent, "may_contact": "ja", "complainant_name": "Naam die niet mag"}
    tasks.save_draft(writer.app, sanne, task_id, typed)
    assert task_page.show(writer.app, sanne, task_id).values == {"file_consent": consent, "may_contact": "ja"}
    tasks.complete(writer.app, sanne, task_id, typed, {})

    explain = writer.task(number, "explain_committee")
    shown = task_page.show(writer.app, sanne, explain)
    assert not any(field.sealed for field in shown.form.fields)
    assert shown.readers == {}
    tasks.save_draft(writer.app, sanne, explain, {"complainant_questions": "mag niet", "still_wants": "ja"})
    assert task_page.show(writer.app, sanne, explain).values == {"still_wants": "ja"}
    writer.do("sanne", number, "explain_committee", still_wants="ja", committee="lkc")
    with writer.app.database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(Entry)) == 0
        assert tx.scalar(select(func.count()).select_from(File)) == 0


def test_what_was_done_with_files_and_terms_leaves_the_history_whole(writer: Player) -> None:
    number = receive_advice(writer)
    add_to_board(writer, number, "els")
    texts(writer, "kemal", number)
    assert anchor_today(writer.app)
    writer.until(term(writer, number).due_at)
    writer.do("marijke", number, "board_response", takes_measures="nee")
    with writer.app.database.read() as tx:
        assert verify(tx, writer.app.settings.ledger) == []


def test_every_entry_of_the_history_of_a_text_commits_to_it(writer: Player) -> None:
    number = committee_says(writer, "formeel", tick=BOARD)
    written = history(writer, number, "entry.written")
    with writer.app.database.read() as tx:
        commitments = set(tx.scalars(select(Entry.commitment)))
    assert len(commitments) == len(written) > 0
