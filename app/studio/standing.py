"""Where the cases of a story stand, for somebody who may know all of it because all of it is invented."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.demo.cast import BOARDS, CAST
from app.demo.play import Player
from app.domain.facts import Facts, FactType
from app.domain.procedure import STEP_DONE, Begins, Procedure
from app.domain.roles import Role
from app.engine.outcome import Waiting
from app.scenarios.playing import Playing
from app.services import steps
from app.services.at_rest import open_facts, open_passed, open_state
from app.services.beside import beside
from app.services.cases import announcers
from app.services.known import known_facts, readable
from app.services.procedure_cards import by_itself
from app.services.shown_terms import due_view, may_correct, term_view
from app.services.views.task import TermView
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import pages as queries
from app.storage.queries import replacements
from app.storage.queries import work as work_queries
from app.storage.tables import Case, Deadline, ProcedureRow, School, Task
from app.studio.views import Correction, Offer, Person, ProcedureNow, TaskNow

_ALL: Final = frozenset(Role)
_NOTHING: Final = Waiting((), ())


@dataclass(frozen=True, slots=True)
class Standing:
    """Where everything stands, the oldest case and procedure first."""

    tasks: tuple[TaskNow, ...]
    offers: tuple[Offer, ...]
    procedures: tuple[ProcedureNow, ...]


def standing(playing: Playing) -> Standing:
    """Where the story stands now."""
    found = [_Case(playing.player, place, case.number) for place, case in enumerate(playing.cases, start=1)]
    with playing.player.app.database.read() as tx:
        looked = [one for case in found for one in case.look(tx)]
    # Who may do the same in several procedures of a case is offered it once.
    offers = dict.fromkeys(offer for one in looked for offer in one.offers)
    tasks, procedures = [task for one in looked for task in one.tasks], [p for one in looked for p in one.procedures]
    return Standing(tuple(tasks), tuple(offers), tuple(procedures))


@dataclass(frozen=True, slots=True)
class _Row:
    """A procedure of a case with what was read of it."""

    row: ProcedureRow
    drawn: Procedure
    facts: Facts
    waiting: Waiting
    tasks: list[Task]
    terms: list[Deadline]
    handlers: list[tuple[str, UUID, str]]


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of the story, as it is read."""

    player: Player
    place: int
    number: str

    @property
    def now(self) -> datetime:
        return self.player.clock.at

    def look(self, tx: Transaction) -> Iterator[Standing]:
        case = case_queries.case_by_number(tx, self.number)
        if case is None:
            raise LookupError(self.number)
        rows = [self._read(tx, case, row) for row in work_queries.procedures_of(tx, case.id)]
        for one in rows:
            yield Standing(tuple(self._tasks(one)), tuple(self._offers(one)), (self._procedure(tx, one),))
        yield Standing((), (*self._from_list(case, rows), *self._replacements(tx, case, rows)), ())

    def _read(self, tx: Transaction, case: Case, row: ProcedureRow) -> _Row:
        app = self.player.app
        drawn = app.versions.get(tx, row.version_id).procedure
        waiting = _NOTHING
        if row.ended_at is None:
            waiting = app.runner.waiting(drawn, open_state(app.server_keys, row.id, row.state))
        return _Row(
            row=row,
            drawn=drawn,
            facts=open_facts(app.server_keys, row.id, row.facts),
            waiting=waiting,
            tasks=queries.tasks_of(tx, row.id),
            terms=queries.terms_of(tx, row.id),
            handlers=queries.handler_names(tx, case, row.id, self.now),
        )

    def _tasks(self, one: _Row) -> Iterator[TaskNow]:
        terms = {term.task_id: term for term in one.terms}
        for task in one.tasks:
            if task.closed_at is None:
                element, term = one.drawn.element(task.element_id), terms.get(task.id)
                due = None if term is None else due_view(self.now, term.due_at, term.warn_at, element.term)
                people = self._people(one, Role(task.lane), task.assignee_id)
                name = one.drawn.processes[one.row.main].name
                yield TaskNow(self.place, task.element_id, element.name, Role(task.lane), name, people, due)

    def _people(self, one: _Row, lane: Role, holder: UUID | None = None) -> tuple[Person, ...]:
        """The parts that handle a lane; of a task that somebody holds, he alone."""
        parts = {user_id: part for part, user_id in self.player.places.people.items()}
        handlers = [(user_id, name) for own, user_id, name in one.handlers if own == lane]
        held = [(user_id, name) for user_id, name in handlers if user_id == holder]
        return tuple(Person(parts[user_id], name) for user_id, name in held or handlers)

    def _offers(self, one: _Row) -> Iterator[Offer]:
        for person, lanes in self._lanes(one):
            running = {task.element_id for task in one.tasks if task.closed_at is None and task.due_at is not None}
            ended = one.row.ended_at is not None
            for process_id, label in beside(one.drawn, one.row.main, lanes, running, ended=ended):
                yield Offer("beside", self.place, process_id, label, person)
        known = one.facts.values()
        for element_id in one.waiting.messages:
            element = one.drawn.element(element_id)
            people = [p for lane in announcers(one.drawn, element_id, known) if lane for p in self._people(one, lane)]
            if element.message != STEP_DONE and people:
                yield Offer("announce", self.place, element_id, element.name, people[0])

    def _lanes(self, one: _Row) -> Iterator[tuple[Person, frozenset[Role]]]:
        """The first handler of each lane, so that nothing is offered to everybody of it."""
        for lane in dict.fromkeys(own for own, _, _ in one.handlers):
            people = self._people(one, Role(lane))
            if people:
                yield people[0], frozenset({Role(lane)})

    def _from_list(self, case: Case, rows: list[_Row]) -> Iterator[Offer]:
        if case.listed_at is None:
            return
        for one in rows:
            starts = [start for start in one.drawn.starts() if start.begins is Begins.LIST]
            for person in self._people(one, Role.ADVISER)[:1]:
                yield from (Offer("from_list", self.place, start.id, start.name, person) for start in starts)

    def _replacements(self, tx: Transaction, case: Case, rows: list[_Row]) -> Iterator[Offer]:
        """That an adviser is ill is said by his board, where the complainant agreed before to who takes over."""
        if case.closed_at is not None or replacements.replacement_of(tx, case.id) is None:
            return
        school = tx.get_one(School, case.school_id).name
        boards = [part for part, one in CAST.items() if one.role is Role.BOARD and school in BOARDS[one.place]]
        for ill in dict.fromkeys(person for one in rows for person in self._people(one, Role.ADVISER)):
            yield from (Offer("ask_replacement", self.place, ill.part, ill.name, Person(p, CAST[p].name)) for p in boards[:1])

    def _corrections(self, one: _Row) -> Iterator[Correction]:
        questions = {field.key: field for form in one.drawn.forms.values() for field in form.fields}
        for task in one.tasks:
            element = one.drawn.element(task.element_id)
            if element.term is None or task.closed_at is not None or task.due_at is None:
                continue
            asked = questions.get(element.term.starts_from or "")
            if asked is None or not may_correct(element, one.facts, _ALL):
                continue
            lane = one.facts.log[asked.key][-1].lane
            for person in self._people(one, lane)[:1] if lane else ():
                moment = asked.type is FactType.MOMENT
                yield Correction(self.place, element.id, element.name, asked.key, asked.label, moment, person)

    def _procedure(self, tx: Transaction, one: _Row) -> ProcedureNow:
        seen, row = self._seen(one), one.row
        waits = by_itself(one.drawn, one.waiting, _ALL)
        return ProcedureNow(
            case=self.place,
            key=one.drawn.key,
            name=one.drawn.processes[row.main].name,
            ended=one.drawn.element(row.end_element).name if row.end_element else None,
            ended_at=row.ended_at,
            waits=tuple((wait.what, wait.at) for wait in waits),
            drawings=tuple(steps.marks(seen, level, one.waiting.timers) for level in one.drawn.levels(row.main)),
            facts=known_facts(one.drawn, one.facts, _ALL),
            terms=tuple(self._terms(tx, one)),
            corrections=tuple(self._corrections(one)),
        )

    def _terms(self, tx: Transaction, one: _Row) -> Iterator[TermView]:
        shown = [term for term in one.terms if term.state != "dropped"]
        changes = queries.changes_of(tx, [term.id for term in shown])
        views = (term_view(self.now, term, one.drawn.element(term.element_id), changes, may_correct=False) for term in shown)
        yield from sorted(views, key=lambda view: (view.settled_on is not None, view.due.last_day))

    def _seen(self, one: _Row) -> steps.Seen:
        nobody: Mapping[UUID, str] = {}
        return steps.Seen(
            procedure=one.drawn,
            former={},
            main=one.row.main,
            lanes=_ALL,
            tasks=one.tasks,
            terms={},
            names=nobody,
            facts=readable(one.facts, _ALL),
            hidden=frozenset(),
            end_element=one.row.end_element,
            ended_at=one.row.ended_at,
            now=self.now,
            actor_id=one.row.id,
            passed=open_passed(self.player.app.server_keys, one.row.id, one.row.passed),
        )
