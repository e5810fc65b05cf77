"""All that was found in a draft: by reading it, by driving it and by playing its stories, each with its shortest example."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from app import catalogue
from app.domain.errors import NotFound
from app.domain.procedure import Finding, Process
from app.services.context import Actor, App
from app.services.studio import access, drafts, proofs, readiness
from app.services.studio.proofs import Proof
from app.services.views.checking import CheckLine, CheckPage, ExampleStep, Run
from app.services.views.reviewing import Given
from app.services.views.studio import Desk
from app.storage.queries import studio as queries

_Examples = Mapping[tuple[str, str, str, str], list[dict[str, str]]]


def page(app: App, actor: Actor, key: str) -> CheckPage:
    """Everything that was found in the draft as it is. Raises NotFound without a draft, and for strangers."""
    with app.database.read() as tx:
        place = access.enter(app, tx, actor)
        row = queries.open_draft(tx, key)
        if row is None:
            raise NotFound("Van deze procedure is er geen concept. Begin er een in de studio.")
        view = drafts.view(tx, row)
        ready = readiness.of(app, tx, view, readiness.published_of(tx, key))
        proved = proofs.present(tx, view)
    drawn = catalogue.sketch(key, view.files).processes
    lines = _Lines(drawn, _examples(proved.driven))
    errors = tuple(lines.line(finding, None) for finding in ready.errors)
    warnings = tuple(lines.line(one.finding, one.given) for one in ready.warnings)
    levels = {process.id: process.name or process.id for process in drawn.values()}
    return CheckPage(
        desk=Desk(key, ready.name or levels.get(key, key), drawing=True, draws=place.draws),
        errors=errors,
        warnings=warnings,
        driven=_run(proved.driven),
        played=_run(proved.played),
        levels=levels,
    )


class _Lines:
    """Numbers findings, and says where each is drawn."""

    def __init__(self, drawn: Mapping[str, Process], examples: _Examples) -> None:
        self._examples = examples
        self._numbers = count(1)
        self._process_of = dict(_places(drawn))
        self._files = {process.file: process.id for process in drawn.values()}

    def line(self, finding: Finding, given: Given | None) -> CheckLine:
        told = self._examples.get((finding.code, finding.file, finding.element_id, finding.text), [])
        steps = (ExampleStep(one["element"], self._process_of.get(one["element"], ""), one["label"]) for one in told)
        process_id = self._process_of.get(finding.element_id) or self._files.get(finding.file, "")
        drawn = finding.file in self._files
        return CheckLine(next(self._numbers), finding, given, process_id, drawn, tuple(steps))


def _places(drawn: Mapping[str, Process]) -> Iterator[tuple[str, str]]:
    for process in drawn.values():
        yield process.id, process.id
        yield from ((name, process.id) for name in (*process.elements, *process.flows))


def _examples(driven: Proof | None) -> _Examples:
    found: list[dict[str, Any]] = [] if driven is None or driven.result is None else driven.result["findings"]
    return {(one["code"], one["file"], one["element"], one["text"]): one["path"] for one in found}


def _run(proof: Proof | None) -> Run:
    if proof is None:
        return Run("none", None)
    if proof.result is not None:
        told = len(proof.result.get("stories", ())) or proof.result.get("states", 0)
        return Run("done", proof.finished_at, told, tuple(proof.result.get("undecided", ())))
    return Run("waiting", proof.asked_at) if proof.started_at is None else Run("running", proof.started_at)
