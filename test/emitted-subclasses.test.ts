/**
 * A program may extend the classes of the runtime and call its own attributes and methods what it likes.
 * For each class that the modules export: subclasses that use the names which the runtime uses inside do
 * what the class itself does, and subclasses that redefine what MicroPython's class has are emitted as
 * TypeScript that passes `tsc --strict`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runtimeMember, splitPath } from "../src/analyze/tables/runtime-modules.js";
import { RUNTIME_CLASSES } from "../src/analyze/tables/runtime-signatures.js";
import { moduleLoaders } from "../src/runtime/modules/index.js";
import { classMembers } from "./harness/class-members.js";
import { CLASS_USES, type ClassUse } from "./harness/class-uses.js";
import { EmittedProject } from "./harness/emitted-project.js";
import { Pool } from "./harness/pool.js";

/** A class of a module, and the names of what it declares, without those of every object. */
interface Subject {
  readonly path: string;
  readonly use: ClassUse;
  /** Names that programs see. */
  readonly seen: readonly string[];
  /** What is behind the `$` of all others. */
  readonly inner: readonly string[];
}

/** Of every object, or of the host's protocol of iteration, which no program sees. */
const isSpecial = (name: string): boolean =>
  /^__\w+__$/.test(name) || name === "next" || name === "throw";

const pool = new Pool();
const emitted = new EmittedProject();
const folder = mkdtempSync(join(tmpdir(), "mpy2ts-subclasses-"));
let subjects: readonly Subject[];

beforeAll(async () => {
  const membersOf = classMembers();
  const found: Subject[] = [];
  for (const [path, use] of Object.entries(CLASS_USES)) {
    const { module, name } = splitPath(path);
    // One after the other: jest loads no two modules at once.
    const namespace = await moduleLoaders[module as keyof typeof moduleLoaders]();
    const cls = (namespace as Record<string, unknown>)[name] as { prototype: object };
    const names = [...membersOf(cls)].filter((one) => !isSpecial(one));
    const inner = names
      .filter((one) => one.startsWith("$") && !(one.slice(1) in cls.prototype))
      .map((one) => one.slice(1));
    found.push({ path, use, seen: names.filter((one) => !one.startsWith("$")), inner });
  }
  subjects = found;
}, 60_000);

afterAll(() => {
  pool.stop();
  emitted.remove();
  rmSync(folder, { recursive: true });
});

test("every class of the modules has a row", () => {
  expect(Object.keys(CLASS_USES).sort()).toEqual(Object.keys(RUNTIME_CLASSES).sort());
});

test("what programs do not see has a $ before its name", () => {
  const isSeen = (path: string, name: string): boolean => {
    const home = splitPath(path);
    return runtimeMember(home.module, home.name, name) !== null;
  };
  const others = subjects.flatMap(({ path, seen }) =>
    seen.filter((name) => !isSeen(path, name)).map((name) => `${path}.${name}`),
  );
  expect(others).toEqual([]);
});

const body = (lines: readonly string[]): string[] => (lines.length > 0 ? lines.flat() : ["pass"]);

const subclass = (name: string, path: string, lines: readonly string[]): string[] => [
  `class ${name}(${path}):`,
  ...body(lines).map((line) => `    ${line}`),
];

const opening = ({ path, use }: Subject): string[] => [
  `import ${splitPath(path).module}`,
  ...(use.given ?? []),
];

/** Instances of the class and of its subclasses are used alike; each prints a line. */
function usesProgram(subject: Subject): string {
  const { path, use, inner } = subject;
  return [
    ...opening(subject),
    ...subclass("Plain", path, ["def fill(self):", "    pass"]),
    ...subclass(
      "Methods",
      path,
      [...inner, "fill"].flatMap((name) => [`def ${name}(self):`, `    return "${name}"`]),
    ),
    ...subclass("Attributes", path, [
      ...inner.map((name) => `${name} = "${name}"`),
      "def fill(self):",
      "    pass",
    ]),
    ...subclass("Fields", path, [
      "def fill(self):",
      ...body(inner.map((name) => `self.${name} = "${name}"`)).map((line) => `    ${line}`),
    ]),
    // The first of them may find another board than those that follow.
    "for cls in (Plain, Plain, Methods, Attributes, Fields):",
    `    o = cls(${use.make})`,
    "    o.fill()",
    "    results = []",
    ...(use.uses ?? []).flatMap((expression) => [
      "    try:",
      `        results.append(repr(${expression}))`,
      "    except Exception as e:",
      "        results.append(repr(e))",
    ]),
    "    print('; '.join(results).replace(cls.__name__, 'Plain'))",
  ].join("\n");
}

/** All names, those that programs see too, as what MicroPython's class does not have under them. */
function shapesProgram(subject: Subject): string {
  const { path, seen, inner } = subject;
  const names = [...new Set([...seen, ...inner])];
  const methods = (keyword: string, parameters: string): string[] =>
    names.flatMap((name) => [`${keyword} ${name}(self${parameters}):`, "    return 1"]);
  return [
    ...opening(subject),
    ...subclass("Methods", path, methods("def", "")),
    ...subclass("Arguments", path, methods("def", ", a, b, c, d, e, f, g, h")),
    ...subclass("Coroutines", path, methods("async def", "")),
    ...subclass("Properties", path, [
      ...names.flatMap((name) => ["@property", `def ${name}(self):`, "    return 1"]),
    ]),
    ...subclass(
      "Attributes",
      path,
      names.map((name) => `${name} = 1`),
    ),
    ...subclass("Fields", path, [
      "def __init__(self, *args):",
      "    super().__init__(*args)",
      ...names.map((name) => `    self.${name} = 1`),
    ]),
  ].join("\n");
}

function write(name: string, text: string): string {
  const file = join(folder, `${name.replaceAll(".", "_")}.py`);
  writeFileSync(file, `${text}\n`);
  return file;
}

test("subclasses with names of the runtime's own do what the class does", async () => {
  const made = subjects.filter(({ use }) => use.make !== null);
  const outcomes = made.map((subject) => {
    const target = write(`uses_${subject.path}`, usesProgram(subject));
    const { board } = subject.use;
    return pool.run({ target, facts: true, wiring: null, ...(board && { board }) });
  });
  pool.start();
  const all = await Promise.all(outcomes);
  const differences = made.flatMap(({ path }, i) => {
    const { output, error } = all[i] as (typeof all)[number];
    const [, plain = "", ...others] = output.trimEnd().split("\n");
    const isAlike = error === "" && others.length === 3 && others.every((line) => line === plain);
    return isAlike ? [] : [`${path}\n${output}${error}`];
  });
  expect(differences.join("\n")).toBe("");
}, 120_000);

test("subclasses of any shape pass tsc", () => {
  for (const subject of subjects) {
    emitted.add(subject.path, write(`shapes_${subject.path}`, shapesProgram(subject)), true);
  }
  const { status, stdout } = emitted.check();
  expect(stdout).toBe("");
  expect(status).toBe(0);
}, 120_000);
