// The panel beside the drawing: our dialect as fields. What stands in them is what the checks read.
import { Group } from "@bpmn-io/properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { general, placed } from "./panel_general";
import { propertyFields } from "./panel_properties";
import { condition } from "./comparisons";
import { subject } from "./properties";
import { eventFields, serviceFields, taskFields, timersField } from "./panel_parts";

class StudioPanel {
  constructor(propertiesPanel, injector, config) {
    this.injector = injector;
    this.studio = config;
    propertiesPanel.registerProvider(600, this);
  }

  getGroups(element) {
    return () => {
      const { injector } = this;
      const translate = injector.get("translate");
      return sections({ element, injector, known: this.studio.known, studio: this.studio, debounce: injector.get("debounceInput") })
        .filter(([, , entries]) => entries.length)
        .map(([id, label, entries], place) => ({ id, label, entries, component: Group, translate, shouldOpen: place < 2 || id === "term" }));
    };
  }
}
StudioPanel.$inject = ["propertiesPanel", "injector", "config.studio"];

function sections(at) {
  const { element, known, studio } = at;
  const asks = (name) => propertyFields(at, known.groups[name]);
  const about = [["general", "Algemeen", general(at)]];
  if (element.type === "label") return about;
  if (is(element, "bpmn:UserTask")) {
    return [...about, ["who", "Wie en waarmee", [...placed(at), ...taskFields(at)]], ["term", "Termijn", [...asks("term"), ...timersField(at)]], ["sources", "Bron en uitleg", asks("task")]];
  }
  if (is(element, "bpmn:ServiceTask")) return [...about, ["service", "Wat gebeurt er", [...serviceFields(at), ...placed(at)]]];
  if (is(element, "bpmn:SequenceFlow")) return [...about, ["when", "Wanneer deze weg", flowFields(at)]];
  if (is(subject(element), "bpmn:Process")) {
    const main = subject(element).get("id") === studio.key ? asks("main") : [];
    return [...about, ["process", "Over deze tekening", asks("process")], ["main", "Wie mag meekijken", main]];
  }
  if (is(element, "bpmn:Event")) {
    const timed = subject(element).get("eventDefinitions")?.some((one) => is(one, "bpmn:TimerEventDefinition"));
    const starts = is(element, "bpmn:StartEvent") && subject(element).$parent?.get("id") === studio.key;
    return [...about, ["event", "Waarop", [...eventFields(at), ...placed(at)]], ["sources", "Bron", timed ? asks("sources") : []], ["start", "Begin", starts ? asks("start") : []]];
  }
  if (is(element, "bpmn:CallActivity")) return [...about, ["call", "Welke fase", [...eventFields(at), ...placed(at), ...asks("call")]]];
  return is(element, "bpmn:FlowNode") ? [...about, ["who", "Wie", placed(at)]] : about;
}

// Only what leaves a choice has a condition.
function flowFields(at) {
  const { element, injector, debounce, known } = at;
  const flow = subject(element);
  const source = flow.get("sourceRef");
  if (!is(source, "bpmn:ExclusiveGateway")) return [];
  const modeling = injector.get("modeling");
  const write = (body) => {
    const made = body && injector.get("bpmnFactory").create("bpmn:FormalExpression", { body });
    if (made) made.$parent = flow;
    modeling.updateProperties(element, { conditionExpression: made || undefined });
  };
  const get = () => flow.get("conditionExpression")?.get("body") ?? "";
  return condition({ id: "condition", label: "Geldt als", help: "Leeg bij de pijl die geldt als niets anders klopt.", get, set: write }, element, debounce, () => known.facts);
}

export default { __init__: ["studioPanel"], studioPanel: ["type", StudioPanel] };
