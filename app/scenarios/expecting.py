"""Compares what a scenario expects with what is there; each difference says what was there instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.demo.cast import CAST
from app.demo.play import Player
from app.domain import deadlines
from app.domain.errors import NotFound
from app.scenarios.expected import NAMENS, NO_TERM, Expect, ExpectedEvent, ExpectedTask, ExpectedTerm, When
from app.scenarios.naming import Codes
from app.scenarios.present import BEHALF, Happened, Mail, OpenTask, Present, TermNow
from app.services import case_page, inbox
from app.services.views.inbox import InboxQuery
from app.storage.queries import cases as case_queries
from app.storage.queries import pages as page_queries


def differences(expect: Expect, now: Present, news: Sequence[Happened], mail: Sequence[Mail], names: Codes) -> list[str]:
    """What is not as expected, in Dutch. `news` and `mail` are those since the last step. `absent` is looked at by `traces`."""
    told = _Told(names)
    found = [text for task in expect.open for text in told.opened(task, now)]
    still = [task for task in now.tasks if task.element_id in expect.not_open]
    found += [f"verwacht dat {names.element(task.element_id)} niet openstaat; wel open: {told.task(task)}" for task in still]
    found += [text for term in expect.terms for text in told.term(term, now)]
    found += told.events(expect.events, news)
    found += [text for notice, people in expect.mail.items() for text in told.mail(notice, people, mail)]
    ended, running = (_listed(map(names.element, each)) for each in (now.ended, now.running))
    missing = [end for end in expect.ended if end not in now.ended]
    found += [f"verwacht einde {names.element(end)}; bereikt: {ended}; er loopt: {running}" for end in missing]
    if expect.running is not None and sorted(expect.running) != sorted(now.running):
        found.append(f"verwacht dat loopt: {_listed(map(names.element, expect.running))}; er loopt: {running}")
    return found


def traces(player: Player, number: str, part: str, mail: Iterable[Mail], names: Codes) -> list[str]:
    """Where a person of the cast would learn of a case: in Dutch, empty when nowhere. `mail` is all mail of the case.

    What was for somebody who handled the case until he left it does not count: mail asks who handles it before it goes.
    """
    app, actor, found = player.app, player.actor(part), []
    try:
        case_page.show(app, actor, number, None)
        found.append("de pagina van de zaak")
    except NotFound:
        pass
    if inbox.page(app, actor, InboxQuery(scope="all", number=number)).groups:
        found.append("een taak in de takenlijst")
    if any(row.number == number for row in case_page.mine(app, actor, 1)[0]):
        found.append("de lijst met zaken")
    with app.database.read() as tx:
        case = case_queries.case_by_number(tx, number)
        readers = page_queries.reader_names(tx, case.id) if case else {}
        left = case_queries.last_left(tx, case.id, actor.user_id) if case else None
    told = [one for one in mail if one.part == part and (left is None or one.at > left)]
    found += [f"mail ({names.notice(one.notice)})" for one in told]
    found += [f"een sleutel van {names.file(kind)}" for kind, people in readers.items() if CAST[part].name in people]
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What is not as expected, in these names."""

    names: Codes

    def opened(self, expected: ExpectedTask, now: Present) -> list[str]:
        if any(_fits(expected, task) for task in now.tasks):
            return []
        wanted = [self.names.element(expected.element_id), *([self.names.role(expected.role)] if expected.role else [])]
        wanted += [f"uiterlijk {self.names.when(expected.due)}"] if expected.due else []
        return [f"verwacht open: {', '.join(wanted)}; er staat open: {_listed(self.task(task) for task in now.tasks)}"]

    def task(self, task: OpenTask) -> str:
        due = "zonder termijn" if task.due_at is None else f"uiterlijk {self._shown(task.due_at, in_hours=task.in_hours)}"
        return f"{self.names.element(task.element_id)} ({self.names.role(task.role)}, {due})"

    def term(self, expected: ExpectedTerm, now: Present) -> list[str]:
        term = now.terms.get(expected.element_id)
        state = [] if expected.state is None else [self.names.state(expected.state)]
        day = [] if expected.last_day is None else [self.names.when(expected.last_day)]
        wanted = " ".join([self.names.element(expected.element_id), *state, *day])
        if term is None:
            return [f"verwacht termijn: {wanted}; termijnen zijn er van: {_listed(map(self.names.element, now.terms))}"]
        if expected.state not in (None, term.state) or (expected.last_day and not _is(expected.last_day, term.due_at)):
            return [f"verwacht termijn: {wanted}; er is: {self._term_now(term)}"]
        return []

    def _term_now(self, term: TermNow) -> str:
        day = self._shown(term.due_at, in_hours=term.in_hours)
        return f"{self.names.element(term.element_id)} {self.names.state(term.state)} {day}"

    def events(self, expected: Iterable[ExpectedEvent], news: Sequence[Happened]) -> list[str]:
        """The first event that is not found after those before it."""
        left = iter(news)
        for event in expected:
            if not any(_is_it(event, line) for line in left):
                happened = _listed(self._event(line.kind, line.element_id, line.detail.get(BEHALF)) for line in news)
                wanted = self._event(event.kind, event.element_id, CAST[event.behalf].name if event.behalf else None)
                return [f"verwacht gebeurtenis: {wanted}; sinds de vorige stap, op volgorde: {happened}"]
        return []

    def _event(self, kind: str, element_id: str | None, behalf: str | None) -> str:
        told = self.names.event(kind, element_id)
        return f"{told}{NAMENS}{behalf}" if behalf else told

    def mail(self, notice: str, people: Iterable[str], mail: Sequence[Mail]) -> list[str]:
        told = sorted(message.part for message in mail if message.notice == notice)
        if told == sorted(people):
            return []
        name, person = self.names.notice, self.names.person
        others = _listed(f"{name(message.notice)} aan {person(message.part)}" for message in mail)
        wanted, went = (_listed(map(person, parts)) for parts in (people, told))
        return [f"verwacht mail {name(notice)} aan: {wanted}; die ging aan: {went}; alle nieuwe mail: {others}"]

    def _shown(self, due_at: datetime, *, in_hours: bool) -> str:
        return self.names.when(due_at if in_hours else deadlines.last_day_of(due_at))


def _fits(expected: ExpectedTask, task: OpenTask) -> bool:
    if expected.element_id != task.element_id or expected.role not in (None, task.role):
        return False
    if expected.due == NO_TERM:
        return task.due_at is None
    return expected.due is None or (task.due_at is not None and _is(expected.due, task.due_at))


def _is_it(event: ExpectedEvent, line: Happened) -> bool:
    same = event.kind == line.kind and event.element_id in (None, line.element_id)
    return same and (event.behalf is None or line.detail.get(BEHALF) == CAST[event.behalf].name)


def _is(expected: When, due_at: datetime) -> bool:
    return expected == (due_at if isinstance(expected, datetime) else deadlines.last_day_of(due_at))


def _listed(found: Iterable[str]) -> str:
    return "; ".join(found) or "niets"
