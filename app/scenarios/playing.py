"""Plays a scenario step by step through the services, and tells what happened, what was expected, and what was not so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from app.clock import AMSTERDAM, local_day
from app.demo.play import Answer, NotAsked, Player
from app.domain.errors import DomainError, InvalidAnswers
from app.domain.events import EventKind
from app.domain.facts import FactType
from app.domain.forms import Field
from app.domain.period import Period, Unit
from app.engine.run import CANNOT_RUN
from app.scenarios.expected import Expect, When, Where
from app.scenarios.expecting import differences, traces
from app.scenarios.naming import CODES, Codes
from app.scenarios.nodes import moment_of
from app.scenarios.present import Happened, Mail, OpenTask, Present, cases_out_of, look
from app.scenarios.story import (
    Absence,
    Act,
    Announce,
    AskReplacement,
    Complete,
    CorrectStart,
    FromList,
    InCase,
    Refused,
    Scenario,
    ScenarioError,
    StartBeside,
    Step,
    Wait,
)

#: Said of a step behind which the engine cannot go on.
ROUND_AND_ROUND: Final = "de tekening gaat hierna rond zonder op iemand te wachten, of geen weg leidt verder"


@dataclass(frozen=True, slots=True)
class Held:
    """An expectation that was met, or a refusal that came."""

    at: datetime
    where: Where


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as expected: where in the file, and in Dutch what was there instead."""

    at: datetime
    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the history with the answers that the scenario gave."""

    line: Happened
    answers: Mapping[str, str]


Entry = Answered | Mail | Held | Failure


@dataclass(frozen=True, slots=True)
class Played:
    """How a scenario went: everything in order. `failures` is empty when all was as expected."""

    scenario: Scenario
    entries: tuple[Entry, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What was not as expected."""
        return tuple(entry for entry in self.entries if isinstance(entry, Failure))


class _Stuck(Exception):
    """A step that could not be taken; the story ends here."""


def play(player: Player, scenario: Scenario, names: Codes = CODES) -> Played:
    """Play it all, or up to the first step that cannot be taken. Raises ScenarioError for one that goes back in time."""
    story = Playing(player, names)
    story.go_on(scenario)
    return Played(scenario, tuple(story.entries))


@dataclass(slots=True)
class CaseSoFar:
    """One case of a scenario. `news` and `mail` are what came since the last step that was no expectation."""

    number: str
    now: Present = field(default_factory=lambda: Present((), {}, (), (), (), ()))
    news: list[Happened] = field(default_factory=list)
    mail: list[Mail] = field(default_factory=list)


@dataclass(slots=True)
class Playing:
    """A scenario on its way, with the cases in the order of their opening; `here` is the one that the step is about.

    `ends`: how many entries there were after the start, and after each step that could be taken. `stuck`: one could not.
    """

    player: Player
    #: How failures call things.
    names: Codes = CODES
    cases: list[CaseSoFar] = field(default_factory=list)
    here: CaseSoFar = field(default_factory=lambda: CaseSoFar(""))
    entries: list[Entry] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    stuck: bool = False

    def go_on(self, scenario: Scenario) -> None:
        """Take what was not taken yet, up to the first step that cannot be.

        Raises ScenarioError for one that goes back in time.
        """
        try:
            if not self.ends:
                self._begin(scenario)
                self.ends.append(len(self.entries))
            for step in scenario.steps[len(self.ends) - 1 :]:
                self._take(step)
                self.ends.append(len(self.entries))
        except _Stuck:
            self.stuck = True

    def resumed(self, player: Player) -> "Playing":
        """The same story as far as it came, going on with another player; nothing that he does reaches this one."""
        cases = [replace(case, news=[*case.news], mail=[*case.mail]) for case in self.cases]
        return replace(self, player=player, cases=cases, entries=[*self.entries], ends=[*self.ends])

    @property
    def _number(self) -> str:
        return self.here.number

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What was not as expected."""
        return tuple(entry for entry in self.entries if isinstance(entry, Failure))

    def _begin(self, scenario: Scenario) -> None:
        start = scenario.start
        self.player.clock.at = self._moment(start.at)
        try:
            number = self.player.start(start.person, scenario.procedure, start.element_id, start.school)
        except (DomainError, *CANNOT_RUN) as error:
            who, what = self._person(start.person), self.names.element(start.element_id)
            self._fail(start.where, f"{who} kan {what} niet starten: {self._said(error)}")
            raise _Stuck from error
        self.here = CaseSoFar(number)
        self.cases.append(self.here)
        self._follow(start.where, {})

    def _take(self, step: Step) -> None:
        if isinstance(step, InCase):
            self._turn_to(step)
            step = step.step
        else:
            self.here = self.cases[0]
        match step:
            case Expect():
                self._compare(step)
            case Wait():
                self._news_from_here()
                self._until(step.where, self._end_of(step.until))
                self._follow(step.where, {})
            case Refused():
                self._news_from_here()
                self._be_refused(step)
            case _:
                self._news_from_here()
                self._act(step)

    def _turn_to(self, step: InCase) -> None:
        if step.case > len(self.cases):
            self._fail(step.where, f"er is geen zaak {step.case}; er zijn er {len(self.cases)}")
            raise _Stuck
        self.here = self.cases[step.case - 1]

    def _compare(self, step: Expect) -> None:
        found = differences(step, self.here.now, self.here.news, self.here.mail, self.names)
        for part in step.absent:
            seen = traces(self.player, self._number, part, self.here.now.mail, self.names)
            found += [f"verwacht dat {self._person(part)} niets ziet; er is: {', '.join(seen)}"] if seen else []
        for text in found:
            self._fail(step.where, text)
        if not found:
            self.entries.append(Held(self.player.clock.at, step.where))

    def _act(self, step: Act) -> None:
        if step.at is not None:
            self._until(step.where, step.at)
        try:
            answers = self._do(step)
        except (DomainError, NotAsked, *CANNOT_RUN) as error:
            self._follow(step.where, {})
            self._fail(step.where, f"{self._person(step.person)} kan dit niet: {self._said(error)}")
            raise _Stuck from error
        self._follow(step.where, answers)

    def _do(self, step: Act) -> Mapping[str, str]:
        match step:
            case Complete():
                self._complete(step)
                return step.answers
            case StartBeside():
                self.player.beside(step.person, self._number, step.process_id)
            case Announce():
                self.player.announce(step.person, self._number, step.element_id)
            case FromList():
                self.player.from_list(step.person, self._number)
            case AskReplacement():
                self.player.ask_replacement(step.person, step.ill)
            case Absence():
                self._be_away(step)
            case CorrectStart():
                self._correct(step)
        return {}

    def _be_away(self, step: Absence) -> None:
        if step.deputy is None or step.last_day is None:
            self.player.end_absence(step.person, step.owner)
            return
        days = (step.first_day or local_day(self.player.clock.at), step.last_day)
        self.player.leave(step.owner, self._number, step.deputy, step.lanes, days=days)

    def _complete(self, step: Complete) -> None:
        self._must_be_open(step)
        form = self.player.form(self._number, step.element_id)
        asked = {question.key: question for question in form.fields}
        for name in step.answers:
            if name not in asked:
                raise ScenarioError(f"{step.where}: {step.element_id} vraagt hier niet naar {name}.")
        answers = {name: _typed(asked[name], text, step.where) for name, text in step.answers.items()}
        self.player.do(step.person, self._number, step.element_id, tick=step.tick, **answers)

    def _correct(self, step: CorrectStart) -> None:
        term = look(self.player, self._number).terms.get(step.element_id)
        if term is None:
            others = ", ".join(map(self.names.element, self.here.now.terms))
            self._fail(step.where, f"{self.names.element(step.element_id)} heeft geen termijn; termijnen zijn er van: {others}")
            raise _Stuck
        self.player.correct(step.person, term.id, step.fact, step.day)

    def _be_refused(self, step: Refused) -> None:
        attempt = step.attempt
        if attempt.at is not None:
            self._until(step.where, attempt.at)
        wanted, found, fields = ", ".join(map(self.names.question, step.fields)), "niets", set[str]()
        try:
            self._complete(attempt)
        except (DomainError, NotAsked, *CANNOT_RUN) as error:
            found, fields = self._said(error), _fields(error)
        self._follow(step.where, {})
        if fields == set(step.fields):
            self.entries.append(Held(self.player.clock.at, step.where))
            return
        what = self.names.element(attempt.element_id)
        self._fail(step.where, f"verwacht dat {what} geweigerd wordt om: {wanted}; geweigerd werd: {found}")
        raise _Stuck

    def _must_be_open(self, step: Complete) -> None:
        present = look(self.player, self._number)
        if all(task.element_id != step.element_id for task in present.tasks):
            self._follow(step.where, {})
            what = self.names.element(step.element_id)
            self._fail(step.where, f"{what} staat niet open; er staat open: {self._open(present.tasks)}")
            raise _Stuck

    def _until(self, where: Where, when: When) -> None:
        """A day that has begun is now; anything before now is a mistake in the scenario."""
        now = self.player.clock.at.astimezone(AMSTERDAM)
        if when < (now if isinstance(when, datetime) else now.date()):
            raise ScenarioError(f"{where}: {when:%Y-%m-%d} ligt vóór het moment waarop het verhaal nu is, {now:%Y-%m-%d %H:%M}.")
        self.player.until(self._moment(when))

    def _end_of(self, until: When | Period) -> When:
        if not isinstance(until, Period):
            return until
        if until.unit is Unit.HOUR:
            return self.player.clock.at + until.hours()
        local = self.player.clock.at.astimezone(AMSTERDAM)
        return datetime.combine(until.after(local.date()), local.time(), AMSTERDAM)

    def _moment(self, when: When) -> datetime:
        return when if isinstance(when, datetime) else self.player.on(when)

    def _news_from_here(self) -> None:
        for case in self.cases:
            case.news, case.mail = [], []

    def _follow(self, where: Where, answers: Mapping[str, str]) -> None:
        """Take up what happened in all cases since the last look, also in those that were opened now."""
        known = {case.number for case in self.cases}
        self.cases += [CaseSoFar(number) for number in cases_out_of(self.player, self.cases[0].number) if number not in known]
        told = [entry for case in self.cases for entry in self._news_of(case, answers if case is self.here else {})]
        told.sort(key=_when)
        self.entries += told
        if any(isinstance(one, Answered) and one.line.kind == EventKind.PROCEDURE_SET_ASIDE for one in told):
            self._fail(where, "een procedure kon niet verder en is apart gezet")

    def _news_of(self, case: CaseSoFar, answers: Mapping[str, str]) -> list[Answered | Mail]:
        before, case.now = case.now, look(self.player, case.number)
        news = case.now.history[len(before.history) :]
        known = {message.id for message in before.mail}
        mail = [message for message in case.now.mail if message.id not in known]
        case.news += news
        case.mail += mail
        return [*(Answered(line, answers if _done(line) else {}) for line in news), *mail]

    def _fail(self, where: Where, text: str) -> None:
        self.entries.append(Failure(self.player.clock.at, where, text))

    def _said(self, error: Exception) -> str:
        question = self.names.question
        if isinstance(error, NotAsked):
            return "; ".join(f"{question(name)} (dit wordt hier niet gevraagd)" for name in sorted(error.names))
        if isinstance(error, InvalidAnswers):
            return "; ".join(f"{question(name)} ({text})" for name, text in error.fields.items())
        return error.text if isinstance(error, DomainError) else ROUND_AND_ROUND

    def _open(self, tasks: tuple[OpenTask, ...]) -> str:
        return ", ".join(f"{self.names.element(task.element_id)} ({self.names.role(task.role)})" for task in tasks) or "niets"

    def _person(self, part: str) -> str:
        return self.names.person(part)


def _done(line: Happened) -> bool:
    return line.kind == EventKind.TASK_COMPLETED


def _when(entry: Answered | Mail) -> datetime:
    return entry.line.at if isinstance(entry, Answered) else entry.at


def _typed(question: Field, written: str, where: Where) -> Answer:
    match question.type:
        case FactType.DATE if written:
            return _day(written, where)
        case FactType.MOMENT if written:
            moment = moment_of(written)
            if not isinstance(moment, datetime):
                raise ScenarioError(f"{where}: {question.key} vraagt een moment; schrijf 2026-11-27 14:30, niet {written}.")
            return moment
        case _:
            return written


def _day(written: str, where: Where) -> date:
    day = moment_of(written)
    if day is None:
        raise ScenarioError(f"{where}: {written} is geen dag; schrijf 2026-11-27.")
    return day


def _fields(error: Exception) -> set[str]:
    """What was refused; a question that is not asked cannot be answered either."""
    if isinstance(error, NotAsked):
        return error.names
    return set(error.fields) if isinstance(error, InvalidAnswers) else set()
