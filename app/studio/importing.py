"""Looks at a file that somebody wants to import, without storing anything: a diagram of whichever tool, or a bundle."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app import catalogue
from app.domain import bundle_file
from app.domain.bundle_file import NotABundle
from app.domain.procedure import Finding, Procedure
from app.engine.adopting import adopt
from app.engine.explaining import Explanation, explain, explain_all
from app.engine.parse import main_of
from app.engine.xml import XmlRefused, read_xml
from app.scenarios.reading import read
from app.scenarios.story import ScenarioError
from app.services.context import Actor, App
from app.services.studio import access

#: Reading them is slow; a hundred pages of stories are more than a proof plays.
_MOST_TOLD: Final = 300_000
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds: what becomes of its parts, and the draft that it would be (no files: it cannot be one)."""

    explanation: Explanation
    key: str = ""
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    stories: Mapping[str, str] = field(repr=False, default_factory=dict)
    #: A bundle says itself what its procedure is called.
    bundled: bool = False

    @property
    def can_be_drawn(self) -> bool:
        """Whether it can become a draft, whatever is still wrong in it."""
        return bool(self.files)


def look(content: bytes, name: str, others: Mapping[str, Procedure], key: str = "") -> Looked:
    """What is in a file of this name; `others` are the procedures that exist. `key` names the procedure of a diagram.

    Never raises for what stands in the bytes.
    """
    return _bundle(content, name, others) if bundle_file.is_zip(content) else _diagram(content, name, key)


def must_import(app: App, actor: Actor) -> None:
    """Raises NotFound for strangers of the studio, Forbidden for whoever looks and does not draw."""
    with app.database.read() as tx:
        access.draw(app, tx, actor)


def look_for(app: App, actor: Actor, content: bytes, name: str, key: str = "") -> Looked:
    """The same for somebody who may draw. Raises NotFound, Forbidden."""
    with app.database.read() as tx:
        access.draw(app, tx, actor)
        others = {known: one.procedure for known, one in app.versions.published(tx).items()}
    return look(content, name, others, key)


def _diagram(content: bytes, name: str, key: str) -> Looked:
    explanation = explain(content, name)
    try:
        root = read_xml(content)
    except XmlRefused:
        return Looked(explanation)
    main = main_of(root)
    if main is None or not explanation.parts:
        return Looked(explanation)
    process = next(one for one in explanation.parts if one.id == main and one.kind == "proces")
    wanted = key or _key(main, process.name, name)
    return Looked(explanation, wanted, {f"{wanted}.bpmn": adopt(content, main, wanted)})


def _key(main: str, title: str, file: str) -> str:
    """A name for a procedure: the id of its process when that could be one, else in the words of its title or file."""
    texts = (main, *(re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:60] for text in (title, file.partition(".")[0])))
    return next((text for text in texts if _KEY.fullmatch(text)), "procedure")


def _bundle(content: bytes, name: str, others: Mapping[str, Procedure]) -> Looked:
    try:
        bundle = bundle_file.read(content)
    except NotABundle as refused:
        return Looked(Explanation((), (Finding(name, name, "", "bundle", refused.text),)))
    _, found = catalogue.examine(bundle.key, bundle.files, others)
    found = (*found, *_stories(bundle.stories))
    diagrams = {file: source for file, source in bundle.files.items() if file.endswith(".bpmn")}
    return Looked(explain_all(diagrams, found), bundle.key, bundle.files, bundle.stories, bundled=True)


def _stories(stories: Mapping[str, str]) -> list[Finding]:
    """What is wrong with scenarios by themselves; whether they come out as they say is seen when they are played."""
    found: list[Finding] = []
    if sum(map(len, stories.values())) > _MOST_TOLD:
        text = "De scenario's in deze bundel zijn samen te lang. Bewaar er minder, en exporteer de procedure opnieuw."
        return [Finding("scenarios", "scenarios", "", "scenario", text)]
    for name, text in stories.items():
        file = f"scenarios/{name}.yml"
        try:
            read(text)
        except ScenarioError as error:
            found.append(Finding(file, file, "", "scenario", f"Dit scenario is niet te lezen: {error}"))
    return found
