"""The compliance board: whether procedures are kept, which terms are about to fail, and where; without anybody's story."""

from app.domain.roles import Role
from app.services import compliance_lines, compliance_numbers, heat_map
from app.services.context import Actor, App
from app.services.looking import look
from app.services.views.compliance import CompliancePage, HeatPage
from app.services.views.figures import Behind, LinesPage, Scope


def watches(actor: Actor) -> bool:
    """Whether the menu leads there: for a board, whoever stands in for it, and a school's head."""
    return actor.holds(Role.BOARD) or actor.holds(Role.SCHOOL_LEADER)


def board(app: App, actor: Actor, scope: Scope) -> CompliancePage:
    """All numbers for a scope. Raises NotFound for whoever is neither of a board nor a head, and outside his schools."""
    with app.database.read() as tx:
        return compliance_numbers.page(look(app, tx, actor, scope))


def lines(app: App, actor: Actor, behind: Behind, page: int | None = 1) -> LinesPage:
    """The list behind a number; without a page, all of it. Raises NotFound as `board` does, and for what is not drawn."""
    with app.database.read() as tx:
        return compliance_lines.page(look(app, tx, actor, behind.scope), behind, page)


def heat(app: App, actor: Actor, scope: Scope, version: int | None = None) -> HeatPage:
    """Where a procedure waits and misses terms, in one of its versions; without a number, the newest. Raises NotFound."""
    with app.database.read() as tx:
        return heat_map.page(look(app, tx, actor, scope), version)


def drawing(app: App, actor: Actor, scope: Scope, version: int, process_id: str) -> bytes:
    """The drawing of one level of that version. Raises NotFound."""
    with app.database.read() as tx:
        return heat_map.drawing(look(app, tx, actor, scope), version, process_id)
