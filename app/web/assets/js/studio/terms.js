// What the drawing shows of a statutory term: a timer before its end and one at its end, each with whom it tells. Their words follow
// the term as long as they are those that we gave them.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { counted } from "./periods";
import { laneOf, named, propertiesOf, writeProperties } from "./properties";
import { box, meets, passes } from "./routing";

export const DRAW = "Teken de timers van deze termijn";

const KINDS = { workdays: "werk", schooldays: "school" };
const OF_TERM = /^\$\{(warn|deadline)\.([a-z][a-z0-9_]*)\}$/;
// What is drawn, from left to right; distances in pixels from the task, as our own drawings have them.
const DRAWN = [
  {
    which: "warn",
    row: 245,
    notice: "term_soon",
    note: "Meld dat het bijna te laat is",
    about: "Wie deze taak doet, krijgt bericht dat de wettelijke termijn bijna voorbij is.",
    end: "Gewaarschuwd",
  },
  {
    which: "deadline",
    row: 135,
    notice: "term_missed",
    note: "Meld dat het te laat is",
    about: "Er gaat bericht dat de wettelijke termijn voorbij is. De termijn staat als gemist in de zaak; de taak moet nog gedaan worden.",
    end: "Te laat gemeld",
  },
];
const COLUMN = 150;
const END = 182;
const RIM = [0.2, 0.8, 0.5];
const [TASK, EVENT] = [{ width: 100, height: 80 }, { width: 36, height: 36 }];
const SPACE = 25;

// "Nog één week", "Vier weken voorbij".
export function wordsOf(which, { deadline = "", deadlineWarn = "", deadlineCalendar = "" }) {
  if (which === "warn") return `Nog ${counted(deadlineWarn) ?? "even"}`;
  const words = counted(deadline, KINDS[deadlineCalendar]) ?? "termijn";
  // One that begins a sentence keeps the accent on its second letter alone.
  return `${words[0] === "é" ? "E" : words[0].toUpperCase()}${words.slice(1)} voorbij`;
}

// The timers of the term on the rim of a task, by what they wait for; `known` is the id that they know it by.
export function timersOf(task, known = task.businessObject.get("id")) {
  const found = {};
  for (const one of task.attachers) {
    const body = one.businessObject.get("eventDefinitions")?.[0]?.get("timeDate")?.get("body") ?? "";
    const [, which, id] = OF_TERM.exec(body.trim()) ?? [];
    if (id === known) found[which] = one;
  }
  return found;
}

export const missing = (task) => {
  if (!is(task, "bpmn:UserTask") || propertiesOf(task.businessObject).statutory !== "true") return [];
  const drawn = timersOf(task);
  return DRAWN.filter(({ which }) => !drawn[which]);
};

// One step to undo: room below the task, the timers, and what follows each.
class DrawTerm {
  constructor(injector, bpmnFactory, elementFactory, elementRegistry, modeling, routing, spaceTool) {
    Object.assign(this, { injector, bpmnFactory, elementFactory, elementRegistry, modeling, routing, spaceTool });
  }

  preExecute({ task }) {
    const wanted = missing(task);
    if (!wanted.length) return;
    this._room(task, Math.max(...wanted.map(({ row }) => row)) + TASK.height + SPACE);
    const made = wanted.flatMap((one) => this._draw(task, one));
    this.routing.around(made);
  }

  _draw(task, { which, notice, note, end, row, about }) {
    const { legalBasis, checklist, deadlineEscalate, ...term } = propertiesOf(task.businessObject);
    const timer = this._timer(task, which, wordsOf(which, term));
    writeProperties(this.injector, timer, { legalBasis, checklist });
    const role = this.injector.get("config.studio").known.lanes[named(laneOf(task.businessObject))];
    const to = [role, which === "deadline" && deadlineEscalate].filter((one, place, all) => one && all.indexOf(one) === place).join(",");
    const documentation = [this.bpmnFactory.create("bpmn:Documentation", { text: about })];
    const attributes = { name: note, documentation, "camunda:type": "external", "camunda:topic": "notify" };
    const told = this._put("bpmn:ServiceTask", attributes, { x: task.x + COLUMN + TASK.width / 2, y: task.y + row + TASK.height / 2 }, task);
    writeProperties(this.injector, told, { to, notice, about: task.businessObject.get("id") });
    const ended = this._put("bpmn:EndEvent", { name: end }, { x: task.x + COLUMN + END + EVENT.width / 2, y: task.y + row + TASK.height / 2 }, task);
    this.modeling.connect(timer, told);
    this.modeling.connect(told, ended);
    return [timer, told, ended];
  }

  _timer(task, which, name) {
    const taken = task.attachers.map((one) => one.x + one.width / 2);
    const spots = RIM.map((part) => task.x + part * task.width).filter((x) => !taken.some((one) => Math.abs(one - x) < EVENT.width));
    const shape = this.elementFactory.createShape({ type: "bpmn:BoundaryEvent", eventDefinitionType: "bpmn:TimerEventDefinition" });
    const event = shape.businessObject;
    const [timer] = event.eventDefinitions;
    const body = `\${${which}.${task.businessObject.get("id")}}`;
    timer.timeDate = Object.assign(this.bpmnFactory.create("bpmn:FormalExpression", { body }), { $parent: timer });
    Object.assign(event, { name, cancelActivity: false });
    const made = this.modeling.createShape(shape, { x: spots[0] ?? task.x + task.width / 2, y: task.y + task.height }, task, { attach: true });
    // Outward, where no arrow leaves.
    const left = made.x + made.width / 2 < task.x + task.width / 2;
    const x = left ? made.x - made.label.width : made.x + made.width;
    this.modeling.moveShape(made.label, { x: Math.round(x - made.label.x), y: Math.round(made.y + made.height + 4 - made.label.y) });
    return made;
  }

  _put(type, attributes, place, task) {
    const businessObject = this.bpmnFactory.create(type, attributes);
    for (const one of businessObject.get("documentation")) one.$parent = businessObject;
    return this.modeling.createShape(this.elementFactory.createShape({ type, businessObject }), place, task.parent);
  }

  // Nothing may lie where this is drawn, and it stays in its lane.
  _room(task, height) {
    const [lane, wide] = [this._lane(task), COLUMN + END + EVENT.width + SPACE];
    const area = { left: task.x, right: task.x + wide, top: task.y + task.height + SPACE - 5, bottom: task.y + height };
    const flows = (one) => is(one, "bpmn:SequenceFlow") && passes(one.waypoints, area);
    const lies = (one) => (one.waypoints ? flows(one) : !this._frames(one) && meets(box(one, 0), area));
    const others = this.elementRegistry.filter((one) => one.parent && one.host !== task && one.labelTarget?.host !== task);
    if (others.some(lies)) this._space("y", height - task.height, task.y + task.height + SPACE - 6);
    const over = lane ? area.bottom - (lane.y + lane.height) : 0;
    if (over > 0) this._space("y", over, lane.y + lane.height - 1);
    const beyond = lane ? area.right + SPACE - (lane.x + lane.width) : 0;
    if (beyond > 0) this._space("x", beyond, lane.x + lane.width - 1);
  }

  _space(axis, room, start) {
    const drawn = this.elementRegistry.filter((one) => one.parent);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(drawn, axis, room, start);
    const delta = axis === "y" ? { x: 0, y: room } : { x: room, y: 0 };
    this.modeling.createSpace(movingShapes, resizingShapes, delta, axis === "y" ? "s" : "e", start);
  }

  _frames(one) {
    return is(one, "bpmn:Lane") || is(one, "bpmn:Participant") || is(one, "bpmn:Group");
  }

  _lane(task) {
    const lane = laneOf(task.businessObject);
    return lane && this.elementRegistry.get(lane.get("id"));
  }
}
DrawTerm.$inject = ["injector", "bpmnFactory", "elementFactory", "elementRegistry", "modeling", "routing", "spaceTool"];

class Terms {
  constructor(commandStack) {
    this.commandStack = commandStack;
    commandStack.registerHandler("studio.term", DrawTerm);
  }

  draw(task) {
    this.commandStack.execute("studio.term", { task });
  }
}
Terms.$inject = ["commandStack"];

export default { __init__: ["terms"], terms: ["type", Terms] };
