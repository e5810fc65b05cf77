"""Bundles: what was written is read again, and a zip that is no bundle is explained; nothing of it is ever on disk."""

import io
import json
import stat
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.bundle_file import MANIFEST, MOST_BYTES, Bundle, NotABundle, read, write

SOUND = Bundle("route", 3, {"route.bpmn": b"<a/>", "route/phase.bpmn": b"<b/>", "forms/ask.form": b"{}"}, {"late": "title: Laat"})
Entries = list[tuple[zipfile.ZipInfo | str, bytes]]


def zipped(entries: Entries, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name comes twice is what one of these is about
        for name, content in entries:
            packed.writestr(name, content)
    return target.getvalue()


def manifest(files: dict[str, bytes], **more: object) -> bytes:
    hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
    return json.dumps({"format": 1, "procedure": "route", "version": None, "files": hashes} | more).encode()


def holding(name: str | zipfile.ZipInfo, content: bytes = b"<a/>") -> bytes:
    written = name if isinstance(name, str) else name.filename
    return zipped([(MANIFEST, manifest({written: content})), (name, content)])


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("route.bpmn")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def flagged(content: bytes) -> bytes:
    """The first entry says that it is encrypted, here and in the directory."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[content.index(mark) + at] |= 1
    return bytes(changed)


def test_a_bundle_is_read_as_it_was_written_and_the_same_bytes_every_time() -> None:
    assert read(write(SOUND)) == SOUND
    assert write(SOUND) == write(Bundle("route", 3, dict(reversed(list(SOUND.files.items()))), SOUND.stories))
    draft = Bundle("route", None, SOUND.files, {}, b"[]")
    assert read(write(draft)) == draft


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "geen goede zip"),
        (b"PK\x03\x04" + b"\0" * 60, "geen goede zip"),
        (write(SOUND)[:-40], "geen goede zip"),
        (b"PK" + b" " * MOST_BYTES, "te groot"),
        (zipped([]), MANIFEST),
        (zipped([(MANIFEST, b"[" * 100_000)]), MANIFEST),
        (zipped([(MANIFEST, b"{}")]), MANIFEST),
        (zipped([(MANIFEST, b'{"format": 9}')]), "vorm"),
        (zipped([(MANIFEST, manifest({}, procedure="../x"))]), MANIFEST),
        (zipped([(MANIFEST, manifest({}, version=True))]), MANIFEST),
        (zipped([(MANIFEST, manifest({"route.bpmn": b"<a/>"})), ("route.bpmn", b"<b/>")]), "veranderd"),
        (zipped([(MANIFEST, manifest({})), ("route.bpmn", b"<b/>")]), "niet compleet"),
        (zipped([(MANIFEST, manifest({"route.bpmn": b""}))]), "niet compleet"),
        (zipped([(MANIFEST, manifest({"route.bpmn": b""})), ("route.bpmn", b""), ("route.bpmn", b"")]), "twee keer"),
        (holding("../route.bpmn"), "naam"),
        (holding("/etc/passwd"), "naam"),
        (holding("C:\\route.bpmn"), "naam"),
        (holding("forms/../../x.form"), "naam"),
        (holding("route.bpmn/"), "naam"),
        (holding("Thumbs.db"), "naam"),
        (zipped([("Q", b"")]).replace(b"Q", b"\0"), "naam"),
        (holding("other.bpmn"), "hoort niet bij"),
        (holding(link(), b"/etc/passwd"), "verwijzing"),
        (flagged(holding("route.bpmn")), "wachtwoord"),
        (holding("route.bpmn", b"\0" * 2_000_001), "te groot"),
        (zipped([(f"forms/f{n}.form", b"") for n in range(301)]), "300"),
        (holding("scenarios/late.yml", b"\xff"), "UTF-8"),
        (zipped([(MANIFEST, manifest({}))], zipfile.ZIP_LZMA), "gecomprimeerd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_zip_that_is_no_bundle_is_explained(content: bytes, word: str) -> None:
    with pytest.raises(NotABundle) as told:
        read(content)
    assert word in told.value.text
    assert told.value.text.endswith(".")


def test_a_bomb_is_not_unpacked_beyond_its_limit() -> None:
    bomb = {f"route/f{n}.bpmn": b"\0" * 1_999_999 for n in range(11)}
    content = zipped([(MANIFEST, manifest(bomb)), *bomb.items()])
    assert len(content) < 100_000
    with pytest.raises(NotABundle, match="20 MB"):
        read(content)


_CHANGES: list[Callable[[bytes, int, int], bytes]] = [
    lambda content, at, byte: content[:at] + bytes([byte]) + content[at + 1 :],
    lambda content, at, _: content[:at],
    lambda content, at, byte: content[:at] + bytes([byte]) * 3 + content[at:],
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_CHANGES), st.integers(0, len(write(SOUND)) - 1), st.integers(0, 255))
def test_whatever_happens_to_a_bundle_on_its_way_it_is_read_or_explained(
    change: Callable[[bytes, int, int], bytes], at: int, byte: int
) -> None:
    with suppress(NotABundle):
        assert read(change(write(SOUND), at, byte)).files == SOUND.files
