/**
 * What drivers say to arguments, and how they print themselves, on each port. A file of `arguments/` is
 * named after a board, and after what it is about where a board has several; its sections name the sources of MicroPython that they were read from. A line is
 * an expression and what `print` shows of it, or of what it raises; one that begins with `>` is a
 * statement that prepares the next ones.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simulate } from "mpy2ts/testing";
import { moduleLoaders } from "../../src/runtime/modules/index.js";
import { folderWith } from "../harness/command-line.js";

const FOLDER = "test/board/arguments";
const files = readdirSync(FOLDER).map((file) => file.replace(".txt", ""));

const rows = (name: string): string[] =>
  readFileSync(join(FOLDER, `${name}.txt`), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

/** The program that tries them: each prints its number and what came of it. */
function program(lines: readonly string[]): string {
  const tries = lines.map((line, i) => {
    if (line.startsWith(">")) return line.slice(2);
    const [expression] = line.split(" -> ") as [string];
    return `try:\n    print("@${i}", ${expression})\nexcept Exception as e:\n    print("@${i}", type(e).__name__, e)`;
  });
  return `from machine import *\nimport machine\n${tries.join("\n")}\n`;
}

// A program that calls `exec` has them loaded all at once, which jest's own loader cannot.
beforeAll(async () => {
  for (const name of Object.keys(moduleLoaders)) {
    await import(`mpy2ts/modules/${name.replaceAll(".", "/")}`);
  }
});

test.each(files)("%s", async (name) => {
  const lines = rows(name);
  const folder = folderWith({ "main.py": program(lines) });
  const board = await simulate(folder, { wiring: { board: name.split(".")[0] as string } });
  await board.advance(100);
  expect(board.errors).toBe("");
  const said = new Map(
    board.lines.flatMap((line) => {
      const [, number, text = ""] = /^@(\d+) (.*)$/.exec(line) ?? [];
      return number === undefined ? [] : [[Number(number), text.trim()] as const];
    }),
  );
  const expected = lines.filter((line) => !line.startsWith(">"));
  const printed = lines.flatMap((line, i) =>
    line.startsWith(">") ? [] : [`${line.split(" -> ")[0]} -> ${said.get(i)}`.trim()],
  );
  expect(printed).toEqual(expected.map((line) => line.trim()));
});
