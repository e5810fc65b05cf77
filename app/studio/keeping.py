"""Keeping stories: out of a trial with what happened in it, or as a file that somebody wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.errors import Conflict, InvalidAnswers
from app.domain.procedure import Procedure
from app.scenarios.expected import Expect
from app.scenarios.known import check
from app.scenarios.naming import Words
from app.scenarios.playing import Failure, Played, Playing, play
from app.scenarios.reading import read
from app.scenarios.story import InCase, Scenario, ScenarioError
from app.scenarios.writing import write
from app.services.context import Actor, App
from app.services.studio import stories, story_changes
from app.services.studio.stories import Story
from app.services.studio.story_changes import Change
from app.studio import material
from app.studio.material import Material
from app.studio.recording import recorded
from app.studio.telling import told
from app.studio.trial import Trial
from app.studio.views import StepTold

_EMPTY = "Er is nog niets gebeurd. Zet eerst een paar stappen, en bewaar dan het verhaal."
_TELL_ANEW = "Vertel het opnieuw bij Proberen, of haal het weg."
#: As many characters as a title or a source may have.
_LINE = 200


def keep_trial(trial: Trial, typed: Mapping[str, str]) -> None:
    """Keep what was tried, with what happened as expectations. `typed`: name, title (what it proves), source.

    Raises InvalidAnswers for what is missing, Conflict for a story without steps or that cannot be told, Forbidden.
    """
    name, title, source = (" ".join(typed.get(key, "").split()) for key in ("name", "title", "source"))
    refused = stories.refused_name(trial.app, trial.actor, trial.key, name)
    wrong = {}
    if not 0 < len(title) <= _LINE:
        wrong["title"] = "Zeg in één zin wat dit verhaal bewijst."
    if not 0 < len(source) <= _LINE:
        wrong["source"] = "Noem het artikel van de wet of het deel van de Handreiking."
    if refused is not None:
        wrong["name"] = refused
    if wrong:
        raise InvalidAnswers(wrong)
    if not trial.scenario.steps:
        raise Conflict(_EMPTY)
    whole = replace(trial.scenario, title=title, source=source)
    try:
        text, again = _as_it_goes(trial.app, trial.material, whole)
    except ScenarioError as error:
        raise Conflict(f"Dit verhaal kan zo niet: {error}") from error
    if again.failures:
        raise Conflict(f"Dit verhaal gaat niet twee keer hetzelfde: {again.failures[0].text}. Ga een stap terug.")
    stories.keep(trial.app, trial.actor, trial.key, name, text)


def renew(app: App, actor: Actor, key: str, name: str) -> None:
    """Expect of a kept story what happens in it now, under its own name. What it says must not be, still must not.

    Raises NotFound, Forbidden, Conflict when it cannot be told to its end, or when what must not be is now so.
    """
    stories.must_keep(app, actor)
    text, found = stories.read(app, actor, key, name), material.of(app, actor, key)
    try:
        scenario = read(text)
        check(scenario, found.procedures)
        renewed, again = _as_it_goes(app, found, scenario)
    except ScenarioError as error:
        raise Conflict(f"Dit verhaal kan niet meer zo gespeeld worden: {error}. {_TELL_ANEW}") from error
    if again.failures:
        raise Conflict(f"Dit neem je niet zomaar over: {again.failures[0].text}. {_TELL_ANEW}")
    stories.renew(app, actor, key, name, renewed, was=text)


def _as_it_goes(app: App, found: Material, scenario: Scenario) -> tuple[str, Played]:
    """The text of a story with what happens in it as expectations, and how that went when it was played once more."""
    names = Words(found.procedures)
    with material.staged(app, found) as prepared:
        text = write(recorded(prepared.stage, scenario, names))
        with prepared.stage.player() as player:
            return text, play(player, read(text), names)


def keep_file(app: App, actor: Actor, key: str, name: str, content: bytes) -> None:
    """Keep a scenario that somebody wrote. Raises InvalidAnswers with the line that is wrong, Forbidden."""
    stories.must_keep(app, actor)
    if len(content) > stories.MAX_LENGTH:
        raise InvalidAnswers({"file": "Dit bestand is te groot. Verdeel het in kortere verhalen."})
    found = material.of(app, actor, key)
    try:
        text = content.decode()
        scenario = read(text)
        check(scenario, found.procedures)
    except UnicodeDecodeError:
        raise InvalidAnswers({"file": "Dit bestand is geen tekst in UTF-8. Sla het zo op."}) from None
    except (ScenarioError, RecursionError) as error:
        raise InvalidAnswers({"file": f"Dit bestand kan niet: {error}"}) from error
    if not _about(scenario, key, found.procedures):
        raise InvalidAnswers({"file": f"Dit verhaal begint met {scenario.procedure}. Bewaar het bij die procedure."})
    stories.keep(app, actor, key, name, text)


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A kept story in a list: what it proves, where that stands, and how many steps it takes."""

    name: str
    title: str
    source: str
    steps: int
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A kept story as it was played: its steps with what came of them, and what was not as expected."""

    name: str
    title: str
    source: str
    steps: tuple[StepTold, ...]
    failures: tuple[Failure, ...]


def listed(app: App, actor: Actor, key: str) -> tuple[KeptLine, ...]:
    """All stories that are kept of a procedure, by name. Raises NotFound for strangers."""
    return tuple(_line(story) for story in stories.listed(app, actor, key))


@dataclass(frozen=True, slots=True)
class StoryChange:
    """A story that came, went or changed, by what it proves."""

    name: str
    title: str
    kind: str
    by: str | None
    at: datetime


def changed(app: App, actor: Actor, key: str) -> tuple[StoryChange, ...]:
    """What is other in the stories since the open draft began. Raises NotFound for strangers."""
    return tuple(map(_change, story_changes.changed(app, actor, key)))


def away(app: App, actor: Actor, key: str) -> tuple[StoryChange, ...]:
    """The stories that went and can be put back. Raises NotFound for strangers."""
    return tuple(map(_change, story_changes.away(app, actor, key)))


def title_of(app: App, actor: Actor, key: str, name: str) -> str:
    """What a kept story proves. Raises NotFound."""
    return _title(name, stories.read(app, actor, key, name))


def played(app: App, actor: Actor, key: str, name: str) -> StoryPage:
    """A kept story, played now. Raises NotFound, and Conflict when it cannot be played with the procedures as they are."""
    text = stories.read(app, actor, key, name)
    found = material.of(app, actor, key)
    try:
        scenario = read(text)
        check(scenario, found.procedures)
        with material.staged(app, found) as prepared, prepared.stage.player() as player:
            playing = Playing(player, Words(found.procedures))
            playing.go_on(scenario)
            return StoryPage(name, scenario.title, scenario.source, told(scenario, playing, found.procedures), playing.failures)
    except ScenarioError as error:
        raise Conflict(f"Dit verhaal past niet meer bij je tekening: {error}") from error


def _about(scenario: Scenario, key: str, procedures: Mapping[str, Procedure]) -> bool:
    """Whether a story begins with this procedure, or with another where this one begins no case of its own."""
    return scenario.procedure == key or not any(start.begins == "case" for start in procedures[key].starts())


def _change(one: Change) -> StoryChange:
    return StoryChange(one.name, _title(one.name, one.text), one.kind, one.by, one.at)


def _title(name: str, text: str) -> str:
    try:
        return read(text).title
    except ScenarioError:
        return name


def _line(story: Story) -> KeptLine:
    try:
        told = read(story.text)
    except ScenarioError:
        return KeptLine(story.name, story.name, "", 0, story.kept_by, story.kept_at)
    steps = sum(not isinstance(step.step if isinstance(step, InCase) else step, Expect) for step in told.steps)
    return KeptLine(story.name, told.title, told.source, steps, story.kept_by, story.kept_at)
