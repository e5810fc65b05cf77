// A condition over facts: its comparisons in words, three choices that add one, and the text itself for what is more than that.
import { h } from "@bpmn-io/properties-panel/preact";
import { useState } from "@bpmn-io/properties-panel/preact/hooks";
import { grouped } from "./facts";
import { custom, input, options, text } from "./fields";

const OPERATORS = { "==": "is", "!=": "is niet", "<": "is minder dan", ">": "is meer dan" };
const OUTSIDE = /^\$\{([\s\S]*)\}$/;
const ONE = /^\s*([a-z][a-z0-9_]*)\s*(==|!=|<|>)\s*(null|\d+|'[^']*')\s*$/;

// The comparisons that must all hold; undefined for a text that is more than that.
export function comparisons(inner) {
  const parts = inner.split(/\band\b/).map((part) => ONE.exec(part));
  if (!inner.trim() || !parts.every(Boolean)) return undefined;
  return parts.map(([, fact, operator, literal]) => ({ fact, operator, literal, value: literal.replace(/^'|'$/g, "") }));
}

export function wordsOf({ fact, operator, literal, value }, facts) {
  const found = facts.find((one) => one.name === fact);
  if (literal === "null") return `${found?.label ?? fact}: ${operator === "==" ? "niet" : "wel"} ingevuld`;
  return `${found?.label ?? fact} ${OPERATORS[operator]} ${found?.values.find(([code]) => code === value)?.[1] ?? value}`;
}

// The same of a whole condition; a formula stays as it is.
export function inWords(body, facts) {
  const inner = body?.replace(OUTSIDE, "$1") ?? "";
  return comparisons(inner)?.map((one) => wordsOf(one, facts)).join(", en ") ?? inner;
}

export function condition(field, element, debounce, facts) {
  const { id, label, get, set } = field;
  const inner = () => get().replace(OUTSIDE, "$1");
  const wrap = (value) => set(value.trim() ? `\${${value.trim()}}` : "");
  const drop = (place) => wrap(comparisons(inner()).filter((_, at) => at !== place).map(({ fact, operator, literal }) => `${fact} ${operator} ${literal}`).join(" and "));
  const add = (one) => wrap([inner(), one].filter(Boolean).join(" and "));
  const rows = custom({ id: `${id}-rows` }, () =>
    h("fieldset", { class: "vr-many" }, [
      h("legend", { class: "bio-properties-panel-label" }, label),
      ...(comparisons(inner()) ?? []).map((one, place) => {
        const words = wordsOf(one, facts());
        return h("span", { class: "vr-chosen" }, [words, h("button", { type: "button", "aria-label": `Haal weg: ${words}`, onClick: () => drop(place) }, "×")]);
      }),
    ]),
  );
  const asked = custom({ id: `${id}-add`, help: "Kies een gegeven en een antwoord; zo komt er een vergelijking bij." }, () => h(Compare, { key: element.id, facts: facts(), add }));
  return [rows, asked, text({ ...field, label: "Als formule", get: inner, set: wrap }, element, debounce)];
}

function Compare({ facts, add }) {
  const [name, choose] = useState("");
  const values = facts.find((one) => one.name === name)?.values ?? [];
  const take = (event) => {
    event.preventDefault();
    const { fact, operator, value } = Object.fromEntries(new FormData(event.target));
    const bare = value === "null" || facts.find((one) => one.name === fact)?.type === "number";
    if (fact && value) add(`${fact} ${operator} ${bare ? value : `'${value}'`}`);
  };
  const answer = { ...input, name: "value", "aria-label": "Antwoord" };
  return h("form", { class: "vr-compare", onSubmit: take }, [
    h("select", { ...input, name: "fact", "aria-label": "Gegeven", onChange: ({ target }) => choose(target.value) }, options([["", "Kies een gegeven"], ...grouped(facts)], name)),
    h("select", { ...input, name: "operator", "aria-label": "Vergelijking" }, options(Object.entries(OPERATORS), "==")),
    values.length ? h("select", { ...answer, key: name }, options([["", "Kies een antwoord"], ...values, ["null", "niets ingevuld"]], "")) : h("input", { ...answer, placeholder: "antwoord" }),
    h("button", { type: "submit", class: "vr-small" }, "Voeg toe"),
  ]);
}
