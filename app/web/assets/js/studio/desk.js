// Puts the page of a drawing together: opens the file, keeps it, lists what is found, and does what the buttons say.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { compare } from "./comparing";
import { draw } from "./drawing";
import { unknown } from "./dutch";
import { listFindings, listParts } from "./lists";
import { PARTS, RIM } from "./offered";
import { Saving } from "./saving";
import { Talk } from "./talk";
import { tell } from "./told";
import { Versions } from "./versions";

const CLOCK = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" });
const BROKEN = "Dit bestand is geen diagram dat we kunnen tekenen. Kies een .bpmn-bestand van bpmn.io of Camunda Modeler.";
const LARGEST = 2_000_000;
const PALETTE = 130;
const MARGIN = 24;
const SMALLEST = 0.6;
const AGAIN = 50; // milliseconds

export class Desk {
  constructor(panel) {
    const { key, file, draws, base, csrf, element, stands } = panel.dataset;
    Object.assign(this, { panel, file, draws: draws === "ja", wanted: element, key, stands });
    this.talk = new Talk({ base, csrf });
    this.part = (name) => panel.querySelector(`[data-part=${name}]`);
    this.dialog = (name) => panel.querySelector(`[data-dialog=${name}]`);
    // A version that was published is looked at, and nothing is found in it any more.
    this.studio = { key, file, draws: this.draws, finds: !stands, talk: this.talk, known: undefined, makeForm: (id) => this.makeForm(id), jump: (id) => this.jump(id) };
    this.saving = new Saving({ talk: this.talk, file, read: () => this.read(), tell: (how) => this.state(how), conflict: (text, mine) => this.conflict(text, mine) });
    this.versions = new Versions(this);
  }

  async open() {
    const [known, file] = await Promise.all([this.talk.known(), this.talk.file(this.file)]);
    this.studio.known = known;
    this.bpmn = draw({ container: this.part("canvas"), properties: this.part("properties"), studio: this.studio });
    this.bpmn.on("studio.findings", (found) => this.found(found));
    await this.bpmn.importXML(file.content);
    this.saving.opened(file);
    this.fit();
    this.settle();
    this.listen();
    if (this.wanted) this.begin();
    const left = this.draws && this.saving.left();
    if (left) this.offer(left);
  }

  // The panel hears of what is chosen only some moments after its first picture; so it is chosen until the panel heard.
  begin() {
    if (!this.draws) return this.jump(this.wanted);
    const choosing = setInterval(() => {
      this.bpmn.get("selection").select(null);
      this.jump(this.wanted);
    }, AGAIN);
    this.bpmn.get("eventBus").once("propertiesPanel.updated", () => clearInterval(choosing));
  }

  settle() {
    const picture = this.part("canvas").querySelector("svg");
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", this.panel.dataset.label);
    if (!this.part("parts")) return;
    const parts = () => listParts(this.part("parts"), this.part("goal"), this.bpmn, (id) => this.jump(id));
    parts();
    this.bpmn.on("commandStack.changed", () => {
      clearTimeout(this.listing);
      this.listing = setTimeout(parts, 300);
    });
  }

  listen() {
    for (const button of this.panel.querySelectorAll("[data-do]")) button.addEventListener("click", () => this[button.dataset.do](button));
    for (const link of document.querySelectorAll("a[data-jump]")) link.addEventListener("click", (event) => this.follow(link, event));
    if (!this.draws) {
      this.bpmn.on("selection.changed", ({ newSelection: [one] }) => {
        tell(this.part("properties"), one, this.studio);
        if (this.part("choose")) this.part("choose").hidden = Boolean(one);
      });
      return;
    }
    this.bpmn.on("commandStack.changed", () => {
      this.saving.edited();
      this.buttons();
    });
    this.bpmn.on("selection.changed", () => this.buttons());
    addEventListener("blur", () => this.saving.save());
    addEventListener("pagehide", () => this.saving.leave());
    addEventListener("beforeunload", (event) => this.saving.dirty && (this.saving.leave(), event.preventDefault()));
    this.dropping();
    this.buttons();
  }

  // A step of the list, chosen in the drawing; on a screen without one the link is a link.
  follow(link, event) {
    if (!this.bpmn.get("canvas").getSize().width) return;
    event.preventDefault();
    this.part("canvas").scrollIntoView({ block: "nearest" });
    this.jump(link.dataset.jump);
  }

  buttons() {
    const stack = this.bpmn.get("commandStack");
    const selected = this.selected();
    const able = { undo: stack.canUndo(), redo: stack.canRedo(), append: selected && isAny(selected, ["bpmn:FlowNode", "bpmn:SequenceFlow"]) && !is(selected, "bpmn:EndEvent"), drop: Boolean(selected) };
    able.connect = able.append && is(selected, "bpmn:FlowNode");
    for (const [name, can] of Object.entries(able)) for (const button of this.panel.querySelectorAll(`[data-do=${name}]`)) button.disabled = !can;
    this.panel.dataset.unknown = [...unknown].join("|");
  }

  selected() {
    const chosen = this.bpmn.get("selection").get();
    return chosen.length === 1 ? chosen[0] : undefined;
  }

  // An element by its id, in view and chosen, with its fields at hand; a process is shown as its pool.
  jump(id) {
    const registry = this.bpmn.get("elementRegistry");
    const found = registry.get(id) ?? registry.find((one) => one.businessObject.processRef?.id === id);
    if (!found) return;
    this.bpmn.get("selection").select(found);
    if (found.parent) this.bpmn.get("canvas").scrollToElement(found, 80);
    this.part("properties").focus();
  }

  found(found) {
    const parts = { list: this.part("findings"), count: this.part("count"), problem: this.part("problem") };
    const address = (one) => `${this.talk.base}/tekening?bestand=${encodeURIComponent(one.file)}&element=${encodeURIComponent(one.element)}`;
    const errors = listFindings(parts, found, { jump: (id) => this.jump(id), known: this.studio.known, address: (one) => (one.file.endsWith(".form") ? `${this.talk.base}/formulier/${one.file.slice(6, -5)}` : address(one)) });
    const next = this.part("next");
    next.dataset.errors = errors;
    next.textContent = errors ? `${next.dataset.blocked} (${errors})` : next.dataset.free;
    this.panel.dataset.findings = "ready";
  }

  next() {
    const first = this.part("findings").querySelector(".finding-error :is(button, a)");
    if (first) first.click();
    else location.assign(this.part("next").dataset.address);
  }

  state({ state, by, at, text }) {
    const when = at && CLOCK.format(new Date(at)).replace(":", ".");
    const words = {
      saved: at ? `Bewaard om ${when}${by ? ` door ${by}` : ""}` : "Zoals het concept begon",
      unsaved: "Nog niet bewaard",
      conflict: "Nog niet bewaard: iemand anders bewaarde dit net",
      failed: `Nog niet bewaard. ${text}`,
    };
    this.part("state").textContent = this.stands ?? words[state];
    this.part("state").dataset.state = state;
  }

  async read() {
    return (await this.bpmn.saveXML({ format: true })).xml;
  }

  // What another one saved, or what was kept in this tab: looked at beside this drawing, and chosen by a person.
  // When somebody is first once more, or the line is gone, it is told and asked anew.
  async conflict(text, mine) {
    try {
      await this.settleConflict(text, mine);
    } catch (error) {
      this.saving.stopped = false;
      this.saving.failed(error, mine);
    }
  }

  async settleConflict(text, mine) {
    const theirs = await this.talk.file(this.file);
    const choice = await this.ask("conflict", text, { before: theirs.content, after: mine });
    // Both are kept as saves; the chosen one lies on top.
    if (choice === "theirs") {
      const { number } = await this.talk.save(this.file, mine, theirs.number);
      await this.replace(theirs.content);
      await this.saving.settle(number);
    } else if (choice === "mine") await this.saving.settle(theirs.number);
    else this.saving.stopped = false;
  }

  async offer(left) {
    const choice = await this.ask("left", "", { before: this.saving.kept, after: left.content });
    if (choice === "take") {
      await this.replace(left.content);
      this.saving.edited();
    } else if (choice === "drop") this.saving.forget();
  }

  async ask(name, text, both) {
    const dialog = this.dialog(name);
    if (text) dialog.querySelector("[data-text]").textContent = text;
    dialog.returnValue = "";
    dialog.showModal();
    if (both) await compare(dialog, both, this.studio.known).catch(() => {});
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
  }

  async replace(xml) {
    await this.bpmn.importXML(xml);
    this.settle();
    this.buttons();
  }

  // Reading a file of somebody's machine: by a button or dropped on the drawing.
  dropping() {
    const input = this.part("import");
    input.addEventListener("change", () => input.files[0] && this.import(input.files[0]).finally(() => (input.value = "")));
    const over = (is) => this.part("canvas").classList.toggle("vr-dropping", is);
    this.panel.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    this.panel.addEventListener("dragleave", (event) => this.panel.contains(event.relatedTarget) || over(false));
    this.panel.addEventListener("drop", (event) => {
      over(false);
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      this.import(event.dataTransfer.files[0]);
    });
  }

  async import(file) {
    const before = await this.read();
    try {
      if (file.size > LARGEST) throw new Error("Dit bestand is te groot. Een diagram is hoogstens 2 MB. Verdeel het in fasen.");
      const xml = await file.text();
      const { findings } = await this.talk.findings(this.file, xml);
      const refused = findings.find((one) => one.code === "xml" && one.file === this.file);
      if (refused) throw new Error(refused.text);
      if ((await this.ask("import", file.name)) !== "take") return;
      await this.saving.save();
      await this.replace(xml).catch((error) => {
        throw new Error(BROKEN, { cause: error });
      });
      this.saving.edited();
    } catch (error) {
      await this.replace(before);
      this.dialog("refused").querySelector("[data-text]").textContent = error.message;
      this.dialog("refused").showModal();
    }
  }

  async makeForm(id) {
    const form = { components: [], type: "default", id, schemaVersion: 18, executionPlatform: "Camunda Platform", executionPlatformVersion: "7.24.0" };
    const name = `forms/${id}.form`;
    const kept = await this.talk.saves(name);
    await this.talk.save(name, JSON.stringify(form, null, 2), kept.saves[0]?.number ?? 0);
    Object.assign(this.studio.known, await this.talk.known());
  }

  // What the buttons do.

  undo() {
    this.bpmn.get("commandStack").undo();
  }

  redo() {
    this.bpmn.get("commandStack").redo();
  }

  drop() {
    this.bpmn.get("modeling").removeElements([this.selected()]);
  }

  append() {
    const kind = this.part("kind").value;
    const inserting = this.bpmn.get("inserting");
    const made = kind in RIM ? inserting.onRim(this.selected(), RIM[kind]) : inserting.behind(this.selected(), PARTS[kind][3]);
    if (made) this.jump(made.id);
  }

  connect() {
    const goal = this.bpmn.get("elementRegistry").get(this.part("goal").value);
    const made = goal && this.bpmn.get("modeling").connect(this.selected(), goal);
    if (made) this.jump(made.id);
  }

  save() {
    this.saving.dirty = true;
    this.saving.save();
  }

  // All of the drawing beside the palette, as large as fits and not so small that nobody can read it.
  fit() {
    const canvas = this.bpmn.get("canvas");
    const { width, height } = canvas.getSize();
    if (!width) return; // a screen too small for drawings
    const { inner } = canvas.viewbox();
    const left = this.draws ? PALETTE : MARGIN;
    const scale = Math.min(1, Math.max(SMALLEST, Math.min((width - left - MARGIN) / inner.width, (height - 2 * MARGIN) / inner.height)));
    canvas.viewbox({ x: inner.x - left / scale, y: inner.y - MARGIN / scale, width: width / scale, height: height / scale });
  }

  larger() {
    this.bpmn.get("zoomScroll").stepZoom(1);
  }

  smaller() {
    this.bpmn.get("zoomScroll").stepZoom(-1);
  }

  keys() {
    this.dialog("keys").showModal();
  }

  pick() {
    this.part("import").click();
  }

  async export() {
    download(await this.read(), this.file.split("/").pop(), "application/xml");
  }

  async picture() {
    download((await this.bpmn.saveSVG()).svg, `${this.file.split("/").pop().replace(".bpmn", "")}.svg`, "image/svg+xml");
  }

  earlier() {
    this.versions.open();
  }

  failed(error) {
    console.error(error);
    this.panel.dataset.state = "failed";
    this.part("state").textContent = `De tekening kon niet worden geopend. ${error.message}`;
  }
}

function download(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
