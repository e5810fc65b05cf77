"""Comments of readers: sealed as every entry, new to the others who read, and unknown to everybody else."""

import logging
from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlalchemy import delete, func, select

from app.demo.play import Player
from app.domain.comments import LONGEST
from app.domain.errors import Forbidden, InvalidAnswers, NotFound
from app.domain.roles import FileKind, Role
from app.services import comments, files, handling, inbox, task_page, today
from app.services.mailing import send_waiting
from app.services.upkeep import anchor_today
from app.services.views.case import CommentPlace, FileEntry
from app.services.views.inbox import InboxQuery
from app.services.work import begin
from app.storage.tables import Entry, Event, Membership, NewComment
from app.storage.verify import verify
from tests.services.committee import BOARD, committee_says, history, page, receive_advice
from tests.services.handing import play as handing
from tests.services.marked import everything, forms_of, opened

ADVISER, OF_BOARD = FileKind.ADVISER, FileKind.BOARD
TEXT = "Bel morgen eerst de secretaris.\nZij weet van de merkteken-opmerking-x."


@pytest.fixture
def number(player: Player) -> str:
    """A case with an adviser and two board members, whose files hold texts."""
    player.writes = True
    return receive_advice(player, tick=BOARD)


def say(player: Player, part: str, number: str, kind: FileKind = OF_BOARD, text: str = TEXT) -> None:
    comments.write(player.app, player.actor(part), number, kind, text)


def read(player: Player, part: str, number: str, kind: FileKind = OF_BOARD) -> list[FileEntry]:
    return [entry for entry in files.open_file(player.app, player.actor(part), number, kind).entries if entry.comment]


def place(player: Player, part: str, number: str) -> CommentPlace:
    [found] = page(player, part, number).comments
    return found


def waiting(player: Player, part: str) -> tuple[str, ...]:
    return inbox.page(player.app, player.actor(part), InboxQuery()).comments


def entries(player: Player) -> int:
    with player.app.database.read() as tx:
        return tx.scalar(select(func.count()).select_from(Entry)) or 0


def test_a_comment_is_new_to_the_others_who_read_the_file_until_they_read_it(player: Player, number: str) -> None:
    say(player, "marijke", number)
    task_id = player.task(number, "board_response")
    assert (waiting(player, "kemal"), waiting(player, "marijke")) == ((number,), ())
    assert place(player, "kemal", number) == CommentPlace(OF_BOARD, 1, 1)
    assert task_page.show(player.app, player.actor("kemal"), task_id).new_comments == 1
    [comment] = read(player, "kemal", number)
    assert (comment.author, comment.at, comment.fields[0][1]) == ("Marijke de Vries", player.clock.at, TEXT)
    assert (comment.new, comment.step) == (True, "Opmerking")
    assert [entry.new for entry in read(player, "kemal", number)] == [False]
    assert [entry.new for entry in read(player, "marijke", number)] == [False]
    assert (waiting(player, "kemal"), place(player, "kemal", number).new) == ((), 0)
    assert task_page.show(player.app, player.actor("kemal"), task_id).new_comments == 0


def test_the_lane_that_writes_decides_which_file_it_is(player: Player, number: str) -> None:
    say(player, "sanne", number, ADVISER)
    assert [entry.fields[0][1] for entry in read(player, "sanne", number, ADVISER)] == [TEXT]
    assert (place(player, "sanne", number).kind, place(player, "marijke", number)) == (ADVISER, CommentPlace(OF_BOARD, 0, 0))
    assert today.page(player.app, player.actor("sanne")).comments == waiting(player, "marijke") == ()
    for part, kind in (("sanne", OF_BOARD), ("sanne", FileKind.LEADER), ("marijke", ADVISER), ("kemal", FileKind.MELDCODE)):
        with pytest.raises(NotFound):
            say(player, part, number, kind)
    assert read(player, "marijke", number) == []


def test_whoever_must_not_know_of_the_case_learns_nothing(player: Player, number: str) -> None:
    say(player, "marijke", number)
    before = entries(player)
    for part in ("ruben", "otto", "joost", "wim", "els", "nina", "bram", "amira", "piet", "ada"):
        for kind in FileKind:
            with pytest.raises(NotFound):
                say(player, part, number, kind)
        assert waiting(player, part) == ()
    assert entries(player) == before
    lines = [line for line in page(player, "sanne", number).history if line.kind == "entry.written"]
    assert {line.detail["file"] for line in lines} == {"adviser_file"}


def test_whoever_handles_the_lane_without_a_key_sees_no_number_and_writes_nothing(player: Player, number: str) -> None:
    procedure_id = page(player, "sanne", number).procedure_id
    with player.app.database.write() as tx:
        work = begin(player.app, tx, player.actor("sanne"), procedure_id, now=player.clock.at)
        handling.add(work, Role.BOARD, player.places.people["els"])
    say(player, "marijke", number)
    assert (place(player, "els", number), waiting(player, "els")) == (CommentPlace(OF_BOARD, 0, 0, "key"), ())
    with pytest.raises(Forbidden):
        say(player, "els", number)
    [card] = page(player, "marijke", number).files
    [(user_id, _, fingerprint)] = card.waiting
    files.let_in(player.app, player.actor("kemal"), number, OF_BOARD, user_id=user_id, fingerprint_seen=fingerprint)
    say(player, "els", number, text="Ik lees nu mee.")
    assert {entry.author for entry in read(player, "els", number)} == {"Marijke de Vries", "Els van Dam"}
    assert place(player, "marijke", number) == CommentPlace(OF_BOARD, 2, 1)


def test_whoever_steps_aside_hears_of_no_comment_any_more(player: Player) -> None:
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    say(player, "kemal", number)
    assert waiting(player, "marijke") == (number,)
    player.do("marijke", number, "handle_complaint", conflict_of_interest="ja")
    assert waiting(player, "marijke") == ()
    with pytest.raises(NotFound):
        say(player, "marijke", number)
    say(player, "kemal", number, text="Zonder haar.")
    assert {entry.fields[0][1] for entry in read(player, "kemal", number)} == {TEXT, "Zonder haar."}
    with player.app.database.read() as tx:
        assert tx.scalars(select(NewComment)).all() == []


def test_whoever_lost_his_role_hears_of_no_comment_any_more(player: Player, number: str) -> None:
    say(player, "marijke", number)
    assert waiting(player, "kemal") == (number,)
    with player.app.database.write() as tx:
        tx.execute(delete(Membership).where(Membership.user_id == player.places.people["kemal"]))
    assert waiting(player, "kemal") == ()
    with pytest.raises(NotFound):
        say(player, "kemal", number)


@pytest.mark.parametrize("consent", ["nee", "later"])
def test_without_consent_nothing_goes_into_the_advisers_file(player: Player, consent: str) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    assert place(player, "sanne", number).closed == "consent"
    player.do("sanne", number, "file_consent", file_consent=consent)
    assert place(player, "sanne", number).closed == "consent"
    with pytest.raises(Forbidden, match="toestemming"):
        say(player, "sanne", number, ADVISER)
    assert entries(player) == 0


@pytest.mark.parametrize("typed", ["", " \n\t ", "\x00", "x" * (LONGEST + 1)])
def test_an_empty_or_too_long_comment_is_refused_at_its_field(player: Player, number: str, typed: str) -> None:
    before = entries(player)
    with pytest.raises(InvalidAnswers) as refused:
        say(player, "marijke", number, text=typed)
    assert set(refused.value.fields) == {"comment"}
    assert entries(player) == before
    say(player, "marijke", number, text="x" * LONGEST)


def test_nothing_is_added_to_a_closed_case(player: Player) -> None:
    number = player.start("sanne", "committee", "start_with_adviser", "De Linde")
    player.do("sanne", number, "file_consent", file_consent="ja", complainant_name="Iemand")
    say(player, "sanne", number, ADVISER)
    player.do("sanne", number, "explain_committee", still_wants="nee_interne_route", committee="lkc")
    assert place(player, "sanne", number) == CommentPlace(ADVISER, 1, 0, "case")
    with pytest.raises(Forbidden, match="gesloten"):
        say(player, "sanne", number, ADVISER)


def test_the_history_commits_to_a_comment_and_tells_none_of_it(player: Player, number: str) -> None:
    before = len(history(player, number))
    say(player, "marijke", number)
    [line] = history(player, number)[before:]
    assert (line.kind, line.element_id, line.detail) == ("entry.written", "comment", {"file": "board_file"})
    with player.app.database.read() as tx:
        [entry] = tx.scalars(select(Entry).where(Entry.form_id == "comment"))
        assert tx.scalars(select(Event.commitment).order_by(Event.at.desc(), Event.seq.desc())).first() == entry.commitment
    anchor_today(player.app)
    with player.app.database.read() as tx:
        assert verify(tx, player.app.settings.ledger) == []


def test_comments_are_chosen_to_go_along_to_a_successor_like_other_entries(player: Player) -> None:
    cast = handing.draw(player)
    number = handing.begin(cast)
    cast.clock.at = cast.clock.at.replace(minute=30)
    say(cast, "sanne", number, ADVISER)
    handing.ask(cast, number, "sanne", "ruben")
    offered = task_page.show(cast.app, cast.actor("sanne"), cast.task(number, "give_file")).entries or ()
    assert [entry.step for entry in offered] == ["Vraag toestemming", "Kies wat nu gebeurt", "Opmerking"]
    handing.give(cast, number, "sanne", ("Opmerking",))
    assert handing.texts(cast, "ruben", number) == [TEXT]
    assert (waiting(cast, "ruben"), place(cast, "ruben", number)) == ((), CommentPlace(ADVISER, 1, 0))


def test_a_comment_that_stays_behind_is_read_by_nobody(player: Player) -> None:
    cast = handing.draw(player)
    number = handing.begin(cast)
    say(cast, "sanne", number, ADVISER)
    handing.ask(cast, number, "sanne", "ruben")
    handing.give(cast, number, "sanne", ())
    assert read(cast, "ruben", number, ADVISER) == []
    assert place(cast, "ruben", number) == CommentPlace(ADVISER, 0, 0)
    say(cast, "ruben", number, ADVISER, "Nieuw begin.")
    assert [entry.author for entry in read(cast, "ruben", number, ADVISER)] == ["Ruben Smit"]


def test_what_a_comment_says_is_found_in_its_file_alone(player: Player, number: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    app = replace(player.app, settings=replace(player.app.settings, smtp_from="route@veilig.example"))
    mails: list[EmailMessage] = []
    send_waiting(app, mails.append, limit=1000)
    mails.clear()
    say(player, "marijke", number)
    send_waiting(app, mails.append, limit=1000)
    assert anchor_today(app)
    [mail] = mails
    assert (mail["To"], "merkteken" in mail.as_string()) == (player.actor("kemal").email, False)
    assert TEXT in {text for entry in read(player, "kemal", number) for _, text in entry.fields}
    haystacks = [*everything(app), *((name, text.encode()) for name, text in opened(app)), ("log", caplog.text.encode())]
    assert [name for name, content in haystacks for form in forms_of("merkteken-opmerking-x") if form in content] == []
