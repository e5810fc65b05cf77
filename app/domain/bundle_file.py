"""A procedure as one file, for another installation: a zip of its diagrams, forms and kept scenarios, and what they hash to.

Nothing of a zip is trusted: only names that a bundle can hold, sizes counted while reading, and nothing written to disk.
"""

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Never

from app.domain.errors import DomainError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
#: What Camunda Modeler shows our properties with; an installation has its own, so it is left alone when it is read.
TEMPLATES: Final = "element-templates.json"
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_FILES: Final = 300
_MOST_IN_FILE: Final = 2_000_000
_MOST_IN_ALL: Final = 20_000_000
_KEY: Final = r"[a-z][a-z0-9_]{0,59}"
_NAME: Final = re.compile(rf"{_KEY}\.bpmn|{_KEY}/[a-z][a-z0-9_]{{0,79}}\.bpmn|forms/[a-z][a-z0-9_]{{0,79}}\.form")
_STORY: Final = re.compile(r"scenarios/([a-z0-9][a-z0-9_-]{0,79})\.yml")
_ENCRYPTED: Final = 0x1
#: Before this a zip cannot say when; the same bundle is the same bytes.
_EARLY: Final = (1980, 1, 1, 0, 0, 0)
_AGAIN = "Exporteer de procedure opnieuw, en kies dat bestand."


class NotABundle(DomainError):
    """The bytes are no bundle that we read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A procedure with its files by name, its kept scenarios by name, and the version that it was (None: a draft)."""

    key: str
    number: int | None
    files: Mapping[str, bytes] = field(repr=False)
    stories: Mapping[str, str] = field(repr=False)
    templates: bytes | None = field(repr=False, default=None)


def write(bundle: Bundle) -> bytes:
    """The bundle as a zip; the same bundle gives the same bytes."""
    files = dict(bundle.files) | {f"scenarios/{name}.yml": text.encode() for name, text in bundle.stories.items()}
    if bundle.templates is not None:
        files[TEMPLATES] = bundle.templates
    manifest = {
        "format": FORMAT,
        "procedure": bundle.key,
        "version": bundle.number,
        "files": {name: sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in [(MANIFEST, json.dumps(manifest, indent=2).encode()), *sorted(files.items())]:
            info = zipfile.ZipInfo(name, _EARLY)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            packed.writestr(info, content)
    return target.getvalue()


def is_zip(content: bytes) -> bool:
    """Whether these bytes begin as a zip does."""
    return content.startswith(b"PK")


def read(content: bytes) -> Bundle:
    """The bundle in a zip. Raises NotABundle."""
    if len(content) > MOST_BYTES:
        raise NotABundle("Dit bestand is te groot. Een bundel is hoogstens 5 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            found = dict(_unpacked(packed))
    # What Python's zip reader says of broken, odd and cut off files.
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise NotABundle(f"Dit bestand is geen goede zip. {_AGAIN}") from error
    return _checked(found)


def _unpacked(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = packed.infolist()
    if len(entries) > MOST_FILES:
        raise NotABundle(f"In deze bundel staan meer dan {MOST_FILES} bestanden. {_AGAIN}")
    seen: set[str] = set()
    left = _MOST_IN_ALL
    for entry in entries:
        name = entry.filename
        if re.fullmatch(rf"{_KEY}/", name):
            continue
        _must_be_ours(entry, seen)
        seen.add(name)
        with packed.open(entry) as source:
            # What the zip says of its size is not believed.
            content = source.read(min(_MOST_IN_FILE, left) + 1)
        left -= len(content)
        if len(content) > _MOST_IN_FILE or left < 0:
            raise NotABundle(f"Uitgepakt is {name} te groot. Een bestand is hoogstens 2 MB, en alles samen 20 MB.")
        yield name, content


def _must_be_ours(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    # Cut at a zero byte, a name may be read as another one elsewhere; so both are looked at.
    name = entry.orig_filename
    known = name in (MANIFEST, TEMPLATES) or _NAME.fullmatch(name) or _STORY.fullmatch(name)
    if not known or name != entry.filename:
        shown = name if name.isprintable() else repr(name)
        raise NotABundle(f"In een bundel hoort geen bestand met de naam {shown[:100]}. {_AGAIN}")
    if name in seen:
        raise NotABundle(f"Het bestand {name} staat twee keer in deze bundel. {_AGAIN}")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise NotABundle(f"{name} is een verwijzing, geen bestand. {_AGAIN}")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotABundle(f"{name} is gecomprimeerd op een manier die we niet lezen. {_AGAIN}")
    if entry.flag_bits & _ENCRYPTED:
        raise NotABundle(f"{name} is met een wachtwoord versleuteld. Exporteer de procedure opnieuw, zonder wachtwoord.")


def _checked(found: dict[str, bytes]) -> Bundle:
    manifest = _manifest(found.pop(MANIFEST, b""))
    key, hashes, number = manifest.get("procedure"), manifest.get("files"), manifest.get("version")
    if not isinstance(key, str) or re.fullmatch(_KEY, key) is None or not isinstance(hashes, dict):
        _refuse()
    if not (number is None or (isinstance(number, int) and not isinstance(number, bool))):
        _refuse()
    if hashes.keys() != found.keys():
        different = sorted(map(str, hashes.keys() ^ found.keys()))[0][:100]
        raise NotABundle(f"Deze bundel is niet compleet, of er is iets bij gestopt: {different}. {_AGAIN}")
    changed = [name for name, content in found.items() if sha256(content).hexdigest() != hashes[name]]
    if changed:
        raise NotABundle(f"{changed[0]} is veranderd nadat de bundel werd gemaakt. {_AGAIN}")
    strange = [name for name in found if name.endswith(".bpmn") and name.partition("/")[0].removesuffix(".bpmn") != key]
    if strange:
        raise NotABundle(f"{strange[0]} hoort niet bij de procedure {key}. {_AGAIN}")
    templates = found.pop(TEMPLATES, None)
    stories = {named[1]: _text(name, content) for name, content in found.items() if (named := _STORY.fullmatch(name))}
    return Bundle(key, number, {name: one for name, one in found.items() if not _STORY.fullmatch(name)}, stories, templates)


def _manifest(content: bytes) -> Mapping[str, object]:
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or "format" not in manifest:
        _refuse()
    if manifest["format"] != FORMAT:
        raise NotABundle(
            "Deze bundel heeft een vorm die we niet kennen. Werk deze installatie bij, of exporteer met de oude vorm."
        )
    return manifest


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise NotABundle(f"{name} is geen tekst in UTF-8. {_AGAIN}") from error


def _refuse() -> Never:
    raise NotABundle(f"Dit is geen bundel van een procedure: het overzicht {MANIFEST} ontbreekt of klopt niet. {_AGAIN}")
