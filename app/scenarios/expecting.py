"""Compares what a scenario expects with what is there; each difference says what was there instead, as it would be written."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.clock import AMSTERDAM
from app.demo.cast import CAST
from app.demo.play import Player
from app.domain import deadlines
from app.domain.errors import NotFound
from app.scenarios.expected import NAMENS, NO_TERM, Expect, ExpectedEvent, ExpectedTask, ExpectedTerm, When
from app.scenarios.present import BEHALF, Happened, Mail, OpenTask, Present, TermNow
from app.services import case_page, inbox
from app.services.views.inbox import InboxQuery
from app.storage.queries import cases as case_queries
from app.storage.queries import pages as page_queries


def differences(expect: Expect, now: Present, news: Sequence[Happened], mail: Sequence[Mail]) -> list[str]:
    """What is not as expected, in Dutch. `news` and `mail` are those since the last step. `absent` is looked at by `traces`."""
    found = [text for task in expect.open for text in _open(task, now)]
    still = [task for task in now.tasks if task.element_id in expect.not_open]
    found += [f"verwacht dat {task.element_id} niet openstaat; wel open: {_task(task)}" for task in still]
    found += [text for term in expect.terms for text in _term(term, now)]
    found += _events(expect.events, news)
    found += [text for notice, people in expect.mail.items() for text in _mail(notice, people, mail)]
    missing = [end for end in expect.ended if end not in now.ended]
    found += [f"verwacht einde {end}; bereikt: {_names(now.ended)}; er loopt: {_names(now.running)}" for end in missing]
    if expect.running is not None and sorted(expect.running) != sorted(now.running):
        found.append(f"verwacht dat loopt: {_names(expect.running)}; er loopt: {_names(now.running)}")
    return found


def traces(player: Player, number: str, part: str, mail: Iterable[Mail]) -> list[str]:
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
    found += [f"mail ({message.notice})" for message in mail if message.part == part and (left is None or message.at > left)]
    return found + [f"een sleutel van {kind}" for kind, names in readers.items() if CAST[part].name in names]


def _open(expected: ExpectedTask, now: Present) -> list[str]:
    if any(_fits(expected, task) for task in now.tasks):
        return []
    wanted = [expected.element_id, *([expected.role.value] if expected.role else [])]
    wanted += [f"uiterlijk {_written(expected.due)}"] if expected.due else []
    return [f"verwacht open: {', '.join(wanted)}; er staat open: {_names(_task(task) for task in now.tasks)}"]


def _fits(expected: ExpectedTask, task: OpenTask) -> bool:
    if expected.element_id != task.element_id or expected.role not in (None, task.role):
        return False
    if expected.due == NO_TERM:
        return task.due_at is None
    return expected.due is None or (task.due_at is not None and _is(expected.due, task.due_at))


def _task(task: OpenTask) -> str:
    due = "zonder termijn" if task.due_at is None else f"uiterlijk {_shown(task.due_at, in_hours=task.in_hours)}"
    return f"{task.element_id} ({task.role}, {due})"


def _term(expected: ExpectedTerm, now: Present) -> list[str]:
    term = now.terms.get(expected.element_id)
    wanted = f"{expected.element_id} {expected.state or ''} {_written(expected.last_day)}".strip()
    if term is None:
        return [f"verwacht termijn: {wanted}; termijnen zijn er van: {_names(now.terms)}"]
    if expected.state not in (None, term.state) or (expected.last_day and not _is(expected.last_day, term.due_at)):
        return [f"verwacht termijn: {wanted}; er is: {_term_now(term)}"]
    return []


def _term_now(term: TermNow) -> str:
    return f"{term.element_id} {term.state} {_shown(term.due_at, in_hours=term.in_hours)}"


def _events(expected: Iterable[ExpectedEvent], news: Sequence[Happened]) -> list[str]:
    """The first event that is not found after those before it."""
    left = iter(news)
    for event in expected:
        if not any(_is_it(event, line) for line in left):
            happened = _names(_of(line.kind, line.element_id, line.detail.get(BEHALF)) for line in news)
            wanted = _of(event.kind, event.element_id, CAST[event.behalf].name if event.behalf else None)
            return [f"verwacht gebeurtenis: {wanted}; sinds de vorige stap, op volgorde: {happened}"]
    return []


def _mail(notice: str, people: Iterable[str], mail: Sequence[Mail]) -> list[str]:
    told = sorted(message.part for message in mail if message.notice == notice)
    if told == sorted(people):
        return []
    others = _names(f"{message.notice} aan {message.part}" for message in mail)
    return [f"verwacht mail {notice} aan: {_names(people)}; die ging aan: {_names(told)}; alle nieuwe mail: {others}"]


def _is_it(event: ExpectedEvent, line: Happened) -> bool:
    same = event.kind == line.kind and event.element_id in (None, line.element_id)
    return same and (event.behalf is None or line.detail.get(BEHALF) == CAST[event.behalf].name)


def _of(kind: str, element_id: str | None, behalf: str | None) -> str:
    told = f"{kind} {element_id}" if element_id else kind
    return f"{told}{NAMENS}{behalf}" if behalf else told


def _is(expected: When, due_at: datetime) -> bool:
    return expected == (due_at if isinstance(expected, datetime) else deadlines.last_day_of(due_at))


def _shown(due_at: datetime, *, in_hours: bool) -> str:
    return _written(due_at if in_hours else deadlines.last_day_of(due_at))


def _written(when: When | str | None) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
    return "" if when is None else "zonder termijn" if when == NO_TERM else str(when)


def _names(found: Iterable[str]) -> str:
    return "; ".join(found) or "niets"
