// What every element has: a name, an id, an explanation; and the lane that it lies in.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { choice, line, text } from "./fields";
import { laneOf, named, subject } from "./properties";

const ID = /^[a-z][a-z0-9_]*$/;

export function general(at) {
  const { element, injector, debounce } = at;
  const found = subject(element);
  const modeling = injector.get("modeling");
  if (is(element, "bpmn:Lane")) return [lane(at)];
  if (is(element, "bpmn:TextAnnotation")) {
    return [text({ id: "text", label: "Opmerking", get: () => found.get("text") ?? "", set: (value) => modeling.updateProperties(element, { text: value }) }, element, debounce)];
  }
  const rename = (name) => (found === element.businessObject ? modeling.updateProperties(element, { name: name || undefined }) : both(injector, element, found, name));
  const fields = [text({ id: "name", label: "Opschrift", get: () => found.get("name") ?? "", set: rename }, element, debounce)];
  if (is(found, "bpmn:SequenceFlow") || is(found, "bpmn:Group")) return fields;
  fields.push(text({ id: "documentation", label: is(element, "bpmn:UserTask") ? "Wat moet iemand doen" : "Toelichting", ...documentation(injector, element, found) }, element, debounce));
  if (is(found, "bpmn:FlowNode")) fields.push(line(identity(at, found, modeling), element, debounce));
  else if (is(found, "bpmn:Process")) fields.push(line({ id: "id", label: "Korte naam", get: () => found.get("id"), set: () => {}, disabled: true }, element, debounce));
  return fields;
}

// A pool and the process that it shows have one name.
function both(injector, element, found, name) {
  const modeling = injector.get("modeling");
  const pool = injector.get("elementRegistry").find((one) => one.businessObject.processRef === found);
  modeling.updateModdleProperties(element, found, { name: name || undefined });
  if (pool) modeling.updateProperties(pool, { name: name || undefined });
}

function identity({ element, injector }, found, modeling) {
  const taken = (id) => injector.get("moddle").ids.assigned(id) && id !== found.get("id");
  const wrong = (id) => {
    if (!ID.test(id)) return "Gebruik Engelse kleine letters, cijfers en _.";
    return taken(id) ? "Deze korte naam is al gebruikt." : undefined;
  };
  return {
    id: "id",
    label: "Korte naam",
    help: "Engels, kleine letters. Wat in deze tekening naar een taak verwijst, gaat mee; andere tekeningen en scenario's niet.",
    get: () => found.get("id"),
    set: (id) => wrong(id) || modeling.updateProperties(element, { id }),
    validate: wrong,
  };
}

function documentation(injector, element, found) {
  return {
    get: () => found.get("documentation")?.[0]?.get("text") ?? "",
    set: (value) => {
      const made = value ? [injector.get("bpmnFactory").create("bpmn:Documentation", { text: value })] : [];
      for (const one of made) one.$parent = found;
      injector.get("modeling").updateModdleProperties(element, found, { documentation: made });
    },
  };
}

function lane({ element, injector, known }) {
  const get = () => named(element.businessObject);
  const set = (name) => injector.get("modeling").updateProperties(element, { name: name || undefined });
  return choice({ id: "lane", label: "Rol", help: "Wie de stappen in deze baan doet.", get, set, options: () => Object.keys(known.lanes).map((one) => [one, one]) }, element);
}

// The lane of an element, chosen by name: it moves there. On the rim of a task it lies where the task lies.
export function placed({ element, injector }) {
  if (is(element, "bpmn:BoundaryEvent")) return [];
  const drawn = () => injector.get("elementRegistry").filter((one) => is(one, "bpmn:Lane"));
  const move = (id) => {
    const goal = injector.get("elementRegistry").get(id);
    if (goal) injector.get("assigning").toLane(element, goal);
  };
  const get = () => laneOf(element.businessObject)?.get("id") ?? "";
  const options = () => drawn().map((one) => [one.id, named(one.businessObject) || one.id]);
  return [choice({ id: "role", label: "Rol", help: "Wie deze stap doet: de baan waarin hij ligt.", get, set: move, options, empty: "In geen baan" }, element)];
}
