"""Scripts and styles travel packed to whoever unpacks them; pages never do."""

import gzip
import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def names(web: Flask) -> list[str]:
    """The files that were built."""
    return list(json.loads((Path(web.static_folder or "") / "manifest.json").read_text(encoding="utf-8")).values())


def test_a_browser_that_unpacks_gets_the_same_file_in_fewer_bytes(stranger: FlaskClient, names: list[str]) -> None:
    for name in names:
        plain = stranger.get(f"/static/{name}")
        packed = stranger.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"})
        assert "Content-Encoding" not in plain.headers
        assert (packed.headers["Content-Encoding"], "Accept-Encoding" in packed.headers["Vary"]) == ("gzip", True)
        assert packed.mimetype == plain.mimetype
        assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"]
        assert gzip.decompress(packed.data) == plain.data
        if len(plain.data) > 2000:
            assert len(packed.data) < len(plain.data) / 2
        plain.close()
        packed.close()


def test_nothing_outside_the_folder_is_sent(stranger: FlaskClient) -> None:
    for name in ("../__init__.py", "..%2F__init__.py", "geen.css"):
        assert stranger.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).status_code == 404, name


def test_pages_are_not_packed(stranger: FlaskClient) -> None:
    assert "Content-Encoding" not in stranger.get("/inloggen", headers={"Accept-Encoding": "gzip"}).headers
