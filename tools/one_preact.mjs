// A plugin of esbuild for whatever draws with form-js.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// form-js draws with one preact and brings another along; whatever belongs to it, ours included, shares the one it was made with.
export const onePreact = {
  name: "one preact for form-js",
  setup(bundle) {
    bundle.onResolve({ filter: /^preact(\/|$)/ }, ({ path, importer, kind, pluginData }) => {
      if (pluginData === "found" || !/form-js|studio_form|js[\\/]form[\\/]/.test(importer)) return undefined;
      const resolveDir = join(root, "node_modules/@bpmn-io/form-js-editor");
      return bundle.resolve(path, { kind, importer, resolveDir, pluginData: "found" });
    });
  },
};
