"""What mail says: a case number, a neutral title, a day, a link. Nothing else, whatever the rows hold."""

from datetime import UTC, datetime

import pytest

from app.mail.errors import SendFailed
from app.mail.texts import LANGUAGES, NOTICES, Notice, compose

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
OVER_CHRISTMAS = datetime(2026, 12, 28, 23, tzinfo=UTC)


def notice(kind: str = "task_opened", *, title: str = "Er staat een taak voor je klaar", due: datetime | None = None) -> Notice:
    return Notice(kind, "task_opened:1:2", "2026-7KQ4", title, "https://veilig.example/taken/1", due, AT)


def text(kind: str = "task_opened", language: str = "nl", *, due: datetime | None = None) -> str:
    message = compose(notice(kind, due=due), sender="route@veilig.example", receiver="a@school.example", language=language)
    return f"{message['Subject']}\n{message.get_content()}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NOTICES)
def test_every_notice_has_a_text_with_number_and_link_in_each_language(kind: str, language: str) -> None:
    said = text(kind, language, due=OVER_CHRISTMAS)
    assert said.startswith(("Zaak 2026-7KQ4: ", "Case 2026-7KQ4: "))
    assert "https://veilig.example/taken/1" in said
    assert "$" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NOTICES)
def test_a_step_without_a_term_says_nothing_of_a_day(kind: str, language: str) -> None:
    said = text(kind, language)
    assert not any(
        word in said for word in ("laatste dag is", "laatste dag was", "laatste dag:", "Uiterlijk", "last day:", "later")
    )
    assert "$" not in said


def test_a_whole_mail_reads_like_this() -> None:
    assert text("term_missed", due=OVER_CHRISTMAS) == (
        "Zaak 2026-7KQ4: een termijn is voorbij\n"
        "Hallo,\n\n"
        "Een termijn in deze zaak is voorbij, en de stap is nog niet afgerond.\n\n"
        "Zaak: 2026-7KQ4\n"
        "De laatste dag was: maandag 28 december 2026\n\n"
        "Bekijk het hier: https://veilig.example/taken/1\n\n"
        "Meer staat er met opzet niet in deze mail.\n"
    )


def test_a_day_is_told_in_the_readers_language() -> None:
    assert "maandag 28 december 2026" in text(due=OVER_CHRISTMAS)
    assert "Monday, December 28, 2026" in text(language="en", due=OVER_CHRISTMAS)
    assert "Hallo" in text(language="fr")


def test_a_term_in_hours_tells_the_hour_too() -> None:
    assert "vrijdag 27 november 2026 om 15:30" in text(due=datetime(2026, 11, 27, 14, 30, tzinfo=UTC))


def test_a_title_never_reaches_a_header() -> None:
    hostile = notice(title="x\r\nBcc: b@evil.example\r\n\r\nHallo")
    message = compose(hostile, sender="route@veilig.example", receiver="a@school.example", language="nl")
    assert message["Bcc"] is None
    assert message["Subject"] == "Zaak 2026-7KQ4: er is een taak voor je"


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "A <a@b.example>", "a@b.example\r\n"]
)
def test_what_is_not_one_plain_address_gets_no_mail(address: str) -> None:
    with pytest.raises(SendFailed) as failed:
        compose(notice(), sender="route@veilig.example", receiver=address, language="nl")
    assert (failed.value.reason, failed.value.permanent) == ("address", True)


def test_an_unknown_notice_has_no_text() -> None:
    with pytest.raises(KeyError):
        text("gossip")


def test_the_message_id_follows_from_what_is_said_to_whom_and_tells_nothing() -> None:
    first, second = (compose(notice(), sender="route@veilig.example", receiver="a@b.example", language="nl") for _ in "12")
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@veilig.example>")
    assert "task_opened" not in first["Message-ID"]
    assert first["Date"] == "Fri, 27 Nov 2026 10:30:00 +0100"
    assert first["Auto-Submitted"] == "auto-generated"
