// Two drawings of one file beside each other, with a list of what differs.
import { diff } from "bpmn-js-differ";
import { show } from "./drawing";
import { told } from "./told";

const KINDS = [
  ["_added", "vr-added", "erbij"],
  ["_removed", "vr-removed", "weg"],
  ["_changed", "vr-changed", "veranderd"],
  ["_layoutChanged", "vr-moved", "verplaatst"],
];

// `known` gives the words of fields; what changed in an element is told under the captions of the two drawings.
export async function compare(dialog, { before, after }, known) {
  const panes = dialog.querySelectorAll("[data-pane]");
  const [old, now] = [await show(panes[0], before), await show(panes[1], after)];
  const found = diff(old.getDefinitions(), now.getDefinitions());
  const captions = [...dialog.querySelectorAll("figcaption")].map((one) => one.textContent);
  const list = dialog.querySelector("[data-differences]");
  list.replaceChildren();
  for (const [kind, mark, words] of KINDS) {
    for (const [id, one] of Object.entries(found[kind])) {
      for (const viewer of [old, now]) if (viewer.get("elementRegistry").get(id)) viewer.get("canvas").addMarker(id, mark);
      const name = (one.model ?? one).name || id;
      const item = Object.assign(document.createElement("li"), { className: mark, textContent: `${name}: ${words}` });
      if (kind === "_changed") item.append(fields(id, [old, now], captions, known));
      list.append(item);
    }
  }
  if (!list.children.length) list.append(Object.assign(document.createElement("li"), { textContent: "Er is geen verschil in de tekening." }));
  dialog.addEventListener("close", () => (old.destroy(), now.destroy()), { once: true });
}

function fields(id, viewers, captions, known) {
  const [was, is] = viewers.map((viewer) => new Map(told(partOf(viewer, id), known)));
  const list = document.createElement("ul");
  for (const label of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(label) === is.get(label)) continue;
    const [old, now] = [was, is].map((rows, side) => `${captions[side]}: ${rows.get(label) ?? "leeg"}.`);
    list.append(Object.assign(document.createElement("li"), { textContent: `${label}. ${old} ${now}` }));
  }
  return list.children.length ? list : "";
}

// A process is not drawn itself; its pool shows it.
function partOf(viewer, id) {
  const registry = viewer.get("elementRegistry");
  const part = registry.get(id)?.businessObject ?? registry.find((one) => one.businessObject.processRef?.id === id)?.businessObject.processRef;
  return part ?? viewer.getDefinitions();
}
