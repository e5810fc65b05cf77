"""The mail of each notice, in the reader's language, from the files in `texts/`: the subject, an empty line, the text.

A line that would tell a term falls away when there is none. The number of the case, the neutral title of the step, the last day
and a link are all that a message can hold; it greets without a name.
"""

from dataclasses import dataclass
from datetime import datetime, time
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b
from pathlib import Path
from string import Template
from typing import Final

from babel.dates import format_date

from app.clock import AMSTERDAM
from app.domain.deadlines import last_day_of
from app.mail.errors import SendFailed

TEXTS: Final = Path(__file__).parent / "texts"
NOTICES: Final = (
    "case_handed_over",
    "lane_empty",
    "comment_written",
    "procedure_changed",
    "task_left",
    "task_opened",
    "task_passed_on",
    "term_corrected",
    "term_escalated",
    "term_extended",
    "term_missed",
    "term_recomputed",
    "term_soon",
)
LANGUAGES: Final = ("nl", "en")
_AT: Final = {"nl": "om", "en": "at"}
_TERM: Final = "$term"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one message says. `dedupe` names it for ever: a second copy after a crash carries the same Message-ID."""

    kind: str
    dedupe: str
    case_number: str
    title: str
    link: str
    #: The first moment after the term (aware UTC); None when the step has no term.
    due: datetime | None
    #: When the message was put into the outbox (aware UTC).
    at: datetime


def compose(notice: Notice, *, sender: str, receiver: str, language: str) -> EmailMessage:
    """The message as it leaves. Raises SendFailed when the address is none, KeyError for a notice without a text."""
    subject, text = _texts(notice, language if language in LANGUAGES else LANGUAGES[0])
    return envelope(subject, text, sender=sender, receiver=receiver, dedupe=notice.dedupe, at=notice.at)


def envelope(subject: str, text: str, *, sender: str, receiver: str, dedupe: str, at: datetime) -> EmailMessage:
    """A message to one receiver, whose Message-ID follows from `dedupe`. Raises SendFailed when the address is none."""
    message = EmailMessage(policy=SMTP)
    # A header takes one parsed address: no second receiver and no second line can hide in it.
    message["From"], message["To"] = _address(sender), _address(receiver)
    message["Subject"] = subject
    message["Date"] = format_datetime(at.astimezone(AMSTERDAM))
    message["Message-ID"] = f"<{blake2b(dedupe.encode(), digest_size=16).hexdigest()}@{domain_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


def domain_of(address: str) -> str:
    """What stands behind the @ of an address."""
    return address.rpartition("@")[2]


def in_brief(notice: Notice, language: str) -> tuple[str, ...]:
    """What a notice says, in lines without greeting: what it is about, the title where its text names it, the term."""
    source = _source(notice.kind, language)
    about = source.partition("\n")[0].partition(": ")[2]
    title = (notice.title,) if "$title" in source else ()
    term = (line for line in source.splitlines() if _TERM in line and notice.due is not None)
    return (about[:1].upper() + about[1:], *title, *(_filled(line, notice, language) for line in term))


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise SendFailed("address", permanent=True) from error


def _texts(notice: Notice, language: str) -> tuple[str, str]:
    kept = [line for line in _source(notice.kind, language).splitlines() if notice.due is not None or _TERM not in line]
    subject, _, text = _filled("\n".join(kept) + "\n", notice, language).partition("\n\n")
    return subject, text


def _source(kind: str, language: str) -> str:
    if kind not in NOTICES:
        raise KeyError(kind)
    return (TEXTS / f"{kind}.{language}.txt").read_text(encoding="utf-8")


def _filled(source: str, notice: Notice, language: str) -> str:
    values = {"case": notice.case_number, "title": notice.title, "link": notice.link, "term": _term(notice.due, language)}
    return Template(source).substitute(values)


def _term(due: datetime | None, language: str) -> str:
    """A last day in words; a term that ends within a day, so one in hours, also tells the hour."""
    if due is None:
        return ""
    end = due.astimezone(AMSTERDAM)
    if end.time() == time.min:
        return format_date(last_day_of(due), "full", locale=language)
    return f"{format_date(end, 'full', locale=language)} {_AT[language]} {end:%H:%M}"
