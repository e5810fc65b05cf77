"""Correcting, in a story that is tried, the date that a running term counts from: the step `correct_start` of scenarios."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from app.domain.answers import AnswerError, read_answer
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.facts import FactType
from app.domain.forms import Field
from app.scenarios.story import CorrectStart
from app.studio.standing import standing
from app.studio.trial import SOMEWHERE, Trial
from app.studio.views import Correction

#: Whether a day may be corrected to this one is for the term to say, as it does to its users.
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def correct(trial: Trial, raw: Mapping[str, str], *, element_id: str, part: str, case: int) -> None:
    """Give the start of a step's term another day or moment, as this person.

    Raises NotFound where he cannot, InvalidAnswers for what is no day, Conflict when the story refuses it.
    """
    with trial.told() as playing:
        known = [one for procedure in standing(playing).procedures for one in procedure.corrections]
    wanted = (case, element_id, part)
    found = next((one for one in known if (one.case, one.element_id, one.person.part) == wanted), None)
    if found is None:
        raise NotFound
    trial.take(CorrectStart(SOMEWHERE, element_id, part, found.fact, _day(found, raw)), case=case)


def _day(found: Correction, raw: Mapping[str, str]) -> date:
    """What was typed. Raises InvalidAnswers."""
    question = Field(found.name, found.question, FactType.MOMENT if found.moment else FactType.DATE)
    try:
        day = read_answer(question, raw, required=True, now=_LONG_AGO)
    except AnswerError as error:
        raise InvalidAnswers({found.name: error.text}) from error
    if not isinstance(day, date):
        raise NotFound
    return day
