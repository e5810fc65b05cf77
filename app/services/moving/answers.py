"""Answers that were given and that the new version has no more: which one takes their place, as the process owner chooses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.errors import InvalidAnswers
from app.domain.facts import FactType, FactValue
from app.domain.forms import Field, Form, Option
from app.domain.moving import CannotMove, Obstacle
from app.domain.procedure import Procedure
from app.services.moving.road import Answers, Road
from app.services.work import Work
from app.storage.database import Transaction
from app.storage.queries import moving as queries
from app.storage.tables import Task

FIELD: Final = "value_"


@dataclass(frozen=True, slots=True)
class Gone:
    """An answer that the new version does not have, of which question, and those that could take its place."""

    field: Field
    option: Option
    choices: tuple[Option, ...]

    @property
    def name(self) -> str:
        """What its choice is called in a form."""
        return f"{FIELD}{self.field.key}.{self.option.value}"


def gone(old: Procedure, new: Procedure) -> tuple[Gone, ...]:
    """The answers of the old version to questions that the new one asks too, with other answers."""
    asks = _choices(new)
    found = []
    for key, field in _choices(old).items():
        choices = asks[key].options if key in asks else ()
        has = {option.value for option in choices}
        found += [Gone(field, option, choices) for option in field.options if choices and option.value not in has]
    return tuple(found)


def checked(old: Procedure, new: Procedure, raw: Mapping[str, str]) -> Answers:
    """What was chosen, by fact. Raises InvalidAnswers for an answer that the new version does not have."""
    lines = {line.name: line for line in gone(old, new)}
    given = {name: value for name, value in raw.items() if name.startswith(FIELD) and value}
    found: dict[str, dict[str, str]] = {}
    errors = {}
    for name, value in given.items():
        line = lines.get(name)
        if line is None or value not in {option.value for option in line.choices}:
            errors[name] = "Kies een antwoord dat de vraag in de nieuwe versie heeft."
        else:
            found.setdefault(line.field.key, {})[line.option.value] = value
    if errors:
        raise InvalidAnswers(errors)
    return found


def carry(work: Work, road: Road) -> dict[str, FactValue]:
    """Give facts the answers of the new version; what they were stays in their history. Gives what they were, by name."""
    changed = {name: value for name, value in work.facts.values().items() if road.answer(name, value) != value}
    for name, value in changed.items():
        _put(work, name, road.answer(name, value), road.pair.id(work.facts.log[name][-1].element_id))
    return changed


def put_back(work: Work, was: Mapping[str, FactValue], road: Road) -> None:
    """Give facts the answers that they had before they moved along this road's way back."""
    for name, value in was.items():
        _put(work, name, value, road.pair.id(work.facts.log[name][-1].element_id))


def must_fit(work: Work, road: Road) -> None:
    """Every value that counts must be one that the questions of the new version could have given. Raises CannotMove."""
    fields = {field.key: field for form in road.new.procedure.forms.values() for field in form.fields if not field.sealed}
    for name, value in work.facts.values().items():
        if name in fields and not fields[name].could_give(road.answer(name, value)):
            raise CannotMove(Obstacle("fact_gone"))


def followed(tx: Transaction, task: Task, form: Form, typed: Mapping[str, str], since: datetime) -> dict[str, str]:
    """What somebody typed in a draft of that moment, with the answers that took the place of others when it moved since."""
    asks = {field.key: {option.value for option in field.options} for field in form.fields if field.type is FactType.ENUM}
    found = dict(typed)
    if any(found.get(key) and found[key] not in values for key, values in asks.items()):
        for moved in queries.answers_moved(tx, task.procedure_id, since):
            taken: Answers = json.loads(moved)
            found |= {key: taken[key].get(found[key], found[key]) for key in taken.keys() & found.keys()}
    return found


def _put(work: Work, name: str, value: FactValue, element_id: str) -> None:
    last = work.facts.log[name][-1]
    work.facts.put(name, replace(last, value=value, at=work.now, element_id=element_id))


def _choices(procedure: Procedure) -> dict[str, Field]:
    """The questions that are answered by a choice, by fact; one fact has one list of answers in all forms."""
    fields = (field for form in procedure.forms.values() for field in form.fields)
    return {field.key: field for field in fields if field.type is FactType.ENUM}
