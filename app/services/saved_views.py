"""Saved views of the inbox: of one person, and of a team: all who hold a role at the same school or board.

Whoever holds the role makes, changes and deletes the views of its team; nobody else sees them. Nothing in them is typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.comfort import LONGEST_NAME, MOST_VIEWS, TeamWord
from app.domain.errors import InvalidAnswers, NotFound
from app.domain.roles import Role
from app.services import own_notes
from app.services.context import Actor, App
from app.services.views.comfort import Team, ViewsPage
from app.services.views.inbox import BUCKETS, SCOPES, SORTS, InboxQuery, ViewLine
from app.storage.database import Transaction
from app.storage.queries import comfort as queries
from app.storage.queries import people as people_queries
from app.storage.queries import places as place_queries
from app.storage.tables import Membership, SavedView

_NAME: Final = f"Geef de weergave een naam van hoogstens {LONGEST_NAME} tekens."
_GONE: Final = "Deze procedure of school is er niet meer voor jou. Ga terug naar de inbox en kies opnieuw."
_NO_NUMBER: Final = "Een weergave voor een team kan niet op een zaaknummer zoeken: niet iedereen mag weten dat die zaak er is."
_WORD: Final = "Kies een woord uit de lijst."
_TEAM: Final = "Kies jezelf, of een team waar je bij hoort."
_FULL: Final = f"Er zijn al {MOST_VIEWS} weergaven. Verwijder er eerst een die je niet meer gebruikt."


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to save. `team`: the key of a team, or empty for himself. `view_id`: a view that is to become this."""

    query: InboxQuery
    name: str = ""
    word: str = TeamWord.PLAIN
    team: str = ""
    view_id: UUID | None = None


def seen(tx: Transaction, actor: Actor, now: datetime) -> tuple[ViewLine, ...]:
    """The views that this person sees now, his own first. One statement."""
    found = [_line(actor, row) for row in queries.views(tx, actor.user_id, now)]
    return tuple(sorted(found, key=lambda line: line.team is not None))


def page(app: App, actor: Actor) -> ViewsPage:
    """All his views and those of his teams, with the teams that he is in."""
    now = app.clock()
    with app.database.read() as tx:
        held = people_queries.memberships(tx, actor.user_id, now)
        boards, schools = place_queries.place_names(tx, {m.board_id for m in held})
        names = {_key(m): Team(_key(m), Role(m.role), schools[m.school_id] if m.school_id else boards[m.board_id]) for m in held}
        procedures = tuple((key, version.procedure.name) for key, version in app.versions.published(tx).items())
        return ViewsPage(seen(tx, actor, now), tuple(names.values()), procedures, tuple(schools.items()))


def find(app: App, actor: Actor, view_id: UUID) -> InboxQuery | None:
    """What a view shows, as long as this person sees it."""
    with app.database.read() as tx:
        return next((line.query for line in seen(tx, actor, app.clock()) if line.view_id == view_id), None)


def save(app: App, actor: Actor, wish: Wish) -> None:
    """Keep a view, or change one that this person sees; it stays with whom it is. Raises InvalidAnswers, NotFound."""
    now = app.clock()
    with app.database.write() as tx:
        held = {_key(m): m for m in people_queries.memberships(tx, actor.user_id, now)}
        there = queries.views(tx, actor.user_id, now)
        row = next((view for view in there if view.id == wish.view_id), None)
        if wish.view_id is not None and row is None:
            raise NotFound
        if row is None and wish.team and wish.team not in held:
            raise InvalidAnswers({"team": _TEAM})
        key = _team_of(row) if row is not None else wish.team or None
        team = held[key] if key is not None else None
        _must_stand(app, tx, wish, [team] if team is not None else held.values(), shared=team is not None)
        if row is None:
            _must_have_room(tx, there, team)
            row = SavedView(maker_id=actor.user_id, made_at=now)
            tx.add(row)
        _fill(row, actor, wish, team)


def remove(app: App, actor: Actor, view_id: UUID) -> None:
    """Delete a view of one's own, or of a team that one is in. Raises NotFound."""
    with app.database.write() as tx:
        row = next((view for view in queries.views(tx, actor.user_id, app.clock()) if view.id == view_id), None)
        if row is None:
            raise NotFound
        tx.delete(row)


def _line(actor: Actor, row: SavedView) -> ViewLine:
    query = InboxQuery(row.scope, row.bucket, row.procedure_key, row.school_id, None, row.sort)
    if row.role is not None:
        return ViewLine(row.id, query, word=row.label or TeamWord.PLAIN, team=_team_of(row))
    own = own_notes.opened(actor, "view", row.id, row.sealed)
    return ViewLine(row.id, replace(query, number=own.get("number") or None), own.get("name", ""))


def _must_stand(app: App, tx: Transaction, wish: Wish, where: Iterable[Membership], *, shared: bool) -> None:
    """Raises InvalidAnswers. `where`: the places at whose schools the view may look."""
    wrong = _words(wish, shared=shared)
    query = wish.query
    schools = {school.id for school in place_queries.schools_at(tx, [(m.board_id, m.school_id) for m in where])}
    known = query.procedure is None or query.procedure in app.versions.published(tx)
    if not known or not (query.school_id is None or query.school_id in schools):
        wrong["query"] = _GONE
    if wrong:
        raise InvalidAnswers(wrong)


def _words(wish: Wish, *, shared: bool) -> dict[str, str]:
    if not shared:
        return {} if 0 < len(wish.name.strip()) <= LONGEST_NAME else {"name": _NAME}
    wrong = {"team": _NO_NUMBER} if wish.query.number else {}
    return wrong if wish.word in set(TeamWord) else wrong | {"word": _WORD}


def _fill(row: SavedView, actor: Actor, wish: Wish, team: Membership | None) -> None:
    query = wish.query
    row.scope = query.scope if query.scope in SCOPES else "mine"
    row.bucket = query.bucket if query.bucket in BUCKETS else None
    row.sort = query.sort if query.sort in SORTS else "due"
    row.procedure_key, row.school_id = query.procedure, query.school_id
    if team is None:
        row.sealed = own_notes.seal(actor, "view", row.id, name=wish.name.strip(), number=query.number or "")
    else:
        row.role, row.board_id, row.team_school_id, row.label = team.role, team.board_id, team.school_id, wish.word


def _must_have_room(tx: Transaction, there: list[SavedView], team: Membership | None) -> None:
    own = sum(view.role is None for view in there)
    number = own if team is None else queries.team_size(tx, Role(team.role), team.board_id, team.school_id)
    if number >= MOST_VIEWS:
        raise InvalidAnswers({"team": _FULL})


def _key(held: Membership) -> str:
    return f"{held.role}-{(held.school_id or held.board_id).hex}"


def _team_of(row: SavedView) -> str | None:
    place = row.team_school_id or row.board_id
    return None if row.role is None or place is None else f"{row.role}-{place.hex}"
