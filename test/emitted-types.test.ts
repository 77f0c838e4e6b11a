/**
 * The TypeScript that is emitted for every fixture passes `tsc --strict`: all of them in one
 * project, with facts and without, checked by one run of the compiler.
 */
import { EmittedProject } from "./harness/emitted-project.js";
import { fixtures } from "./harness/fixture-files.js";

const emitted = new EmittedProject();
afterAll(() => emitted.remove());

test("all fixtures", () => {
  let written = 0;
  for (const facts of [true, false]) {
    for (const { name, target } of fixtures()) {
      written += emitted.add(`${facts ? "facts" : "plain"}/${name}`, target, facts);
    }
  }
  expect(written).toBeGreaterThan(300);
  const { status, stdout } = emitted.check();
  expect(stdout).toBe("");
  expect(status).toBe(0);
}, 120_000);
