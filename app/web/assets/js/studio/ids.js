// New parts get ids in the form that we run: small letters, digits and _. bpmn-js itself begins them with a capital.
import BpmnFactory from "bpmn-js/lib/features/modeling/BpmnFactory";
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";

const PREFIXES = [
  ["bpmn:UserTask", "task_"],
  ["bpmn:ServiceTask", "service_"],
  ["bpmn:CallActivity", "phase_"],
  ["bpmn:Gateway", "gw_"],
  ["bpmn:StartEvent", "start_"],
  ["bpmn:EndEvent", "end_"],
  ["bpmn:Event", "ev_"],
];

class Ids extends BpmnFactory {
  _ensureId(element) {
    if (!element.id && isAny(element, ["bpmn:FlowNode", "bpmn:SequenceFlow"])) {
      const prefix = PREFIXES.find(([type]) => is(element, type))?.[1] ?? "flow_";
      element.id = this._model.ids.nextPrefixed(prefix, element);
      return;
    }
    super._ensureId(element);
  }
}
Ids.$inject = BpmnFactory.$inject;

export default { bpmnFactory: ["type", Ids] };
