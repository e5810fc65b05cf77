"""A fact means the same in every procedure: one type, one list of answers, and never a name of sealed text."""

from app.domain.form_file import fact_kind
from tests.processes.product import procedures


def test_a_name_has_one_meaning_over_all_procedures() -> None:
    kinds: dict[str, set[object]] = {}
    for procedure in procedures().values():
        for form in procedure.forms.values():
            for question in form.fields:
                kinds.setdefault(question.key, set()).add(fact_kind(question))
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}
