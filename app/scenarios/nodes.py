"""YAML read strictly, with the line of everything: known keys only, each once, and every value as the text that was written.

So `ja`, `10:00` and `2026-12-28` stay what they are; YAML itself would make numbers and dates of some of them.
"""

import re
from collections.abc import Collection
from datetime import date, datetime, time

import yaml

from app.clock import AMSTERDAM
from app.scenarios.expected import When
from app.scenarios.story import ScenarioError

Node = yaml.Node
_WHEN = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?")


def compose(text: str) -> Node:
    """The document as nodes. Raises ScenarioError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScenarioError(f"regel {line}: dit is geen geldige YAML ({error.problem}).") from error
    except yaml.YAMLError as error:
        raise ScenarioError("Dit is geen geldige YAML: er staan tekens in die er niet in mogen.") from error
    except RecursionError as error:
        raise ScenarioError("Dit is te diep genest: een lijst in een lijst in een lijst.") from error
    if root is None:
        raise ScenarioError("Dit bestand is leeg.")
    return root


def line(node: Node) -> int:
    """The line on which a node begins, from 1."""
    return int(node.start_mark.line) + 1


def wrong(node: Node, text: str) -> ScenarioError:
    """What is wrong with a node, with its line."""
    return ScenarioError(f"regel {line(node)}: {text}")


def mapping(node: Node, *, required: Collection[str] = (), allowed: Collection[str] | None = None) -> dict[str, Node]:
    """The values of a mapping by key. `allowed` None lets every key pass. Raises ScenarioError."""
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, "hier horen regels in de vorm naam: waarde.")
    found: dict[str, Node] = {}
    for key_node, value in node.value:
        key = text(key_node)
        if key in found:
            raise wrong(key_node, f"{key} staat er twee keer.")
        if allowed is not None and key not in {*required, *allowed}:
            raise wrong(key_node, f"{key} ken ik hier niet. Wel: {', '.join([*required, *allowed])}.")
        found[key] = value
    for key in required:
        if key not in found:
            raise wrong(node, f"{key} ontbreekt.")
    return found


def without(node: Node, key: str) -> Node:
    """A mapping without one of its keys, on the same lines."""
    rest = [(key_node, value) for key_node, value in node.value if text(key_node) != key]
    return yaml.MappingNode(node.tag, rest, node.start_mark, node.end_mark)


def text(node: Node) -> str:
    """A single value as it was written. Raises ScenarioError."""
    if not isinstance(node, yaml.ScalarNode):
        raise wrong(node, "hier hoort één waarde.")
    return str(node.value).strip()


def word(node: Node) -> str:
    """A single value that is not empty. Raises ScenarioError."""
    found = text(node)
    if not found:
        raise wrong(node, "hier ontbreekt een waarde.")
    return found


def items(node: Node) -> list[Node]:
    """The items of a list. Raises ScenarioError."""
    if not isinstance(node, yaml.SequenceNode):
        raise wrong(node, "hier hoort een lijst, met een streepje of tussen [ ].")
    return list(node.value)


def words(node: Node) -> tuple[str, ...]:
    """A list of values, or a single one. Raises ScenarioError."""
    if isinstance(node, yaml.ScalarNode):
        return (word(node),)
    return tuple(word(item) for item in items(node))


def when(node: Node) -> When:
    """A day, or a moment in Amsterdam. Raises ScenarioError."""
    found = moment_of(word(node))
    if found is None:
        raise wrong(node, f"{text(node)} is geen dag of moment; schrijf 2026-11-27 of 2026-11-27 14:30.")
    return found


def moment_of(written: str) -> When | None:
    """A day (2026-11-27), or a moment in Amsterdam (2026-11-27 14:30) as an aware datetime; None when it is neither."""
    match = _WHEN.fullmatch(written)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1])
        return datetime.combine(day, time.fromisoformat(match[2]), AMSTERDAM) if match[2] else day
    except ValueError:
        return None
