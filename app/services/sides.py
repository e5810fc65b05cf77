"""Who stands on another side of a matter: nobody helps the complainant and the accused, in one case or in linked ones."""

from uuid import UUID

from app.domain.policy import apart
from app.domain.roles import Role
from app.storage.database import Transaction
from app.storage.queries import links
from app.storage.tables import Case


def elsewhere(tx: Transaction, case: Case, lane: Role, *, side: str | None = None) -> set[UUID]:
    """Who cannot handle this lane of a case, because of what he handles, or handled, in it or in a case that is linked to it.

    With a `side`: who cannot handle it in a case that is yet to be opened out of this one, on the `same` side or on the `other`.
    """
    near, far = apart(lane)
    if not near:
        return set()
    ours, theirs = linked(tx, case.id)
    if side == "other":
        ours, theirs = theirs, ours
    return links.ever_handled(tx, ours, near) | links.ever_handled(tx, theirs, far)


def linked(tx: Transaction, case_id: UUID) -> tuple[set[UUID], set[UUID]]:
    """The cases on the side of this one, itself included, and those on the other side: also through cases in between."""
    sides = {case_id: True}
    new = {case_id}
    while new:
        found = links.links_of(tx, new)
        new = set()
        for link in found:
            for here, there in ((link.case_id, link.other_id), (link.other_id, link.case_id)):
                if here in sides and there not in sides:
                    sides[there] = sides[here] is (link.kind == "same")
                    new.add(there)
    return {one for one, ours in sides.items() if ours}, {one for one, ours in sides.items() if not ours}
