"""That a comment is new is told as everything is: in the list of notices, by mail as each reader wants it, never what it says."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from app.demo.play import Player
from app.domain.roles import FileKind
from app.domain.telling import CHOSEN
from app.services import absences, bell, case_page, comments, files, inbox, telling
from app.services.digests import gather
from app.services.mailing import send_waiting
from tests.services.away import leave
from tests.services.committee import BOARD, committee_says

TEXT = "Bel eerst de secretaris."


@pytest.fixture
def number(player: Player) -> str:
    """A case of two board members, in an installation with a mail server; nothing waits in its outbox."""
    player.writes = True
    player.app = replace(player.app, settings=replace(player.app.settings, smtp_from="route@veilig.example"))
    number = committee_says(player, "eerst_bestuur", tick=BOARD)
    player.beside("kemal", number, "committee_board_news")
    player.do("kemal", number, "board_committee_update", update="uitstel")
    mailed(player)
    for part in ("marijke", "kemal", "els", "sanne"):
        bell.see_all(player.app, player.actor(part))
    return number


def mailed(player: Player) -> list[EmailMessage]:
    mails: list[EmailMessage] = []
    send_waiting(player.app, mails.append, limit=1000)
    return mails


def say(player: Player, part: str, number: str) -> None:
    comments.write(player.app, player.actor(part), number, FileKind.BOARD, TEXT)


def told(player: Player, part: str) -> list[tuple[str, str, bool]]:
    """What stands on somebody's list about comments."""
    lines, _ = bell.page(player.app, player.actor(part), 1)
    return [(line.case_number, line.title, line.seen) for line in lines if line.notice == "comment_written"]


def new(player: Player, part: str) -> int:
    return inbox.menu_counts(player.app, player.actor(part))[1]


def test_the_other_readers_hear_of_a_comment_and_nobody_else(player: Player, number: str) -> None:
    say(player, "marijke", number)
    assert told(player, "kemal") == [(number, "Een opmerking om te lezen", False)]
    assert (new(player, "kemal"), new(player, "marijke"), new(player, "sanne")) == (1, 0, 0)
    assert [told(player, part) for part in ("marijke", "sanne", "els", "nina", "ada")] == [[]] * 5
    [mail] = mailed(player)
    assert (mail["To"], mail["Subject"]) == (player.actor("kemal").email, f"Zaak {number}: er is een nieuwe opmerking")
    assert "secretaris" not in mail.as_string()
    assert f"/zaken/{number}?deel=dossier" in mail.get_content()


def test_its_notice_leads_to_the_file_and_is_seen_when_the_file_is_opened(player: Player, number: str) -> None:
    say(player, "marijke", number)
    files.open_file(player.app, player.actor("kemal"), number, FileKind.BOARD)
    assert (told(player, "kemal")[0][2], new(player, "kemal")) == (True, 0)
    assert mailed(player) == []  # it is not new any more
    say(player, "marijke", number)
    line = next(one for one in bell.page(player.app, player.actor("kemal"), 1)[0] if one.notice == "comment_written")
    assert bell.open_notice(player.app, player.actor("kemal"), line.notice_id) == f"/zaken/{number}?deel=dossier"


def test_only_the_part_of_the_case_with_its_files_marks_it_as_seen(player: Player, number: str) -> None:
    say(player, "marijke", number)
    page = case_page.show(player.app, player.actor("kemal"), number, None)
    bell.see_case(player.app, player.actor("kemal"), page, files=False)
    assert new(player, "kemal") == 1
    bell.see_case(player.app, player.actor("kemal"), page, files=True)
    assert new(player, "kemal") == 0


@pytest.mark.parametrize("way", ["bell", "digest"])
def test_each_chooses_how_to_hear_of_comments(player: Player, number: str, way: str) -> None:
    choice = dict.fromkeys(CHOSEN, "now") | {"comment": way, "digest": "daily"}
    telling.choose(player.app, player.actor("kemal"), choice)
    say(player, "marijke", number)
    assert mailed(player) == []
    player.clock.at += timedelta(days=1)
    gather(player.app, 10, lambda: False)
    texts = [mail.get_content() for mail in mailed(player) if "overzicht" in mail["Subject"]]
    assert ["nieuwe opmerking" in text for text in texts] == ([True] if way == "digest" else [])
    assert new(player, "kemal") > 0


def test_whoever_steps_aside_hears_nothing_of_it_any_more(player: Player, number: str) -> None:
    say(player, "kemal", number)
    player.do("marijke", number, "handle_complaint", conflict_of_interest="ja")
    assert (told(player, "marijke"), new(player, "marijke")) == ([], 0)
    assert player.actor("marijke").email not in [mail["To"] for mail in mailed(player)]


def test_whoever_acts_for_a_reader_hears_of_it_while_he_does(player: Player, number: str) -> None:
    absence_id = leave(player, "marijke", "els", number)
    say(player, "kemal", number)
    assert [told(player, part)[0][0] for part in ("marijke", "els")] == [number, number]
    absences.end(player.app, player.actor("marijke"), absence_id)
    assert told(player, "els") == []
