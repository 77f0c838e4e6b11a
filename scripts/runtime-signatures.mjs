/**
 * Writes `src/analyze/tables/runtime-signatures.ts` from the runtime's sources. Run it after the
 * runtime's exports or signatures have changed: `node scripts/runtime-signatures.mjs`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describeRuntime, render } from "./introspect-runtime.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = readdirSync(join(root, "src/runtime/modules"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));

const bundle = await build({
  stdin: {
    contents: [
      'export * as runtime from "./src/runtime/index.ts";',
      'export * as signature from "./src/runtime/core/signature.ts";',
      'export { BUILTINS } from "./src/analyze/tables/builtins.ts";',
      'export { runtimeModules } from "./src/resolve.ts";',
      ...modules.map(
        (name) =>
          `export * as module_${name.replace(/\W/g, "_")} from "./src/runtime/modules/${name}.ts";`,
      ),
    ].join("\n"),
    resolveDir: root,
    loader: "ts",
  },
  bundle: true,
  write: false,
  format: "esm",
  platform: "node",
  target: "es2022",
});
const folder = mkdtempSync(join(tmpdir(), "mpy2ts-"));
const file = join(folder, "runtime.mjs");
writeFileSync(file, bundle.outputFiles[0].text);
const loaded = await import(pathToFileURL(file).href);
rmSync(folder, { recursive: true });

const named = Object.keys(loaded.runtimeModules).map((name) => [
  name,
  loaded[`module_${name.replace(/\W/g, "_")}`],
]);
const described = describeRuntime({
  runtime: loaded.runtime,
  signature: loaded.signature,
  modules: Object.fromEntries(named.filter(([, namespace]) => namespace !== undefined)),
  builtins: Object.keys(loaded.BUILTINS),
});
const target = join(root, "src/analyze/tables/runtime-signatures.ts");
writeFileSync(target, render(described));
execFileSync(join(root, "node_modules/.bin/biome"), ["format", "--write", target]);
