// Bundles app/web/assets into app/web/static and writes manifest.json there: source name to content-hashed name.
// Beside each text stands the same packed (.gz), for whoever is on a slow line; a font is packed already.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { onePreact } from "./one_preact.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "app/web/assets");
const target = join(root, "app/web/static");

// Only the files at the top of the folder are pages' entry points; folders below it hold what they import.
const entries = (await readdir(source, { withFileTypes: true })).filter(
  (file) => file.isFile() && /\.(js|css|svg)$/.test(file.name),
);
// The properties panel gives its container a style attribute, which our content security policy refuses; its height stands in our
// style sheet instead. A new release that says it otherwise stops here.
const INLINE = ' style="height: 100%"';
const withoutInlineStyle = {
  name: "without-inline-style",
  setup: ({ onLoad }) =>
    onLoad({ filter: /bpmn-js-properties-panel[\\/]dist[\\/]index\.esm\.js$/ }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      if (!contents.includes(INLINE)) throw new Error(`${path}: no ${INLINE}`);
      return { contents: contents.replace(INLINE, "") };
    }),
};

const result = await build({
  absWorkingDir: root,
  entryPoints: entries.map((file) => join(source, file.name)),
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  loader: { ".woff2": "file", ".svg": "copy", ".bpmnlintrc": "json" },
  plugins: [onePreact, withoutInlineStyle],
  metafile: true,
  write: false,
  logLevel: "warning",
});

const manifest = {};
for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (entryPoint) manifest[basename(entryPoint)] = basename(output);
}

// A server may be running: new files first, then the manifest that names them, and only then away with the old ones.
await mkdir(target, { recursive: true });
const packed = result.outputFiles.filter(({ path }) => !path.endsWith(".woff2"));
for (const { path, contents } of packed) await writeFile(`${path}.gz`, gzipSync(contents, { level: 9 }));
for (const file of result.outputFiles) await writeFile(file.path, file.contents);
await writeFile(join(target, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 2)}\n`);
const names = result.outputFiles.map((file) => relative(target, file.path));
const kept = new Set(["manifest.json", ...names, ...names.map((name) => `${name}.gz`)]);
for (const name of await readdir(target)) if (!kept.has(name)) await rm(join(target, name), { recursive: true });
