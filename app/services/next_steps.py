"""What happens after a step, for whoever takes it: what comes on the same answers together, in the words of form and drawing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.domain.facts import Facts
from app.domain.lookahead import Ahead, ways_on
from app.domain.policy import Permission, may
from app.domain.procedure import CATCHES, ENDS, Element, ElementKind, Procedure
from app.domain.roles import Role
from app.services.answered import Answered, Asked
from app.services.known import hidden, readable
from app.services.views.task import Comes, NextStep, Then

_JOINS = Then(Comes.JOINS)


def next_steps(
    procedure: Procedure,
    element_id: str,
    lanes: frozenset[Role],
    facts: Facts,
    *,
    name_of: Callable[[str], str],
    within: Sequence[str] = (),
) -> tuple[NextStep, ...]:
    """All that may come, by the answers that lead there. What others do with their own answers is not told; only that it goes on
    with them. `name_of`: what a procedure is called, by its key; `within`: the calls in which the step runs.
    """
    known, unseen = readable(facts, lanes), hidden(facts, lanes)
    answered = Answered(procedure, procedure.element(element_id), known, unseen)
    ways: dict[Then, list[Asked]] = {}
    for ahead in ways_on(procedure, element_id, known, unseen, within):
        then = _then(ahead, element_id, lanes, name_of)
        if then is not None:
            told = (one for one in ahead.choices if answered.asks(one[0]) or may(lanes, Permission.STEP_READ, one[0].lane))
            ways.setdefault(then, []).append(answered.asked(told))
    together: dict[tuple[Asked, ...], list[Then]] = {}
    # That the same task comes again is said last.
    for then, found in sorted(_one_join(ways), key=lambda one: one[0].comes is Comes.AGAIN):
        together.setdefault(answered.fewest(found), []).append(then)
    return tuple(_told(answered, together))


def _told(answered: Answered, together: Mapping[tuple[Asked, ...], list[Then]]) -> Iterator[NextStep]:
    """What some answers lead to by themselves, what comes otherwise, and the rest."""
    barred = _barred(answered, together)
    first = [ways for ways in together if ways and all(way in barred for way in ways)]
    other = {
        ways: tuple(_without(answered, way, barred) for way in ways) for ways in together if _otherwise(answered, ways, barred)
    }
    for ways in [
        *first,
        *sorted(other, key=lambda ways: any(other[ways])),
        *(ways for ways in together if ways not in first and ways not in other),
    ]:
        words = dict.fromkeys(answered.words(way) for way in other.get(ways, ways))
        yield NextStep(() if "" in words else tuple(words), tuple(together[ways]), otherwise=ways in other)


def _barred(answered: Answered, together: Iterable[tuple[Asked, ...]]) -> frozenset[Asked]:
    """Answers that lead somewhere by themselves, and of which all that hangs on more answers needs another one."""
    alone = {way for ways in together for way in ways if len(ways) == 1 and len(way) == 1}
    more = [ways for ways in together if all(len(way) > 1 for way in ways)]
    needs = (frozenset(one for one in alone if _excludes(answered, ways, one)) for ways in more)
    found = [one for one in needs if one]
    return found[0].intersection(*found[1:]) if found else frozenset()


def _excludes(answered: Answered, ways: tuple[Asked, ...], alone: Asked) -> bool:
    ((key, values),) = alone
    return bool(ways) and all((key, answered.all_of(key) - values) in way for way in ways)


def _otherwise(answered: Answered, ways: tuple[Asked, ...], barred: frozenset[Asked]) -> bool:
    return bool(barred) and all(_excludes(answered, ways, one) for one in barred)


def _without(answered: Answered, way: Asked, barred: frozenset[Asked]) -> Asked:
    said = {(key, answered.all_of(key) - values) for one in barred for key, values in one}
    return tuple(part for part in way if part not in said)


def _then(ahead: Ahead, element_id: str, lanes: frozenset[Role], name_of: Callable[[str], str]) -> Then | None:
    element = ahead.element
    if element.id == element_id:
        return Then(Comes.AGAIN)
    if not may(lanes, Permission.STEP_READ, element.lane):
        # An end that he does not see is none of his business, and what others start neither.
        passes = element.kind is ElementKind.USER_TASK
        return Then(Comes.PASSES, role=element.lane, joined=ahead.joined) if passes else None
    if element.kind is ElementKind.SERVICE_TASK:
        return Then(_starting(element), name_of(element.properties["procedure"]), joined=ahead.joined)
    if element.kind in CATCHES:
        return Then(Comes.WAITS, element.name, joined=ahead.joined)
    if element.kind in ENDS:
        return Then(Comes.ENDS, element.name, joined=ahead.joined)
    return Then(Comes.TASK, element.name, element.lane, joined=ahead.joined)


def _starting(element: Element) -> Comes:
    if "own_case" in element.properties:
        return Comes.OWN_CASE
    return Comes.BEGINS if element.properties.get("again") == "true" else Comes.STARTS


def _one_join(ways: Mapping[Then, list[Asked]]) -> Iterator[tuple[Then, list[Asked]]]:
    """Several things that may come when all else is done hang on what others answer until then: only that it waits is told."""
    joined = [then for then in ways if then.joined and replace(then, joined=False) not in ways]
    yield from ((then, found) for then, found in ways.items() if not then.joined)
    if len(joined) == 1:
        yield joined[0], ways[joined[0]]
    elif joined:
        yield _JOINS, [way for then in joined for way in ways[then]]
