"""Trying a procedure: a story is told step by step, and told anew from its start at every request.

What somebody tries is a scenario. Going back a step is leaving out its last one, and recording needs no doing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.clock import AMSTERDAM
from app.demo.cast import BOARDS, CAST
from app.domain.answers import AnswerError, read_answer
from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.facts import FactType
from app.domain.forms import Field
from app.domain.procedure import Begins, Element, Procedure
from app.domain.roles import Role
from app.scenarios.expected import Where
from app.scenarios.known import check
from app.scenarios.playing import Playing
from app.scenarios.reading import read
from app.scenarios.story import (
    Act,
    Announce,
    AskReplacement,
    FromList,
    InCase,
    Scenario,
    ScenarioError,
    Start,
    StartBeside,
    Step,
    Wait,
)
from app.scenarios.writing import write
from app.services.context import Actor, App
from app.services.studio import trials
from app.storage.queries import wakes
from app.studio import material
from app.studio.material import Material
from app.studio.standing import standing
from app.studio.telling import rounded_up, told
from app.studio.views import Begin, TrialPage

#: A story of more steps proves less than two shorter ones, and one that was forgotten would be played for long.
MOST_STEPS: Final = 150
_FULL = f"Een verhaal heeft hoogstens {MOST_STEPS} stappen. Bewaar het, en begin een nieuw."
_SEPARATOR: Final = "|"
#: The moment at which a story begins, and until which it waits.
_AT: Final = Field("at", "", FactType.MOMENT)
_LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=AMSTERDAM)
#: A step that was not written yet; writing gives it its line.
SOMEWHERE: Final = Where(0, 0)
_ACTS: Final[Mapping[str, Callable[[Where, str, str], Act]]] = {
    "beside": StartBeside,
    "announce": Announce,
    "from_list": FromList,
    "ask_replacement": AskReplacement,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What somebody tries, as it is kept: its text, the scenario that it is, and the procedures it is tried with."""

    app: App
    actor: Actor
    key: str
    text: str
    scenario: Scenario
    material: Material

    @contextmanager
    def told(self) -> Iterator[Playing]:
        """The story as far as it can be told, on a copy that is thrown away. Raises ScenarioError."""
        with material.staged(self.app, self.material) as prepared, prepared.told(self.scenario) as playing:
            yield playing

    def take(self, step: Act | Wait, *, case: int = 1) -> None:
        """Add a step to the story, if it can be taken. Raises Conflict when it cannot, with the reason."""
        whole = step if case == 1 or isinstance(step, Wait) else InCase(step.where, case, step)
        if len(self.scenario.steps) >= MOST_STEPS:
            raise Conflict(_FULL)
        longer = self.with_steps((*self.scenario.steps, whole))
        try:
            with longer.told() as playing:
                if playing.stuck:
                    raise Conflict(f"Dat kan nu niet: {playing.failures[-1].text}.")
        except ScenarioError as error:
            raise Conflict(f"Dat kan niet: {error}") from error
        longer.keep(was=self.text)

    def with_steps(self, steps: tuple[Step, ...]) -> "Trial":
        """The same story with these steps, read again, so that every step knows its place."""
        text = write(replace(self.scenario, steps=steps))
        return replace(self, text=text, scenario=read(text))

    def keep(self, *, was: str) -> None:
        """Keep it in the place of what it was."""
        trials.write(self.app, self.actor, self.key, self.text, was=was)


def begins(app: App, actor: Actor, key: str) -> tuple[Begin, ...]:
    """The ways to begin a story of a procedure; where it has none of its own, those of procedures that lead to it."""
    found = material.of(app, actor, key)
    return tuple(begin for _, begin in _begins(found))


def start(app: App, actor: Actor, key: str, code: str, raw: Mapping[str, str]) -> None:
    """Begin a story, in the place of the one before. Raises InvalidAnswers for a way or a moment that cannot be."""
    found = material.of(app, actor, key)
    way = next(((procedure, begin) for procedure, begin in _begins(found) if begin.code == code), None)
    moment, wrong = _moment(raw)
    if way is None:
        wrong = {"begin": "Kies hoe het begint, wie dat doet en bij welke school.", **wrong}
    if way is None or moment is None:
        raise InvalidAnswers(wrong)
    element_id, part, school = code.split(_SEPARATOR)
    begun = Scenario(
        title=f"{found.procedure.name}: uitgeprobeerd",
        source=_source(found.procedure),
        procedure=way[0].key,
        start=Start(SOMEWHERE, element_id, part, school, moment),
        steps=(),
    )
    text = write(begun)
    Trial(app, actor, key, text, read(text), found).keep(was=trials.read(app, actor, key))


def opened(app: App, actor: Actor, key: str) -> Trial | None:
    """The story that this person tells, None when there is none.

    Raises NotFound for strangers, Conflict for a draft with errors.
    """
    text = trials.read(app, actor, key)
    found = material.of(app, actor, key)
    return Trial(app, actor, key, text, read(text), found) if text else None


def going(app: App, actor: Actor, key: str, number: int | None) -> Trial:
    """The same, for whoever goes on from this number of steps. Raises Conflict when it is further by now."""
    trial = opened(app, actor, key)
    if trial is None:
        raise NotFound
    if number is not None and number != len(trial.scenario.steps):
        raise Conflict("Je verhaal is intussen verder, misschien in een ander venster. Kijk waar het nu staat.")
    return trial


def show(trial: Trial) -> TrialPage:
    """Where the story stands, and how it came there."""
    drawn = trial.material.procedures
    try:
        check(trial.scenario, drawn)
        with trial.told() as playing:
            return _page(trial, playing, playing.failures[-1].text if playing.stuck else None)
    except ScenarioError as error:
        return TrialPage(len(trial.scenario.steps), trial.app.clock(), None, (), (), (), (), broken=str(error))


def act(trial: Trial, kind: str, element_id: str, part: str, *, case: int) -> None:
    """Start something beside, deliver a message, go on from the list, say that an adviser is ill.

    Raises NotFound for what is none of these, Conflict.
    """
    if kind not in _ACTS or part not in CAST or case < 1:
        raise NotFound
    made: Act = _ACTS[kind](SOMEWHERE, element_id, part)
    trial.take(made, case=case)


def wait(trial: Trial, raw: Mapping[str, str]) -> None:
    """Let time pass until a moment. Raises InvalidAnswers for one that cannot be, Conflict for one in the past."""
    moment, wrong = _moment(raw)
    if moment is None:
        raise InvalidAnswers(wrong)
    trial.take(Wait(SOMEWHERE, moment))


def jump(trial: Trial) -> None:
    """Let time pass until something happens by itself. Raises Conflict when nothing ever will."""
    with trial.told() as playing:
        moment = _next(playing)
    if moment is None:
        raise Conflict("Er loopt geen termijn en er wordt op geen dag gewacht. Rond eerst een taak af.")
    trial.take(Wait(SOMEWHERE, moment))


def back(trial: Trial) -> None:
    """Undo the last step; where the story is stuck, all from the step that cannot be taken. Before the first step: the story."""
    number = _stands_at(trial)
    if number < 0:
        trials.write(trial.app, trial.actor, trial.key, "", was=trial.text)
    else:
        trial.with_steps(trial.scenario.steps[:number]).keep(was=trial.text)


def again(trial: Trial) -> None:
    """Forget the story."""
    trials.write(trial.app, trial.actor, trial.key, "", was=trial.text)


def _stands_at(trial: Trial) -> int:
    """How many steps are left when one goes back; below zero: not even the start."""
    try:
        check(trial.scenario, trial.material.procedures)
        with trial.told() as playing:
            if playing.stuck:
                return len(playing.ends) - 1
    except ScenarioError:
        pass
    return len(trial.scenario.steps) - 1


def _page(trial: Trial, playing: Playing, broken: str | None) -> TrialPage:
    here = standing(playing)
    return TrialPage(
        number=len(trial.scenario.steps),
        now=playing.player.clock.at,
        next_at=_next(playing),
        tasks=here.tasks,
        offers=here.offers,
        procedures=here.procedures,
        steps=told(trial.scenario, playing, trial.material.procedures),
        broken=broken,
    )


def _next(playing: Playing) -> datetime | None:
    with playing.player.app.database.read() as tx:
        found = wakes.next_wake(tx)
    return None if found is None else rounded_up(max(found, playing.player.clock.at))


def _begins(found: Material) -> Iterator[tuple[Procedure, Begin]]:
    for procedure in _leading_to(found):
        for element in _starts(procedure):
            for part, person in CAST.items():
                if person.role is element.lane or (person.role is Role.SUBSTITUTE and element.lane is Role.BOARD):
                    for school in BOARDS.get(person.place, (person.place,)):
                        code = _SEPARATOR.join((element.id, part, school))
                        yield procedure, Begin(code, element.name, person.name, person.role, school)


def _starts(procedure: Procedure) -> list[Element]:
    return [element for element in procedure.starts() if element.begins is Begins.CASE]


def _leading_to(found: Material) -> list[Procedure]:
    """The procedure itself where it begins a case, else those that do and start it, directly or by way of others."""
    wanted, seen = [found.key], {found.key}
    while wanted:
        ways = [one for key in wanted if (one := found.procedures.get(key)) and _starts(one)]
        if ways:
            return ways
        wanted = [key for key, one in found.procedures.items() if key not in seen and _started(one) & set(wanted)]
        seen |= set(wanted)
    return []


def _started(procedure: Procedure) -> set[str]:
    elements = (element for level in procedure.processes.values() for element in level.elements.values())
    return {element.properties.get("procedure", "") for element in elements if element.topic == "start_procedure"}


def _source(procedure: Procedure) -> str:
    return procedure.processes[procedure.main].properties.get("legalBasis") or procedure.name


def _moment(raw: Mapping[str, str]) -> tuple[datetime | None, dict[str, str]]:
    """A day and an hour as a form of a task asks them; or what is wrong."""
    try:
        moment = read_answer(_AT, raw, required=True, now=_LONG_AGO)
    except AnswerError as error:
        return None, {_AT.key: error.text}
    return (moment, {}) if isinstance(moment, datetime) else (None, {})
