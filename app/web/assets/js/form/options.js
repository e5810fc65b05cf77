// The answers of a choice: words that people read, and the code that the drawing reads.
import { h } from "preact";
import { Box } from "./parts.js";

const CODE = /[^a-z0-9_]+/g;

export function Options({ desk, field, edit }) {
  const { words } = desk;
  const values = field.values ?? [];
  const put = (place, change) => edit({ values: values.map((one, at) => (at === place ? { ...one, ...change } : one)) });
  const add = () => edit({ values: [...values, { value: fresh(values, `antwoord_${values.length + 1}`), label: "" }] });
  const named = (place, label) => {
    // As long as the code says nothing of its own, it follows the words.
    const follows = /^antwoord_[0-9]+$/.test(values[place].value);
    put(place, follows ? { label, value: fresh(values, code(label) || values[place].value, place) } : { label });
  };
  return h("fieldset", { class: "vr-box vr-options" }, [
    h("legend", null, words.answers),
    ...values.map((one, place) => h("div", { class: "vr-option", key: place }, [
      h(Box, { id: `vr-answer-${place}`, label: `${words.answer} ${place + 1}`, value: one.label ?? "", set: (label) => named(place, label) }),
      h(Box, { id: `vr-code-${place}`, label: words.code, value: one.value ?? "", spellcheck: false, set: (value) => put(place, { value }) }),
      h("button", { type: "button", class: "link", "aria-label": `${words.remove}: ${one.label}`,
        onClick: () => edit({ values: values.filter((_, at) => at !== place) }) }, words.remove),
    ])),
    h("button", { type: "button", class: "link", onClick: add }, words.add_answer),
  ]);
}

function code(label) {
  return label.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(CODE, "_").replace(/^_+|_+$/g, "").slice(0, 50);
}

function fresh(values, wanted, place = -1) {
  const taken = new Set(values.filter((_, at) => at !== place).map((one) => one.value));
  let found = wanted;
  for (let n = 2; taken.has(found); n += 1) found = `${wanted}_${n}`;
  return found;
}
