// How a question looks while somebody draws the form: its words, what kind it is, and who will be able to read the answer.
import { Group } from "@bpmn-io/form-js";
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { begin, CHOICES, isText, labelOf, QUESTIONS } from "./kinds.js";
import { readers } from "./readers.js";

// The components that form-js draws a form with: ours, and for what we do not know a card that says so.
export function components(desk, types) {
  const own = Object.fromEntries(QUESTIONS.map((type) => [type, card(desk, type, true)]));
  const group = (props) => h(Group, props);
  group.config = { type: "group", group: "container", name: desk.kinds.group.label, create: creator(desk, "group") };
  const foreign = [...types].filter((type) => !(type in own) && type !== "group" && type !== "default");
  return { ...own, group, ...Object.fromEntries(foreign.map((type) => [type, card(desk, type, false)])) };
}

function creator(desk, type) {
  return (given, isNew) => (isNew ? { ...begin(type, desk.words), ...given } : { ...given });
}

function card(desk, type, known) {
  const Card = ({ field }) => {
    const said = useFindings(desk, field);
    return h("div", { class: `vr-card${said.length ? " wrong" : ""}` }, [
      h("p", { class: "vr-card-label" }, [labelOf(field) || (known ? desk.words.no_label : field.text ?? type), optional(desk, field)]),
      field.description && h("p", { class: "vr-card-about" }, field.description),
      CHOICES.has(type) && h("ul", { class: "vr-card-options" }, (field.values ?? []).map((one) => h("li", null, one.label))),
      known ? marks(desk, field) : h("p", { class: "vr-card-marks" }, type === "text" ? desk.words.static_text : desk.words.foreign),
      ...said.map((one) => h("p", { class: "vr-card-finding" }, one.text)),
    ]);
  };
  const name = known ? desk.kinds[type].label : type;
  Card.config = { type, keyed: known, group: "basic-input", name, create: creator(desk, type) };
  return Card;
}

function optional({ words }, field) {
  if (field.validate?.required) return null;
  return h("span", { class: "vr-card-optional" }, ` ${field.properties?.requiredWhen ? words.sometimes_required : words.may_be_empty}`);
}

function marks(desk, field) {
  const sealed = isText(field);
  return h("p", { class: "vr-card-marks" }, [
    h("span", null, desk.kinds[field.type].label),
    h("b", { class: sealed ? "vr-sealed" : "vr-fact" }, desk.stores[sealed ? "sealed" : "fact"].label),
    h("span", null, readers(desk, field)),
    field.conditional?.hide && h("span", null, desk.words.depends),
  ]);
}

function useFindings(desk, field) {
  const [, again] = useState(0);
  useEffect(() => desk.onFindings(() => again((n) => n + 1)), []);
  return desk.findingsOf(field);
}
