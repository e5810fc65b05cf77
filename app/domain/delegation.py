"""What somebody who is away may leave to a deputy, and what a deputy never does. What is not named here is refused."""

from typing import Final

from app.domain.roles import Role

#: Lanes that a deputy may act in because their handler says so: duties of a board or a school.
_DUTIES: Final = frozenset({Role.BOARD, Role.SCHOOL_LEADER, Role.MELDCODE_OFFICER})
#: Lanes that a deputy acts in only where the complainant agreed in writing to this very person (Handreiking 2.9).
WITH_CONSENT: Final = frozenset({Role.ADVISER})
#: Whoever supports the accused, or is asked to take a case over, answers for that alone.
DELEGABLE: Final = _DUTIES | WITH_CONSENT


def may_delegate(lane: Role, *, agreed: bool) -> bool:
    """Whether the handler of a lane may leave it to a deputy; `agreed`: the complainant agreed in writing to this person."""
    return lane in _DUTIES or (lane in WITH_CONSENT and agreed)
