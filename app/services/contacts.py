"""Contacts without a case: an adviser notes kind and minutes, and nobody but he sees them."""

from collections.abc import Mapping
from datetime import date, datetime
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


def month(app: App, actor: Actor) -> ContactsPage:
    """One's own contacts of this month. Raises NotFound for whoever is no adviser."""
    now = app.clock()
    with app.database.read() as tx:
        held = _schools(tx, actor, now)
        first, after = month_of(local_day(now))
        found = queries.contacts_of(tx, actor.user_id, first, after)
    lines = tuple(ContactLine(c.id, c.on, c.kind, c.minutes, school) for c, school in found)
    return ContactsPage(first, lines, sum(line.minutes for line in lines), tuple((s.id, s.name) for s in held))


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
