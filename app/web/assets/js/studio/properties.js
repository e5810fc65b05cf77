// Reads and writes what our dialect keeps with an element: its camunda:properties, and who does it.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

// What an element of the drawing is about: a pool, and the sheet that it lies on, are about the process that is drawn.
export function subject(element) {
  const found = getBusinessObject(element);
  if (is(found, "bpmn:Collaboration")) return found.get("participants")[0]?.get("processRef") ?? found;
  return is(found, "bpmn:Participant") ? (found.get("processRef") ?? found) : found;
}

function container(found) {
  return found.get("extensionElements")?.get("values") ?? [];
}

export const propertiesOf = (found) => propertiesIn(container(found));

// The same, of the extensions that an element has or had.
export function propertiesIn(extensions) {
  const held = extensions.find((one) => is(one, "camunda:Properties"));
  return Object.fromEntries((held?.get("values") ?? []).map((one) => [one.get("name"), one.get("value") ?? ""]));
}

// Writes some of the properties in one step that can be undone; an empty value takes the property away. Other extensions stay.
export function writeProperties(injector, element, changes) {
  const found = subject(element);
  const factory = injector.get("bpmnFactory");
  const made = (type, attributes, parent) => Object.assign(factory.create(type, attributes), { $parent: parent });
  const kept = Object.entries({ ...propertiesOf(found), ...changes }).filter(([, value]) => value !== "" && value !== undefined);
  const extensions = made("bpmn:ExtensionElements", { values: [] }, found);
  const held = made("camunda:Properties", { values: [] }, extensions);
  held.values = kept.map(([name, value]) => made("camunda:Property", { name, value }, held));
  extensions.values = container(found).filter((one) => !is(one, "camunda:Properties"));
  if (kept.length) extensions.values.push(held);
  const written = extensions.values.length ? extensions : undefined;
  injector.get("modeling").updateModdleProperties(element, found, { extensionElements: written });
}

export function laneOf(found) {
  return found.get("lanes")?.[0];
}

export const named = (found) => (found?.get("name") ?? "").split(/\s+/).filter(Boolean).join(" ");
