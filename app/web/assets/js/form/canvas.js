// The form as it is drawn: form-js with our kinds of question alone, a palette for keyboard and mouse, and one column.
import { FormEditor, FormFields } from "@bpmn-io/form-js";
import { components } from "./cards.js";
import { QUESTIONS } from "./kinds.js";

// What can be done with a question stands in the panel; form-js would offer it once more, in English.
const NO_ACTIONS = { registerProvider: () => {}, getEntries: () => ({}) };

export class Canvas {
  constructor(place, desk, schema) {
    this.desk = desk;
    const types = new Set(all(schema).map((field) => field.type));
    const modules = [{ ...replaced(components(desk, types)), formFieldContextActions: ["value", NO_ACTIONS] }];
    this.editor = new FormEditor({ container: place, additionalModules: modules });
    [this.modeling, this.selection, this.stack] = ["modeling", "selection", "commandStack"].map((name) => this.editor.get(name));
    this.place = place;
    // The only way to put a question under a heading that has none is to drop it there.
    place.style.setProperty("--vr-empty-part", JSON.stringify(desk.words.empty));
    place.addEventListener("keydown", (event) => this.pressed(event), true);
  }

  // Each question is a row that keeps its name: form-js would name them anew with every change, and draw them all again.
  open(schema) {
    all(schema).forEach((field, place) => (field.layout = { row: `Row_${place}` }));
    return this.editor.importSchema(schema);
  }

  get schema() {
    return this.editor.getSchema();
  }

  get root() {
    return this.editor._getState().schema;
  }

  get selected() {
    const chosen = this.selection.get();
    return chosen && chosen.type !== "default" ? chosen : null;
  }

  on(event, listener) {
    this.editor.on(event, listener);
  }

  fields() {
    return all(this.root);
  }

  // The part of the form that a question stands in: a heading, or the form itself.
  parent(field) {
    return [this.root, ...this.fields()].find((one) => one.components?.includes(field)) ?? this.root;
  }

  add(type) {
    const near = this.selected;
    if (!near || type === "group") return this.put(type, this.root, this.root.components.length);
    if (near.type === "group") return this.put(type, near, near.components.length);
    const part = this.parent(near);
    return this.put(type, part, part.components.indexOf(near) + 1);
  }

  put(type, part, place) {
    const layout = { row: this.editor.get("formLayouter").nextRowId(), columns: null };
    this.modeling.addFormField({ type, layout, _parent: part.id }, part, place);
  }

  edit(field, properties) {
    this.modeling.editFormField(field, properties);
  }

  remove(field) {
    const part = this.parent(field);
    this.modeling.removeFormField(field, part, part.components.indexOf(field));
    // The focus goes to what is chosen then, and is not lost with what went.
    setTimeout(() => (this.card(this.selected ?? this.root) ?? this.place.firstElementChild).focus());
  }

  // One place up or down; past the edge of a heading it goes into the next one.
  move(field, step) {
    const part = this.parent(field);
    const place = part.components.indexOf(field);
    const beside = part.components[place + step];
    if (beside?.type === "group" && field.type !== "group") return this.carry(field, part, beside, step > 0 ? 0 : beside.components.length);
    if (beside) return this.carry(field, part, part, step > 0 ? place + 2 : place - 1);
    if (part === this.root) return;
    this.carry(field, part, this.root, this.root.components.indexOf(part) + (step > 0 ? 1 : 0));
  }

  carry(field, from, to, place) {
    const row = this.editor.get("formLayouter").getRowForField(field);
    this.modeling.moveFormField(field, from, to, from.components.indexOf(field), place, row, null);
  }

  select(field) {
    this.selection.set(field);
    this.card(field)?.focus();
  }

  card(field) {
    return this.place.querySelector(`.fjs-element[data-id="${CSS.escape(field.id)}"]`);
  }

  undo() {
    if (this.stack.canUndo()) this.stack.undo();
  }

  redo() {
    if (this.stack.canRedo()) this.stack.redo();
  }

  pressed(event) {
    const field = this.editor.get("formFieldRegistry").get(event.target.closest?.(".fjs-element")?.dataset.id);
    if (!field || field.type === "default") return;
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    if (event.key === "Enter") {
      this.selection.set(field);
      this.desk.toPanel();
    } else if (event.key === "Delete") this.remove(field);
    else if (event.altKey && event.key in steps) this.move(field, steps[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

// Buttons that add a question; they can also be dragged into the form.
export function palette(desk, add) {
  const list = Object.assign(document.createElement("div"), { className: "vr-palette fjs-palette-fields fjs-drag-container fjs-no-drop" });
  for (const type of [...QUESTIONS, "group"]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: desk.kinds[type].label });
    button.className = "button fjs-palette-field fjs-drag-copy fjs-no-drop";
    button.dataset.fieldType = type;
    button.addEventListener("click", () => add(type));
    list.append(button);
  }
  return list;
}

export function all(part) {
  return (part.components ?? []).flatMap((one) => [one, ...all(one)]);
}

// form-js's own palette and properties are in English and offer what we refuse; ours stand beside the canvas.
function replaced(known) {
  class Fields extends FormFields {
    constructor() {
      super();
      const root = this.get("default");
      this._formFields = { default: root, ...known };
    }
  }
  return {
    formFields: ["type", Fields],
    propertiesPanel: ["value", { attachTo: () => {} }],
    propertiesProvider: ["value", {}],
    formLayoutValidator: ["value", { validateField: () => null }],
  };
}
