// Reads diagrams as Camunda Modeler and bpmn.io do: says every warning, lints for the Camunda version that a file names, and with
// --write <folder> writes each one again, so that a test can see that nothing got lost. A --foreign diagram is not linted.
// Usage: tools/node.sh node tools/compatible.mjs [--foreign] [--write <folder>] <file>...
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BpmnModdle } from "bpmn-moddle";
import Linter from "bpmnlint/lib/linter.js";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";

const require = createRequire(import.meta.url);
const camunda = require("camunda-bpmn-moddle/resources/camunda.json");
const linter = new Linter({ resolver: new NodeResolver() });
const { values: told, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "string" }, foreign: { type: "boolean" } },
});

const problems = [];
for (const [number, file] of files.entries()) {
  const moddle = new BpmnModdle({ camunda });
  const { rootElement, warnings } = await moddle.fromXML(await readFile(file, "utf8")).catch(unreadable);
  problems.push(...warnings.map(({ message }) => `${file}: ${message.split("\n")[0]}`));
  if (!rootElement) continue;
  if (!told.foreign) problems.push(...(await linted(rootElement)).map((said) => `${file}: ${said}`));
  if (told.write) await writeFile(join(told.write, `${number}.bpmn`), (await moddle.toXML(rootElement)).xml);
}
if (problems.length) console.log(problems.join("\n"));
process.exitCode = problems.length ? 1 : 0;

async function linted(definitions) {
  const version = definitions.get("modeler:executionPlatformVersion");
  if (!version) return ["modeler:executionPlatformVersion is missing"];
  const [major, minor] = version.split(".");
  const config = { extends: `plugin:camunda-compat/camunda-platform-${major}-${minor}` };
  const reports = Object.entries(await linter.lint(definitions, config));
  return reports.flatMap(([rule, found]) => found.map(({ id, message }) => `${id} ${message} (${rule})`));
}

function unreadable({ message }) {
  return { warnings: [{ message }] };
}
