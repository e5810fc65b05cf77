// Two drawings of one file beside each other, with a list of what differs.
import { diff } from "bpmn-js-differ";
import { show } from "./drawing";

const KINDS = [
  ["_added", "vr-added", "erbij"],
  ["_removed", "vr-removed", "weg"],
  ["_changed", "vr-changed", "veranderd"],
  ["_layoutChanged", "vr-moved", "verplaatst"],
];

export async function compare(dialog, { before, after }) {
  const panes = dialog.querySelectorAll("[data-pane]");
  const [old, now] = [await show(panes[0], before), await show(panes[1], after)];
  const found = diff(old.getDefinitions(), now.getDefinitions());
  const list = dialog.querySelector("[data-differences]");
  list.replaceChildren();
  for (const [kind, mark, words] of KINDS) {
    for (const [id, one] of Object.entries(found[kind])) {
      for (const viewer of [old, now]) if (viewer.get("elementRegistry").get(id)) viewer.get("canvas").addMarker(id, mark);
      const name = (one.model ?? one).name || id;
      list.append(Object.assign(document.createElement("li"), { className: mark, textContent: `${name}: ${words}` }));
    }
  }
  if (!list.children.length) list.append(Object.assign(document.createElement("li"), { textContent: "Er is geen verschil in de tekening." }));
  dialog.addEventListener("close", () => (old.destroy(), now.destroy()), { once: true });
}
