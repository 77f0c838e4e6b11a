/**
 * Writes `src/analyze/tables/runtime-signatures.ts` from the runtime's sources. Run it after the
 * runtime's exports or signatures have changed: `node scripts/runtime-signatures.mjs`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describeRuntime, render } from "./introspect-runtime.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundle = await build({
  stdin: {
    contents: [
      'export * as runtime from "./src/runtime/index.ts";',
      'export * as signature from "./src/runtime/core/call/signature.ts";',
      'export { BUILTINS } from "./src/analyze/tables/builtins.ts";',
      'export { loadAllModules } from "./src/runtime/modules/index.ts";',
      'export { portTables } from "./src/runtime/boards/names/index.ts";',
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

const described = describeRuntime({
  runtime: loaded.runtime,
  signature: loaded.signature,
  modules: Object.fromEntries(await loaded.loadAllModules()),
  builtins: Object.keys(loaded.BUILTINS),
  portTables: loaded.portTables,
});
const target = join(root, "src/analyze/tables/runtime-signatures.ts");
writeFileSync(target, render(described));
execFileSync(join(root, "node_modules/.bin/biome"), ["format", "--write", target]);
