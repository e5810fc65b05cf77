"""From which version to which, and how: what all procedures of one plan share."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.facts import FactValue
from app.domain.forms import Form
from app.domain.procedure import Element
from app.engine.moving_checks import Pair
from app.services.versions import Published

#: By fact: which answer takes the place of one that the new version has no more.
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Road:
    """Two versions, which element and which answer become others on the way, and whether terms are computed anew."""

    old: Published
    new: Published
    mapping: Mapping[str, str]
    recompute: bool
    answers: Answers

    @property
    def pair(self) -> Pair:
        """The two procedures, for the engine."""
        return Pair(self.old.procedure, self.new.procedure, self.mapping)

    @property
    def back(self) -> "Road":
        """The same road the other way. Answers are put back as they were, since two may have become one."""
        return Road(self.new, self.old, {after: before for before, after in self.mapping.items()}, self.recompute, {})

    def answer(self, name: str, value: FactValue) -> FactValue:
        """What a fact's value is in the new version."""
        return self.answers.get(name, {}).get(value, value) if isinstance(value, str) else value

    def forms(self, before: Element, after: Element) -> tuple[Form | None, Form | None]:
        """The form of a step in each version."""
        old, new = self.old.procedure.forms, self.new.procedure.forms
        return old.get(before.form_id or ""), new.get(after.form_id or "")
