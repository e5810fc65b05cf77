"""Contacts without a case. Each question names the person whose they are: nobody asks for another's."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from app.storage.database import Transaction
from app.storage.tables import Contact, School


def contacts_of(tx: Transaction, user_id: UUID, first: date, after: date) -> list[tuple[Contact, str]]:
    """The contacts that a person noted from a day up to another (not included), each with its school; the newest first."""
    wanted = select(Contact, School.name).join(School, School.id == Contact.school_id)
    mine = wanted.where(Contact.user_id == user_id, Contact.on >= first, Contact.on < after)
    return [(contact, school) for contact, school in tx.execute(mine.order_by(Contact.on.desc(), Contact.id))]


def drop(tx: Transaction, user_id: UUID, contact_id: UUID) -> bool:
    """Delete a contact of this person; whether there was one."""
    gone = delete(Contact).where(Contact.id == contact_id, Contact.user_id == user_id).returning(Contact.id)
    return tx.scalars(gone).one_or_none() is not None
