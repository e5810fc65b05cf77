// The fields of the panel: each reads and writes one thing of an element, in the words of whoever draws.
import { SelectEntry, TextAreaEntry, TextFieldEntry, CheckboxEntry, isCheckboxEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useEffect, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { flat } from "./facts";

const UNITS = { D: "dagen", W: "weken", M: "maanden", Y: "jaar", TH: "uur", TM: "minuten" };
const PERIOD = /^P(T?)(\d{1,3})([DWMYH])$/;

// A field is { id, label, help, get, set }; `set("")` empties it. `debounce` spares a step of undo for every letter.
export function line(field, element, debounce) {
  return entry(field, element, TextFieldEntry, isTextFieldEntryEdited, { debounce });
}

export function text(field, element, debounce) {
  return entry(field, element, TextAreaEntry, isTextAreaEntryEdited, { debounce, autoResize: true });
}

export function tick(field, element) {
  const { get, set, value = "true" } = field;
  const ticked = { ...field, get: () => get() === value, set: (on) => set(on ? value : "") };
  return entry(ticked, element, CheckboxEntry, isCheckboxEntryEdited);
}

// `options` are [code, words], or [words, options] for a group; what stands there and is none of them is shown as it is, and stays.
export function choice(field, element) {
  const getOptions = () => {
    const now = field.get();
    const options = [["", field.empty ?? "Kies"], ...field.options()];
    if (now && !flat(options).some(([code]) => code === now)) options.push([now, `${now} (bestaat niet)`]);
    const listed = (some) => some.map(([value, label]) => (Array.isArray(label) ? { label: value, children: listed(label) } : { value, label }));
    return listed(options);
  };
  return entry(field, element, SelectEntry, isSelectEntryEdited, { getOptions });
}

// The component stays the same function from one picture of the panel to the next, or the field that somebody types in would go.
function entry({ id, label, help, get, set, validate, disabled }, element, component, isEdited, more = {}) {
  const setValue = (value) => set(value ?? "");
  return { id, component, isEdited, element, label, description: help, getValue: () => get(), setValue, validate, disabled, ...more };
}

export const custom = ({ id, help }, content) => ({ id, component: Custom, help, content });

function Custom({ id, help, content }) {
  const told = help && h("div", { class: "bio-properties-panel-description" }, help);
  return h("div", { class: "bio-properties-panel-entry", "data-entry-id": id }, [content(), told]);
}

export const input = { class: "bio-properties-panel-input" };
export const options = (all, chosen) =>
  all.map(([value, words]) =>
    Array.isArray(words) ? h("optgroup", { label: value }, options(words, chosen)) : h("option", { value, selected: value === chosen }, words),
  );

// Several codes, comma-separated in the file.
export function many(field) {
  const { label, get, set } = field;
  return custom(field, () => {
    const chosen = get().split(",").map((one) => one.trim()).filter(Boolean);
    const all = field.options();
    const words = (code) => flat(all).find(([one]) => one === code)?.[1] ?? code;
    const unchosen = (some) => some.filter(([code]) => !chosen.includes(code));
    const left = unchosen(all.map(([code, of]) => [code, Array.isArray(of) ? unchosen(of) : of])).filter(([, of]) => of.length);
    const drop = (code) => set(chosen.filter((one) => one !== code).join(","));
    return h("fieldset", { class: "vr-many" }, [
      h("legend", { class: "bio-properties-panel-label" }, label),
      ...chosen.map((code) =>
        h("span", { class: "vr-chosen", key: code }, [
          words(code),
          h("button", { type: "button", "aria-label": `Haal ${words(code)} weg`, onClick: () => drop(code) }, "×"),
        ]),
      ),
      h("select", { ...input, "aria-label": `${label}: voeg toe`, key: chosen.length, onChange: ({ target }) => set([...chosen, target.value].join(",")) },
        options([["", "Voeg toe"], ...left], "")),
    ]);
  });
}

// A number and a unit; `warning`: before the end, where weeks and longer are not counted. What is no number is told and changes
// nothing; with `none`, words for a button, only that button empties the field.
export const period = (field, element) => ({ id: field.id, component: PeriodOf, field, element });

const PeriodOf = ({ field, element }) => h(Period, { ...field, key: element.id });

function Period({ id, label, help, get, set, warning, none }) {
  const held = get();
  const [, time = "", number = "", letter = ""] = PERIOD.exec(held) ?? [];
  const kept = { count: number, unit: letter ? `${time}${letter}` : warning ? "D" : "W" };
  const [typed, type] = useState();
  useEffect(() => type(undefined), [held]);
  const { count, unit, wrong } = typed ?? kept;
  const write = (now) => {
    if (/^0*[1-9]\d{0,2}$/.test(now.count)) set(now.unit[0] === "T" ? `PT${Number(now.count)}${now.unit[1]}` : `P${Number(now.count)}${now.unit}`);
    else if (!now.count && !now.wrong && !none) set("");
    else if (now.count || now.wrong || held) return type({ ...now, wrong: `Vul een heel getal in van 1 tot en met 999${none ? `, of kies '${none}'` : ""}.` });
    type(now.count ? undefined : now);
  };
  const units = Object.entries(UNITS).filter(([code]) => (warning ? ["D", "TH", "TM"] : ["D", "W", "M", "Y", "TH"]).includes(code));
  const at = `bio-properties-panel-${id}`;
  const empty = ({ target }) => {
    target.closest("fieldset").querySelector("input").focus();
    set("");
  };
  return h("div", { class: `bio-properties-panel-entry${wrong ? " has-error" : ""}`, "data-entry-id": id }, [
    h("fieldset", { class: "vr-period" }, [
      h("legend", { class: "bio-properties-panel-label" }, label),
      h("input", { ...input, id: at, type: "number", min: 1, max: 999, "aria-label": `${label}: aantal`, value: count, "aria-invalid": wrong ? "true" : undefined,
        "aria-describedby": wrong ? `${at}-wrong` : undefined, onChange: ({ target }) => write({ count: target.value, unit, wrong: target.validity.badInput }) }),
      h("select", { ...input, "aria-label": `${label}: eenheid`, onChange: ({ target }) => write({ count, unit: target.value, wrong: Boolean(wrong) }) }, options(units, unit)),
      none && held && h("button", { type: "button", class: "vr-small", onClick: empty }, none),
    ]),
    wrong && h("div", { id: `${at}-wrong`, class: "bio-properties-panel-error", role: "alert" }, wrong),
    help && h("div", { class: "bio-properties-panel-description" }, help),
  ]);
}
