"""What somebody who is away can leave to whom: the page that asks it, and the rules that its answer is held to."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain.delegation import DELEGABLE, may_delegate
from app.domain.roles import Role
from app.services import handling
from app.services.context import Actor, App
from app.services.views.absence import AbsenceLine, AbsencePage, AbsenceQuery, CaseChoice
from app.storage.database import Transaction
from app.storage.queries import absence_rows as queries
from app.storage.queries import people as people_queries
from app.storage.queries import replacements as replacement_queries
from app.storage.queries.absence_rows import Lane
from app.storage.tables import Absence, Case, User

#: Days; whoever is away longer hands his cases over.
LONGEST: Final = 365
#: So many lanes of cases are shown at a time; filters show others.
MOST: Final = 50


def page(app: App, actor: Actor, query: AbsenceQuery) -> AbsencePage:
    """One's absences, and the lanes of one's open cases as the address narrows them. What it asks wrongly is left out."""
    now = app.clock()
    with app.database.read() as tx:
        lanes = queries.open_lanes(tx, actor.user_id, now)
        able = deputies(tx, actor.user_id, lanes, now)
        if query.deputy_id not in {user.id for user in able}:
            query = replace(query, deputy_id=None)
        choices, more = _choices(app, tx, actor, lanes, query, now=now)
        procedures = (app.versions.get(tx, lane.version_id).procedure for lane in lanes)
        return AbsencePage(
            query=query,
            lines=_lines(tx, actor, local_day(now)),
            deputies=tuple((user.id, user.name) for user in able),
            away=queries.away(tx, [user.id for user in able], local_day(now)),
            cases=choices,
            roles=tuple(dict.fromkeys(Role(lane.lane) for lane in lanes)),
            procedures=tuple(sorted({(procedure.key, procedure.name) for procedure in procedures})),
            schools=tuple(sorted({lane.school for lane in lanes})),
            more=more,
            ticked=frozenset(choice.key for choice in choices if query.everything and choice.refused is None),
        )


def deputies(tx: Transaction, owner_id: UUID, lanes: Iterable[Lane], now: datetime) -> list[User]:
    """Who may be asked to act in some of these lanes: whoever holds their roles there; by name."""
    places = {(lane.case.board_id, lane.case.school_id, Role(lane.lane)) for lane in lanes if lane.lane in DELEGABLE}
    found: dict[UUID, User] = {}
    for board_id, school_id, role in places:
        here = people_queries.candidates(tx, role, board_id=board_id, school_id=school_id, now=now)
        found |= {user.id: user for user in here if user.id != owner_id}
    return sorted(found.values(), key=lambda user: (user.name, str(user.id)))


def refusal(tx: Transaction, case: Case, lane: Role, deputy_id: UUID, now: datetime) -> str | None:
    """Why somebody cannot act in a lane of a case for its handler, as CaseChoice has it; None when he can."""
    named = replacement_queries.replacement_of(tx, case.id)
    if not may_delegate(lane, agreed=named is not None and named.user_id == deputy_id):
        return "consent" if may_delegate(lane, agreed=True) else "alone"
    able = {user.id for user in handling.eligible(tx, case, lane, now)}
    return None if deputy_id in able else "able"


def _choices(
    app: App, tx: Transaction, actor: Actor, lanes: list[Lane], query: AbsenceQuery, *, now: datetime
) -> tuple[tuple[CaseChoice, ...], bool]:
    """The lanes that the address asks for, each once; and whether there are more than are shown."""
    running: dict[tuple[UUID, str], dict[str, str]] = {}
    for lane in lanes:
        procedure = app.versions.get(tx, lane.version_id).procedure
        running.setdefault((lane.case.id, lane.lane), {})[procedure.key] = procedure.name
    first = {(lane.case.id, lane.lane): lane for lane in reversed(lanes)}
    asked = [place for place, procedures in running.items() if _asked(first[place], procedures, query)]
    left = queries.left_already(tx, actor.user_id, local_day(now), date.max)
    shown = []
    for place in asked[:MOST] if query.deputy_id else []:
        lane = first[place]
        why = refusal(tx, lane.case, Role(lane.lane), query.deputy_id, now) if query.deputy_id else None
        names = tuple(running[place].values())
        shown.append(CaseChoice(*(lane.case.id, lane.case.number, lane.school, Role(lane.lane), names), why, left.get(place)))
    return tuple(shown), len(asked) > MOST


def _asked(lane: Lane, procedures: Iterable[str], query: AbsenceQuery) -> bool:
    wanted = query.role is None or lane.lane == query.role
    here = query.school is None or lane.school == query.school
    return wanted and here and (query.procedure is None or query.procedure in procedures)


def _lines(tx: Transaction, actor: Actor, today: date) -> tuple[AbsenceLine, ...]:
    found = queries.of_person(tx, actor.user_id, today)
    lanes: dict[UUID, list[tuple[str, Role]]] = {}
    for one in queries.ticked(tx, [absence.id for absence, _, _ in found]):
        lanes.setdefault(one.absence_id, []).append((one.number, Role(one.lane)))
    return tuple(
        AbsenceLine(
            absence_id=absence.id,
            mine=absence.owner_id == actor.user_id,
            owner=owner,
            deputy=deputy,
            first_day=absence.first_day,
            last_day=absence.last_day,
            begun=absence.first_day <= today,
            lanes=tuple(lanes.get(absence.id, ())) if _shows(absence, actor, today) else (),
        )
        for absence, owner, deputy in found
    )


def _shows(absence: Absence, actor: Actor, today: date) -> bool:
    """A deputy learns which cases they are when his days begin."""
    return absence.owner_id == actor.user_id or absence.first_day <= today
