// The drawing itself: a modeler for whoever draws, a viewer for whoever may only look; both say what is found.
import { BpmnPropertiesPanelModule } from "bpmn-js-properties-panel";
import { ElementTemplatesCoreModule } from "bpmn-js-element-templates/core";
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import behaviors from "camunda-bpmn-js-behaviors/lib/camunda-platform";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import templates from "../../../../../processes/element-templates.json";
import assigning from "./assigning";
import dutch from "./dutch";
import findings from "./findings";
import following from "./following";
import ids from "./ids";
import inserting from "./inserting";
import offered from "./offered";
import panel from "./panel";
import routing from "./routing";
import rules from "./rules";
import terms from "./terms";

const TYPING = 150; // milliseconds without a key before what was typed is an edit

export function draw({ container, properties, studio }) {
  const shared = { container, moddleExtensions: { camunda }, linting: { bpmnlint: rules, active: true }, studio };
  if (!studio.draws) return new NavigatedViewer({ ...shared, additionalModules: studio.finds ? [dutch, findings] : [dutch] });
  return new Modeler({
    ...shared,
    additionalModules: [BpmnPropertiesPanelModule, ElementTemplatesCoreModule, behaviors, assigning, dutch, findings, following, ids, inserting, offered, panel, routing, terms],
    propertiesPanel: { parent: properties },
    elementTemplates: templates,
    debounceInput: TYPING,
  });
}

// A drawing beside another, to look at; `marks` are classes by element.
export async function show(container, xml, marks = {}) {
  const viewer = new NavigatedViewer({ container, moddleExtensions: { camunda }, additionalModules: [dutch] });
  await viewer.importXML(xml);
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport");
  for (const [id, name] of Object.entries(marks)) if (viewer.get("elementRegistry").get(id)) canvas.addMarker(id, name);
  return viewer;
}
