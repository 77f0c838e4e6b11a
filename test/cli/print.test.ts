/** The hidden `mpy2ts print` shows each phase of the compiler. */
import { folderWith, mpy2ts } from "../harness/command-line.js";

const cwd = folderWith({ "main.py": "async def f(a, b=1):\n    await a\n" });
const print = (phase: string) => mpy2ts(["print", "main.py", "--phase", phase], cwd);

test("ast", () => {
  expect(print("ast").stdout).toMatch(/^Module\([\s\S]*AsyncFunctionDef\([\s\S]*name='f'/);
});

test("scopes", () => {
  expect(print("scopes").stdout).toBe(
    "module\n  f: global\n  function f\n    a: parameter\n    b: parameter\n",
  );
});

test("target", () => {
  expect(print("target").stdout).toMatch(/export function\* f\(a: any, b: any = 1\)/);
});
