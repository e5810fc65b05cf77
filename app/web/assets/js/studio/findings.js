// What is to be said of the drawing, at the element and in a list: bpmnlint's general rules, and what the server's checks say of the
// whole draft with this drawing as it is on the screen. Asked a moment after the last edit; an older answer is dropped.
import linting from "bpmn-js-bpmnlint";
import { ours } from "./dutch";
import { wordsOf } from "./lists";
import { Refused } from "./talk";

const Linting = linting.linting[1];
const PAUSE = 80; // milliseconds in which somebody may be typing on

class Findings extends Linting {
  constructor(bpmnjs, canvas, config, elementRegistry, eventBus, overlays, translate, studio) {
    super(bpmnjs, canvas, config, elementRegistry, eventBus, overlays, translate);
    Object.assign(this, { _studio: studio, _first: true });
    // It is told at each change; the moment counts from the last of them.
    eventBus.on("commandStack.changed", () => {
      this._editedAt = performance.now();
    });
    eventBus.on("linting.completed", 400, () => this._tell());
  }

  async lint() {
    const turn = (this._turn = {});
    if (!this._first) await new Promise((resolve) => setTimeout(resolve, PAUSE));
    this._first = false;
    // Whoever asked has asked again since, and drops this.
    if (turn !== this._turn) return {};
    const [said, general] = await Promise.all([this._ask(), super.lint()]);
    if (turn !== this._turn) return {};
    const here = said.filter((one) => one.file === this._studio.file);
    this._elsewhere = said.filter((one) => one.file !== this._studio.file);
    return together(here, general);
  }

  // The library draws all badges anew after each edit; only those that changed need it.
  _formatIssues(issues) {
    const next = super._formatIssues(issues);
    for (const [id, said] of Object.entries(next)) if (same(said, this._issues[id])) next[id] = this._issues[id];
    return (this._next = next);
  }

  _clearOverlays() {
    if (!this._next) return super._clearOverlays();
    for (const [id, overlay] of Object.entries(this._overlayIds)) {
      if (this._next[id] === this._issues[id]) continue;
      this._overlays.remove(overlay);
      delete this._overlayIds[id];
    }
    this._next = undefined;
  }

  async _ask() {
    try {
      const { xml } = await this._bpmnjs.saveXML({ format: true });
      const { findings } = await this._studio.talk.findings(this._studio.file, xml);
      for (const { text } of findings) ours.add(text);
      this._problem = "";
      return findings;
    } catch (error) {
      this._problem = `De controle lukt nu niet. ${error.message}`;
      if (!(error instanceof Refused)) console.warn(error.message);
      return [];
    }
  }

  _tell() {
    const name = (shape) => wordsOf(this._elementRegistry.get(shape));
    const here = Object.values(this._issues)
      .flat()
      .map((one) => ({
        element: one.actualElementId ?? one.id,
        text: this._translate(one.message),
        severity: one.category === "error" ? "error" : "warning",
        shape: one.id,
        name: name(one.id),
      }));
    this._eventBus.fire("studio.findings", { here, elsewhere: this._elsewhere ?? [], problem: this._problem });
    if (this._editedAt) performance.measure("studio.findings", { start: this._editedAt, end: performance.now() });
    this._editedAt = undefined;
  }
}
Findings.$inject = [...Linting.$inject, "config.studio"];

const same = (said, before) => before && JSON.stringify(said) === JSON.stringify(before);

// Where our own checks speak of an element, they say better what to do; the general rules are silent about it then.
function together(here, general) {
  const spoken = new Set(here.map((one) => one.element));
  const found = Object.entries(general).map(([rule, reports]) => [rule, reports.filter((one) => !spoken.has(one.id))]);
  for (const one of here) {
    found.push([one.code, [{ id: one.element, message: one.text, category: one.severity === "error" ? "error" : "warn" }]]);
  }
  const rules = {};
  for (const [rule, reports] of found) if (reports.length) (rules[rule] ??= []).push(...reports);
  return rules;
}

export default { __init__: ["linting"], linting: ["type", Findings] };
