"""Who sends a request: of the person of a session or a token, the columns that every request needs, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam

from app.storage.queries.absences import may_act
from app.storage.queries.people import holds
from app.storage.tables import Membership, User
from app.storage.types import Moment


@dataclass(frozen=True, slots=True)
class Asker:
    """A person, and the roles that he holds now: each with its board, and its school (None: all of the board).

    `deputy`: whether anything may be left to him.
    """

    user_id: UUID
    name: str
    email: str
    language: str
    active: bool
    deputy: bool
    roles: tuple[tuple[str, UUID, UUID | None], ...]


_PERSON: Final = (User.id, User.name, User.email, User.language, User.active, may_act(User.id))
_ROLE: Final = (Membership.role, Membership.board_id, Membership.school_id)


def asked_by(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """This statement, of something that joins its person, with all that makes an Asker; it asks `:now` and `:day`."""
    held = and_(Membership.user_id == User.id, holds(bindparam("now", type_=Moment)))
    return wanted.add_columns(*_PERSON, *_ROLE).outerjoin(Membership, held).order_by(Membership.since, Membership.id)


def asker(rows: Sequence[Row[*tuple[Any, ...]]]) -> Asker:
    """The person of the rows of such a statement, of which there is one at least."""
    *_, user_id, name, email, language, active, deputy, _role, _board_id, _school_id = rows[0]
    roles = tuple((role, board_id, school_id) for *_, role, board_id, school_id in rows if role is not None)
    return Asker(user_id, name, email, language, active, deputy, roles)
