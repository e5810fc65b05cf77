"""Sizes that keep the code readable; ruff holds arguments, complexity and most broad excepts, this holds the rest."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 40
ROUTE_LINES = 25
ARGUMENTS = 6
PUBLIC_NAMES = 15
TEMPLATE_LINES = 200
# The sweep of due cases goes on with the next case, and the 500 handler answers: nothing else may swallow what it does not know.
BROAD_EXCEPTS = {"app/services/moving/going.py": 1, "app/services/wake.py": 1, "app/web/errors.py": 1}

_FOLDERS = ("app", "tests", "tools", "bench")
_TEMPLATES = "app/web/templates"
_ROUTE_DECORATORS = {"get", "post", "put", "patch", "delete", "route"}
_BROAD = {"Exception", "BaseException"}

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Finding:
    """One thing over its budget."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def findings(root: Path) -> list[Finding]:
    """Everything over budget in the repository at `root`, by path."""
    found = []
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            found.extend(check_python(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")))
    for path in sorted((root / _TEMPLATES).rglob("*.*")):
        found.extend(_check_length(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"), TEMPLATE_LINES))
    return found


def check_python(path: str, source: str) -> list[Finding]:
    """What is over budget in one Python file; `path` is relative to the repository, with slashes."""
    tree = ast.parse(source)
    found = _check_length(path, source, FILE_LINES)
    for node in ast.walk(tree):
        if isinstance(node, _Function):
            found.extend(_check_function(path, node))
    if path.startswith("app/"):
        found.extend(_check_public_names(path, tree))
        found.extend(_check_excepts(path, tree))
    return found


def _check_length(path: str, text: str, most: int) -> list[Finding]:
    lines = len(text.splitlines())
    return [Finding(path, lines, f"{lines} lines, at most {most}")] if lines > most else []


def _check_function(path: str, node: _Function) -> Iterator[Finding]:
    most = ROUTE_LINES if path.startswith("app/web/") and _is_route(node) else FUNCTION_LINES
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > most:
        yield Finding(path, node.lineno, f"{node.name} has {lines} lines, at most {most}")
    given = node.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    count = sum(argument.arg not in {"self", "cls"} for argument in arguments)
    if count > ARGUMENTS:
        yield Finding(path, node.lineno, f"{node.name} takes {count} arguments, at most {ARGUMENTS}")


def _is_route(node: _Function) -> bool:
    called = [decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    return any(isinstance(function, ast.Attribute) and function.attr in _ROUTE_DECORATORS for function in called)


def _check_public_names(path: str, tree: ast.Module) -> list[Finding]:
    names = {name for statement in tree.body for name in _defined(statement) if not name.startswith("_")}
    if len(names) > PUBLIC_NAMES:
        return [Finding(path, 1, f"{len(names)} public names, at most {PUBLIC_NAMES}")]
    return []


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.Assign(targets=targets):
            return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        case _:
            return []


def _check_excepts(path: str, tree: ast.Module) -> list[Finding]:
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)]
    return [Finding(path, line, "a broad except") for line in sorted(lines)[BROAD_EXCEPTS.get(path, 0) :]]


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    return any(isinstance(node, ast.Name) and node.id in _BROAD for node in ast.walk(caught))


def main() -> int:
    """Print what is over budget; 1 if anything is."""
    found = findings(Path(__file__).resolve().parent.parent)
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
