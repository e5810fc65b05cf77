// What follows from a change by itself: a task's group is that of its lane, as the checks want it; the words of its timers are those of
// its term, where nobody wrote others; what names a task by its id in this drawing names it by its new one.
import { is } from "bpmn-js/lib/util/ModelUtil";
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { laneOf, named, propertiesIn, propertiesOf, writeProperties } from "./properties";
import { timersOf, wordsOf } from "./terms";

const CHANGES = ["lane.updateRefs", "element.updateLabel", "element.updateProperties", "shape.create", "shape.replace"];

class Following extends CommandInterceptor {
  constructor(eventBus, elementRegistry, modeling, config, injector) {
    super(eventBus);
    Object.assign(this, { elementRegistry, modeling, config, injector });
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
    this.postExecuted("element.updateProperties", 100, ({ context: { element, properties, oldProperties } }) => {
      if (is(element, "bpmn:UserTask") && properties.id && properties.id !== oldProperties.id) this._renamed(element, oldProperties.id, properties.id);
    });
  }

  _renamed(task, was, id) {
    for (const [which, timer] of Object.entries(timersOf(task, was))) {
      const [definition] = timer.businessObject.get("eventDefinitions");
      const made = this.injector.get("bpmnFactory").create("bpmn:FormalExpression", { body: `\${${which}.${id}}` });
      made.$parent = definition;
      this.modeling.updateModdleProperties(timer, definition, { timeDate: made });
    }
    for (const service of this.elementRegistry.filter((one) => is(one, "bpmn:ServiceTask") && one.type !== "label")) {
      const asked = this.config.known.topics[service.businessObject.get("camunda:topic")]?.properties ?? [];
      const held = propertiesOf(service.businessObject);
      const naming = asked.filter((one) => one.asks === "task" && held[one.name] === was).map((one) => [one.name, id]);
      if (naming.length) writeProperties(this.injector, service, Object.fromEntries(naming));
    }
  }
}
Following.$inject = ["eventBus", "elementRegistry", "modeling", "config.studio", "injector"];

export default { __init__: ["following"], following: ["type", Following] };
