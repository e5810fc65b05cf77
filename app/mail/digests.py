"""The digest: one mail with everything that somebody wanted to hear of together, case by case."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import groupby
from string import Template
from typing import Final

from app.mail.texts import LANGUAGES, TEXTS, Notice, envelope, in_brief

_CASE: Final = {"nl": "Zaak", "en": "Case"}
_NOTICES: Final = {"nl": ("bericht", "berichten"), "en": ("notice", "notices")}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one digest says, in this order. `dedupe` and `at` as of a notice; `link` is where one chooses otherwise."""

    dedupe: str
    notices: tuple[Notice, ...]
    link: str
    at: datetime


def compose_digest(digest: Digest, *, sender: str, receiver: str, language: str) -> EmailMessage:
    """The message as it leaves. Raises SendFailed when the address is none, KeyError for a notice without a text."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    cases = groupby(digest.notices, key=lambda notice: notice.case_number)
    lines = "\n\n".join(_case(number, list(notices), spoken) for number, notices in cases)
    one, many = _NOTICES[spoken]
    count = f"{len(digest.notices)} {one if len(digest.notices) == 1 else many}"
    source = Template((TEXTS / f"digest.{spoken}.txt").read_text(encoding="utf-8"))
    subject, _, text = source.substitute(count=count, lines=lines, link=digest.link).partition("\n\n")
    return envelope(subject, text, sender=sender, receiver=receiver, dedupe=digest.dedupe, at=digest.at)


def _case(number: str, notices: list[Notice], language: str) -> str:
    told = ("\n  ".join((*in_brief(notice, language), notice.link)) for notice in notices)
    return "\n".join((f"{_CASE[language]} {number}", *(f"- {text}" for text in told)))
