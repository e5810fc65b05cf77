// What belongs to an element, for whoever only looks: the words of the fields, and what stands in them.
import { laneOf, named, propertiesOf, subject } from "./properties";

export function tell(place, element, known) {
  const list = Object.assign(document.createElement("dl"), { className: "vr-told" });
  for (const [label, value] of element ? told(subject(element), known) : []) {
    list.append(Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: value }));
  }
  place.replaceChildren(list);
}

function told(found, known) {
  const asked = [...Object.values(known.groups).flat(), ...(known.topics[found.get("camunda:topic")]?.properties ?? [])];
  const label = (name) => asked.find((one) => one.name === name)?.label ?? name;
  const words = (name, value) => asked.find((one) => one.name === name)?.choices.find(([code]) => code === value)?.[1] ?? value;
  const rows = [
    ["Opschrift", found.get("name")],
    ["Toelichting", found.get("documentation")?.[0]?.get("text")],
    ["Rol", named(laneOf(found))],
    ["Formulier", found.get("camunda:formRef")],
    ["Wat gebeurt er", known.topics[found.get("camunda:topic")]?.label],
    ["Fase", known.phases.find((one) => one.id === found.get("calledElement"))?.name],
    ["Geldt als", found.get("conditionExpression")?.get("body")],
    ...Object.entries(propertiesOf(found)).map(([name, value]) => [label(name), words(name, value)]),
  ];
  return rows.filter(([, value]) => value);
}
