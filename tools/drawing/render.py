"""`python -m tools.drawing.render FOLDER [files]`: photograph every diagram with bpmn-js in a browser."""

import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests import chromium
from tools.drawing.__main__ import diagrams

_VIEWER: Final = Path("node_modules/bpmn-js/dist/bpmn-viewer.production.min.js")
_STYLE: Final = Path("node_modules/bpmn-js/dist/assets/diagram-js.css")
_PAGE: Final = "<body style='margin:0;background:#fff'><div id='canvas' style='width:100vw;height:100vh'></div>"
_SHOW: Final = """async ([xml, foot]) => {
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  if (warnings.length) throw new Error(warnings.map((warning) => warning.message).join('; '));
  const canvas = viewer.get('canvas'), box = canvas.viewbox().inner, edge = 12;
  const view = { x: box.x - edge, y: box.y - edge, width: box.width + 2 * edge, height: box.height + edge + foot };
  window.fit = () => { canvas.resized(); canvas.viewbox(view); };
  return [Math.ceil(view.width), Math.ceil(view.height)];
}"""
_FOOT: Final = 44


def picture(page: Page, xml: str, viewer: Path = _VIEWER) -> bytes:
    """A PNG of one diagram at one CSS px per unit; raises playwright's Error when bpmn-js warns about the file."""
    page.set_content(_PAGE)
    page.add_style_tag(path=_STYLE)
    page.add_script_tag(path=viewer)
    width, height = page.evaluate(_SHOW, [xml, _FOOT])
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("fit()")
    return page.screenshot()


def main(arguments: list[str]) -> int:
    """One PNG a diagram, named after its path."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    paths = [Path(name) for name in arguments[1:]] or diagrams()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        page = browser.new_page(device_scale_factor=1.5)
        for path in paths:
            name = "-".join(path.with_suffix("").parts[1:])
            (folder / f"{name}.png").write_bytes(picture(page, path.read_text(encoding="utf-8")))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
