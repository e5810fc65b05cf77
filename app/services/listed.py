"""The list of notices: what advisers heard that is no complaint (yet), and going on with it when it becomes one."""

from uuid import UUID

from app.domain.errors import Conflict, NotFound
from app.domain.policy import Permission, may
from app.domain.procedure import Begins, Element
from app.domain.roles import Role
from app.services import acting, schools, starting, term_rows, transition
from app.services.case_page import Lanes, visible
from app.services.context import Actor, App
from app.services.versions import Published
from app.services.views.case import ListedCase
from app.services.work import begin
from app.storage.database import Transaction
from app.storage.queries import links
from app.storage.tables import ProcedureRow


def mine(app: App, actor: Actor) -> tuple[ListedCase, ...]:
    """The cases on the list that this person handles as adviser, the newest first. Raises NotFound for whoever is no adviser."""
    now = app.clock()
    with app.database.read() as tx:
        if not schools.held(tx, actor, Role.ADVISER, now):
            raise NotFound
        found = links.listed(tx, actor.user_id, now)
        return tuple(ListedCase(case.number, school, case.listed_at) for case, school in found if case.listed_at is not None)


def make_complaint(app: App, actor: Actor, number: str) -> str:
    """Go on with a case of the list, in that case, where its procedure begins for the list; it leaves the list. Gives its number.

    Raises NotFound for whoever is not its adviser, Conflict when it stands on the list no longer.
    """
    now = app.clock()
    with app.database.write() as tx:
        case, rows, lanes = visible(app, tx, actor, number, now)
        if not any(may(own, Permission.PROCEDURE_START, Role.ADVISER) for own in lanes.values()):
            raise NotFound
        found = next((way for row in reversed(rows) if (way := _way(app, tx, row, lanes)) is not None), None)
        if found is None:
            raise NotFound
        procedure_id, version, element = found
        parent = begin(app, tx, actor, procedure_id, now=now)
        if case.listed_at is None:
            raise Conflict("Deze zaak staat niet meer op de lijst met meldingen. Laad de pagina opnieuw.")
        acting.represent(parent, Role.ADVISER)
        case.listed_at = None
        advisers = [handler for handler in parent.handlers if handler.lane == element.lane]
        work = starting.beside(parent, version, version.procedure.main, element, handlers=advisers)
        transition.apply(work, app.runner.start(version.procedure, element.id, term_rows.situation(work)))
    return number


def _way(app: App, tx: Transaction, row: ProcedureRow, lanes: Lanes) -> tuple[UUID, Published, Element] | None:
    """How a procedure of the case goes on from the list, in the version that new cases start with; None when it does not."""
    procedure = app.versions.get(tx, row.version_id).procedure
    if row.main != procedure.main:
        return None
    version = app.versions.published(tx).get(procedure.key)
    if version is None:
        return None
    starts = (start for start in version.procedure.starts() if start.begins is Begins.LIST)
    start = next((one for one in starts if may(lanes[row.id], Permission.PROCEDURE_START, one.lane)), None)
    return None if start is None else (row.id, version, start)
