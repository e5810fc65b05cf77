"""Pages on which a file of elsewhere is looked at, with a diagram of another tool and with a file that is none."""

from collections.abc import Callable
from typing import Final

from flask import render_template

from app.studio.importing import Looked, look
from app.web.interchange_words import VERDICTS
from tests.interchange.elsewhere import ROOT

_DIAGRAM: Final = ROOT / "tests" / "interchange" / "diagrams" / "signavio.bpmn"


def _page(looked: Looked, **more: str) -> str:
    return render_template("studio/imported.html", looked=looked, name="klacht.bpmn", content="", verdicts=VERDICTS, **more)


PAGES: Final[dict[str, Callable[[], str]]] = {
    "studio-import": lambda: render_template("studio/import.html"),
    "studio-import-nothing": lambda: render_template("studio/import.html", error="Kies eerst een bestand."),
    "studio-imported": lambda: _page(look(_DIAGRAM.read_bytes(), "klacht.bpmn", {})),
    "studio-imported-open": lambda: _page(look(_DIAGRAM.read_bytes(), "klacht.bpmn", {}), error="Er is al een concept."),
    "studio-imported-broken": lambda: _page(look(b"<a", "klacht.bpmn", {})),
}
