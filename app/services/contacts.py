"""Contacts without a case: an adviser notes kind and minutes, and nobody but he sees them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.contacts import ContactKind, form, month_of
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.form_rules import validate
from app.domain.roles import Role
from app.services import schools
from app.services.context import Actor, App
from app.services.views.today import ContactLine, ContactsPage
from app.storage.database import Transaction
from app.storage.queries import contacts as queries
from app.storage.tables import Contact, School

_DAY: Final = timedelta(days=1)


def month(app: App, actor: Actor, day: date | None = None) -> ContactsPage:
    """One's own contacts of the month of a day, or of this one. Raises NotFound for whoever is no adviser."""
    now = app.clock()
    this = month_of(local_day(now))[0]
    with app.database.read() as tx:
        held = _schools(tx, actor, now)
        first, after = month_of(min(day or this, this))
        found = queries.contacts_of(tx, actor.user_id, first, after)
    lines = tuple(ContactLine(c.id, c.on, c.kind, c.minutes, school) for c, school in found)
    minutes, places = sum(line.minutes for line in lines), tuple((s.id, s.name) for s in held)
    return ContactsPage(first, lines, minutes, places, before=month_of(first - _DAY)[0], after=after if after <= this else None)


def add(app: App, actor: Actor, raw: Mapping[str, str]) -> None:
    """Note a contact: kind, day, minutes and school. Raises InvalidAnswers, and NotFound for whoever is no adviser."""
    now = app.clock()
    with app.database.write() as tx:
        asked = form({school.id: school.name for school in _schools(tx, actor, now)})
        answers = validate(asked, raw, {}, now)
        if answers.errors:
            raise InvalidAnswers(answers.errors)
        kind, on, minutes, school = (answers.facts[name] for name in ("kind", "on", "minutes", "school"))
        assert isinstance(on, date)  # noqa: S101 - the form says so
        row = Contact(user_id=actor.user_id, school_id=UUID(str(school)), on=on)
        row.kind, row.minutes = ContactKind(str(kind)).value, int(str(minutes))
        tx.add(row)


def remove(app: App, actor: Actor, contact_id: UUID) -> None:
    """Delete a contact of one's own. Raises NotFound."""
    with app.database.write() as tx:
        if not queries.drop(tx, actor.user_id, contact_id):
            raise NotFound


def _schools(tx: Transaction, actor: Actor, now: datetime) -> list[School]:
    """Where this person is an adviser. Raises NotFound when he is none."""
    found = schools.held(tx, actor, Role.ADVISER, now)
    if not found:
        raise NotFound
    return found
