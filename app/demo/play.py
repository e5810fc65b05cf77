"""Acting as the persons of the cast, through the services, on a clock that is moved by hand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from app.clock import AMSTERDAM, local_day
from app.demo.cast import PASSWORD, Places, email_of
from app.domain.answers import TIME, as_typed
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.facts import FactType, FactValue
from app.domain.form_rules import is_required, visible_fields
from app.domain.forms import Field, Form, When
from app.domain.roles import Role
from app.services import absences, accounts, case_page, cases, contacts, listed, replacing, task_page, tasks, terms
from app.services.context import Actor, App
from app.services.tasks import Completed
from app.services.views.case import CasePage
from app.services.wake import wake_due
from app.storage.queries import absence_rows as absence_queries
from app.storage.queries import cases as case_queries
from app.storage.queries import pages as page_queries
from app.storage.queries import wakes as wake_queries
from app.storage.queries import work as work_queries

#: Stands in every sealed text of the demo, so that a search of what is stored shows whether one leaked.
MARKER = "zeepaardje"
INVENTED: Final = f"Dit is een verzonnen tekst met het woord {MARKER}."

Answer = str | int | date


class NotAsked(LookupError):
    """Answers were given that this form, as it is shown to this person now, does not ask for; `names` are their questions."""

    def __init__(self, form_id: str, names: set[str]) -> None:
        super().__init__(f"{form_id} does not ask {sorted(names)}")
        self.names = names


@dataclass(slots=True)
class MovingClock:
    """A clock that shows what it was set to."""

    at: datetime

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.at


@dataclass(slots=True)
class Player:
    """Plays every part of the cast. Sessions are real: a person signs in once and acts with his own key."""

    app: App
    clock: MovingClock
    places: Places
    #: Whether texts that may stay empty are written too.
    writes: bool = False
    _actors: dict[str, tuple[datetime, Actor]] = field(default_factory=dict)

    def actor(self, part: str) -> Actor:
        """The acting person, signed in."""
        known = self._actors.get(part)
        if known is None:
            signed_in = accounts.sign_in(self.app, email_of(part), PASSWORD, "127.0.0.1")
            session = accounts.session(self.app, signed_in.cookie)
            if session is None or session.step != "full":
                raise RuntimeError(f"{part} could not sign in")
            # He stays signed in for a whole story, so what was left to him is asked anew.
            known = self._actors[part] = (self.clock.at, replace(session.actor, deputy=True))
        return known[1]

    def resumed(self, app: App, clock: MovingClock) -> "Player":
        """The same people, signed in as they are, in a copy of the installation with a clock of its own."""
        return replace(self, app=app, clock=clock, _actors={**self._actors})

    @staticmethod
    def on(day: date, hour: int = 10) -> datetime:
        """A moment of a day in Amsterdam."""
        return datetime.combine(day, time(hour), AMSTERDAM)

    def until(self, target: datetime) -> None:
        """Let time pass up to a moment; what falls due on the way happens when it is due."""
        while True:
            with self.app.database.read() as tx:
                next_at = wake_queries.next_wake(tx)
            if next_at is None or next_at > target:
                break
            self.clock.at = max(self.clock.at, next_at)
            wake_due(self.app, limit=100)
        self.clock.at = max(self.clock.at, target)

    def start(self, part: str, procedure: str, start_id: str, school: str) -> str:
        """Open a case; gives its number."""
        number, _ = cases.start(self.app, self.actor(part), procedure, start_id, school_id=self.places.schools[school])
        return number

    def contact(self, part: str, kind: str, minutes: int, school: str) -> None:
        """Note a contact without a case, of today."""
        place = str(self.places.schools[school])
        day = as_typed(Field("on", "", FactType.DATE), local_day(self.clock.at))
        contacts.add(self.app, self.actor(part), {"kind": kind, "minutes": str(minutes), "school": place, **day})

    def beside(self, part: str, number: str, process_id: str) -> None:
        """Start an anytime process beside the procedure of the case that offers it."""
        procedure_id = self._shown(part, number, lambda page: process_id in dict(page.anytime))
        cases.start_anytime(self.app, self.actor(part), procedure_id, process_id)

    def announce(self, part: str, number: str, element_id: str) -> None:
        """Deliver a message that a procedure of the case waits for."""
        procedure_id = self._shown(part, number, lambda page: element_id in dict(page.messages))
        cases.announce(self.app, self.actor(part), procedure_id, element_id)

    def from_list(self, part: str, number: str) -> None:
        """Make a complaint of a case on the list of notices."""
        listed.make_complaint(self.app, self.actor(part), number)

    def ask_replacement(self, part: str, ill: str) -> None:
        """Say, as a board member, that an adviser is ill since today."""
        actor = self.actor(part)
        answers: dict[str, Answer] = {"adviser": self.places.people[ill].hex}
        replacing.ask(self.app, actor, fill(replacing.form(self.app, actor), {}, answers, self.clock.at))

    def leave(self, part: str, number: str, deputy: str, lanes: Iterable[Role], *, days: tuple[date, date]) -> None:
        """Be away from a day to a day, and leave these lanes of a case to a deputy meanwhile."""
        with self.app.database.read() as tx:
            case = case_queries.case_by_number(tx, number)
        ticked = [f"{case.id}:{lane}" for lane in lanes] if case else []
        answers = dict(zip(("first_day", "last_day"), days, strict=True))
        raw = fill(absences.FORM, {}, answers, self.clock.at)
        absences.create(self.app, self.actor(part), raw, deputy_id=self.places.people[deputy], ticked=ticked)

    def end_absence(self, part: str, owner: str) -> None:
        """End what somebody left, as himself or as whoever acts for him. Raises NotFound when there is nothing to end."""
        actor, owner_id = self.actor(part), self.places.people[owner]
        with self.app.database.read() as tx:
            found = absence_queries.of_person(tx, actor.user_id, local_day(self.clock.at))
        mine = [absence.id for absence, _, _ in found if absence.owner_id == owner_id]
        if not mine:
            raise NotFound
        for absence_id in mine:
            absences.end(self.app, actor, absence_id)

    def correct(self, part: str, deadline_id: UUID, fact: str, day: date) -> None:
        """Give the start of a running term another day or moment."""
        form, *_ = terms.correction_form(self.app, self.actor(part), deadline_id)
        terms.correct_start(self.app, self.actor(part), deadline_id, fill(form, {}, {fact: day}, self.clock.at))

    def do(
        self, part: str, number: str, element_id: str, *, tick: Mapping[Role, tuple[str, ...]] | None = None, **answers: Answer
    ) -> Completed:
        """Pick up and complete a task with these answers; what is required and not given is filled in."""
        actor, task_id = self.actor(part), self.task(number, element_id)
        tasks.claim(self.app, actor, task_id)
        page = task_page.show(self.app, actor, task_id)
        texts = _texts(page.form) if self.writes else {}
        raw = fill(page.form, dict(page.facts), {**texts, **answers}, self.clock.at)
        handlers = {role: [self.places.people[p] for p in parts] for role, parts in (tick or {}).items()}
        entries = [entry.entry_id for entry in page.entries or ()]
        try:
            return tasks.complete(self.app, actor, task_id, raw, handlers, entries=entries)
        except InvalidAnswers as error:
            error.add_note(f"{element_id}: {error.fields}")
            raise

    def task(self, number: str, element_id: str) -> UUID:
        """The open task of a case that is drawn as this element. Raises LookupError."""
        return self._open(number, element_id)[0]

    def form(self, number: str, element_id: str) -> Form:
        """The form of an open task. Raises LookupError."""
        return self._open(number, element_id)[1]

    def _open(self, number: str, element_id: str) -> tuple[UUID, Form]:
        with self.app.database.read() as tx:
            case = case_queries.case_by_number(tx, number)
            rows = work_queries.procedures_of(tx, case.id) if case else []
            found = [(row, t) for row in rows for t in page_queries.tasks_of(tx, row.id) if t.closed_at is None]
            for row, task in found:
                if task.element_id == element_id:
                    return task.id, self.app.versions.get(tx, row.version_id).procedure.form_of(element_id)
        raise LookupError(f"{number}: {element_id} is not open, but {sorted(t.element_id for _, t in found)}")

    def _shown(self, part: str, number: str, offers: Callable[[CasePage], bool]) -> UUID:
        """The procedure of a case in which this person is offered something; the one in view when none offers it."""
        actor = self.actor(part)
        first = case_page.show(self.app, actor, number, None)
        others = (case_page.show(self.app, actor, number, card.procedure_id) for card in first.cards)
        return next((page.procedure_id for page in (first, *others) if offers(page)), first.procedure_id)


def fill(form: Form, facts: dict[str, FactValue], answers: Mapping[str, Answer], now: datetime) -> dict[str, str]:
    """Raw answers as a browser would send them: those given, and for the other required questions the first that stands.

    Raises NotAsked.
    """
    raw: dict[str, str] = {}
    known: dict[str, FactValue | None] = dict(facts)
    for question in form.fields:
        if question not in visible_fields(form, {}, known):
            continue
        value = answers.get(question.key, _default(question, now) if is_required(question, known) else None)
        if value is None:
            continue
        raw.update(_typed(question, value))
        known[question.key] = value
    unknown = set(answers) - {question.key for question in form.fields}
    if unknown:
        raise NotAsked(form.id, unknown)
    return raw


def made_up(question: Field, now: datetime) -> dict[str, str]:
    """An answer that stands, as a browser would send it: the first choice, a day that may be, an invented text."""
    return _typed(question, _default(question, now))


def _texts(form: Form) -> dict[str, Answer]:
    return {question.key: INVENTED for question in form.fields if question.sealed}


def _default(question: Field, now: datetime) -> Answer:
    match question.type:
        case None:
            return INVENTED
        case FactType.ENUM:
            return question.options[0].value
        case FactType.NUMBER:
            return question.minimum or 0
        case FactType.MOMENT:
            return now + timedelta(days=7) if question.when is When.FUTURE else now
        case FactType.DATE:
            return local_day(now) + timedelta(days=7 if question.when is When.FUTURE else 0)


def _typed(question: Field, value: Answer) -> dict[str, str]:
    at_nine = question.type is FactType.MOMENT and not isinstance(value, datetime)
    return as_typed(question, value) | ({question.key + TIME: "09:00"} if at_nine else {})
