"""Conditions over facts, parsed once to a frozen tree: comparison, and/or/not, literals and fact names; nothing else.

Diagrams and forms are uploaded data, so a condition is never Python. Two notations give the same tree: JUEL, which diagrams use
(`${step == 'bemiddeling' && minor != 'ja'}`), and FEEL, which forms use (`=step = "bemiddeling" and minor != "ja"`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Final

from app.domain.facts import FactType, FactValue

MAX_TEXT: Final = 1000
MAX_DEPTH: Final = 20
MAX_NODES: Final = 100

#: Words that JUEL or FEEL give a meaning; as the name of a fact they would be read differently elsewhere.
RESERVED: Final = frozenset(
    {"and", "or", "not", "true", "false", "null", "eq", "ne", "lt", "gt", "le", "ge", "empty", "div", "mod", "instanceof"}
    | {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies"}
)
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<op>==|!=|<=|>=|&&|\|\||[<>=!()])
      | (?P<number>[0-9]{1,9}(?![0-9A-Za-z_.]))
      | (?P<text>'[A-Za-z0-9_ -]{1,100}'|"[A-Za-z0-9_ -]{1,100}")
      | (?P<name>[a-z][a-z0-9_]{0,59}(?![A-Za-z0-9_.(\[]))
      | (?P<not>not(?=\())""",
    re.VERBOSE,
)
_ORDER: Final[Mapping[str, Callable[[int, int], bool]]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_FLIPPED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

Literal = str | int | bool | None


class ExpressionError(ValueError):
    """The text is not a condition of ours; `text` is a Dutch sentence that says what is wrong and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class FactKind:
    """What is known of a fact when a condition is checked: its type and, for an enumeration, its values."""

    type: FactType
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name op literal`, or `name op other` when `other` is set; then `literal` is None."""

    name: str
    op: str
    literal: Literal
    other: str | None = None

    def holds(self, facts: Mapping[str, FactValue | None]) -> bool:
        """Whether it is true of these facts. A missing fact is null; null and values of different types have no order."""
        left = facts.get(self.name)
        right = facts.get(self.other) if self.other is not None else self.literal
        if self.op == "==":
            return type(left) is type(right) and left == right
        if self.op == "!=":
            return type(left) is not type(right) or left != right
        if left is None or type(left) is not type(right):
            return False
        return _ORDER[self.op](left, right)  # type: ignore[arg-type]  # equal types with an order, checked on the lines above

    def mismatch(self, kinds: Mapping[str, FactKind]) -> str | None:
        """What is wrong with it for facts of these kinds, in Dutch; None when nothing is. Unknown facts are left alone."""
        kind = kinds.get(self.name)
        if kind is None:
            return None
        if self.other is not None:
            return self._unlike(kind, kinds.get(self.other))
        if isinstance(self.literal, int) and kind.type is not FactType.NUMBER:
            return f"{self.name} is geen getal. Vergelijk met een waarde die in het formulier staat."
        if isinstance(self.literal, str) and kind.type is not FactType.ENUM:
            return f"{self.name} is geen keuze. Vergelijk met een getal, een ander gegeven of null."
        if isinstance(self.literal, str) and self.literal not in kind.values:
            return f"{self.name} wordt nooit '{self.literal}'. Kies uit: {', '.join(sorted(kind.values))}."
        return None

    def _unlike(self, kind: FactKind, other: FactKind | None) -> str | None:
        unordered = kind.type is FactType.ENUM and self.op in _ORDER
        if other is None or (other.type is kind.type and not unordered):
            return None
        return f"{self.name} en {self.other} zijn niet te vergelijken. Vergelijk gegevens van hetzelfde soort."

    def __str__(self) -> str:
        return f"{self.name} {self.op} {self.other or _written(self.literal)}"


@dataclass(frozen=True, slots=True)
class _Constant:
    value: bool


@dataclass(frozen=True, slots=True)
class _Not:
    part: "_Node"


@dataclass(frozen=True, slots=True)
class _All:
    parts: "tuple[_Node, ...]"


@dataclass(frozen=True, slots=True)
class _Any:
    parts: "tuple[_Node, ...]"


_Node = Comparison | _Constant | _Not | _All | _Any


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition. Equal texts in either notation give equal expressions; `str()` writes it without `${}` in JUEL."""

    _node: _Node

    def evaluate(self, facts: Mapping[str, FactValue | None]) -> bool:
        """Whether the condition is true of these facts; a fact that is missing counts as null."""
        return _evaluate(self._node, facts)

    def may_hold(self, facts: Mapping[str, FactValue | None], unknown: Set[str]) -> bool:
        """Whether it can be true of these facts, when those that are named in `unknown` may be anything."""
        return True in _outcomes(self._node, facts, unknown)

    def names(self) -> frozenset[str]:
        """The facts that it reads."""
        found = (name for c in self.comparisons() for name in (c.name, c.other))
        return frozenset(name for name in found if name is not None)

    def comparisons(self) -> tuple[Comparison, ...]:
        """All comparisons in it, from left to right."""
        return tuple(_comparisons(self._node))

    def settled(self) -> dict[str, FactValue]:
        """The facts of which it says what they are wherever it is true: `a` and `b` in `a == 'x' and b == 2 and c != 'y'`."""
        parts = self._node.parts if isinstance(self._node, _All) else (self._node,)
        said = (one for one in parts if isinstance(one, Comparison) and one.op == "==")
        return {one.name: one.literal for one in said if one.literal is not None}

    def negated(self) -> "Expression":
        """The condition that is true where this one is false."""
        return Expression(_Not(self._node))

    def both(self, other: "Expression") -> "Expression":
        """The condition that is true where this one and the other are."""
        return Expression(_All((self._node, other._node)))

    def __str__(self) -> str:
        return _text(self._node)


def parse(text: str) -> Expression:
    """The condition in `${…}` (JUEL), after `=` (FEEL), or bare (JUEL). Raises ExpressionError."""
    if len(text) > MAX_TEXT:
        raise ExpressionError(f"Deze voorwaarde is te lang. Gebruik hoogstens {MAX_TEXT} tekens.")
    body, feel = _unwrapped(text.strip(" \t\r\n"))
    tree = _Reader(tuple(_tokens(body, feel=feel))).whole()
    return Expression(tree)


def _unwrapped(text: str) -> tuple[str, bool]:
    if text.startswith("${") and text.endswith("}"):
        return text[2:-1], False
    if text.startswith("="):
        return text[1:], True
    return text, False


def _tokens(text: str, *, feel: bool) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ExpressionError(_refusal(text, at))
        at = found.end()
        kind, token = str(found.lastgroup), found.group()
        if kind == "space":
            continue
        yield ("name" if kind == "not" else kind), (_operator(token, feel=feel) if kind == "op" else token)


def _operator(token: str, *, feel: bool) -> str:
    foreign = ("==", "&&", "||", "!") if feel else ("=",)
    if token in foreign:
        use = "=, and, or en not(…)" if feel else "=="
        raise ExpressionError(f"Het teken {token} hoort hier niet. Gebruik {use}.")
    return {"=": "==", "&&": "and", "||": "or", "!": "not"}.get(token, token)


def _refusal(text: str, at: int) -> str:
    # ascii() shows what the eye cannot see: look-alike letters, zero-width and direction marks.
    shown = ascii(text[at : at + 12])
    start = text[at]
    if not start.isascii() or not (start.isprintable() or start in "\t\r\n"):
        return f"Deze voorwaarde bevat een teken dat niet mag: {start!a}. Gebruik alleen gewone letters, cijfers en _."
    if start in "'\"":
        return f"De tekst bij {shown} mag niet. Zet een code van hoogstens 100 tekens tussen aanhalingstekens."
    if start.isdigit():
        return f"Het getal bij {shown} mag niet. Gebruik een geheel getal van hoogstens 9 cijfers."
    return f"Bij {shown} staat iets wat niet mag. Vergelijk alleen gegevens met een code, een getal, een ander gegeven of null."


class _Reader:
    """Recursive descent over the tokens, with bounds on depth and size."""

    def __init__(self, tokens: tuple[tuple[str, str], ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._nodes = 0

    def whole(self) -> _Node:
        if not self._tokens:
            raise ExpressionError("Deze voorwaarde is leeg. Vul in wanneer deze weg geldt.")
        tree = self._either(0)
        if self._at < len(self._tokens):
            raise ExpressionError(f"Na dit deel had de voorwaarde klaar moeten zijn: {self._tokens[self._at][1]}.")
        return tree

    def _either(self, depth: int) -> _Node:
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else self._counted(_Any(tuple(parts)))

    def _both(self, depth: int) -> _Node:
        parts = [self._single(depth)]
        while self._take("and"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else self._counted(_All(tuple(parts)))

    def _single(self, depth: int) -> _Node:
        if depth >= MAX_DEPTH:
            raise ExpressionError(f"Deze voorwaarde heeft te veel haakjes in elkaar. Gebruik hoogstens {MAX_DEPTH} lagen.")
        if self._take("not"):
            if self._peek() != ("op", "("):
                # JUEL and FEEL bind `not` differently; parentheses make both read the same.
                raise ExpressionError("Zet haakjes na not: not (…).")
            return self._counted(_Not(self._single(depth + 1)))
        if self._take("("):
            inner = self._either(depth + 1)
            self._expect(")")
            return inner
        return self._comparison()

    def _comparison(self) -> _Node:
        kind, left = self._operand()
        op = self._peek()[1]
        if op not in _FLIPPED:
            if kind == "constant" and isinstance(left, bool):
                return self._counted(_Constant(left))
            raise ExpressionError(f"Vergelijk {left} met een waarde, bijvoorbeeld: {left} == 'ja'.")
        self._at += 1
        other_kind, right = self._operand()
        if kind != "fact":
            kind, left, op, other_kind, right = other_kind, right, _FLIPPED[op], kind, left
        if kind != "fact" or not isinstance(left, str):
            raise ExpressionError("Een vergelijking begint met de naam van een gegeven.")
        if other_kind == "fact":
            return self._counted(Comparison(left, op, None, str(right)))
        if isinstance(right, bool):
            raise ExpressionError("Een gegeven is nooit true of false. Vergelijk met 'ja' of 'nee'.")
        if op in _ORDER and not isinstance(right, int):
            raise ExpressionError(f"Met {op} vergelijk je alleen getallen, dagen en momenten. Gebruik == of !=.")
        return self._counted(Comparison(left, op, right))

    def _operand(self) -> tuple[str, Literal]:
        kind, token = self._peek()
        self._at += 1
        if kind == "text":
            return "constant", token[1:-1]
        if kind == "number":
            return "constant", int(token)
        if kind == "name" and token in ("true", "false", "null"):
            return "constant", {"true": True, "false": False, "null": None}[token]
        if kind == "name" and token not in RESERVED:
            return "fact", token
        if kind == "end":
            raise ExpressionError("Deze voorwaarde houdt te vroeg op. Maak de vergelijking af.")
        raise ExpressionError(f"Hier hoort een gegeven of een waarde te staan, niet {token}.")

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _take(self, token: str) -> bool:
        kind, found = self._peek()
        taken = kind in ("op", "name") and found == token
        self._at += taken
        return taken

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise ExpressionError(f"Hier ontbreekt {token} in de voorwaarde.")

    def _counted(self, node: _Node) -> _Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise ExpressionError(f"Deze voorwaarde is te groot. Gebruik hoogstens {MAX_NODES} vergelijkingen.")
        return node


def _evaluate(node: _Node, facts: Mapping[str, FactValue | None]) -> bool:
    match node:
        case Comparison():
            return node.holds(facts)
        case _Constant(value):
            return value
        case _Not(part):
            return not _evaluate(part, facts)
        case _All(parts):
            return all(_evaluate(part, facts) for part in parts)
        case _Any(parts):
            return any(_evaluate(part, facts) for part in parts)


def _outcomes(node: _Node, facts: Mapping[str, FactValue | None], unknown: Set[str]) -> set[bool]:
    match node:
        case Comparison(name, _, _, other) if name in unknown or other in unknown:
            return {True, False}
        case Comparison() | _Constant():
            return {_evaluate(node, facts)}
        case _Not(part):
            return {not outcome for outcome in _outcomes(part, facts, unknown)}
        case _All(parts):
            found = [_outcomes(part, facts, unknown) for part in parts]
            return {outcome for outcome in (True, False) if (all if outcome else any)(outcome in one for one in found)}
        case _Any(parts):
            return _outcomes(_Not(_All(tuple(_Not(part) for part in parts))), facts, unknown)


def _comparisons(node: _Node) -> Iterator[Comparison]:
    match node:
        case Comparison():
            yield node
        case _Not(part):
            yield from _comparisons(part)
        case _All(parts) | _Any(parts):
            for part in parts:
                yield from _comparisons(part)


def _text(node: _Node) -> str:
    match node:
        case Comparison():
            return str(node)
        case _Constant(value):
            return _written(value)
        case _Not(part):
            return f"not ({_text(part)})"
        case _All(parts):
            return " and ".join(f"({_text(part)})" if isinstance(part, _All | _Any) else _text(part) for part in parts)
        case _Any(parts):
            return " or ".join(f"({_text(part)})" if isinstance(part, _All | _Any) else _text(part) for part in parts)


def _written(literal: Literal) -> str:
    if isinstance(literal, bool):
        return "true" if literal else "false"
    if literal is None:
        return "null"
    return str(literal) if isinstance(literal, int) else f"'{literal}'"
