// Draws a BPMN diagram in every [data-diagram-src] of the page, and marks in it how far a procedure is, or where many wait.
//
// <div class="vr-diagram" data-diagram-src="/…/diagram.bpmn" data-label="Diagram: …" data-failed="…"
//      data-marks='{"done": ["id"], "active": ["id"], "waiting": [{"id": "id", "text": "20-11-2026"}],
//                   "heat": [{"id": "id", "heat": 4, "text": "3 wacht, 1 te laat"}],
//                   "changes": {"added": ["id"], "removed": [], "changed": [], "moved": []}}'>
//   <p>What is read without JavaScript; it goes when the diagram is there, or becomes data-failed.</p>
// </div>
// Buttons [data-zoom="in|out|fit"], hidden at first, may stand beside it in the same [data-diagram-tools].
//
// The drawing has its own size and the panel scrolls, so that wheel, touch and arrow keys do what they do everywhere.
import Viewer from "bpmn-js/lib/Viewer";

const READABLE = 0.8; // 12 px labels do not get smaller than this
const LARGEST = 2;
const STEP = 1.25;
const MARGIN = 16;
const MARK_HEIGHT = 40; // the bpmn.io mark must stay visible and never covers the drawing

class Diagram {
  constructor(panel) {
    this.panel = panel;
    this.scroller = Object.assign(document.createElement("div"), { className: "vr-diagram-scroll", tabIndex: 0 });
    this.scroller.setAttribute("role", "region");
    this.scroller.setAttribute("aria-label", panel.dataset.label);
    this.sheet = document.createElement("div");
    this.scroller.append(this.sheet);
  }

  async draw() {
    const response = await fetch(this.panel.dataset.diagramSrc, { headers: { Accept: "application/xml" } });
    if (!response.ok) throw new Error(`${response.status} ${this.panel.dataset.diagramSrc}`);
    const xml = await response.text();
    this.panel.replaceChildren(this.scroller);
    this.viewer = new Viewer({ container: this.sheet });
    await this.viewer.importXML(xml);
    this.canvas = this.viewer.get("canvas");
    this.bounds = this.canvas.viewbox().inner;
    this.describe();
    this.mark(JSON.parse(this.panel.dataset.marks ?? "{}"));
    this.listen();
    this.fit();
    this.showActive();
  }

  // The page's list of steps says in words what the picture shows; the picture itself is one image.
  describe() {
    const picture = this.sheet.querySelector("svg");
    picture.removeAttribute("tabindex");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", this.panel.dataset.label);
    // Outside the part that scrolls, the mark is always in view.
    this.panel.append(this.sheet.querySelector(".bjs-powered-by"));
  }

  mark({ done = [], active = [], waiting = [], heat = [], changes = {} }) {
    const registry = this.viewer.get("elementRegistry");
    // A step inside a called diagram is not in this picture.
    const here = (id) => registry.get(id) !== undefined;
    const now = new Set([...active, ...waiting.map(({ id }) => id)]);
    for (const id of done.filter(here)) if (!now.has(id)) this.canvas.addMarker(id, "vr-done");
    this.active = active.filter(here);
    for (const id of this.active) this.canvas.addMarker(id, "vr-active");
    for (const { id, text } of waiting.filter((wait) => here(wait.id))) {
      this.canvas.addMarker(id, "vr-waiting");
      if (text) this.note(registry.get(id), text);
    }
    for (const { id, heat: degree, text } of heat.filter((one) => here(one.id))) {
      this.canvas.addMarker(id, `vr-heat-${degree}`);
      this.note(registry.get(id), text, "vr-heat-text");
    }
    this.active.push(...heat.map(({ id }) => id).filter(here));
    for (const [kind, ids] of Object.entries(changes)) {
      for (const id of ids.filter(here)) this.canvas.addMarker(id, `vr-${kind}`);
      if (kind !== "moved") this.active.push(...ids.filter(here));
    }
  }

  note(element, text, className = "vr-waiting-text") {
    const html = Object.assign(document.createElement("span"), { className, textContent: text });
    // Above the element, or below it where its label lies above. On the rim of a task it would lie on the task: there it is under the label.
    const { label, host } = element;
    const [on, below] = [host && label ? label : element, label && (host || label.y < element.y)];
    this.viewer.get("overlays").add(on, { html, position: below ? { bottom: 0, left: 0 } : { top: -24, left: 0 } });
  }

  listen() {
    new ResizeObserver(() => this.fitted && this.fit()).observe(this.scroller);
    const actions = { in: () => this.zoom(STEP), out: () => this.zoom(1 / STEP), fit: () => this.fit() };
    const keys = { "+": "in", "=": "in", "-": "out", 0: "fit" };
    this.scroller.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
      event.preventDefault();
      actions[keys[event.key]]();
    });
    for (const button of this.panel.closest("[data-diagram-tools]")?.querySelectorAll("[data-zoom]") ?? []) {
      button.hidden = false;
      button.addEventListener("click", actions[button.dataset.zoom]);
    }
  }

  fit() {
    const wanted = (this.scroller.clientWidth - 2 * MARGIN) / this.bounds.width;
    this.resize(Math.min(1, Math.max(READABLE, wanted)));
    this.fitted = true;
  }

  zoom(factor) {
    this.resize(Math.min(LARGEST, Math.max(READABLE / STEP ** 3, this.scale * factor)));
    this.fitted = false;
  }

  resize(scale) {
    this.scale = scale;
    const { x, y, width, height } = this.bounds;
    const [across, down] = [width * scale + 2 * MARGIN, height * scale + MARGIN + MARK_HEIGHT];
    Object.assign(this.sheet.style, { width: `${across}px`, height: `${down}px` });
    this.canvas.resized();
    this.canvas.viewbox({ x: x - MARGIN / scale, y: y - MARGIN / scale, width: across / scale, height: down / scale });
  }

  showActive() {
    if (!this.active.length) return;
    const shape = this.viewer.get("elementRegistry").get(this.active[0]);
    const middle = (shape.x + shape.width / 2 - this.bounds.x) * this.scale + MARGIN;
    this.scroller.scrollLeft = middle - this.scroller.clientWidth / 2;
  }
}

for (const panel of document.querySelectorAll("[data-diagram-src]")) {
  const fallback = panel.firstElementChild;
  new Diagram(panel).draw().then(
    () => (panel.dataset.state = "ready"),
    (error) => {
      fallback.textContent = panel.dataset.failed;
      panel.replaceChildren(fallback);
      panel.dataset.state = "failed";
      console.error(error);
    },
  );
}
