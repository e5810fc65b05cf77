"""Who may share and re-seal: a reader with his own key, in the request of his own step; no timer, no program, no other lane."""

from app.domain.errors import Forbidden
from app.domain.roles import Role
from app.engine.outcome import Call
from app.services.acting import in_person
from app.services.context import Actor
from app.services.work import Work

_NOT_FOR_ANOTHER = (
    "Je neemt hier waar. Deze stap kan alleen de behandelaar zelf doen. Kies een ander antwoord, of wacht tot hij er is."
)
_LOG_IN = "Deze stap opent een dossier. Dat kan een programma niet. Log in en doe deze stap daar."


def reader(work: Work, call: Call, lane: Role, *, lent: bool = False) -> Actor:
    """The acting person, who handles this lane and brings his own key. Raises Forbidden; ValueError where nobody acts.

    `lent`: whether whoever acts for the handler may do it too.
    """
    if work.actor is None:
        raise ValueError(f"{call.element_id} needs a person who acts")
    if lane not in work.lanes or work.procedure.element(call.element_id).lane is not lane:
        raise Forbidden
    if not lent:
        in_person(work, _NOT_FOR_ANOTHER)
    if work.actor.private_key is None:
        raise Forbidden(_LOG_IN)
    return work.actor
