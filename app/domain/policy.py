"""Who may do what: one enumeration, one table, deny by default. Lanes are what a person handles in one procedure."""

from collections.abc import Iterable
from enum import StrEnum

from app.domain.facts import Audience, FactRecord
from app.domain.roles import Role


class Permission(StrEnum):
    """What can be asked, as `thing:action`, alphabetically. Each is asked about a lane of one procedure."""

    FILE_ADMIT = "file:admit"
    FILE_READ = "file:read"
    MESSAGE_ANNOUNCE = "message:announce"
    PROCEDURE_START = "procedure:start"
    STEP_READ = "step:read"
    TASK_DO = "task:do"
    TERM_CORRECT = "term:correct"


_HANDLING = (Role.ADVISER, Role.SCHOOL_LEADER, Role.BOARD, Role.MELDCODE_OFFICER, Role.ACCUSED_SUPPORT, Role.SUCCESSOR)
_OWN = frozenset(Permission)

#: What the handler of a lane (first) may do in a lane (second). What is not here is refused. The adviser sees how far the others
#: are, because he guides the complainant through all of it (Handreiking 5.8.1); boards and leaders see their own steps alone.
_GRANTS: dict[tuple[Role, Role], frozenset[Permission]] = {
    **{(lane, lane): _OWN for lane in _HANDLING},
    **{(Role.ADVISER, other): frozenset({Permission.STEP_READ}) for other in _HANDLING if other is not Role.ADVISER},
}

_HELPS = frozenset({Role.ADVISER})
_SUPPORTS = frozenset({Role.ACCUSED_SUPPORT})
#: An adviser guides one side of a matter, and whoever supports the accused is no adviser in it (Handreiking 6.1).
_APART: dict[Role, tuple[frozenset[Role], frozenset[Role]]] = {
    Role.ADVISER: (_SUPPORTS, _HELPS | _SUPPORTS),
    Role.SUCCESSOR: (_SUPPORTS, _HELPS | _SUPPORTS),
    Role.ACCUSED_SUPPORT: (_HELPS, _HELPS),
}


def may(handled: Iterable[Role], permission: Permission, lane: Role | None) -> bool:
    """Whether somebody who handles these lanes may do this in that lane. An element without a lane is nobody's."""
    return lane is not None and any(permission in _GRANTS.get((own, lane), frozenset()) for own in handled)


def may_read_fact(handled: Iterable[Role], record: FactRecord) -> bool:
    """Whether a fact may be shown per case: to its own lane, to all who handle the procedure, or to nobody (counted only)."""
    lanes = frozenset(handled)
    match record.audience:
        case Audience.OWN:
            return record.lane in lanes
        case Audience.CASE:
            # Who is asked to take a case over knows nothing of it until he has it.
            return record.lane in lanes or bool(lanes - {Role.SUCCESSOR})
        case Audience.STATISTIC:
            return False


def apart(lane: Role) -> tuple[frozenset[Role], frozenset[Role]]:
    """Lanes that nobody handles beside this one: on this side of a matter (the case and those linked to it), and on the other."""
    return _APART.get(lane, (frozenset(), frozenset()))


def may_hold(role: Role, held: Iterable[Role], adviser_kind: str | None) -> bool:
    """Whether somebody who holds these roles at a school may also hold this one there.

    The child-protection officer of the meldcode is never the internal adviser (Handreiking 7.9): both would know what the other
    must not.
    """
    apart = {Role.ADVISER, Role.MELDCODE_OFFICER}
    return adviser_kind != "intern" or not (role in apart and (apart - {role}) & set(held))
