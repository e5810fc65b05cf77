"""The form of a task as somebody of the cast would see it, and completing it with what was typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.clock import AMSTERDAM
from app.demo.cast import CAST
from app.demo.play import INVENTED, Player, made_up
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import is_required, validate
from app.domain.forms import Form
from app.domain.roles import Role
from app.engine.run import CANNOT_RUN
from app.scenarios.playing import ROUND_AND_ROUND, Playing
from app.scenarios.story import Complete
from app.services import task_page, tasks
from app.services.at_rest import open_facts
from app.services.views.task import TaskPage
from app.storage.queries import pages as queries
from app.studio.trial import SOMEWHERE, Trial
from app.studio.views import Person, ToTick, TrialForm

_DAYS = (FactType.DATE, FactType.MOMENT)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which task, in which case of the story (from 1), and as whom of the cast."""

    case: int
    element_id: str
    part: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed in the form, and who of the cast was ticked."""

    raw: Mapping[str, str]
    ticked: Mapping[Role, tuple[str, ...]]


def form(trial: Trial, asked: Asked, given: Given | None = None, errors: Mapping[str, str] | None = None) -> TrialForm:
    """The form; with what was typed where that cannot stand. Raises NotFound when the task is not open for this person."""
    with _picked_up(trial, asked) as (player, page):
        values = {**_prefilled(page, player.clock.at), **page.values} if given is None else given.raw
        parts = {user_id: part for part, user_id in player.places.people.items()}
        return TrialForm(
            title=page.title,
            role=page.role,
            person=Person(asked.part, CAST[asked.part].name),
            instruction=page.instruction,
            now=player.clock.at,
            term=page.term,
            form=page.form,
            facts=page.facts,
            values=values,
            readers=page.readers,
            shares=page.shares,
            handlers=tuple(
                ToTick(one.role, tuple((parts[user_id], name) for user_id, name in one.people), one.certain, one.one)
                for one in page.handlers
            ),
            errors=errors or {},
        )


def complete(trial: Trial, asked: Asked, given: Given) -> None:
    """Complete the task as this person, as a step of the story.

    Raises InvalidAnswers as the task itself does, NotFound, and Conflict when the story cannot go on with it.
    """
    with _picked_up(trial, asked) as (player, page):
        handlers = {role: _people(player, parts) for role, parts in given.ticked.items()}
        entries = [entry.entry_id for entry in page.entries or ()]
        actor, now = player.actor(asked.part), player.clock.at
        facts = _facts(player, page)
        whole = player.form(page.case_number, asked.element_id)
        try:
            tasks.complete(player.app, actor, page.task_id, given.raw, handlers, entries=entries)
        except CANNOT_RUN as error:
            raise Conflict(f"Dat kan nu niet: {ROUND_AND_ROUND}. Kijk bij Controle waar dat is.") from error
        answers = _written(whole, given.raw, facts, now)
    trial.take(Complete(SOMEWHERE, asked.element_id, asked.part, answers, given.ticked), case=asked.case)


@contextmanager
def _picked_up(trial: Trial, asked: Asked) -> Iterator[tuple[Player, TaskPage]]:
    """The task in the hands of this person, on a copy that is thrown away."""
    if asked.part not in CAST:
        raise NotFound
    with trial.told() as playing:
        player = playing.player
        try:
            task_id = player.task(_case(playing, asked.case), asked.element_id)
        except LookupError as error:
            raise NotFound("Deze taak staat niet open. Kijk wat er nu open staat.") from error
        actor = player.actor(asked.part)
        tasks.claim(player.app, actor, task_id)
        yield player, task_page.show(player.app, actor, task_id)


def _case(playing: Playing, place: int) -> str:
    if place not in range(1, len(playing.cases) + 1):
        raise NotFound
    return playing.cases[place - 1].number


def _people(player: Player, parts: tuple[str, ...]) -> list[UUID]:
    if any(part not in CAST for part in parts):
        raise NotFound
    return [player.places.people[part] for part in parts]


def _prefilled(page: TaskPage, now: datetime) -> dict[str, str]:
    """Invented texts and days that may be, where something must be given; choices are made by whoever tries."""
    asked = [q for q in page.form.fields if (q.sealed or q.type in _DAYS) and (q.required or q.required_when is not None)]
    return {key: text for question in asked for key, text in made_up(question, now).items()}


def _facts(player: Player, page: TaskPage) -> Mapping[str, FactValue]:
    with player.app.database.read() as tx:
        found = queries.task_with_case(tx, page.task_id)
        if found is None:
            raise NotFound
        return open_facts(player.app.server_keys, found[1].id, found[1].facts).values()


def _written(form: Form, raw: Mapping[str, str], facts: Mapping[str, FactValue], now: datetime) -> dict[str, str]:
    """The answers as a scenario writes them; an invented text that is asked for is made up again whenever it is played."""
    answers = validate(form, raw, facts, now)
    if answers.errors:
        raise InvalidAnswers(answers.errors)
    known = {**facts, **answers.facts}
    written = {name: _text(value) for name, value in answers.facts.items() if value is not None}
    asked = {question.key: question for question in form.fields}
    texts = {n: t for n, t in answers.sealed.items() if t != INVENTED or not is_required(asked[n], known)}
    return {**written, **texts}


def _text(value: FactValue) -> str:
    match value:
        case datetime():
            return f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
    return str(value)
