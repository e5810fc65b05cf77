"""Each kind of thing that may come after a task, as a task page is given it."""

from app.domain.roles import Role
from app.services.views.task import Comes, NextStep, Then

NEXT_STEPS = (
    NextStep(("Er komen maatregelen",), (Then(Comes.TASK, "Voer de maatregelen uit", Role.BOARD),)),
    NextStep(
        ("Er komen geen maatregelen", "De klacht is ingetrokken"),
        (Then(Comes.ENDS, "De formele behandeling is klaar"), Then(Comes.STARTS, "Nazorg"), Then(Comes.BEGINS, "Terugblik")),
        otherwise=True,
    ),
    NextStep((), (Then(Comes.PASSES, role=Role.ADVISER, joined=True), Then(Comes.WAITS, "Afgesproken dag"))),
    NextStep((), (Then(Comes.JOINS), Then(Comes.OWN_CASE, "Klachtroute"), Then(Comes.AGAIN)), otherwise=True),
)
