/**
 * Whom TLS trusts: certificates of all kinds on both sides, and what is said of a refusal. The expected
 * lines are those of MicroPython's unix port, run beside the same certificates.
 */

import { readFileSync } from "node:fs";
import { mpy2ts } from "../harness/command-line.js";
import { freePort } from "../harness/free-port.js";
import { certificates, program } from "./served.js";

test("servers and clients trust and refuse as MicroPython's do", async () => {
  const folder = program("tls_trust.py", 0, certificates());
  const port = String(await freePort());
  const { stdout, stderr } = mpy2ts(["run", "main.py", port], folder);
  expect(stderr).toBe("");
  expect(stdout).toBe(readFileSync(new URL("programs/tls_trust.out", import.meta.url), "utf8"));
});

test("contexts are told and tell what MicroPython's do", () => {
  const folder = program("tls_contexts.py", 0, []);
  const { stdout } = mpy2ts(["run", "main.py"], folder);
  const expected = new URL("programs/tls_contexts.out", import.meta.url);
  expect(stdout).toBe(readFileSync(expected, "utf8"));
});
