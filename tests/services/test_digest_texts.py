"""What a digest says: the cases in order, each notice in brief, and nothing that a notice by itself would not say."""

from datetime import UTC, datetime

import pytest

from app.mail.digests import Digest, compose_digest
from app.mail.errors import SendFailed
from app.mail.texts import LANGUAGES, NOTICES, Notice

AT = datetime(2026, 11, 27, 6, 30, tzinfo=UTC)
OVER_CHRISTMAS = datetime(2026, 12, 28, 23, tzinfo=UTC)
TITLE, LINK = "Een stap in een zaak wacht op je", "https://veilig.example/taken"


def notice(kind: str, number: str = "2026-7KQ4", due: datetime | None = OVER_CHRISTMAS) -> Notice:
    return Notice(kind, f"{kind}:{number}", number, TITLE, f"{LINK}/{kind}", due, AT)


def text(*notices: Notice, language: str = "nl", receiver: str = "a@school.example") -> str:
    digest = Digest("digest:1", notices, "https://veilig.example/profiel/berichten", AT)
    message = compose_digest(digest, sender="route@veilig.example", receiver=receiver, language=language)
    return f"{message['Subject']}\n{message.get_content()}"


def test_a_whole_digest_reads_like_this() -> None:
    told = (notice("task_opened"), notice("term_escalated"), notice("procedure_changed", "2026-9TRB", due=None))
    assert text(*told) == (
        "Je overzicht: 3 berichten\n"
        "Hallo,\n\n"
        "Dit is wat er te melden is over zaken die jij behandelt.\n\n"
        "Zaak 2026-7KQ4\n"
        "- Er is een taak voor je\n"
        "  Een stap in een zaak wacht op je\n"
        "  Uiterlijk op: maandag 28 december 2026\n"
        "  https://veilig.example/taken/task_opened\n"
        "- Iemand anders is te laat met een stap\n"
        "  De laatste dag was: maandag 28 december 2026\n"
        "  https://veilig.example/taken/term_escalated\n\n"
        "Zaak 2026-9TRB\n"
        "- Er is iets veranderd\n"
        "  Een stap in een zaak wacht op je\n"
        "  https://veilig.example/taken/procedure_changed\n\n"
        "Meer staat er met opzet niet in deze mail. Hoe je het wilt horen, kies je hier: "
        "https://veilig.example/profiel/berichten\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NOTICES)
def test_every_notice_has_its_line_in_each_language(kind: str, language: str) -> None:
    said = text(notice(kind), language=language)
    assert f"{LINK}/{kind}" in said
    assert "$" not in said
    assert said.startswith(("Je overzicht: 1 bericht\n", "Your overview: 1 notice\n"))


def test_an_address_that_is_none_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(SendFailed) as refused:
        text(notice("term_soon"), receiver="x\nBcc: y@evil.example")
    assert refused.value.permanent
