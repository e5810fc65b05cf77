// Boxes of the panel beside the form: each has a label, keeps what is typed until it is let go, and says what it means.
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";

const PAUSE = 500;

export function Box({ id, label, value, set, hint, error, lines, type = "text", ...more }) {
  const [text, setText] = useState(value);
  const [timer, setTimer] = useState(0);
  useEffect(() => setText(value), [value]);
  // Not `onChange`: with preact/compat around, as form-js brings it, that is every key.
  const letGo = (typed) => {
    clearTimeout(timer);
    if (typed !== value) set(typed);
  };
  const typing = (event) => {
    const typed = event.target.value;
    setText(typed);
    clearTimeout(timer);
    setTimer(setTimeout(() => letGo(typed), PAUSE));
  };
  const attrs = { id, value: text, onInput: typing, onBlur: (event) => letGo(event.target.value), ...said(id, hint, error), ...more };
  return h("div", { class: `vr-box${error ? " wrong" : ""}` }, [
    h("label", { for: id }, label),
    lines ? h("textarea", { rows: lines, ...attrs }) : h("input", { type, autocomplete: "off", ...attrs }),
    notes(id, hint, error),
  ]);
}

export function Choice({ id, label, value, set, options, hint }) {
  const listed = (one) => h("option", { value: one.value, selected: one.value === value }, one.label);
  return h("div", { class: "vr-box" }, [
    h("label", { for: id }, label),
    h("select", { id, value, onChange: (event) => set(event.target.value), ...said(id, hint) },
      options.map((one) => (one.options ? h("optgroup", { label: one.label }, one.options.map(listed)) : listed(one)))),
    notes(id, hint),
  ]);
}

export function Radios({ name, label, value, set, options }) {
  return h("fieldset", { class: "vr-box" }, [
    h("legend", null, label),
    ...options.map((one) => h("div", { class: "vr-radio" }, [
      h("input", { type: "radio", id: `${name}-${one.value}`, name, checked: one.value === value, disabled: one.disabled,
        "aria-describedby": `${name}-${one.value}-uitleg`, onChange: () => set(one.value) }),
      h("label", { for: `${name}-${one.value}` }, one.label),
      h("p", { id: `${name}-${one.value}-uitleg`, class: "hint" }, one.text),
    ])),
  ]);
}

export function Tick({ id, label, value, set }) {
  return h("div", { class: "vr-radio" }, [
    h("input", { type: "checkbox", id, checked: value, onChange: (event) => set(event.target.checked) }),
    h("label", { for: id }, label),
  ]);
}

function said(id, hint, error) {
  const ids = [hint && `${id}-uitleg`, error && `${id}-fout`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? "true" : undefined };
}

function notes(id, hint, error) {
  return [hint && h("p", { class: "hint", id: `${id}-uitleg` }, hint), error && h("p", { class: "error", id: `${id}-fout` }, error)];
}
