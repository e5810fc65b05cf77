// Gives a step to another role: it moves to that lane, to a free place there, and the arrows around it are laid anew.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { box, meets, passes } from "./routing";

const ROOM = 24; // pixels around a part in which nothing else lies
const STEP = 10;
const CROSSED = 60; // what an arrow through a place costs, against a pixel further from the middle of the lane
const ALIGNED = 40; // and what it saves to lie at the height of what is there

// One step to undo: room where there is none, the move, and the arrows.
class Assign {
  constructor(elementRegistry, modeling, routing, spaceTool) {
    Object.assign(this, { elementRegistry, modeling, routing, spaceTool });
  }

  preExecute({ element, lane }) {
    const spot = this._free(element, lane) ?? this._below(element, lane);
    this.modeling.moveElements([element], { x: 0, y: Math.round(spot - element.y) }, lane);
    this.routing.around([element, ...element.attachers]);
  }

  // The best height in the lane at which nothing else lies; undefined where it is full.
  _free(element, lane) {
    const [own, others, flows] = [whole(element), this._others(element), this._flows(element)];
    const heights = others.filter((one) => is(one, "bpmn:FlowNode") && one.type !== "label" && !one.host).map((one) => one.y + one.height / 2);
    const places = Array.from({ length: Math.floor(lane.height / STEP) }, (_, step) => lane.y + step * STEP);
    const middle = lane.y + lane.height / 2;
    const [best] = [...places, ...heights.map((one) => one - element.height / 2)]
      .filter((y) => y + own.above >= lane.y + ROOM / 2 && y + own.below <= lane.y + lane.height - ROOM / 2)
      .map((y) => ({ y, area: box({ x: own.left, y: y + own.above, width: own.width, height: own.below - own.above }, ROOM) }))
      .filter(({ area }) => !others.some((one) => meets(area, box(one, 0))))
      .map(({ y, area }) => ({ y, cost: price(y + element.height / 2, area, { middle, heights, flows }) }))
      .sort((one, other) => one.cost - other.cost);
    return best?.y;
  }

  // Room below all that lies in the lane; whatever lies below the lane goes down.
  _below(element, lane) {
    const own = whole(element);
    const [room, bottom] = [own.below - own.above + 2 * ROOM, lane.y + lane.height];
    const drawn = this.elementRegistry.filter((one) => one.parent);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(drawn, "y", room, bottom - 1);
    this.modeling.createSpace(movingShapes, resizingShapes, { x: 0, y: room }, "s", bottom - 1);
    return bottom + ROOM / 2 - own.above;
  }

  _others(element) {
    const own = new Set([element, element.label, ...element.attachers, ...element.attachers.map((one) => one.label)]);
    const lies = (one) => !one.waypoints && (one.type === "label" || isAny(one, ["bpmn:FlowNode", "bpmn:TextAnnotation"]));
    // The words of its own arrows move along with them.
    const along = (one) => one.labelTarget?.waypoints && [one.labelTarget.source, one.labelTarget.target].includes(element);
    return this.elementRegistry.filter((one) => one.parent && lies(one) && !own.has(one) && !along(one));
  }

  _flows(element) {
    return this.elementRegistry.filter((one) => is(one, "bpmn:SequenceFlow") && one.waypoints && one.source !== element && one.target !== element);
  }
}
Assign.$inject = ["elementRegistry", "modeling", "routing", "spaceTool"];

// A part with all that hangs on it, as distances from its own top.
function whole(element) {
  const parts = [element, element.label, ...element.attachers, ...element.attachers.map((one) => one.label)].filter(Boolean);
  const areas = parts.map((one) => box(one, 0));
  const left = Math.min(...areas.map((one) => one.left));
  const [above, below] = [Math.min(...areas.map((one) => one.top)), Math.max(...areas.map((one) => one.bottom))];
  return { left, width: Math.max(...areas.map((one) => one.right)) - left, above: above - element.y, below: below - element.y };
}

function price(height, area, { middle, heights, flows }) {
  const crossed = flows.filter((one) => passes(one.waypoints, area)).length;
  return Math.abs(height - middle) + CROSSED * crossed - (heights.includes(height) ? ALIGNED : 0);
}

class Assigning {
  constructor(commandStack) {
    this.commandStack = commandStack;
    commandStack.registerHandler("studio.assign", Assign);
  }

  toLane(element, lane) {
    this.commandStack.execute("studio.assign", { element, lane });
  }
}
Assigning.$inject = ["commandStack"];

export default { __init__: ["assigning"], assigning: ["type", Assigning] };
