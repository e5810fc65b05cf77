"""What was proved of a draft as it is, by driving it with the real engine and by playing its stories; read, and not run here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from app.domain.procedure import Finding, Severity
from app.services.studio import drafts
from app.services.studio.drafts import DraftView
from app.services.views.reviewing import Proof
from app.storage.database import Transaction
from app.storage.queries import proofs as queries
from app.storage.queries import stories as story_queries
from app.storage.tables import StudioProof

_KINDS: Final = ("driven", "played")


@dataclass(frozen=True, slots=True)
class Proved:
    """How far both proofs are, and what they found."""

    driven: Proof
    played: Proof
    findings: tuple[Finding, ...]


def present(tx: Transaction, draft: DraftView) -> Proved:
    """The proofs of exactly these files, and for stories of exactly those that are kept now."""
    rows = [queries.of(tx, draft.id, kind, sha256) for kind, sha256 in zip(_KINDS, hashes(tx, draft), strict=True)]
    driven, played = (_result(row) for row in rows)
    found = (*_driven(driven, f"{draft.key}.bpmn"), *_played(played))
    situations, stories = driven.get("states", 0), len(played.get("stories", ()))
    return Proved(Proof(_state(rows[0]), situations), Proof(_state(rows[1]), stories), found)


def hashes(tx: Transaction, draft: DraftView) -> tuple[str, str]:
    """What driving is proved of: these files; and playing: these files and the stories that are kept now."""
    stories = {f"stories/{row.name}": row.text.encode() for row, _ in story_queries.kept(tx, draft.key)}
    return draft.sha256, drafts.digest({**draft.files, **stories})


def _state(row: StudioProof | None) -> str:
    return "none" if row is None else "waiting" if row.finished_at is None else "done"


def _result(row: StudioProof | None) -> dict[str, Any]:
    return {} if row is None or row.result is None else json.loads(row.result)


def _driven(result: dict[str, Any], main: str) -> Iterator[Finding]:
    for one in result.get("findings", ()):
        yield Finding(one["file"], one["element"], one["name"], one["code"], one["text"], Severity(one["severity"]))
    if not result.get("complete", True):
        text = f"De tekening is niet helemaal doorlopen. {' '.join(result.get('undecided', ()))}"
        yield Finding(main, "", "", "driven_incomplete", text.strip(), Severity.WARNING)


def _played(result: dict[str, Any]) -> Iterator[Finding]:
    for one in result.get("stories", ()):
        if not one["passed"]:
            text = "Dit verhaal loopt anders dan het vertelt. Kijk bij Verhalen wat er anders gaat, en of dat zo hoort."
            yield Finding("", one["name"], one["title"], "scenario", text, Severity.WARNING)
