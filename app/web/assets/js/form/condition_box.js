// When a question is asked, or must be answered: always, only for one answer, or by a formula that is more than that.
import { h } from "preact";
import { useState } from "preact/hooks";
import { read, write } from "./conditions.js";
import { all } from "./canvas.js";
import { CHOICES, isText, labelOf, QUESTIONS } from "./kinds.js";
import { Box, Choice } from "./parts.js";

const EMPTY = "";

export function ConditionBox({ desk, canvas, field, id, text, set, hides, hint }) {
  const { words } = desk;
  const simple = read(text, { hides });
  const [formula, setFormula] = useState(Boolean(text) && !simple);
  const asked = questions(desk, canvas, field);
  const written = (change) => set(write({ ...simple, ...change }, { hides }));
  if (formula || (text && !simple)) {
    return h(Box, { id, label: words.formula, value: text ?? "", set: (typed) => set(typed.trim() || undefined), hint });
  }
  const found = [...asked.here, ...asked.before].find((one) => one.key === simple?.key);
  return h("div", { class: "vr-condition" }, [
    h(Choice, {
      id, label: words.of_question, value: simple?.key ?? EMPTY, options: offered(words, asked, simple),
      set: (key) => (key === EMPTY ? set(undefined) : set(write(first(asked, key), { hides }))),
    }),
    simple && h(Choice, {
      id: `${id}-is`, label: words.is_or_not, value: simple.is ? "ja" : "nee", set: (is) => written({ is: is === "ja" }),
      options: [{ value: "ja", label: words.is }, { value: "nee", label: words.is_not }],
    }),
    simple && h(Choice, {
      id: `${id}-antwoord`, label: words.of_answer, value: simple.value ?? EMPTY, options: values(words, found, simple),
      set: (value) => written({ value: value === EMPTY ? null : value }),
    }),
    h("button", { type: "button", class: "link", onClick: () => setFormula(true) }, words.formula),
  ]);
}

// Only what was answered before may decide: questions above this one, and facts of other forms.
function questions(desk, canvas, field) {
  const fields = all(canvas.root);
  const above = fields.slice(0, fields.indexOf(field)).filter((one) => QUESTIONS.includes(one.type) && !isText(one));
  const here = above.map((one) => ({ key: one.key, label: labelOf(one), options: CHOICES.has(one.type) ? one.values ?? [] : [] }));
  const keys = new Set(fields.map((one) => one.key));
  return { here, before: desk.earlier.filter((one) => !keys.has(one.key)) };
}

function offered(words, { here, before }, simple) {
  const listed = (some) => some.map((one) => ({ value: one.key, label: one.label || one.key }));
  const known = [...here, ...before].some((one) => one.key === simple?.key);
  const lost = simple && !known ? [{ value: simple.key, label: simple.key }] : [];
  const groups = [{ label: words.here, options: listed(here) }, { label: words.before, options: listed(before) }];
  return [{ value: EMPTY, label: words.always }, ...lost, ...groups.filter((group) => group.options.length)];
}

function first({ here, before }, key) {
  const found = [...here, ...before].find((one) => one.key === key);
  return { key, is: Boolean(found.options.length), value: found.options[0]?.value ?? null };
}

function values(words, found, simple) {
  const known = (found?.options ?? []).map((one) => ({ value: one.value, label: one.label }));
  const lost = simple.value !== null && !known.some((one) => one.value === simple.value);
  return [...(lost ? [{ value: simple.value, label: simple.value }] : []), ...known, { value: EMPTY, label: words.empty_answer }];
}
