/**
 * Type-checks what is emitted for every program of a folder: `node scripts/check-emitted.mjs FOLDER|FILE...
 * [--facts on|off] [--json FILE]`, after `npm run build`. Each `.py` file is a program of its own,
 * a folder with a `main.py` is one program. Prints the share that passes `tsc --strict` and, for what
 * fails, the reasons. Programs that MicroPython's compiler rejects too do not count.
 */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openProject } from "../dist/cli/project.js";
import { Program } from "../dist/program.js";
import { loadOracle } from "./micropython-verdict.js";
import { strictSettings } from "./strict-settings.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { facts: { type: "string", default: "on" }, json: { type: "string" } },
});

/** The files and folders that are one program each. */
function programs(folder) {
  if (statSync(folder).isFile()) return [folder];
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === "main.py")) return [folder];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return programs(path);
    return entry.name.endsWith(".py") ? [path] : [];
  });
}

const folder = mkdtempSync(join(tmpdir(), "mpy2ts-emitted-"));
const put = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** name -> reasons why it does not pass; empty: it does. */
const results = new Map();
let rejected = 0;
const oracle = await loadOracle();

for (const base of positionals.map((path) => resolve(path))) {
  for (const target of programs(base)) {
    const name = relative(dirname(base), target);
    const { modules, failed, diagnostics } = new Program({
      ...openProject(target),
      purpose: "run",
      facts: values.facts !== "off",
    }).update();
    if (failed) {
      const file = target.endsWith(".py") ? target : join(target, "main.py");
      if (oracle(readFileSync(file, "utf8")) !== "ok") rejected++;
      else
        results.set(
          name,
          diagnostics.map(({ code, message }) => `${code}: ${message}`),
        );
      continue;
    }
    results.set(name, []);
    for (const { output, ts } of modules) put(`${results.size}/${output}.ts`, ts.code);
    put(`${results.size}/name`, name);
  }
}

put("package.json", '{ "type": "module" }');
put("tsconfig.json", JSON.stringify(strictSettings(root)));
const tsc = join(root, "node_modules/typescript/bin/tsc");
const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
  encoding: "utf8",
  maxBuffer: 2 ** 28,
});
for (const line of stdout.split("\n")) {
  const found = /(?:^|\/)(\d+)\/([^(]*\(\d+,\d+\)): error (TS\d+: .*)$/.exec(line);
  if (found === null) continue;
  const [, number, place, reason] = found;
  const name = readFileSync(join(folder, number, "name"), "utf8");
  const at = /^(.*)\((\d+),/.exec(place);
  const text = readFileSync(join(folder, number, at[1]), "utf8").split("\n")[at[2] - 1];
  results.get(name).push(`${place}: ${reason}\n      ${text.trim()}`);
}
rmSync(folder, { recursive: true });

const failures = [...results].filter(([, reasons]) => reasons.length > 0);
for (const [name, reasons] of failures) console.log(`${name}\n    ${reasons.join("\n    ")}`);
const passed = results.size - failures.length;
const share = results.size === 0 ? 100 : (100 * passed) / results.size;
console.log(
  `${passed} of ${results.size} programs pass tsc --strict (${share.toFixed(2)} %); ${rejected} more are no MicroPython.`,
);
if (values.json) writeFileSync(values.json, JSON.stringify(Object.fromEntries(results), null, 1));
process.exitCode = failures.length === 0 ? 0 : 1;
