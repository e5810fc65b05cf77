// Fields for the properties of our dialect, from the table that the server keeps (app/domain/dialect.py).
import { is } from "bpmn-js/lib/util/ModelUtil";
import { condition } from "./comparisons";
import { grouped } from "./facts";
import { choice, line, many, period, text, tick } from "./fields";
import { propertiesOf, subject, writeProperties } from "./properties";

const TERM = /^(deadline|statutory)/;

export function propertyFields(at, properties) {
  return properties.flatMap((property) => fieldOf(at, property));
}

function fieldOf(at, property) {
  const { element, injector, known, debounce } = at;
  const { name, label, help, asks, choices } = property;
  const held = () => propertiesOf(subject(element));
  const field = {
    id: name,
    label,
    help,
    get: () => held()[name] ?? "",
    set: (value) => writeProperties(injector, element, withTerm(name, value, held())),
    options: () => optionsOf(at, property, held()),
    warning: name === "deadlineWarn",
    value: choices[0]?.[0],
    empty: property.required ? "Kies" : "Leeg",
  };
  if (asks === "text" || asks === "word") return [line(field, element, debounce)];
  if (asks === "long") return [text(field, element, debounce)];
  if (asks === "tick") return [tick(field, element)];
  if (asks === "period") return [period({ ...field, none: name === "deadline" && "Geen termijn" }, element)];
  if (asks === "condition") return condition(field, element, debounce, () => known.facts);
  if (["roles", "facts", "days", "processes"].includes(asks)) return [many(field)];
  return [choice(field, element)];
}

// Without a term, which somebody must say in words, nothing of it stays; a first term is counted somehow.
function withTerm(name, value, held) {
  if (name !== "deadline") return { [name]: value };
  if (!value) return Object.fromEntries(Object.keys(held).filter((one) => TERM.test(one)).map((one) => [one, ""]));
  const calendar = held.deadlineCalendar ?? (value.startsWith("PT") ? "calendar" : "workdays");
  return { deadline: value, deadlineCalendar: calendar };
}

const dated = (fact) => ["date", "moment", ""].includes(fact.type);

function optionsOf({ injector, known }, { name, asks, choices }, held) {
  const procedure = known.procedures.find((one) => one.key === held.procedure);
  const form = known.forms.find((one) => one.id === held.form);
  const lists = {
    choice: () => choices,
    role: () => Object.entries(known.lanes).map(([lane, role]) => [role, lane]),
    roles: () => Object.entries(known.lanes).map(([lane, role]) => [role, lane]),
    // What a procedure is given, others know.
    facts: () => grouped(known.facts, { others: name === "inputs" }),
    day: () => grouped(known.facts.filter(dated)),
    days: () => grouped(known.facts.filter(dated)),
    task: () => tasks(injector, known),
    form: () => known.forms.map((one) => [one.id, one.id]),
    field: () => form?.sealed ?? [],
    procedure: () => known.procedures.map((one) => [one.key, one.name]),
    start: () => procedure?.starts ?? [],
    message: () => procedure?.messages ?? [],
    processes: () => known.phases.map((one) => [one.id, one.name]),
  };
  return lists[asks]();
}

// Those of this drawing as they are now, and those of the other ones.
export function tasks(injector, known) {
  const here = injector.get("elementRegistry").filter((one) => is(one, "bpmn:UserTask") && one.type !== "label");
  const drawn = here.map(({ businessObject: one }) => [one.get("id"), one.get("name") ?? one.get("id")]);
  const ids = new Set(drawn.map(([id]) => id));
  const elsewhere = known.tasks.filter((one) => one.file !== injector.get("config.studio").file && !ids.has(one.id));
  return [...drawn, ...elsewhere.map((one) => [one.id, one.name || one.id])];
}
