"""The budgets catch what they say they catch."""

from pathlib import Path

import pytest

from tools.budgets import check_python, findings

BODY = "    x = 1\n"


def function(lines: int, decorator: str = "") -> str:
    return f"{decorator}def grow():\n" + BODY * (lines - 1)


@pytest.mark.parametrize(
    ("path", "source", "what"),
    [
        ("app/a.py", "x = 1\n" * 401, "401 lines, at most 400"),
        ("app/a.py", function(41), "grow has 41 lines, at most 40"),
        ("app/a.py", "class A:\n" + "    def grow(self):\n" + "        x = 1\n" * 40, "grow has 41 lines, at most 40"),
        ("tests/test_a.py", function(41), "grow has 41 lines, at most 40"),
        ("app/web/pages/a.py", function(26, "@pages.get('/')\n"), "grow has 26 lines, at most 25"),
        ("app/web/pages/a.py", function(26, "@pages.route('/')\n"), "grow has 26 lines, at most 25"),
        ("app/a.py", "def f(a, b, /, c, *d, e, f, **g): ...\n", "f takes 7 arguments, at most 6"),
        ("app/a.py", "".join(f"name_{number} = 1\n" for number in range(16)), "16 public names, at most 15"),
        ("app/a.py", "try:\n    x = 1\nexcept Exception:\n    x = 2\n", "a broad except"),
        ("app/a.py", "try:\n    x = 1\nexcept (ValueError, BaseException):\n    x = 2\n", "a broad except"),
        ("app/a.py", "try:\n    x = 1\nexcept:\n    x = 2\n", "a broad except"),
        ("app/services/wake.py", "try:\n    x = 1\nexcept Exception:\n    x = 2\n" * 2, "a broad except"),
    ],
)
def test_what_is_over_budget_is_named(path: str, source: str, what: str) -> None:
    assert [finding.what for finding in check_python(path, source)] == [what]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("app/a.py", "x = 1\n" * 400),
        ("app/a.py", function(40)),
        ("app/services/a.py", function(26, "@cache.get('/')\n")),
        ("app/web/pages/a.py", function(25, "@pages.get('/')\n")),
        ("app/a.py", "class A:\n    def f(self, a, b, /, c, *d, e, **g): ...\n"),
        ("app/a.py", "_hidden = 1\n" + "".join(f"name_{number} = 1\n" for number in range(15))),
        ("tests/test_a.py", "".join(f"def test_{number}(): ...\n" for number in range(16))),
        ("app/services/wake.py", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
    ],
)
def test_what_is_within_budget_passes(path: str, source: str) -> None:
    assert check_python(path, source) == []


def test_a_finding_says_file_line_and_what(tmp_path: Path) -> None:
    page = tmp_path / "app/web/templates/page.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>\n" * 201)
    module = tmp_path / "app/module.py"
    module.write_text("\n\n" + function(41))

    assert [str(finding) for finding in findings(tmp_path)] == [
        "app/module.py:3: grow has 41 lines, at most 40",
        "app/web/templates/page.html:201: 201 lines, at most 200",
    ]
