"""Reads files that mean harm in a process of its own, which may hold only so much memory; writes what came of each as JSON.

Usage: python -m tests.interchange.hostile <folder of files>
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from app.studio.importing import look

#: What the process may address beyond what it held when it began: a file that needs more makes it fail.
ROOM = 300 * 1024 * 1024


def main() -> None:
    """Looks at each file, in the order of their names."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + ROOM, now + ROOM))
    told = {}
    for file in sorted(Path(sys.argv[1]).iterdir()):
        began = perf_counter()
        looked = look(file.read_bytes(), file.name, {})
        told[file.name] = {
            "drawn": looked.can_be_drawn,
            "runs": looked.explanation.runs,
            "codes": sorted({found.code for found in looked.explanation.rest}),
            "texts": [found.text for found in looked.explanation.rest],
            "noted": sorted({note.code for part in looked.explanation.parts for note in part.notes}),
            "seconds": perf_counter() - began,
        }
    sys.stdout.write(json.dumps({"told": told, "peak": _peak()}))


def _peak() -> int:
    """The most memory that this process ever held, in kB. What getrusage says also counts the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
