"""Who will be able to read an answer: the roles whose handlers see a fact, and those whose handlers open a file."""

from collections.abc import Iterable

from app.domain.facts import Audience
from app.domain.forms import Field
from app.domain.roles import FILES, READERS, FileKind, Role


def fact_readers(audience: Audience, lane: Role, lanes: Iterable[Role]) -> tuple[Role, ...]:
    """The roles whose handlers are shown a fact that this lane sets, in a procedure with these lanes (policy.may_read_fact)."""
    match audience:
        case Audience.OWN:
            return (lane,)
        case Audience.CASE:
            return tuple(role for role in Role if role == lane or (role in set(lanes) and role is not Role.SUCCESSOR))
        case Audience.STATISTIC:
            return ()


def file_readers(kind: FileKind) -> tuple[Role, ...]:
    """The roles whose ticked handlers open a file."""
    return (READERS[kind],)


def readers_of(field: Field, lane: Role, lanes: Iterable[Role], shared: FileKind | None = None) -> tuple[Role, ...]:
    """The roles that will read the answer to a question of this lane; `shared` is a file that its text goes to as well."""
    if not field.sealed:
        return fact_readers(field.audience, lane, lanes)
    own = field.file or next(iter(FILES.get(lane, ())), None)
    return tuple(dict.fromkeys(role for kind in (own, shared) if kind is not None for role in file_readers(kind)))
