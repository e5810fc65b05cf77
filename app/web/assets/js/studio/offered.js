// Palette, context pad and menu offer what we run, and nothing else. What another tool drew stays, and has its finding.
import ContextPadProvider from "bpmn-js/lib/features/context-pad/ContextPadProvider";
import PaletteProvider from "bpmn-js/lib/features/palette/PaletteProvider";
import ReplaceMenuProvider from "bpmn-js/lib/features/popup-menu/ReplaceMenuProvider";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { DRAW, missing } from "./terms";

// What may be appended or drawn: where it comes in the palette, its icon, its words, its shape.
export const PARTS = {
  task: ["activity", "bpmn-icon-user-task", "Taak voor iemand", { type: "bpmn:UserTask" }],
  service: ["activity", "bpmn-icon-service-task", "Stap die vanzelf gaat", { type: "bpmn:ServiceTask" }],
  phase: ["activity", "bpmn-icon-call-activity", "Fase uit een andere tekening", { type: "bpmn:CallActivity" }],
  choice: ["gateway", "bpmn-icon-gateway-xor", "Keuze", { type: "bpmn:ExclusiveGateway" }],
  together: ["gateway", "bpmn-icon-gateway-parallel", "Tegelijk", { type: "bpmn:ParallelGateway" }],
  day: [
    "event",
    "bpmn-icon-intermediate-event-catch-timer",
    "Wacht op een dag",
    { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" },
  ],
  message: [
    "event",
    "bpmn-icon-intermediate-event-catch-message",
    "Wacht op een bericht",
    { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:MessageEventDefinition" },
  ],
  end: ["event", "bpmn-icon-end-event-none", "Einde", { type: "bpmn:EndEvent" }],
};
// What lies on the rim of a task or a phase: a day beside it, a message that stops it.
export const RIM = {
  rim_day: { type: "bpmn:BoundaryEvent", eventDefinitionType: "bpmn:TimerEventDefinition", stops: false },
  rim_message: { type: "bpmn:BoundaryEvent", eventDefinitionType: "bpmn:MessageEventDefinition", stops: true },
};

// The names of the library's own entries that stay.
const PALETTE = ["hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator", "create.start-event", "create.group"];
const PAD = /^(delete|replace|connect|append\.text-annotation|lane-.*)$/;
const REPLACE = new RegExp(
  `^replace-with-(${[
    "user-task",
    "service-task",
    "call-activity",
    "exclusive-gateway",
    "parallel-gateway",
    "none-start",
    "message-start",
    "none-end",
    "terminate-end",
    "timer-intermediate-catch",
    "message-intermediate-catch",
    "timer-boundary",
    "message-boundary",
    "non-interrupting-timer-boundary",
    "non-interrupting-message-boundary",
    "sequence-flow",
    "default-flow",
    "conditional-flow",
  ].join("|")})$`,
);

const keep = (entries, fits) => Object.fromEntries(Object.entries(entries).filter(([name]) => fits(name)));

class Palette extends PaletteProvider {
  getPaletteEntries() {
    const drawn = Object.entries(PARTS).map(([name, [group, className, title, shape]]) => {
      const start = (event) => this._create.start(event, this._elementFactory.createShape(shape));
      return [`create.${name}`, { group, className, title, action: { dragstart: start, click: start } }];
    });
    return { ...keep(super.getPaletteEntries(), (name) => PALETTE.includes(name)), ...Object.fromEntries(drawn) };
  }
}
Palette.$inject = PaletteProvider.$inject;

class Pad extends ContextPadProvider {
  constructor(terms, ...others) {
    super(...others);
    this._terms = terms;
  }

  getContextPadEntries(element) {
    const found = super.getContextPadEntries(element);
    const kept = keep(found, (name) => PAD.test(name));
    if (!is(element, "bpmn:FlowNode") || is(element, "bpmn:EndEvent") || element.type === "label") return kept;
    const appended = ["task", "choice", "day", "end"].map((name) => {
      const [, className, title, shape] = PARTS[name];
      const drag = (event, source) => this._create.start(event, this._elementFactory.createShape(shape), { source });
      const click = (_, source) => this._autoPlace.append(source, this._elementFactory.createShape(shape));
      return [`append.${name}`, { group: "model", className, title, action: { dragstart: drag, click } }];
    });
    if (missing(element).length) {
      const className = "bpmn-icon-intermediate-event-catch-non-interrupting-timer";
      appended.push(["append.term", { group: "model", className, title: DRAW, action: { click: () => this._terms.draw(element) } }]);
    }
    return { ...Object.fromEntries(appended), ...kept };
  }
}
Pad.$inject = ["terms", ...ContextPadProvider.$inject];

class Replacing extends ReplaceMenuProvider {
  _createEntries(target, options) {
    return super._createEntries(target, options.filter((one) => REPLACE.test(one.actionName)));
  }

  getPopupMenuHeaderEntries() {
    return {};
  }
}
Replacing.$inject = ReplaceMenuProvider.$inject;

export default {
  __init__: ["paletteProvider", "contextPadProvider", "replaceMenuProvider"],
  paletteProvider: ["type", Palette],
  contextPadProvider: ["type", Pad],
  replaceMenuProvider: ["type", Replacing],
};
