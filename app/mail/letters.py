"""The mail of administration, in the reader's language, from `texts/letters/`: the name of a board and a link, nothing else."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from string import Template
from typing import Final

from app.mail.texts import LANGUAGES, envelope

LETTERS: Final = ("address_former", "address_now", "invitation", "move_waits", "proposals_wait", "review_given", "review_waits")
_TEXTS: Final = Path(__file__).parent / "texts" / "letters"


@dataclass(frozen=True, slots=True)
class Plain:
    """What one letter says. `dedupe` names it for ever: a second copy after a crash carries the same Message-ID."""

    kind: str
    dedupe: str
    board: str
    link: str
    #: When it was put into the post (aware UTC).
    at: datetime


def compose(letter: Plain, *, sender: str, receiver: str, language: str) -> EmailMessage:
    """The letter as it leaves. Raises SendFailed when the address is none, KeyError for one without a text."""
    if letter.kind not in LETTERS:
        raise KeyError(letter.kind)
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    source = (_TEXTS / f"{letter.kind}.{spoken}.txt").read_text(encoding="utf-8")
    # A board's name is typed by people: no line of it may reach a header.
    board = " ".join(letter.board.split())
    subject, _, text = Template(source).substitute({"board": board, "link": letter.link}).partition("\n\n")
    return envelope(subject, text, sender=sender, receiver=receiver, dedupe=letter.dedupe, at=letter.at)
