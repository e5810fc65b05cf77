"""The feed of a person's calendar: its address, which is shown once, and what a calendar program reads there."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid5

from app.clock import AMSTERDAM, local_day
from app.domain import deadlines
from app.domain.errors import NotFound
from app.domain.roles import LANES
from app.mail.calendar import Entry, compose_calendar
from app.services import agreed, attempts, people
from app.services.accounts import Session
from app.services.agreed import AgreedDay
from app.services.context import Actor, App, places
from app.storage.database import Transaction
from app.storage.queries import feeds as queries
from app.storage.queries import people as people_queries
from app.storage.queries.feeds import FeedTerm
from app.storage.tables import CalendarFeed, User
from app.vault import feeds as vault
from app.vault.errors import WrongSecret

#: More than one person can have; it only bounds what is read.
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program reads, a name for exactly this content, and since when it is so (aware UTC)."""

    content: bytes
    name: str
    changed_at: datetime


def make(app: App, session: Session, password: str) -> str:
    """A new address for this person's calendar, shown once; a former one ends. The password is asked. Raises InvalidAnswers."""
    people.confirm(app, session, password)
    now, new, user_id = app.clock(), vault.new_feed(), session.actor.user_id
    with app.database.write() as tx:
        queries.drop_feed_of(tx, user_id)
        tx.add(CalendarFeed(user_id=user_id, lookup_hash=new.lookup_hash, created_at=now, content_hash=b"", changed_at=now))
    return f"{app.settings.base_url}/agenda/{new.text}.ics"


def revoke(app: App, actor: Actor) -> None:
    """End the address of this person's calendar."""
    with app.database.write() as tx:
        queries.drop_feed_of(tx, actor.user_id)


def own(app: App, actor: Actor) -> date | None:
    """Since which day this person's calendar reads along; None when it does not."""
    with app.database.read() as tx:
        feed = queries.feed_of(tx, actor.user_id)
    return None if feed is None else local_day(feed.created_at)


def read(app: App, token: str, address: str) -> Feed:
    """What stands at an address. Raises NotFound for one that is none (any more), and TooMany while wrong ones have to wait."""
    now = app.clock()
    with app.database.read() as tx:
        found = _found(tx, token)
        if found is None:
            attempts.check(app, tx, _attempt(address), now)
        else:
            content = compose_calendar(_entries(app, tx, found[1], now), found[1].language)
    if found is None:
        attempts.count(app, _attempt(address), now)
        raise NotFound
    feed, name = found[0], vault.content_hash(content)
    if name != feed.content_hash:
        with app.database.write() as tx:
            queries.note_content(tx, feed, name, now)
        return Feed(content, name.hex(), now)
    return Feed(content, name.hex(), feed.changed_at)


def _found(tx: Transaction, token: str) -> tuple[CalendarFeed, User] | None:
    try:
        found = queries.feed_with_user(tx, vault.lookup_hash(token))
    except WrongSecret:
        return None
    return found if found is not None and found[1].active else None


def _attempt(address: str) -> tuple[str, str]:
    # Scopes of their own: a calendar with an old address makes nobody wait at the sign-in page.
    return "agenda", f"agenda {address}"


def _entries(app: App, tx: Transaction, user: User, now: datetime) -> list[Entry]:
    terms = [_term(app, tx, line, now) for line in queries.terms(tx, user.id, now, _MOST)]
    held = {place.role for place in places(people_queries.memberships(tx, user.id, now))}
    lanes = [lane for lane in LANES.values() if lane in held]
    days = {_day(app, day) for lane in lanes for day in agreed.days(app, tx, user.id, lane, now)}
    return [*terms, *sorted(days, key=lambda entry: entry.uid)]


def _term(app: App, tx: Transaction, line: FeedTerm, now: datetime) -> Entry:
    element = app.versions.get(tx, line.version_id).procedure.element(line.task.element_id)
    due = line.term.due_at
    in_hours = element.term is not None and deadlines.in_hours(element.term)
    late = now >= due
    moments = (line.task.opened_at, line.moved_at, due if late else None)
    return Entry(
        uid=f"term-{line.term.id}@{_host(app)}",
        case_number=line.case_number,
        title=element.neutral_title,
        link=f"{app.settings.base_url}/taken/{line.task.id}",
        when=due if in_hours else deadlines.last_day_of(due),
        changed_at=max(moment for moment in moments if moment is not None),
        moves=line.moves,
        late=late,
    )


def _day(app: App, day: AgreedDay) -> Entry:
    local = day.at.astimezone(AMSTERDAM)
    return Entry(
        # Another day is another entry; what is waited for would tell of the step, so that only its hash stands here.
        uid=f"day-{uuid5(day.row.id, f'{day.element.id} {day.at.isoformat()}')}@{_host(app)}",
        case_number=day.case_number,
        title=None,
        link=f"{app.settings.base_url}/zaken/{day.case_number}",
        when=local_day(day.at) if local.time() == time.min else day.at,
        changed_at=day.row.started_at,
    )


def _host(app: App) -> str:
    return urlsplit(app.settings.base_url).hostname or "veilige-route"
