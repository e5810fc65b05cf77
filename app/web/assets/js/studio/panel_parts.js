// What belongs to one kind of element: a task's form, a service task's topic, what an event waits for, which phase is called.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { h } from "@bpmn-io/properties-panel/preact";
import { grouped } from "./facts";
import { choice, custom, line, tick } from "./fields";
import { propertyFields } from "./panel_properties";
import { propertiesOf, subject, writeProperties } from "./properties";
import { DRAW, missing } from "./terms";

const NEW = "+";
const GROUP = "nl.veilige-route.topic.";

export function taskFields(at) {
  const { element, injector, known, studio } = at;
  const task = subject(element);
  const write = (form) => injector.get("modeling").updateModdleProperties(element, task, { "camunda:formRef": form || undefined, "camunda:formRefBinding": form ? "deployment" : undefined });
  const own = () => task.get("id");
  const make = async (form) => (form === NEW ? studio.makeForm(own()).then(() => write(own())) : write(form));
  // A form is known to whoever draws by the task that it belongs to.
  const words = (id) => known.tasks.find((one) => one.id === id)?.name;
  const options = () => [...known.forms.map(({ id }) => [id, words(id) ? `${words(id)} (${id})` : id]), ...(known.forms.some((one) => one.id === own()) ? [] : [[NEW, "Nieuw formulier voor deze taak"]])];
  const get = () => task.get("camunda:formRef") ?? "";
  const field = choice({ id: "form", label: "Formulier", help: "Wat iemand invult. Elke taak heeft een eigen formulier.", get, set: make, options }, element);
  return get() && known.forms.some((one) => one.id === get()) ? [field, link(studio, get())] : [field];
}

// What a statutory term asks of the drawing, in one step.
export function timersField({ element, injector, studio }) {
  if (!missing(element).length) return [];
  const help = "Een wettelijke termijn heeft een waarschuwing en een einde op de rand van de taak, elk met wie het hoort.";
  const draw = () => {
    injector.get("terms").draw(element);
    studio.jump(element.id);
  };
  return [custom({ id: "timers", help }, () => h("button", { type: "button", class: "vr-small", onClick: draw }, DRAW))];
}

function link(studio, form) {
  const href = `${studio.talk.base}/formulier/${form}`;
  return custom({ id: "form-link" }, () => h("a", { href }, "Open dit formulier"));
}

export function serviceFields(at) {
  const { element, injector, known } = at;
  const service = subject(element);
  const topic = () => service.get("camunda:topic") ?? "";
  const set = (name) => {
    const template = injector.get("elementTemplates").get(`${GROUP}${name}`);
    if (template) injector.get("elementTemplates").applyTemplate(element, template);
    const fits = (known.topics[name]?.properties ?? []).map((one) => one.name);
    // A template writes what it needs, also while it is empty; what belonged to another topic goes.
    const held = Object.entries(propertiesOf(subject(element)));
    writeProperties(injector, element, Object.fromEntries(held.map(([one, value]) => [one, fits.includes(one) ? value : ""])));
  };
  const options = () => Object.entries(known.topics).map(([name, one]) => [name, one.label]);
  const found = known.topics[topic()];
  const field = choice({ id: "topic", label: "Wat gebeurt er", help: found?.help, get: topic, set, options }, element);
  return found ? [field, ...propertyFields(at, found.properties)] : [field];
}

export function eventFields(at) {
  const { element } = at;
  const found = subject(element);
  if (is(found, "bpmn:CallActivity")) return [called(at, found)];
  const waits = (type) => found.get("eventDefinitions")?.find((one) => is(one, type));
  const timer = waits("bpmn:TimerEventDefinition");
  const message = waits("bpmn:MessageEventDefinition");
  const fields = timer ? [day(at, found, timer)] : message ? messages(at, message) : [];
  if (is(found, "bpmn:BoundaryEvent")) fields.push(stops(at, found));
  return fields;
}

function called({ element, injector, known }, call) {
  const set = (id) => injector.get("modeling").updateProperties(element, { calledElement: id || undefined });
  const options = () => known.phases.filter((one) => one.id).map((one) => [one.id, one.name]);
  return choice({ id: "called", label: "Fase", help: "Een andere tekening van deze procedure.", get: () => call.get("calledElement") ?? "", set, options }, element);
}

function day({ element, injector, known }, event, timer) {
  const host = event.get("attachedToRef");
  const name = host?.get("name") || host?.get("id");
  const ofTask = host ? [[`\${deadline.${host.get("id")}}`, `De termijn van '${name}' is voorbij`], [`\${warn.${host.get("id")}}`, `De waarschuwing van '${name}'`]] : [];
  const dates = grouped(known.facts.filter((one) => ["date", "moment"].includes(one.type)), { code: (name) => `\${${name}}` });
  const set = (body) => {
    const made = body ? injector.get("bpmnFactory").create("bpmn:FormalExpression", { body }) : undefined;
    if (made) made.$parent = timer;
    injector.get("modeling").updateModdleProperties(element, timer, { timeDate: made, timeDuration: undefined, timeCycle: undefined });
  };
  return choice({ id: "day", label: "Wanneer", help: "Een termijn van een taak, of een datum die iemand invult.", get: () => timer.get("timeDate")?.get("body") ?? "", set, options: () => [...ofTask, ...dates] }, element);
}

// The message is an element of its own, shared by those who name it.
function messages({ element, injector, debounce }, definition) {
  const definitions = injector.get("bpmnjs").getDefinitions();
  const drawn = () => definitions.get("rootElements").filter((one) => is(one, "bpmn:Message"));
  const modeling = injector.get("modeling");
  const set = (name) => {
    let message = drawn().find((one) => one.get("name") === name);
    if (name && !message) {
      message = Object.assign(injector.get("bpmnFactory").create("bpmn:Message", { name }), { $parent: definitions });
      modeling.updateModdleProperties(element, definitions, { rootElements: [...definitions.get("rootElements"), message] });
    }
    modeling.updateModdleProperties(element, definition, { messageRef: name ? message : undefined });
  };
  const get = () => definition.get("messageRef")?.get("name") ?? "";
  const options = () => [["step_done", "Een procedure die deze startte, is klaar"], ...drawn().map((one) => one.get("name")).filter((one) => one && one !== "step_done").map((one) => [one, one])];
  const made = { id: "message-new", label: "Of een nieuw bericht", help: "Een Engels woord in kleine letters, zoals withdrawn.", get: () => "", set, validate: (value) => (!value || /^[a-z][a-z0-9_]*$/.test(value) ? undefined : "Gebruik kleine letters, cijfers en _.") };
  return [choice({ id: "message", label: "Welk bericht", get, set, options }, element), line({ ...made, set: (value) => made.validate(value) || (value && set(value)) }, element, debounce)];
}

function stops({ element, injector }, event) {
  const get = () => (event.get("cancelActivity") === false ? "" : "true");
  const set = (value) => injector.get("modeling").updateProperties(element, { cancelActivity: value === "true" });
  return tick({ id: "stops", label: "Stopt waar het op zit", help: "Alleen een bericht op een fase mag iets stoppen.", get, set }, element);
}
