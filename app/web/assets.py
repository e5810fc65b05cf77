"""Scripts and styles: their names carry a hash of their content, so browsers may keep them for ever, and they travel packed."""

import json
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from werkzeug.security import safe_join


def finder(folder: Path) -> Callable[[str], str]:
    """A function from the name of a source ("app.css") to its address. Raises FileNotFoundError when nothing was built."""
    manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def address(name: str) -> str:
        return url_for("static", filename=manifest[name])

    return address


def send_packed(flask: Flask) -> None:
    """Send a file as it was packed when it was built, to browsers that unpack it.

    Pages are never packed: their length would tell a listener what of his own stands beside a secret (BREACH).
    """
    folder = flask.static_folder or ""

    def static(filename: str) -> Response:
        packed = safe_join(folder, f"{filename}.gz")
        fits = request.accept_encodings["gzip"] > 0 and packed is not None and Path(packed).is_file()
        if not fits:
            response = flask.send_static_file(filename)
        else:
            response = send_from_directory(folder, f"{filename}.gz", mimetype=guess_type(filename)[0])
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        return response

    flask.view_functions["static"] = static
