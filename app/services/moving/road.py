"""From which version to which, and how: what all procedures of one plan share."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.forms import Form
from app.domain.procedure import Element
from app.engine.moving_checks import Pair
from app.services.versions import Published


@dataclass(frozen=True, slots=True)
class Road:
    """Two versions, which element becomes which where that is not the one with its id, and whether terms are computed anew."""

    old: Published
    new: Published
    mapping: Mapping[str, str]
    recompute: bool

    @property
    def pair(self) -> Pair:
        """The two procedures, for the engine."""
        return Pair(self.old.procedure, self.new.procedure, self.mapping)

    @property
    def back(self) -> "Road":
        """The same road the other way."""
        return Road(self.new, self.old, {after: before for before, after in self.mapping.items()}, self.recompute)

    def forms(self, before: Element, after: Element) -> tuple[Form | None, Form | None]:
        """The form of a step in each version."""
        old, new = self.old.procedure.forms, self.new.procedure.forms
        return old.get(before.form_id or ""), new.get(after.form_id or "")
