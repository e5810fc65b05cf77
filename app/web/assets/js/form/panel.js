// What can be set of the chosen question: only what our pages ask and check by, and who will be able to read the answer.
import { h } from "preact";
import { ConditionBox } from "./condition_box.js";
import { CHOICES, isText, labelKey, QUESTIONS, turned, withTime } from "./kinds.js";
import { Options } from "./options.js";
import { Box, Choice, Tick } from "./parts.js";
import { Reading } from "./reading.js";

const KEY = /^[a-z][a-z0-9_]{0,59}$/;

export function Panel({ desk, canvas }) {
  const field = canvas.selected;
  const { words } = desk;
  if (!field) return h("p", { class: "hint" }, words.nothing_chosen);
  const edit = (properties) => canvas.edit(field, properties);
  const known = QUESTIONS.includes(field.type);
  const parts = { desk, canvas, field, edit };
  return h("div", { class: "vr-panel-parts", key: field.id }, [
    h("div", { class: "vr-panel-head" }, [
      h("h2", { tabindex: -1, id: "paneel" }, desk.kinds[field.type]?.label ?? field.type),
      ...[["up", () => canvas.move(field, -1)], ["down", () => canvas.move(field, 1)], ["remove", () => canvas.remove(field)]].map(
        ([name, act]) => h("button", { type: "button", class: "link", onClick: act }, words[name])),
    ]),
    h(Findings, { desk, field }),
    known && h(Asked, parts),
    field.type === "group" && h(Box, { id: "vr-label", label: words.label, value: field.label ?? "", set: (label) => edit({ label }) }),
    known && h(Reading, parts),
    (known || field.type === "group") && h(When, parts),
  ]);
}

function Findings({ desk, field }) {
  return desk.findingsOf(field).map((one) => h("p", { class: "error" }, one.text));
}

function Asked({ desk, canvas, field, edit }) {
  const { words } = desk;
  const rule = (name) => (value) => edit({ validate: without({ ...field.validate, [name]: whole(value) }) });
  return h("section", null, [
    h(Box, { id: "vr-label", label: words.label, value: field[labelKey(field)] ?? "", lines: 2, set: (text) => edit({ [labelKey(field)]: text }) }),
    h(Box, { id: "vr-description", label: words.description, value: field.description ?? "", lines: 2,
      set: (text) => edit({ description: text || undefined }) }),
    h(Choice, { id: "vr-kind", label: words.kind, value: field.type, set: (type) => edit(turned(field, type, words)),
      options: QUESTIONS.map((type) => ({ value: type, label: desk.kinds[type].label })) }),
    field.type === "datetime" && h(Tick, { id: "vr-time", label: words.with_time, value: field.subtype === "datetime",
      set: (time) => edit(withTime(time, words)) }),
    field.type === "datetime" && h(Choice, { id: "vr-when", label: words.when, value: field.properties?.when ?? "any", options: desk.whens,
      set: (when) => edit({ properties: { ...field.properties, when } }) }),
    CHOICES.has(field.type) && h(Options, { desk, field, edit }),
    field.type === "number" && h(Box, { id: "vr-min", label: words.minimum, type: "number", value: field.validate?.min ?? "", set: rule("min") }),
    field.type === "number" && h(Box, { id: "vr-max", label: words.maximum, type: "number", value: field.validate?.max ?? "", set: rule("max") }),
    isText(field) && h(Box, { id: "vr-length", label: words.max_length, type: "number", value: field.validate?.maxLength ?? "",
      set: rule("maxLength") }),
    h(Required, { desk, canvas, field, edit }),
    h(Key, { desk, canvas, field, edit }),
  ]);
}

function Required({ desk, canvas, field, edit }) {
  const { words } = desk;
  const when = field.properties?.requiredWhen;
  const stands = field.validate?.required ? "ja" : when === undefined ? "nee" : "soms";
  const put = (choice) => edit({
    validate: without({ ...field.validate, required: choice === "ja" || undefined }),
    properties: without({ ...field.properties, requiredWhen: choice === "soms" ? "" : undefined }),
  });
  return [
    h(Choice, { id: "vr-required", label: words.required, value: stands, set: put, options: [
      { value: "ja", label: words.required_yes }, { value: "nee", label: words.required_no }, { value: "soms", label: words.required_if }] }),
    stands === "soms" && h(ConditionBox, { desk, canvas, field, id: "vr-required-when", text: when, hint: words.formula_requires,
      set: (text) => edit({ properties: without({ ...field.properties, requiredWhen: text }) }) }),
  ];
}

function Key({ desk, canvas, field, edit }) {
  const { words } = desk;
  const put = (key) => {
    const taken = canvas.fields().some((one) => one !== field && one.key === key);
    desk.keyError = taken ? words.key_twice : KEY.test(key) ? null : words.key_wrong;
    desk.keyErrorOf = field;
    if (desk.keyError) desk.redraw();
    else edit({ key });
  };
  const error = desk.keyErrorOf === field ? desk.keyError : null;
  return h(Box, { id: "vr-key", label: words.key, value: field.key ?? "", set: put, hint: words.key_means, error, spellcheck: false });
}

function When({ desk, canvas, field, edit }) {
  return h("section", null, [
    h("h3", null, desk.words.asking),
    h(ConditionBox, { desk, canvas, field, id: "vr-hide", text: field.conditional?.hide, hides: true, hint: desk.words.formula_hides,
      set: (hide) => edit({ conditional: hide ? { hide } : undefined }) }),
  ]);
}

function whole(text) {
  return /^-?[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
}

function without(properties) {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
