/**
 * Joins the four hundred files of `dist/` into a few under `dist/bundle/`, which is what the command
 * line loads: they took most of the time that a short program took. Called by `npm run build` after
 * `tsc`. Programs see the names of the runtime's functions and classes, so names that the bundler
 * changed are given back.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const bundle = join(dist, "bundle");
const scripts = (folder) =>
  readdirSync(join(dist, folder))
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name));

/** What is imported by name from outside of the bundle: commands, tests, emitted code. */
const entries = [
  ...scripts("cli"),
  "program.js",
  "resolve.js",
  "snippet-compiler.js",
  "runtime/index.js",
  "runtime/run.js",
  "runtime/core/exception/source-map.js",
  "runtime/host/node-start.js",
  "runtime/host/node.js",
  "runtime/host/virtual.js",
  "runtime/boards/sim/trace.js",
  "runtime/boards/sim/wiring.js",
  ...scripts("runtime/modules"),
  ...scripts("runtime/modules/asyncio"),
  ...scripts("runtime/modules/umqtt"),
];

rmSync(bundle, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: entries.map((path) => join(dist, path)),
  outbase: dist,
  outdir: bundle,
  // Beside the commands, so that paths relative to them are right in chunks too.
  chunkNames: "cli/chunk-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // ts-morph is for `build --check` alone and larger than all the rest.
  external: ["ts-morph"],
  // Commander is CommonJS and asks for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);',
  },
  metafile: true,
  logLevel: "warning",
});

const inputs = Object.keys(metafile.inputs).map((path) => readFileSync(path, "utf8"));
const declared = new Set(
  inputs.flatMap((text) =>
    [...text.matchAll(/\b(?:function\*?|class|const|let|var) ([\w$]+)/g)].map(([, name]) => name),
  ),
);

/** The name in the source of what the bundler calls `name`: it appends digits where names meet. */
function original(name) {
  return declared.has(name) ? name : name.replace(/\d+$/, "");
}

for (const path of Object.keys(metafile.outputs)) {
  const text = readFileSync(path, "utf8");
  const restored = restoreNames(text);
  if (restored !== text) writeFileSync(path, restored);
}

function restoreNames(text) {
  // A class that mentions itself: `var Pin = class _Pin {`.
  let result = text.replace(/^var ([\w$]+) = class (_[\w$]+)?/gm, (whole, name, inner) => {
    if (inner === undefined && original(name) === name) return whole;
    return `var ${name} = class ${original(name)}${inner === undefined ? " " : ""}`;
  });
  for (const [, name, inner] of text.matchAll(/^var ([\w$]+) = class (_[\w$]+)/gm)) {
    result = result.replace(
      new RegExp(`(?<![\\w$.])${inner.replace("$", "\\$")}(?![\\w$])`, "g"),
      original(name),
    );
  }
  // Declarations are hoisted, so the names are right before anything looks at them.
  const renamed = [...text.matchAll(/^(?:async )?function\*? ([\w$]+)\(/gm)]
    .map(([, name]) => name)
    .filter((name) => original(name) !== name);
  if (renamed.length === 0) return result;
  const lines = renamed.map((name) => `$name(${name}, "${original(name)}");`);
  const define =
    'function $name(fn, value) { Object.defineProperty(fn, "name", { value, configurable: true }); }';
  const head = result.indexOf("import.meta.url);") + "import.meta.url);".length;
  return `${result.slice(0, head)}\n${define}\n${lines.join("\n")}${result.slice(head)}`;
}
