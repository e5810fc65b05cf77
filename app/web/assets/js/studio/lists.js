// The drawing in words, for keyboards, screen readers and small screens: what is found, and all parts from left to right.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";

const PARTS = ["bpmn:FlowNode", "bpmn:SequenceFlow", "bpmn:Lane", "bpmn:Participant"];

const make = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

export function listFindings({ list, count, problem }, { here, elsewhere, problem: text }, { jump, address }) {
  const items = here.map((one) => finding(one, make("button", { type: "button", onclick: () => jump(one.shape) }, one.text)));
  items.push(...elsewhere.map((one) => finding(one, make("a", { href: address(one) }, `${one.file}: ${one.name || one.element}. ${one.text}`))));
  list.replaceChildren(...items);
  const errors = [...here, ...elsewhere].filter((one) => one.severity === "error").length;
  count.textContent = items.length ? `${errors} ${errors === 1 ? "fout" : "fouten"}, ${items.length - errors} ${items.length - errors === 1 ? "waarschuwing" : "waarschuwingen"}` : "Geen bevindingen";
  problem.textContent = text ?? "";
  problem.hidden = !text;
  return errors;
}

const wordsOf = (one) => one.businessObject.name || one.id;

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
      const name = one.businessObject.name || (one.waypoints && `${wordsOf(one.source)} → ${wordsOf(one.target)}`) || one.id;
      const kind = translate(one.type.replace("bpmn:", "").replace(/(\B[A-Z])/g, " $1"));
      const button = make("button", { type: "button", onclick: () => jump(one.id) }, name, make("span", { className: "subtle" }, ` ${kind}`));
      return make("li", {}, button);
    }),
  );
}
