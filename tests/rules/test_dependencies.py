"""What is installed is pinned and hashed, and where it comes from is the choice of who installs it."""

import json
import re

import pytest

from tests.rules.repository import ROOT, files

# Put together here, so that this file names none of them.
HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"))
]
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / lock).read_text(encoding="utf-8")))


def test_no_file_names_the_host_of_a_package_registry() -> None:
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in files()
        for text in [path.read_bytes()]
        if any(host.encode() in text for host in HOSTS)
    ]

    assert naming == []


@pytest.mark.parametrize("lock", ["run.in", "run.txt", "develop.in", "develop.txt"])
def test_requirements_hold_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")

    assert re.findall(r"://|^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", ["run.txt", "develop.txt"])
def test_every_requirement_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements" / lock).read_text(encoding="utf-8"))

    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_what_is_tested_is_what_runs() -> None:
    assert pins("run.txt").items() <= pins("develop.txt").items()


def test_browser_packages_have_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}

    assert installed
    assert [name for name, package in installed.items() if "resolved" in package or "integrity" not in package] == []
