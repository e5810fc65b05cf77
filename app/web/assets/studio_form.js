// The form editor of the studio. Its page is given, in data-form-editor, the choices and words that the server has for them.
import { h, render } from "preact";
import { all, Canvas, palette } from "./js/form/canvas.js";
import { labelOf, written } from "./js/form/kinds.js";
import { Panel } from "./js/form/panel.js";
import { Preview } from "./js/form/preview.js";
import { Saving } from "./js/studio/saving.js";
import { Talk } from "./js/studio/talk.js";

const place = document.querySelector("[data-form-editor]");
const TYPED = "input, textarea, select";

class Desk {
  constructor(given) {
    Object.assign(this, given);
    this.findings = [];
    this.listeners = new Set();
  }

  onFindings(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  findingsOf(field) {
    const names = [field.key, field.id].filter(Boolean);
    return this.findings.filter((one) => one.file === this.name && names.includes(one.element));
  }

  tell(findings) {
    this.findings = findings.filter((one) => one.file === this.name || one.element === this.task);
    for (const listener of this.listeners) listener();
  }

  clock(moment) {
    const language = document.documentElement.lang;
    const text = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "Europe/Amsterdam" }).format(moment);
    return language === "nl" ? text.replace(":", ".") : text;
  }
}

class Page {
  constructor(desk) {
    this.desk = desk;
    this.parts = Object.fromEntries(
      [...place.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
    this.content = () => written(this.canvas.schema);
    this.talk = new Talk(desk);
    this.saving = new Saving({
      talk: this.talk,
      file: desk.name,
      read: async () => this.content(),
      tell: (stand) => this.stands(stand),
      conflict: () => this.choose(),
    });
    this.preview = new Preview(this.parts.preview, desk, this.content);
    desk.redraw = () => this.redraw();
    desk.toPanel = () => setTimeout(() => this.parts.panel.querySelector(TYPED)?.focus());
  }

  async open() {
    const file = await this.talk.file(this.desk.name);
    this.saving.opened(file);
    const left = this.saving.left();
    const schema = JSON.parse(left?.content ?? file.content);
    this.canvas = new Canvas(this.parts.canvas, this.desk, schema);
    await this.canvas.open(schema);
    this.parts.palette.append(palette(this.desk, (type) => this.added(type)));
    this.canvas.on("selection.changed", () => this.redraw());
    this.canvas.on("commandStack.changed", () => this.changed());
    this.listen();
    this.redraw();
    // What did not reach the server before this page went is there again.
    if (left) {
      this.saving.number = left.number;
      this.saving.edited();
    }
    await this.look();
  }

  stands({ state, text, at }) {
    const { words } = this.desk;
    const said = { unsaved: "", conflict: words.waits, failed: `${words.unsaved} ${text}` };
    this.parts.status.textContent = said[state] ?? (at ? words.saved.replace("{}", this.desk.clock(new Date(at))) : "");
    this.parts.status.classList.toggle("wrong", state === "failed" || state === "conflict");
  }

  added(type) {
    this.canvas.add(type);
    this.desk.toPanel();
  }

  listen() {
    addEventListener("pagehide", () => this.saving.leave());
    addEventListener("blur", () => this.saving.save());
    for (const [name, act] of [["undo", () => this.canvas.undo()], ["redo", () => this.canvas.redo()]])
      this.parts[name].addEventListener("click", act);
    addEventListener("keydown", (event) => {
      const typing = event.target.matches?.(TYPED);
      if (event.key === "Escape" && this.parts.panel.contains(event.target) && this.canvas.selected) this.canvas.select(this.canvas.selected);
      if (typing || !(event.ctrlKey || event.metaKey) || this.parts.canvas.contains(event.target)) return;
      const again = event.key === "y" || (event.shiftKey && event.key.toLowerCase() === "z");
      if (!again && event.key !== "z") return;
      event.preventDefault();
      if (again) this.canvas.redo();
      else this.canvas.undo();
    });
  }

  changed() {
    this.redraw();
    this.saving.edited();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), 300);
  }

  redraw() {
    this.turn = (this.turn ?? 0) + 1;
    render(h(Panel, { desk: this.desk, canvas: this.canvas, turn: this.turn }), this.parts.panel);
    this.parts.undo.disabled = !this.canvas.stack.canUndo();
    this.parts.redo.disabled = !this.canvas.stack.canRedo();
  }

  // Everything that is to be said of the form as it is on the screen, and how users will meet it.
  async look() {
    const turn = (this.asked = (this.asked ?? 0) + 1);
    const [said] = await Promise.allSettled([this.talk.findings(this.desk.name, this.content()), this.preview.refresh()]);
    if (turn !== this.asked || said.status === "rejected") return;
    this.desk.tell(said.value.findings);
    this.redraw();
    this.list();
  }

  list() {
    const lines = this.desk.findings.map((one) => {
      const field = this.canvas.fields().find((known) => known.key === one.element || known.id === one.element);
      const line = document.createElement("li");
      if (!field) line.textContent = one.text;
      else {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "link" });
        button.textContent = `${labelOf(field) || field.key}: ${one.text}`;
        button.addEventListener("click", () => this.canvas.select(field));
        line.append(button);
      }
      return line;
    });
    this.parts.none.hidden = lines.length > 0;
    this.parts.findings.replaceChildren(...lines);
  }

  // Somebody saved first: who and when is said, what differs, and this person decides.
  async choose() {
    const other = await this.talk.file(this.desk.name);
    const { words } = this.desk;
    const text = words.conflict.replace("{who}", other.saved_by).replace("{when}", this.desk.clock(new Date(other.saved_at)));
    const theirs = JSON.parse(other.content);
    const differs = differing(all(theirs), all(JSON.parse(this.content())));
    this.parts.conflict.querySelector("[data-told]").textContent = text;
    this.parts.conflict.querySelector("[data-differs]").textContent = differs.length
      ? `${words.conflict_differs} ${differs.join("; ")}.`
      : words.conflict_same;
    const choice = (name, act) => (this.parts.conflict.querySelector(`[data-choice=${name}]`).onclick = () => {
      this.parts.conflict.hidden = true;
      act();
    });
    choice("theirs", () => this.take(other, theirs));
    choice("mine", () => this.saving.settle(other.number));
    this.parts.conflict.hidden = false;
    this.parts.conflict.focus();
  }

  async take(other, theirs) {
    await this.canvas.open(theirs);
    this.canvas.stack.clear();
    Object.assign(this.saving, { stopped: false });
    this.saving.opened(other);
    this.saving.forget();
    this.redraw();
    await this.look();
  }
}

function differing(theirs, mine) {
  const own = (one) => JSON.stringify({ ...one, layout: 0, components: 0 });
  const said = (fields) => new Map(fields.map((one) => [one.key ?? one.id, [labelOf(one), own(one)]]));
  const [there, here] = [said(theirs), said(mine)];
  const keys = [...new Set([...there.keys(), ...here.keys()])];
  return keys.filter((key) => there.get(key)?.[1] !== here.get(key)?.[1]).map((key) => (there.get(key) ?? here.get(key))[0] || key);
}

if (place) {
  const desk = new Desk(JSON.parse(place.dataset.formEditor));
  const frame = document.querySelector("[data-form-frame]").content.cloneNode(true);
  const without = place.querySelector("[data-without]");
  place.prepend(frame);
  const page = new Page(desk);
  page.open().then(
    () => {
      without.remove();
      document.querySelector("[data-form-fallback]").remove();
      place.dataset.state = "ready";
    },
    (error) => {
      place.replaceChildren(without);
      without.textContent = desk.words.cannot_open;
      place.dataset.state = "failed";
      console.error(error);
    },
  );
}
