/**
 * Calls that block on real sockets: of functions kept in tables, fields and variables, and in generators,
 * iterators, properties, indexing, `with` and decorators. All of them let the host go on, or the bytes
 * that they wait for would never come. The expected lines are those of MicroPython's unix port.
 */

import { readFileSync } from "node:fs";
import { folderWith, mpy2ts } from "../harness/command-line.js";
import { freePort } from "../harness/free-port.js";

const read = (name: string): string =>
  readFileSync(new URL(`programs/${name}`, import.meta.url), "utf8");

test.each([
  ["blocking_values", []],
  ["blocking_values", ["--no-facts"]],
  ["blocking_places", []],
  ["blocking_places", ["--no-facts"]],
])("%s %j", async (name, flags) => {
  const folder = folderWith({ "main.py": read(`${name}.py`) });
  const port = String(await freePort());
  const { stdout, stderr } = mpy2ts(["run", ...flags, "main.py", port], folder);
  expect(stderr).toBe("");
  expect(stdout).toBe(read(`${name}.out`));
});
