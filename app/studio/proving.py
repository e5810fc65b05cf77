"""A worker's part in proofs: take one, run it in a process of its own, write what was found or why nothing could be."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import app as ours
from app.services.context import App
from app.services.studio import proofs
from app.services.studio.proofs import PLAYED, Work
from app.studio.alone import OUT_OF_MEMORY
from app.studio.rehearsal import Folders

SECONDS: Final = 120

_TOO_LONG = "Het nakijken duurde te lang en is gestopt. Maak de procedure kleiner, of verdeel haar in fasen."
_TOO_MUCH = "Het nakijken vroeg te veel geheugen en is gestopt. Maak de procedure kleiner, of verdeel haar in fasen."
_BROKEN = "Het nakijken is onverwacht gestopt. Vraag het nog eens na een wijziging, of meld het aan de beheerder."


def prove_next(app: App, seconds: float = SECONDS) -> bool:
    """Run what was asked first; false when there is nothing to do. A proof that takes longer than `seconds` is stopped."""
    work = proofs.claim(app)
    if work is None:
        return False
    folders = Folders(app.settings.processes.resolve(), app.settings.forms.resolve())
    proofs.finish(app, work, run_alone(work, seconds, folders))
    return True


def run_alone(work: Work, seconds: float, folders: Folders) -> Mapping[str, Any]:
    """The result of a proof, from a child process; what stops the child is explained in the result itself."""
    asked = {
        "kind": work.kind,
        "key": work.key,
        "files": _packed(work.files),
        "handed": sorted(work.handed),
        "published": {key: _packed(files) for key, files in work.published.items()},
        "stories": dict(work.stories),
        "processes": str(folders.processes),
        "forms": str(folders.forms),
    }
    stopped = _not_played if work.kind == PLAYED else lambda _, why: _nothing(why)
    try:
        with TemporaryDirectory(prefix="veilige-route-") as made:
            done = subprocess.run(
                [sys.executable, "-m", "app.studio.alone"],
                input=json.dumps(asked).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                # What somebody drew is run here: no secret goes along, and what it leaves behind when it is stopped goes too.
                env={"TMPDIR": made},
                cwd=Path(ours.__file__).parents[1],
                check=False,
            )
    except subprocess.TimeoutExpired:
        return stopped(work, _TOO_LONG)
    if done.returncode == 0:
        result: Mapping[str, Any] = json.loads(done.stdout)
        return result
    return stopped(work, _TOO_MUCH if done.returncode == OUT_OF_MEMORY else _BROKEN)


def _packed(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(content).decode() for name, content in files.items()}


def _nothing(why: str) -> Mapping[str, Any]:
    """A result without an answer. That it is not complete is a warning, for which whoever publishes gives a reason."""
    return {"findings": [], "states": 0, "complete": False, "undecided": [why]}


def _not_played(work: Work, why: str) -> Mapping[str, Any]:
    """No story is proved."""
    stories = [{"name": name, "title": name, "passed": False, "failures": [why], "changes": []} for name in work.stories]
    return {"stories": stories}
