// What follows from a change by itself: a task's group is that of its lane, as the checks want it; the words of its timers are those of
// its term, where nobody wrote others.
import { is } from "bpmn-js/lib/util/ModelUtil";
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { laneOf, named, propertiesIn, propertiesOf } from "./properties";
import { timersOf, wordsOf } from "./terms";

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
    this.postExecuted("element.updateModdleProperties", 100, ({ context: { element, moddleElement, oldProperties } }) => {
      if (!is(moddleElement, "bpmn:UserTask") || !("extensionElements" in oldProperties)) return;
      const [before, now] = [propertiesIn(oldProperties.extensionElements?.get("values") ?? []), propertiesOf(moddleElement)];
      for (const [which, timer] of Object.entries(timersOf(element))) {
        const [was, will] = [wordsOf(which, before), wordsOf(which, now)];
        if (was !== will && timer.businessObject.get("name") === was) modeling.updateLabel(timer, will);
      }
    });
  }
}
Following.$inject = ["eventBus", "elementRegistry", "modeling", "config.studio"];

export default { __init__: ["following"], following: ["type", Following] };
