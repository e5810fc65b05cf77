"""The mail of administration, in the reader's language, from `texts/letters/`: the name of a board and a link, nothing else."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from string import Template
from typing import Final

from app.mail.texts import LANGUAGES, Envelope, letter

LETTERS: Final = ("invitation", "proposals_wait")
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


def compose(plain: Plain, *, sender: str, receiver: str, language: str) -> EmailMessage:
    """The letter as it leaves. Raises SendFailed when the address is none, KeyError for one without a text."""
    if plain.kind not in LETTERS:
        raise KeyError(plain.kind)
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    source = (_TEXTS / f"{plain.kind}.{spoken}.txt").read_text(encoding="utf-8")
    # A board's name is typed by people: no line of it may reach a header.
    board = " ".join(plain.board.split())
    subject, _, text = Template(source).substitute({"board": board, "link": plain.link}).partition("\n\n")
    return letter(Envelope(sender, receiver, spoken), subject, text, dedupe=plain.dedupe, at=plain.at)
