// Opens a form in the canvas of the form editor, and gives back what it would save.
import { Canvas } from "../../../app/web/assets/js/form/canvas.js";
import { written } from "../../../app/web/assets/js/form/kinds.js";

const words = new Proxy({}, { get: (_, name) => String(name) });
const named = new Proxy({}, { get: (_, name) => ({ label: String(name), text: "" }) });
const desk = { words, kinds: named, stores: named, files: [], audiences: [{ readers: "" }], onFindings: () => () => {}, findingsOf: () => [] };

globalThis.roundTrip = async (source) => {
  const place = document.body.appendChild(document.createElement("div"));
  const schema = JSON.parse(source);
  const canvas = new Canvas(place, desk, schema);
  await canvas.open(schema);
  const saved = written(canvas.schema);
  canvas.editor.destroy();
  place.remove();
  return saved;
};
