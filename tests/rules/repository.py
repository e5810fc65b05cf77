"""The repository's own files, without what is built, installed or kept by tools."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".hypothesis", ".venv", "var", "node_modules", "static", "__pycache__"}


def files(suffix: str = "") -> Iterator[Path]:
    """Every file of the repository whose name ends with `suffix`."""
    return _below(ROOT, suffix)


def _below(folder: Path, suffix: str) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _NOT_OURS and not path.name.endswith(("_cache", ".egg-info")):
                yield from _below(path, suffix)
        elif path.name.endswith(suffix):
            yield path
