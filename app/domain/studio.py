"""The studio: who may look into it and who draws; a second person reviews and publishes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from app.domain.errors import Conflict, Forbidden, NotFound
from app.domain.roles import Role

_NOT_DRAWING = "Tekenen doet een proceseigenaar. Jij mag kijken, beoordelen en publiceren."


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is in the studio: the boards for which he draws, and those for which he decides."""

    user_id: UUID
    draws_for: frozenset[UUID]
    decides_for: frozenset[UUID]

    @property
    def draws(self) -> bool:
        """Whether he may change a draft."""
        return bool(self.draws_for)

    @property
    def decides(self) -> bool:
        """Whether he holds a board's right to publish."""
        return bool(self.decides_for)

    def must_look(self) -> None:
        """Raises NotFound for whoever is neither a process owner nor of a board: he does not know of the studio."""
        if not self.draws and not self.decides:
            raise NotFound

    def must_draw(self) -> None:
        """Raises NotFound or Forbidden for whoever does not draw."""
        self.must_look()
        if not self.draws:
            raise Forbidden(_NOT_DRAWING)


def place(user_id: UUID, roles: Collection[tuple[Role, UUID]]) -> Place:
    """What somebody is in the studio who holds these roles, each at a board; whoever stands in for the board decides too."""
    draws = frozenset(board for role, board in roles if role is Role.PROCESS_OWNER)
    return Place(user_id, draws, frozenset(board for role, board in roles if role in (Role.BOARD, Role.SUBSTITUTE)))


class Changed(Conflict):
    """Somebody saved the same file first: who, and the number of his save. Nothing of either is lost."""

    def __init__(self, by: str, number: int) -> None:
        super().__init__(f"{by} bewaarde dit bestand net voor jou. Vergelijk het met wat jij hebt, en kies.")
        self.by = by
        self.number = number
