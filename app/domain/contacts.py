"""Contacts without a case: a question on the stairs, a call. They are counted and never told; no name, no story."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.domain.facts import FactType
from app.domain.forms import Field, Form, Option, When

MOST_MINUTES: Final = 600


class ContactKind(StrEnum):
    """What a contact was about, as the adviser sees it now; the same codes as the fact `contact_kind`."""

    QUESTION = "vraag"
    SIGNAL = "signaal"
    NOTICE = "melding"
    COMPLAINT = "klacht"
    UNCLEAR = "nog_niet_duidelijk"


def form(schools: dict[UUID, str]) -> Form:
    """The questions about one contact, at one of these schools."""
    kinds = tuple(Option(kind.value, kind.value) for kind in ContactKind)
    places = tuple(Option(str(school_id), name) for school_id, name in schools.items())
    return Form(
        "contact",
        (
            Field("kind", "Waar ging het over?", FactType.ENUM, required=True, options=kinds),
            Field("on", "Datum", FactType.DATE, required=True, when=When.PAST),
            Field("minutes", "Minuten", FactType.NUMBER, required=True, minimum=1, maximum=MOST_MINUTES),
            Field("school", "School", FactType.ENUM, required=True, options=places),
        ),
    )


def month_of(day: date) -> tuple[date, date]:
    """The first day of a day's month, and the first day after it."""
    first = day.replace(day=1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
