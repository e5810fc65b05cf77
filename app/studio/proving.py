"""A worker's part in proofs: take one, run it in a process of its own, write what was found or why nothing could be."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import app as ours
from app.services.context import App
from app.services.studio import proofs
from app.services.studio.proofs import Work
from app.studio.alone import OUT_OF_MEMORY

#: Stories are played twice, and many may be kept.
SECONDS: Final[Mapping[str, float]] = {proofs.DRIVEN: 120, proofs.PLAYED: 240}

_PLAYED_NOT = "Het spelen van de verhalen duurde te lang of liep vast, en is gestopt. Bewaar er minder, of kortere."
_TOO_LONG = "Het doorrijden duurde te lang en is gestopt. Maak de procedure kleiner, of verdeel haar in fasen."
_TOO_MUCH = "Het doorrijden vroeg te veel geheugen en is gestopt. Maak de procedure kleiner, of verdeel haar in fasen."
_BROKEN = "Het doorrijden is onverwacht gestopt. Vraag het nog eens na een wijziging, of meld het aan de beheerder."


def prove_next(app: App) -> bool:
    """Run what was asked first; false when there is nothing to do. A proof that takes too long is stopped."""
    work = proofs.claim(app)
    if work is None:
        return False
    proofs.finish(app, work, run_alone(work, SECONDS[work.kind]))
    return True


def run_alone(work: Work, seconds: float) -> Mapping[str, Any]:
    """The result of a proof, from a child process; what stops the child is explained in the result itself."""
    asked = {
        "kind": work.kind,
        "key": work.key,
        "files": _coded(work.files),
        "handed": sorted(work.handed),
        "published": {key: _coded(files) for key, files in work.published.items()},
        "stories": dict(work.stories),
        "processes": work.processes,
        "forms": work.forms,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.studio.alone"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            # What somebody drew is run here: no secret of ours goes along.
            env={},
            cwd=Path(ours.__file__).parents[1],
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _nothing(work, _TOO_LONG)
    if done.returncode == 0:
        result: Mapping[str, Any] = json.loads(done.stdout)
        return result
    return _nothing(work, _TOO_MUCH if done.returncode == OUT_OF_MEMORY else _BROKEN)


def _coded(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(content).decode() for name, content in files.items()}


def _nothing(work: Work, why: str) -> Mapping[str, Any]:
    """A result without an answer: a warning that whoever publishes must give a reason for."""
    if work.kind == proofs.PLAYED:
        failed = {"title": work.key, "passed": False, "failures": [_PLAYED_NOT], "changes": []}
        return {"stories": [{"name": name, **failed} for name in work.stories or (work.key,)]}
    finding = {
        "file": f"{work.key}.bpmn",
        "element": work.key,
        "name": "",
        "code": "undecided",
        "text": why,
        "severity": "warning",
        "path": [],
    }
    return {"findings": [finding], "states": 0, "complete": False, "undecided": [why]}
