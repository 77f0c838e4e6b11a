/** The table of parts in docs/testing.md says what the parts have: legs, options, actions, state. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { simulate } from "mpy2ts/testing";
import { type PartType, partKinds } from "../../src/runtime/boards/sim/parts/index.js";
import { folderWith, packageFolder } from "../harness/command-line.js";

interface Row {
  legs: string[];
  options: string[];
  actions: string[];
  state: string[];
}

/** Words in a cell without what is said of them in brackets or italics. */
const words = (cell = ""): string[] =>
  cell
    .replace(/\([^)]*\)|\*[^*]*\*/g, "")
    .split(/[,;]|\bor\b/)
    .map((word) => word.trim().split(" ")[0] ?? "")
    .filter((word) => word !== "");

const table = new Map<string, Row>();
const document = readFileSync(join(packageFolder, "docs/testing.md"), "utf8");
const after = document.slice(document.indexOf("| part | legs |"));
for (const line of after.slice(0, after.indexOf("\n\n")).split("\n").slice(2)) {
  const [, names = "", legs, options, actions, state] = line.split("|");
  for (const [, name = ""] of names.matchAll(/`([^`]+)`/g)) {
    table.set(name, {
      legs: words(legs),
      options: words(options),
      actions: words(actions),
      state: words(state),
    });
  }
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

test("the table has every part", () => {
  expect(sorted(table.keys())).toEqual(sorted(Object.keys(partKinds)));
});

test.each(Object.keys(partKinds) as PartType[])("%s", async (type) => {
  const { legs, options, actions, state } = table.get(type) as Row;
  const kind = partKinds[type];
  expect(sorted(legs)).toEqual(sorted(kind.legs));
  expect(sorted(options)).toEqual(sorted("options" in kind ? (kind.options ?? []) : []));
  const wired = Object.fromEntries(kind.legs.map((leg, pin) => [leg, pin]));
  const board = await simulate(folderWith({ "main.py": "" }), {
    wiring: { parts: [{ type, id: "it", ...wired }] },
  });
  const part = board.part("it");
  expect(sorted(actions)).toEqual(sorted(Object.keys(part.actions ?? {})));
  expect(sorted(state)).toEqual(sorted(Object.keys(part.state as object)));
});
