"""What a task page says of what comes after: each outcome once, with every answer that leads there."""

import pytest

from app.domain.facts import Facts
from app.domain.roles import Role
from app.services.next_steps import next_steps
from tests.processes.product import procedures


def told(key: str, element_id: str, role: Role = Role.ADVISER) -> list[tuple[tuple[str, ...], str | None]]:
    return [(step.answers, step.step) for step in next_steps(procedures()[key], element_id, frozenset({role}), Facts())]


def test_handing_over_leads_to_the_successor_or_to_where_it_was() -> None:
    assert sorted(told("handover", "hand_over_file")) == [
        (("Gaat de zaak over? ja",), "Zaak overgedragen"),
        (("Gaat de zaak over? nee",), "Zaak blijft bij jou"),
    ]


@pytest.mark.parametrize("key", sorted(procedures()))
def test_every_outcome_of_every_task_is_told_once_and_in_few_words(key: str) -> None:
    drawn = procedures()[key]
    tasks = [e for process in drawn.processes.values() for e in process.elements.values() if e.form_id is not None]
    for task in tasks:
        assert task.lane is not None
        steps = next_steps(drawn, task.id, frozenset({task.lane}), Facts())
        assert len({(step.step, step.role, step.waits) for step in steps}) == len(steps)
        assert all(len(step.answers) <= 6 for step in steps), task.id
