/**
 * Calls that block on real sockets, of functions kept in tables, fields and variables: all of them let the
 * host go on. The expected lines are those of MicroPython's unix port.
 */

import { readFileSync } from "node:fs";
import { folderWith, mpy2ts } from "../harness/command-line.js";
import { freePort } from "./served.js";

const text = readFileSync(new URL("programs/blocking_values.py", import.meta.url), "utf8");

const expected = [
  "5",
  "b'hel'",
  "b'lo'",
  "None",
  "b'xy\\n'",
  "b'zz\\n'",
  "[2, 2] [b'a', b'b']",
  "[b'a', b'b']",
  "logged b'34'",
  "5 b'12' b'34'",
  "{'a': b'5'}",
  "b'en' b'd'",
  "[] [0, 0]",
  "110",
  "110",
];

test.each([[[]], [["--no-facts"]]])("values that block, %j", async (flags) => {
  const folder = folderWith({ "main.py": text });
  const port = String(await freePort());
  const { stdout, stderr } = mpy2ts(["run", ...flags, "main.py", port], folder);
  expect(stderr).toBe("");
  expect(stdout.split("\n").slice(0, -1)).toEqual(expected);
});
