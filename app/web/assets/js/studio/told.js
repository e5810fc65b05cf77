// What belongs to an element, for whoever only looks: the words of the fields, and what stands in them in words.
import { inWords } from "./comparisons";
import { duration } from "./periods";
import { laneOf, named, propertiesOf, subject } from "./properties";

export function tell(place, element, { known, talk }) {
  const list = Object.assign(document.createElement("dl"), { className: "vr-told" });
  for (const [label, value, address] of element ? told(subject(element), known) : []) {
    const said = Object.assign(document.createElement("dd"), address ? {} : { textContent: value });
    if (address) said.append(Object.assign(document.createElement("a"), { textContent: value, href: `${talk.base}/${address}` }));
    list.append(Object.assign(document.createElement("dt"), { textContent: label }), said);
  }
  place.replaceChildren(list);
}

// [words of the field, what stands in it] of an element; what may be looked up has an address.
export function told(found, known) {
  const asked = [...Object.values(known.groups).flat(), ...(known.topics[found.get("camunda:topic")]?.properties ?? [])];
  const form = found.get("camunda:formRef");
  const phase = known.phases.find((one) => one.id === found.get("calledElement"));
  const host = found.get("attachedToRef");
  const rows = [
    ["Opschrift", found.get("name")],
    ["Toelichting", found.get("documentation")?.[0]?.get("text")],
    ["Rol", named(laneOf(host ?? found))],
    ["Zit op", host && (host.get("name") || host.get("id"))],
    ["Formulier", form && "Bekijk wat er gevraagd wordt", form && `formulier/${form}`],
    ["Wat gebeurt er", known.topics[found.get("camunda:topic")]?.label],
    ["Fase", phase?.name, phase && `tekening?bestand=${encodeURIComponent(phase.file)}`],
    ["Geldt als", inWords(found.get("conditionExpression")?.get("body"), known.facts)],
    ...Object.entries(propertiesOf(found)).map(([name, value]) => {
      const property = asked.find((one) => one.name === name);
      return [property?.label ?? name, property ? words(property, value, known) : value];
    }),
  ];
  return rows.filter(([, value]) => value);
}

// What a property holds, as the field that asks it would show it.
function words({ asks, choices }, value, known) {
  const roles = Object.entries(known.lanes).map(([lane, role]) => [role, lane]);
  const facts = known.facts.map((one) => [one.name, one.label]);
  const lists = {
    role: roles,
    roles,
    facts,
    day: facts,
    days: facts,
    task: known.tasks.map((one) => [one.id, one.name]),
    procedure: known.procedures.map((one) => [one.key, one.name]),
    processes: known.phases.map((one) => [one.id, one.name]),
  };
  if (asks === "condition") return inWords(value, known.facts);
  if (asks === "period") return duration(value) ?? value;
  const among = lists[asks] ?? choices;
  return value.split(",").map((code) => among.find(([one]) => one === code.trim())?.[1] || code).join(", ");
}
