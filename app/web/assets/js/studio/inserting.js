// Puts a new part behind another one: on its way, where there is one way to the right, with room made for it; else beside it.
import { is } from "bpmn-js/lib/util/ModelUtil";

const GAP = 30;

class Insert {
  constructor(elementRegistry, modeling, spaceTool) {
    Object.assign(this, { elementRegistry, modeling, spaceTool });
  }

  // One step to undo: the room, the part, and the way that leads through it.
  preExecute(context) {
    const { flow, shape } = context;
    const from = flow.waypoints[0];
    const room = shape.width + 2 * GAP;
    const drawn = this.elementRegistry.filter((one) => one.parent);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(drawn, "x", room, from.x + 1);
    this.modeling.createSpace(movingShapes, resizingShapes, { x: room, y: 0 }, "e", from.x + 1);
    const place = { x: flow.waypoints[0].x + GAP + shape.width / 2, y: flow.waypoints[0].y };
    context.made = this.modeling.createShape(shape, place, flow);
  }
}
Insert.$inject = ["elementRegistry", "modeling", "spaceTool"];

class Inserting {
  constructor(autoPlace, commandStack, elementFactory, modeling) {
    Object.assign(this, { autoPlace, commandStack, elementFactory, modeling });
    commandStack.registerHandler("studio.insert", Insert);
  }

  onRim(element, { stops, ...part }) {
    if (!is(element, "bpmn:Activity")) return undefined;
    const shape = this.elementFactory.createShape(part);
    shape.businessObject.cancelActivity = stops;
    const place = { x: element.x + GAP * (1 + 1.5 * element.attachers.length), y: element.y + element.height };
    return this.modeling.createShape(shape, place, element, { attach: true });
  }

  behind(element, part) {
    const shape = this.elementFactory.createShape(part);
    const flow = is(element, "bpmn:SequenceFlow") ? element : element.outgoing.length === 1 ? element.outgoing[0] : undefined;
    if (!flow || is(shape, "bpmn:EndEvent") || !toTheRight(flow)) {
      return is(element, "bpmn:FlowNode") ? this.autoPlace.append(element, shape) : undefined;
    }
    const context = { flow, shape };
    this.commandStack.execute("studio.insert", context);
    return context.made;
  }
}
Inserting.$inject = ["autoPlace", "commandStack", "elementFactory", "modeling"];

const toTheRight = ({ waypoints: [first, second], target }) => second.y === first.y && second.x > first.x && target.x > first.x;

export default { __init__: ["inserting"], inserting: ["type", Inserting] };
