"""Importing people, schools and roles from a file: looked at first, then done whole or not at all.

People who are imported are invited, and their roles are proposals: a file gives nobody anything by itself.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from app.clock import local_day
from app.domain import people_file
from app.domain.administration import AdminKind
from app.domain.errors import DomainError, NotFound
from app.domain.people_file import Line, PeopleFile
from app.domain.roles import Role
from app.services.administration import access, inviting, letters, planning, proposing, schools
from app.services.administration.log import About, Deed
from app.services.administration.planning import Plan
from app.services.administration.proposing import Candidate, Wish
from app.services.context import Actor, App
from app.services.views.appointing import Desk, ImportLine, ImportPage, WrongLine
from app.storage.database import Transaction
from app.storage.queries import departures
from app.storage.queries import imports as queries
from app.storage.tables import ImportFile, Invitation

KEPT: Final = timedelta(days=1)
_PURPOSE: Final = "import file"
_SHOWN: Final = 100
#: Bytes of a file that can be mended in the page; a longer one is mended where it came from.
_MENDED: Final = 100_000


class StillWrong(DomainError):
    """The file holds wrong lines, so nothing of it was done."""


def upload(app: App, actor: Actor, board_id: UUID, content: bytes) -> UUID:
    """Keep a file to look at, for a day. Raises NotFound, NotATable when it cannot be read as a table at all."""
    now = app.clock()
    chooser(app, actor, board_id)
    people_file.read(content)
    with app.database.write() as tx:
        row = ImportFile(board_id=board_id, user_id=actor.user_id, uploaded_at=now)
        row.sealed = app.server_keys.seal(_PURPOSE, row.id.hex, content)
        tx.add(row)
        return row.id


def chooser(app: App, actor: Actor, board_id: UUID) -> Desk:
    """The board for which a file is to be chosen. Raises NotFound for whoever does not administer it."""
    with app.database.read() as tx:
        return access.desk(tx, actor, board_id, app.clock())


def page(app: App, actor: Actor, board_id: UUID, file_id: UUID, number: int) -> ImportPage:
    """What a file would do, a hundred lines at a time; or every line that is wrong. Raises NotFound."""
    now = app.clock()
    with app.database.read() as tx:
        desk = access.desk(tx, actor, board_id, now)
        read = _read(app, tx, actor, board_id, file_id)
        plan = planning.plan(Deed(tx, now, board_id, actor.user_id), read)
    shown = plan.wrong if plan.wrong else plan.lines
    part = slice(_SHOWN * (number - 1), _SHOWN * number)
    lines = tuple(_line(line, does) for line, does in plan.lines[part]) if not plan.wrong else ()
    wrong = tuple(WrongLine(one.number, one.column, one.reason) for one in plan.wrong[part])
    counts = {does: sum(other == does for _, other in plan.lines) for does in {does for _, does in plan.lines}}
    counts["wrong"] = len({one.number for one in plan.wrong})
    return ImportPage(desk, file_id, lines, wrong, number, max(1, -(-len(shown) // _SHOWN)), counts)


def lines(app: App, actor: Actor, board_id: UUID, file_id: UUID) -> str:
    """The lines of a file to mend in the page; empty when they are too many for that. Raises NotFound."""
    with app.database.read() as tx:
        access.desk(tx, actor, board_id, app.clock())
        content = _content(app, tx, actor, board_id, file_id)
    return people_file.text(content) if len(content) <= _MENDED else ""


def run(app: App, actor: Actor, board_id: UUID, file_id: UUID) -> int:
    """Do what the file says, all of it or nothing; gives how many lines did something.

    Raises NotFound (also the second time), StillWrong.
    """
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        read = _read(app, tx, actor, board_id, file_id, locks=True)
        deed = Deed(tx, now, board_id, actor.user_id)
        plan = planning.plan(deed, read)
        if plan.wrong:
            raise StillWrong("In dit bestand staan nog fouten. Er is niets geïmporteerd.")
        _do(app, deed, plan)
        done = sum(does != "nothing" for _, does in plan.lines)
        deed.note(AdminKind.PEOPLE_IMPORTED, number=done)
        queries.drop_import_file(tx, file_id)
    return done


def _read(app: App, tx: Transaction, actor: Actor, board_id: UUID, file_id: UUID, *, locks: bool = False) -> PeopleFile:
    return people_file.read(_content(app, tx, actor, board_id, file_id, locks=locks))


def _content(app: App, tx: Transaction, actor: Actor, board_id: UUID, file_id: UUID, *, locks: bool = False) -> bytes:
    row = queries.import_file(tx, board_id, actor.user_id, file_id, locks=locks)
    if row is None or row.uploaded_at + KEPT <= app.clock():
        raise NotFound("Dit bestand is er niet meer. Kies het opnieuw.")
    return app.server_keys.open(_PURPOSE, row.id.hex, row.sealed)


def _do(app: App, deed: Deed, plan: Plan) -> None:
    """Schools first, then people, then their roles: each kind written together."""
    places = {name.casefold(): school.id for name, school in plan.known.schools.items()}
    for line, does in plan.lines:
        if does == planning.NEW_SCHOOL:
            places[line.school.casefold()] = schools.put(deed, line.school, line.region or "").id
    invited = _invite(app, deed, plan)
    _propose(deed, plan, invited, places)


def _invite(app: App, deed: Deed, plan: Plan) -> dict[str, Invitation]:
    kinds = {line.email: line.adviser_kind for line, _ in plan.lines if line.adviser_kind}
    new = [
        inviting.new_row(deed, line.name, line.email, kinds.get(line.email))
        for line, does in plan.lines
        if does in planning.INVITES
    ]
    departures.let_in(deed.tx, [row.email for row, _ in new])
    deed.tx.add_all(row for row, _ in new)
    deed.tx.flush()
    deed.tx.add_all(letters.invitation_letter(app, row.id, token, deed.now) for row, token in new)
    deed.note_all((AdminKind.PERSON_INVITED, About(invitation_id=row.id), {}) for row, _ in new)
    return plan.known.invitations | {row.email: row for row, _ in new}


def _propose(deed: Deed, plan: Plan, invited: Mapping[str, Invitation], places: Mapping[str, UUID]) -> None:
    rows = []
    for line, does in plan.lines:
        if does in planning.PROPOSES and line.role is not None:
            user = plan.known.users.get(line.email)
            if user is not None and line.role is Role.ADVISER:
                proposing.set_kind(deed, user, line.adviser_kind)
            first = line.first_day or local_day(deed.now)
            wish = Wish(line.role, places[line.school.casefold()] if line.school else None, first, line.last_day)
            rows.append(proposing.new_row(deed, Candidate(user, None if user else invited[line.email]), wish))
    deed.tx.add_all(rows)
    deed.tx.flush()
    told: set[UUID] = set()
    proposing.record(deed, rows)
    for row in rows:
        if row.user_id is not None:
            told |= plan.known.people.confirmers(row)
    letters.tell_confirmers(deed.tx, deed.board_id, told, deed.now)


def _line(line: Line, does: str) -> ImportLine:
    return ImportLine(line.number, does, line.name, line.email, line.role, line.school)
