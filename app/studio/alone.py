"""Runs one proof in a process of its own: `python -m app.studio.alone`, work in, result out, both as JSON.

The process holds no secret and no database. It bounds its own memory, and whoever started it bounds its time.
"""

import json
import resource
import sys
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final

from app.catalogue import CatalogueError, thaw
from app.engine.driving.drive import drive

MEMORY_BYTES: Final = 1 << 30
#: What the process says in place of a result when its memory was not enough.
OUT_OF_MEMORY: Final = 3


def run(work: Mapping[str, Any]) -> dict[str, object]:
    """The result of one proof. Raises CatalogueError for files with errors, ValueError for a kind that nobody knows."""
    files = {name: b64decode(content) for name, content in work["files"].items()}
    if work["kind"] != "driven":
        raise ValueError(work["kind"])
    return drive(thaw(work["key"], files), handed=frozenset(work["handed"])).as_json()


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
