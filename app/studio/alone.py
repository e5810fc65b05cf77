"""Runs one proof in a process of its own: `python -m app.studio.alone`, work in, result out, both as JSON.

The process holds no secret and no database. It bounds its own memory, and whoever started it bounds its time.
"""

import json
import resource
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from app.catalogue import CatalogueError, thaw
from app.domain.procedure import Procedure
from app.engine.driving.drive import drive
from app.studio.rehearsal import Folders, as_json, rehearse

MEMORY_BYTES: Final = 1 << 30
#: What the process says in place of a result when its memory was not enough.
OUT_OF_MEMORY: Final = 3


def run(work: Mapping[str, Any]) -> dict[str, object]:
    """The result of one proof. Raises CatalogueError for files with errors, KeyError for a kind that nobody knows."""
    return _KINDS[work["kind"]](work, thaw(work["key"], _unpacked(work["files"])))


def _driven(work: Mapping[str, Any], procedure: Procedure) -> dict[str, object]:
    return drive(procedure, handed=frozenset(work["handed"])).as_json()


def _played(work: Mapping[str, Any], procedure: Procedure) -> dict[str, object]:
    published = {key: thaw(key, _unpacked(files)) for key, files in work["published"].items()}
    folders = Folders(Path(work["processes"]), Path(work["forms"]))
    return as_json(rehearse(published, {**published, work["key"]: procedure}, folders, work["stories"]))


_KINDS: Final[Mapping[str, Callable[[Mapping[str, Any], Procedure], dict[str, object]]]] = {"driven": _driven, "played": _played}


def _unpacked(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: b64decode(content) for name, content in files.items()}


def main() -> int:
    """Read the work, run it, write the result; the exit code says how it went."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        result = run(json.load(sys.stdin))
    except MemoryError:
        return OUT_OF_MEMORY
    except CatalogueError:
        return 1
    json.dump(result, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
