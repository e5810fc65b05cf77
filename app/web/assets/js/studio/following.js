// What follows from a change by itself: a task's group is that of its lane, as the checks want it.
import { is } from "bpmn-js/lib/util/ModelUtil";
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { laneOf, named } from "./properties";

const CHANGES = ["lane.updateRefs", "element.updateLabel", "element.updateProperties", "shape.create", "shape.replace"];

class Following extends CommandInterceptor {
  constructor(eventBus, elementRegistry, modeling, config) {
    super(eventBus);
    this.postExecuted(CHANGES, 100, () => {
      for (const element of elementRegistry.filter((one) => is(one, "bpmn:UserTask") && one.type !== "label")) {
        const task = element.businessObject;
        const role = config.known.lanes[named(laneOf(task))];
        if (role && task.get("camunda:candidateGroups") !== role) {
          modeling.updateModdleProperties(element, task, { "camunda:candidateGroups": role });
        }
      }
    });
  }
}
Following.$inject = ["eventBus", "elementRegistry", "modeling", "config.studio"];

export default { __init__: ["following"], following: ["type", Following] };
