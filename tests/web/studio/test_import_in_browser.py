"""A file that is dropped on the page is sent as if it had been chosen."""

from pathlib import Path

from flask import Flask

from app.web.guard import public
from tests.conftest import PageOpener
from tests.interchange.elsewhere import ROOT
from tests.web.rendering import render
from tests.web.serving import served

DROP = """(text) => {
  const form = document.querySelector("form[data-drop]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.sent = [form.getAttribute("action"), new FormData(form).get("file").name];
  });
  const data = new DataTransfer();
  data.items.add(new File([text], "klacht.bpmn"));
  for (const kind of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""
DIAGRAM: Path = ROOT / "tests" / "interchange" / "diagrams" / "signavio.bpmn"


def test_a_dropped_file_is_looked_at(web: Flask, new_page: PageOpener) -> None:
    @web.get("/voorbeeld")
    @public
    def example() -> str:
        return render(web, "studio-import")

    with served(web) as address:
        page = new_page()
        page.goto(f"{address}/voorbeeld")
        page.evaluate(DROP, DIAGRAM.read_text(encoding="utf-8"))
        assert page.evaluate("window.sent") == ["/studio/importeren", "klacht.bpmn"]
