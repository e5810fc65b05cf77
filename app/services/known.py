"""Facts in the words of the questions that they answered, for those who may see them."""

from collections.abc import Iterable

from app.domain.facts import FactRecord, Facts, FactValue
from app.domain.forms import Field
from app.domain.policy import may_read_fact
from app.domain.procedure import Procedure
from app.domain.roles import Role
from app.services.views.task import KnownFact


def known_facts(procedure: Procedure, facts: Facts, lanes: Iterable[Role]) -> tuple[KnownFact, ...]:
    """The facts that count now and that whoever handles these lanes may see, in the order in which they were first given.

    A fact that was handed over, and that no form of this procedure asks, has no words here: it only steers.
    """
    handled = frozenset(lanes)
    shown = []
    for name, records in facts.log.items():
        last = records[-1]
        field = _field(procedure, name, last.element_id)
        if field and last.value is not None and may_read_fact(handled, last):
            shown.append(_known(field, last, last.value))
    return tuple(shown)


def readable(facts: Facts, lanes: Iterable[Role]) -> dict[str, FactValue]:
    """The values that whoever handles these lanes may see."""
    handled = frozenset(lanes)
    last = {name: records[-1] for name, records in facts.log.items()}
    return {name: r.value for name, r in last.items() if r.value is not None and may_read_fact(handled, r)}


def hidden(facts: Facts, lanes: Iterable[Role]) -> frozenset[str]:
    """The names of facts that whoever handles these lanes may not see."""
    return frozenset(facts.log) - frozenset(readable(facts, lanes))


def _known(field: Field, record: FactRecord, value: FactValue) -> KnownFact:
    words = next((o.label for o in field.options if o.value == value), str(value))
    return KnownFact(field.key, field.label, value, words, record.audience.value)


def _field(procedure: Procedure, name: str, element_id: str) -> Field | None:
    """The question as it stood in the step that set it, else as any form of the procedure asks it."""
    own = procedure.forms.get(element_id)
    forms = ([own] if own else []) + list(procedure.forms.values())
    return next((field for form in forms for field in form.fields if field.key == name), None)
