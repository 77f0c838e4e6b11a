/** The hidden `mpy2ts print` shows each phase of the compiler. */
import { folderWith, mpy2ts } from "../harness/command-line.js";

const cwd = folderWith({ "main.py": "async def f(a, b=1):\n    await a\n" });
const print = (phase: string) => mpy2ts(["print", "main.py", "--phase", phase], cwd);

test("ast", () => {
  expect(print("ast").stdout).toMatch(/^Module\([\s\S]*AsyncFunctionDef\([\s\S]*name='f'/);
});

test("scopes", () => {
  const { stdout } = print("scopes");
  expect(stdout).toMatch(/^module\n {2}f: global, function\n {2}function f \[coroutine/);
  expect(stdout).toContain("(a, b=), returns never");
});

test("target", () => {
  expect(print("target").stdout).toMatch(/export function\* f\(a: any, b = 1\)/);
});
