"""A board has the cases of an ill adviser taken over by those whom complainants agreed to beforehand; it sees no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.errors import Conflict, InvalidAnswers, NotFound
from app.domain.events import EventKind
from app.domain.facts import FactRecord, FactType
from app.domain.form_rules import validate
from app.domain.forms import Field, Form, Option, When
from app.domain.procedure import Begins, Element
from app.domain.roles import Role
from app.services import handling, starting, term_rows, transition
from app.services.at_rest import open_facts
from app.services.context import Actor, App, places
from app.services.versions import Published
from app.services.views.replacing import Replaced
from app.services.work import Work
from app.storage import history
from app.storage.database import Transaction
from app.storage.queries import cases as case_queries
from app.storage.queries import people as people_queries
from app.storage.queries import places as place_queries
from app.storage.queries import replacements as queries
from app.storage.queries import work as work_queries
from app.storage.tables import Case, School, User

#: How wide the bands are: a board member who asks twice must not count cases.
_BAND = 5


def form(app: App, actor: Actor) -> Form:
    """What a board member is asked: which adviser of his schools, and since when. Raises NotFound for everybody else."""
    now = app.clock()
    with app.database.read() as tx:
        return _form(_advisers(tx, _schools(tx, actor, now), now))


def ask(app: App, actor: Actor, raw: Mapping[str, str]) -> Replaced:
    """Ask the replacement in each open case of that adviser to take over; whoever was asked already is not asked again.

    All of them or none, in one transaction. Raises NotFound for who is no board member, InvalidAnswers.
    """
    now = app.clock()
    with app.database.write() as tx:
        schools = _schools(tx, actor, now)
        advisers = _advisers(tx, schools, now)
        answers = validate(_form(advisers), raw, {}, now)
        if answers.errors:
            raise InvalidAnswers(answers.errors)
        ill = next(user for user in advisers if user.id.hex == answers.facts["adviser"])
        asking = _Asking(app, tx, now, actor, ill, answers.facts["absent_since"], *_drawn(app, tx))
        found = queries.open_cases_of_adviser(tx, ill.id, [school.id for school in schools])
        asked = [asking.ask(case_queries.lock_case(tx, case_id)) for case_id in found]
        return Replaced(ill.name, band(asked.count(True)), band(asked.count(False)), _beside(tx, ill, schools, now))


def band(number: int) -> str:
    """The band that a number of cases falls in: 0-4, 5-9, …"""
    low = number - number % _BAND
    return f"{low}-{low + _BAND - 1}"


@dataclass(frozen=True, slots=True)
class _Asking:
    """A board member's wish to have an ill adviser replaced, case by case."""

    app: App
    tx: Transaction
    now: datetime
    actor: Actor
    ill: User
    since: object
    version: Published
    start: Element

    def ask(self, case: Case) -> bool | None:
        """Whether this case was passed on. False: nobody may take it. None: another adviser handles it already."""
        sitting = {handler.user_id for handler in case_queries.lane_of_case(self.tx, case.id, Role.ADVISER)}
        if sitting != {self.ill.id}:
            return None
        named = queries.replacement_of(self.tx, case.id)
        if named is None or named.user_id not in {u.id for u in handling.eligible(self.tx, case, Role.SUCCESSOR, self.now)}:
            return False
        if not queries.is_asked(self.tx, case.id, named.user_id, self.version.procedure.main):
            self._start(case, named.user_id)
        return True

    def _start(self, case: Case, heir: UUID) -> None:
        """The system starts it: the board handles nothing of it, and no task of the board comes of it."""
        work = starting.first(self.app, self.tx, None, case, version=self.version, now=self.now)
        work.facts.log.update(self._inputs(case))
        self._note(work)
        work.note(EventKind.PROCEDURE_STARTED, self.start.id)
        handling.add(work, Role.ADVISER, self.ill.id)
        handling.add(work, Role.SUCCESSOR, heir)
        transition.apply(work, self.app.runner.start(work.procedure, self.start.id, term_rows.situation(work)))

    def _inputs(self, case: Case) -> dict[str, list[FactRecord]]:
        """The facts that a replacement needs, such as whether there may be a file, as the case's first procedures know them."""
        found: dict[str, list[FactRecord]] = {}
        names = self.version.procedure.processes[self.version.procedure.main].inputs
        for row in (row for row in work_queries.procedures_of(self.tx, case.id) if row.facts):
            log = open_facts(self.app.server_keys, row.id, row.facts).log
            found = {name: [log[name][-1]] for name in names if name in log} | found
        return found

    def _note(self, work: Work) -> None:
        day = self.since.isoformat() if isinstance(self.since, date) else None
        detail = {"lane": Role.SUCCESSOR.value, "user": self.ill.id.hex, "last_day": day}
        event = history.NewEvent(EventKind.REPLACEMENT_ASKED, self.now, self.actor.user_id, work.row.id, detail=detail)
        history.append(self.tx, work.case, event)


def _drawn(app: App, tx: Transaction) -> tuple[Published, Element]:
    """The procedure in which a replacement takes over, and where in it he begins. Raises Conflict when none is published."""
    versions = app.versions.published(tx).values()
    found = [(version, start) for version in versions for start in version.procedure.starts() if start.begins is Begins.ILLNESS]
    if not found:
        raise Conflict("Er is nog geen procedure voor vervanging. Vraag de proceseigenaar haar te publiceren.")
    return found[0]


def _schools(tx: Transaction, actor: Actor, now: datetime) -> list[School]:
    """The schools of a board member, or of whoever stands in for one. Raises NotFound for everybody else."""
    held = [place for place in places(people_queries.memberships(tx, actor.user_id, now)) if place.role is Role.BOARD]
    schools = place_queries.schools_at(tx, [(place.board_id, place.school_id) for place in held])
    if not schools:
        raise NotFound
    return schools


def _advisers(tx: Transaction, schools: list[School], now: datetime) -> list[User]:
    found: dict[UUID, User] = {}
    for school in schools:
        here = people_queries.candidates(tx, Role.ADVISER, board_id=school.board_id, school_id=school.id, now=now)
        found |= {user.id: user for user in here}
    return sorted(found.values(), key=lambda user: (user.name, str(user.id)))


def _beside(tx: Transaction, ill: User, schools: list[School], now: datetime) -> tuple[str, ...]:
    """Names of the other advisers at schools where this one advises: a complainant cannot go to another school's."""
    at_each = [_advisers(tx, [school], now) for school in schools]
    there = [user for here in at_each if ill.id in {user.id for user in here} for user in here]
    return tuple(sorted({user.id: user.name for user in there if user.id != ill.id}.values()))


def _form(advisers: list[User]) -> Form:
    people = tuple(Option(user.id.hex, user.name) for user in advisers)
    sure = (Option("ja", "Ja, deze vertrouwenspersoon kan de zaken nu niet zelf behandelen of overdragen"),)
    return Form(
        "replacing",
        (
            Field("adviser", "Welke vertrouwenspersoon is er niet?", FactType.ENUM, required=True, options=people),
            Field("absent_since", "Sinds welke dag?", FactType.DATE, required=True, when=When.PAST),
            Field("certain", "Weet je het zeker?", FactType.ENUM, required=True, options=sure),
        ),
    )
