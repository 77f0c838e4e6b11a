import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { describeRuntime } from "../../scripts/introspect-runtime.js";
import { BUILTINS, builtin } from "../../src/analyze/tables/builtins.js";
import { NATIVE_METHODS } from "../../src/analyze/tables/native-methods.js";
import { PROTOCOLS } from "../../src/analyze/tables/protocol-methods.js";
import {
  RUNTIME_BUILTINS,
  RUNTIME_CLASSES,
  RUNTIME_HOMES,
  RUNTIME_MEMBERS,
  RUNTIME_MODULES,
  RUNTIME_PARTIAL,
  RUNTIME_STATICS,
  TYPE_METHODS,
  TYPE_STATICS,
} from "../../src/analyze/tables/runtime-signatures.js";
import { portTables } from "../../src/runtime/boards/names/index.js";
import * as signatures from "../../src/runtime/core/call/signature.js";
import * as runtime from "../../src/runtime/index.js";
import { moduleLoaders } from "../../src/runtime/modules/index.js";

/** Output lines of a program on the pinned MicroPython. */
async function micropython(program: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const mp = await loadMicroPython({
    stdout: (line: string) => lines.push(line),
    linebuffer: true,
  });
  mp.runPython(program);
  return lines;
}

/** Names of the REPL, of ports, and what `compile` would need. */
const NOT_LISTED = new Set([
  "__name__",
  "__dict__",
  "__class__",
  "__repl_print__",
  "js",
  "jsffi",
  "__template__",
]);
/** Of larger builds than the pinned one. */
const OTHER_BUILDS = new Set(["execfile", "help", "input", "open", "compile", "ViperTypeError"]);

test("the builtins are MicroPython's", async () => {
  const names = await micropython("import builtins\nfor n in dir(builtins): print(n)");
  const real = names.filter((name) => !NOT_LISTED.has(name));
  expect(real.filter((name) => !Object.hasOwn(BUILTINS, name))).toEqual([]);
  expect(
    Object.keys(BUILTINS).filter((name) => !real.includes(name) && !OTHER_BUILDS.has(name)),
  ).toEqual([]);
});

test("no call of a method of a native value becomes a plain one", async () => {
  const names = await micropython(`
def g(): yield
values = ("", b"", bytearray(), memoryview(b""), [], (), {}, set(), frozenset(), 1, 1.5, g(), g, int, range(1), property(), zip(), slice)
for v in values:
    for n in dir(v):
        if not n.startswith("__"): print(n)
`);
  expect([...new Set(names)].filter((name) => !NATIVE_METHODS.has(name))).toEqual([]);
});

test("what the runtime calls by name on a program's objects is listed", () => {
  const sources = fileURLToPath(new URL("../../src/runtime", import.meta.url));
  const byName =
    /\b(?:invoke|invokeWait|applyMethod|applyMethodWait|awaitMethod|hasMethod|load)\(\s*[\w.$]+,\s*"([a-z]\w*)"/g;
  const names = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(sources, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, ""))
    .flatMap((text) => [...text.matchAll(byName)])
    .map(([, name]) => name as string);
  expect(names.length).toBeGreaterThan(20);
  const listed = new Set(Object.values(PROTOCOLS).flatMap(({ methods }) => methods));
  // What umqtt asks of itself, which a subclass may override.
  for (const name of ["log", "delay", "reconnect", "wait_msg"]) listed.add(name);
  expect([...new Set(names)].filter((name) => !listed.has(name))).toEqual([]);
});

test("the generated table is fresh", async () => {
  const modules: Record<string, unknown> = {};
  // One after the other: jest loads no two modules at once.
  for (const [name, load] of Object.entries(moduleLoaders)) {
    modules[name] = await load();
  }
  const described = describeRuntime({
    runtime,
    modules,
    signature: signatures,
    builtins: Object.keys(BUILTINS),
    portTables,
  });
  expect({
    builtins: RUNTIME_BUILTINS,
    modules: RUNTIME_MODULES,
    classes: RUNTIME_CLASSES,
    statics: RUNTIME_STATICS,
    members: RUNTIME_MEMBERS,
    partial: RUNTIME_PARTIAL,
    homes: RUNTIME_HOMES,
    typeMethods: TYPE_METHODS,
    typeStatics: TYPE_STATICS,
  }).toEqual(described);
});

test("builtins that block are known as such", () => {
  for (const [name, [kind]] of Object.entries(RUNTIME_MODULES.builtins ?? {})) {
    if (kind === "blocking") {
      expect([name, builtin(name)?.blocking]).toEqual([name, true]);
    }
  }
});
