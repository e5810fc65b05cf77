// The drawing in words, for keyboards, screen readers and small screens: what is found, and all parts from left to right.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";

const PARTS = ["bpmn:FlowNode", "bpmn:SequenceFlow", "bpmn:Lane", "bpmn:Participant"];

const make = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

export function listFindings({ list, count, problem }, { here, elsewhere, problem: text }, { jump, address, known }) {
  const items = here.map((one) => finding(one, make("button", { type: "button", onclick: () => jump(one.shape) }, one.name ? `${one.name}: ${one.text}` : one.text)));
  items.push(...elsewhere.map((one) => finding(one, make("a", { href: address(one) }, elsewhereIn(one, known)))));
  list.replaceChildren(...items);
  const errors = [...here, ...elsewhere].filter((one) => one.severity === "error").length;
  count.textContent = items.length ? `${errors} ${errors === 1 ? "fout" : "fouten"}, ${items.length - errors} ${items.length - errors === 1 ? "waarschuwing" : "waarschuwingen"}` : "Geen bevindingen";
  problem.textContent = text ?? "";
  problem.hidden = !text;
  return errors;
}

// A form is known by its task, a drawing by its name; a form's own findings name no part of it.
function elsewhereIn({ file, name, element, text }, { tasks, phases }) {
  const form = file.endsWith(".form") && file.slice(6, -5);
  const where = form ? `Formulier ${tasks.find((one) => one.id === form)?.name || form}` : (phases.find((one) => one.file === file)?.name ?? file);
  return element === file ? `${where}: ${text}` : `${where}: ${name || element}. ${text}`;
}

// What a part is called; an arrow without words, by its ends.
export function wordsOf(one) {
  const { name, id } = one?.businessObject ?? {};
  return name || (one?.waypoints && one.source ? `${wordsOf(one.source)} → ${wordsOf(one.target)}` : id);
}

function finding({ severity, element }, control) {
  const item = make("li", { className: `finding finding-${severity}` }, control);
  item.dataset.element = element;
  return item;
}

// `goal` is a list to choose the end of an arrow from; whoever only looks has none.
export function listParts(list, goal, bpmn, jump) {
  const translate = bpmn.get("translate");
  const drawn = bpmn.get("elementRegistry").filter((one) => isAny(one, PARTS) && one.type !== "label");
  const place = (one) => (one.waypoints ? one.waypoints[0].x : is(one, "bpmn:FlowNode") ? one.x : -1);
  drawn.sort((one, other) => place(one) - place(other) || (one.y ?? 0) - (other.y ?? 0));
  const ends = drawn.filter((one) => is(one, "bpmn:FlowNode") && !is(one, "bpmn:StartEvent") && !is(one, "bpmn:BoundaryEvent"));
  goal?.replaceChildren(...ends.map((one) => make("option", { value: one.id, selected: one.id === goal.value }, wordsOf(one))));
  list.replaceChildren(
    ...drawn.map((one) => {
      const kind = translate(one.type.replace("bpmn:", "").replace(/(\B[A-Z])/g, " $1"));
      const button = make("button", { type: "button", onclick: () => jump(one.id) }, wordsOf(one), make("span", { className: "subtle" }, ` ${kind}`));
      return make("li", {}, button);
    }),
  );
}
