"""What the documents name exists, what exists is named, and the repository speaks of the product alone."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.dialect import TOPICS
from tests.rules.repository import ROOT, files

ARCHITECTURE = "ARCHITECTURE.md"
DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))
_SUFFIXES = (".bpmn", ".css", ".form", ".html", ".in", ".js", ".md", ".mjs", ".py", ".sh", ".toml", ".txt", ".yml")
_CODE = re.compile(r"`([^`\n]+)`|^    (.+)$|\]\(([^)\s]+)\)", re.MULTILINE)
_VARIABLE = re.compile(r"[A-Z][A-Z_]{2,}")

#: Words of a workplace, put together here, so that this file holds none of them.
WORKPLACE = {
    name: re.compile(pattern)
    for name, pattern in {
        "a design page": r"\b" + "".join(("DES", "IGN")) + r"\b",
        "an issue": "|".join((r"\b" + "".join(("ISS", "UE")) + r"\b", "(?i:" + "".join(("iss", "ue")) + r" #?\d)")),
        "a page of sources": "".join(
            (r"\b(?:CHECK", "LIST|DRAW", "ING|EXAM", "PLES|FIE", "LDS|ROU", "TES|SET", r"UP|UI)(?:\.md|\s+\d)")
        ),
        "a folder of one machine": "".join(("/wo", "rk/|/tm", "p/w/|/ro", "ot/|/ho", "me/")),
        "who did it": "|".join(
            (
                r"\b" + "".join(("hel", "per-")),
                "".join(("(?i:other |another |next |previous )sess", r"ion\b")),
                "".join(("sess", "ion of the pro", "ject")),
                r"\bthe " + "".join(("le", "ad")) + r"\b",
                r"\b" + "".join(("BRI", "EF")) + r"\b",
            )
        ),
    }.items()
}


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def section(document: str, title: str) -> str:
    """The text under one heading of the second level."""
    return re.split(r"^## ", text_of(document), flags=re.MULTILINE)[_titles(document).index(title) + 1]


def _titles(document: str) -> list[str]:
    return re.findall(r"^## (.+)$", text_of(document), re.MULTILINE)


def first_column(table: str) -> set[str]:
    """Every name in the first column of a table, without its head; names are divided by commas."""
    rows = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:]
    return {name.strip(" `") for row in rows for name in row.split(",")}


def paths(text: str) -> Iterator[str]:
    """What a document writes as code or links to and looks like a path of this repository."""
    for found in _CODE.finditer(text):
        for word in "".join(group or "" for group in found.groups()).split():
            name = word.partition("::")[0].partition("#")[0].rstrip(",;:")
            inside = "/" in name and not name.startswith(("/", ".venv/", "http"))
            if (
                "…" not in name
                and (inside or (name.endswith(_SUFFIXES) and not name.startswith(".")))
                and re.fullmatch(r"[\w./<>*@-]+", name)
            ):
                yield name


def exists(name: str) -> bool:
    """Whether a path exists or is made by `make`; `<key>` stands for any name, a bare file name for a file anywhere."""
    ignored = [line.rstrip("/") for line in text_of(".gitignore").splitlines()]
    if any(name.rstrip("/") == made or name.startswith(f"{made}/") for made in ignored):
        return True
    pattern = re.sub(r"<\w+>", "*", name.rstrip("/"))
    return any(ROOT.glob(pattern)) or ("/" not in name and any(path.match(pattern) for path in files()))


def variables(path: Path) -> set[str]:
    """The names of environment variables that a module reads: literals for its readers, and click's `envvar`."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    given = [value for call in calls for value in call.args] if path.name == "settings.py" else []
    given += [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "envvar"]
    literals = [value.value for value in given if isinstance(value, ast.Constant)]
    return {name for name in literals if isinstance(name, str) and _VARIABLE.fullmatch(name)}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_exists(document: str) -> None:
    assert [name for name in paths(text_of(document)) if not exists(name)] == []


def test_paths_are_found_in_code_and_in_links_only() -> None:
    prose = "and/or `app/nowhere.py` [this](docs/none.md#part) `a=b/c` `.layout.yml` /taken/1"
    text = f"{prose}\n\n    python tests/x.py::test_y  # why\n"

    assert list(paths(text)) == ["app/nowhere.py", "docs/none.md", "tests/x.py"]
    assert not any(exists(name) for name in paths(text))
    assert exists("processes/<key>.bpmn")
    assert not exists("processes/<key>.dmn")


def test_every_folder_of_the_product_is_described() -> None:
    folders = {f"app/{path.parent.name}/" for path in (ROOT / "app").glob("*/__init__.py")}
    modules = {f"app/{path.name}" for path in (ROOT / "app").glob("[a-z]*.py")} - {"app/cli.py"}

    assert {name for name in folders | modules if f"`{name}`" not in text_of(ARCHITECTURE)} == set()


def test_the_layers_are_described_as_they_are_held() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    held = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    drawn = re.findall(r"^    (.+)$", section(ARCHITECTURE, "Layers and folders"), re.MULTILINE)

    assert drawn == [re.sub(r"app\.|[()]", "", layer) for layer in held]


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    read = {name for path in files(".py") if path.is_relative_to(ROOT / "app") for name in variables(path)}

    assert len(read) > 10
    assert first_column(section(ARCHITECTURE, "Settings")) == read


def test_every_dependency_has_a_reason() -> None:
    package = json.loads(text_of("package.json"))
    lines = [line for name in ("run", "develop") for line in text_of(f"requirements/{name}.in").splitlines()]
    wanted = [re.split(r"[\[<>=]", line)[0].lower() for line in lines if line and line[0] not in "#-"]
    named = first_column(section(ARCHITECTURE, "Dependencies and their reasons"))

    assert named == {*wanted, *package["dependencies"], *package["devDependencies"]}


def test_every_property_of_a_diagram_is_explained() -> None:
    dialect = section(ARCHITECTURE, "The dialect of our diagrams")
    used = {
        name
        for path in (ROOT / "processes").rglob("*.bpmn")
        for name in re.findall(r'camunda:property name="(\w+)"', path.read_text(encoding="utf-8"))
    }

    assert used
    assert {name for name in used if f"`{name}`" not in dialect} == set()


def test_every_topic_of_service_tasks_is_explained_with_its_properties() -> None:
    dialect = section(ARCHITECTURE, "The dialect of our diagrams")
    table = dialect.partition("| topic |")[2].partition("\n\n")[0]

    assert first_column("| topic |" + table) == set(TOPICS)
    named = {one.name for topic in TOPICS.values() for one in topic.properties}
    assert {name for name in named if f"`{name}`" not in dialect} == set()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a design page", ("(DES", "IGN 5)")),
        ("an issue", ("see iss", "ue 2")),
        ("an issue", ("ISS", "UE.md")),
        ("a page of sources", ("ROU", "TES.md")),
        ("a page of sources", ("FIE", "LDS 3.2")),
        ("a folder of one machine", ("cd /wo", "rk/main")),
        ("who did it", ("hel", "per-docs")),
        ("who did it", ("the le", "ad wrote")),
    ],
)
def test_words_of_a_workplace_are_seen(name: str, parts: tuple[str, ...]) -> None:
    assert WORKPLACE[name].search("".join(parts))


def test_the_repository_speaks_of_the_product_alone() -> None:
    locks = {ROOT / "package-lock.json", *(ROOT / "requirements").glob("*.txt")}
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {name}: {hit[0]}"
        for path in files()
        if path not in locks and path.suffix != ".png"
        for text in [path.read_bytes().decode("utf-8", "ignore")]
        for name, pattern in WORKPLACE.items()
        for hit in pattern.finditer(text)
    ]

    assert found == []
