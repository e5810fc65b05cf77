"""Addresses of scripts and styles: their names carry a hash of their content, so browsers may keep them for ever."""

import json
from collections.abc import Callable
from pathlib import Path

from flask import url_for


def finder(folder: Path) -> Callable[[str], str]:
    """A function from the name of a source ("app.css") to its address. Raises FileNotFoundError when nothing was built."""
    manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def address(name: str) -> str:
        return url_for("static", filename=manifest[name])

    return address
