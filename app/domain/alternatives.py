"""Several ways that lead to one thing, told in as few choices as are still true."""

from collections.abc import Collection, Iterable, Iterator, Mapping

#: What is chosen on a way, in order: a question and its answer.
Way = tuple[tuple[str, str], ...]


def simplified(ways: Iterable[Way], answers: Mapping[str, frozenset[str]]) -> tuple[Way, ...]:
    """The same alternatives without what makes no difference. `answers`: all that each question can be answered with.

    A question of which every answer leads there is not told, nor a way that asks more than another one does.
    """
    found = tuple(dict.fromkeys(ways))
    while True:
        fewer = _least(tuple(dict.fromkeys([*found, *_without_one(found, answers)])))
        if fewer == found:
            return found
        found = fewer


def _without_one(ways: Collection[Way], answers: Mapping[str, frozenset[str]]) -> Iterator[Way]:
    known = frozenset(ways)
    for way in ways:
        for place, (question, _) in enumerate(way):
            before, after = way[:place], way[place + 1 :]
            if all((*before, (question, answer), *after) in known for answer in answers[question]):
                yield before + after


def _least(ways: Collection[Way]) -> tuple[Way, ...]:
    asked = {way: frozenset(way) for way in ways}
    return tuple(way for way in ways if not any(other < asked[way] for other in asked.values()))
