"""The name of a board, kept by its board members and administrators."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.domain.administration import AdminKind
from app.domain.errors import InvalidAnswers
from app.services.administration import access
from app.services.administration.log import Deed
from app.services.context import Actor, App
from app.services.views.appointing import Desk
from app.storage.queries import places as place_queries
from app.storage.tables import Board

_LONGEST: Final = 200
_TWICE: Final = "Er is al een bestuur met deze naam. Kies een andere naam."


def page(app: App, actor: Actor, board_id: UUID) -> Desk:
    """The board whose name is to change. Raises NotFound."""
    with app.database.read() as tx:
        return access.desk(tx, actor, board_id, app.clock())


def rename(app: App, actor: Actor, board_id: UUID, raw: Mapping[str, str]) -> None:
    """Give a board another name. Raises NotFound, InvalidAnswers."""
    now = app.clock()
    with app.database.write() as tx:
        access.desk(tx, actor, board_id, now)
        name = " ".join(raw.get("name", "").split())
        if not name or len(name) > _LONGEST:
            raise InvalidAnswers({"name": f"Vul de naam van het bestuur in, hoogstens {_LONGEST} tekens."})
        same = place_queries.board_by_name(tx, name)
        if same is not None and same.id != board_id:
            raise InvalidAnswers({"name": _TWICE})
        board = tx.get_one(Board, board_id)
        if board.name != name:
            board.name = name
            Deed(tx, now, board_id, actor.user_id).note(AdminKind.BOARD_CHANGED)
