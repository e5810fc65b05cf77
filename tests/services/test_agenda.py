"""The feed of a calendar, read back by a library that reads calendars: what stands in it, for whom, and what moves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select, update

from app.clock import AMSTERDAM
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.mail.calendar import Entry, compose_calendar
from app.services import agenda
from app.services.attempts import FREE, TooMany
from app.services.context import App
from app.services.wake import wake_due
from app.storage.tables import CalendarFeed, CaseHandler, Deadline, DeadlineChange, Membership, Task, User
from app.vault import feeds as vault
from tests.services import guarded
from tests.services.guarded import ANSWER_DUE, FINDABLE, MONDAY, TARGET_DUE, People, SetClock

HERE = "127.0.0.1"
NEXT_MONTH = date(2026, 12, 1)


def feed_for(app: App, user: User) -> str:
    """An address of this person; gives its secret."""
    new = vault.new_feed()
    with app.database.write() as tx:
        tx.add(CalendarFeed(user_id=user.id, lookup_hash=new.lookup_hash, created_at=MONDAY, content_hash=b"", changed_at=MONDAY))
    return new.text


def events(content: bytes) -> list[Event]:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert calendar.errors == []
    return [component for component in calendar.walk("VEVENT") if isinstance(component, Event)]


def value(event: Event, name: str) -> Any:  # noqa: ANN401 - what the library makes of a property
    return event.decoded(name)


def text(event: Event, name: str) -> str:
    return str(event[name])


def test_the_terms_of_ones_lanes_stand_on_their_last_day(small_app: App, who: People) -> None:
    guarded.start(small_app, who)
    [event] = events(agenda.read(small_app, feed_for(small_app, who.board), HERE).content)
    assert (value(event, "dtstart"), value(event, "dtend")) == (date(2026, 11, 30), date(2026, 12, 1))
    with small_app.database.read() as tx:
        task = tx.scalars(select(Task).where(Task.lane == "board")).one()
        term = tx.scalars(select(Deadline).where(Deadline.task_id == task.id)).one()
    assert text(event, "summary").endswith(": Een stap in een zaak wacht op je")
    assert text(event, "summary").startswith("2026-")
    assert text(event, "url") == f"https://veilig.example/taken/{task.id}"
    assert text(event, "uid") == f"term-{term.id}@veilig.example"
    assert (value(event, "sequence"), value(event, "dtstamp"), text(event, "class")) == (0, MONDAY, "PRIVATE")


def test_what_is_over_stays_and_says_so(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    token = feed_for(small_app, who.adviser)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    [event] = events(agenda.read(small_app, token, HERE).content)
    assert text(event, "summary").startswith("Te laat, 2026-")
    assert value(event, "dtstart") == date(2026, 11, 16)
    assert value(event, "dtstamp") == TARGET_DUE


def test_a_term_that_moves_keeps_its_uid_and_counts_its_moves(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    token = feed_for(small_app, who.board)
    [before] = events(agenda.read(small_app, token, HERE).content)
    set_clock.at += timedelta(days=1)
    later = ANSWER_DUE + timedelta(days=7)
    with small_app.database.write() as tx:
        term = tx.scalars(select(Deadline).where(Deadline.element_id == "board_answer")).one()
        change = DeadlineChange(deadline_id=term.id, at=set_clock.at, by=who.board.id, kind="extended")
        change.old_start = change.new_start = term.starts_at
        change.old_due, change.new_due, term.due_at = term.due_at, later, later
        tx.add(change)
    [after] = events(agenda.read(small_app, token, HERE).content)
    assert text(after, "uid") == text(before, "uid")
    assert (value(before, "sequence"), value(after, "sequence")) == (0, 1)
    assert (value(after, "dtstart"), value(after, "dtstamp")) == (date(2026, 12, 7), set_clock.at)


def test_an_agreed_day_stands_in_it_and_names_no_step(small_app: App, who: People) -> None:
    row = guarded.start(small_app, who, "follow_up", {"follow_up_on": NEXT_MONTH})
    content = agenda.read(small_app, feed_for(small_app, who.adviser), HERE).content
    [event] = events(content)
    assert value(event, "dtstart") == NEXT_MONTH
    assert text(event, "summary").endswith(": Afgesproken dag")
    assert not any(word in content for word in (b"follow", b"ask_again", row.id.hex.encode(), str(row.id).encode()))
    assert events(agenda.read(small_app, feed_for(small_app, who.board), HERE).content) == []


def test_nothing_but_number_neutral_title_day_and_link_stands_in_it(small_app: App, who: People, set_clock: SetClock) -> None:
    guarded.start(small_app, who)
    set_clock.at = ANSWER_DUE
    wake_due(small_app, 10)
    content = agenda.read(small_app, feed_for(small_app, who.board), HERE).content.decode()
    for word in (FINDABLE, "board_answer", "guarded", "WPO", who.board.email):
        assert word not in content


def test_it_is_in_english_for_who_reads_english(small_app: App, who: People) -> None:
    guarded.start(small_app, who, "follow_up", {"follow_up_on": NEXT_MONTH})
    with small_app.database.write() as tx:
        tx.execute(update(User).where(User.id == who.adviser.id).values(language="en"))
    [event] = events(agenda.read(small_app, feed_for(small_app, who.adviser), HERE).content)
    assert text(event, "summary").endswith(": Agreed day")


@pytest.mark.parametrize("left", ["role", "handler"])
def test_who_left_reads_an_empty_calendar(small_app: App, who: People, set_clock: SetClock, left: str) -> None:
    guarded.start(small_app, who)
    token = feed_for(small_app, who.board)
    table = Membership if left == "role" else CaseHandler
    with small_app.database.write() as tx:
        tx.execute(update(table).where(table.user_id == who.board.id).values(until=set_clock.at))
    content = agenda.read(small_app, token, HERE).content
    assert events(content) == []
    assert b"BEGIN:VTIMEZONE" in content  # a calendar holds at least one component


def test_who_may_sign_in_no_longer_has_no_calendar(small_app: App, who: People) -> None:
    token = feed_for(small_app, who.board)
    with small_app.database.write() as tx:
        tx.execute(update(User).where(User.id == who.board.id).values(active=False))
    with pytest.raises(NotFound):
        agenda.read(small_app, token, HERE)


def test_the_name_and_the_moment_change_when_the_content_does_and_not_before(
    small_app: App, who: People, set_clock: SetClock
) -> None:
    token = feed_for(small_app, who.board)
    first = agenda.read(small_app, token, HERE)
    set_clock.at += timedelta(hours=1)
    assert agenda.read(small_app, token, HERE) == first
    guarded.start(small_app, who)
    second = agenda.read(small_app, token, HERE)
    assert second.name != first.name
    assert (first.changed_at, second.changed_at) == (MONDAY, set_clock.at)
    with small_app.database.write() as tx:
        tx.execute(update(Task).values(closed_at=set_clock.at, outcome="cancelled"))
    set_clock.at += timedelta(hours=1)
    third = agenda.read(small_app, token, HERE)
    assert (third.name, third.changed_at) == (first.name, set_clock.at)


def test_reading_takes_five_statements_and_one_more_when_it_changed(small_app: App, who: People) -> None:
    guarded.start(small_app, who)
    token = feed_for(small_app, who.adviser)
    for most in (6, 5):
        with small_app.database.count() as statements:
            agenda.read(small_app, token, HERE)
        assert statements.number == most, statements.sent


def test_wrong_addresses_wait_and_right_ones_never_do(small_app: App, who: People) -> None:
    token = feed_for(small_app, who.board)
    for _ in range(FREE):
        with pytest.raises(NotFound):
            agenda.read(small_app, vault.new_feed().text, HERE)
    with pytest.raises(TooMany):
        agenda.read(small_app, "x", HERE)
    agenda.read(small_app, token, HERE)
    with pytest.raises(NotFound):
        agenda.read(small_app, "x", "127.0.0.2")


def test_only_a_hash_of_the_address_is_stored(small_app: App, who: People) -> None:
    token = feed_for(small_app, who.board)
    with small_app.database.read() as tx:
        row = tx.scalars(select(CalendarFeed)).one()
    assert token.encode() not in row.lookup_hash
    assert row.lookup_hash == vault.lookup_hash(token)


ENTRY = Entry(
    "a@b", "2026-7KQ4", "Stap; met, tekens\\ en 'n lange titel " + "é" * 60, "https://x.example/taken/1", NEXT_MONTH, MONDAY
)


def test_lines_are_short_and_signs_that_mean_something_are_escaped() -> None:
    content = compose_calendar([ENTRY], "nl")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert "Stap\\; met\\, tekens\\\\ en" in content.replace(b"\r\n ", b"").decode()
    [event] = events(content)
    assert text(event, "summary") == f"2026-7KQ4: {ENTRY.title}"


@pytest.mark.parametrize("moment", [datetime(2026, 7, 1, 14, tzinfo=UTC), datetime(2026, 12, 1, 15, tzinfo=UTC)])
def test_a_term_in_hours_stands_at_its_hour_in_amsterdam(moment: datetime) -> None:
    content = compose_calendar([replace(ENTRY, when=moment)], "nl")
    assert b"DTSTART;TZID=Europe/Amsterdam:" + f"{moment.astimezone(AMSTERDAM):%Y%m%dT160000}".encode() in content
    [event] = events(content)
    assert value(event, "dtstart") == moment


def test_the_time_zone_that_is_sent_along_is_that_of_amsterdam() -> None:
    calendar = Calendar.from_ical(compose_calendar([ENTRY], "nl"))
    assert isinstance(calendar, Calendar)
    [zone] = calendar.timezones
    sent = zone.to_tz()
    at = datetime(2020, 1, 1, 0, 30, tzinfo=UTC)
    while at.year < 2032:
        local = at.astimezone(AMSTERDAM).replace(tzinfo=None)
        assert local.replace(tzinfo=sent).utcoffset() == local.replace(tzinfo=AMSTERDAM).utcoffset(), local
        at += timedelta(hours=31)


def test_a_role_that_handles_nothing_reads_nothing(small_app: App, who: People) -> None:
    guarded.start(small_app, who)
    with small_app.database.write() as tx:
        tx.execute(update(Membership).where(Membership.user_id == who.board.id).values(role=Role.ADMINISTRATOR.value))
    assert events(agenda.read(small_app, feed_for(small_app, who.board), HERE).content) == []
