import { analyzed } from "./analyzed.js";

/** Whether the argument of `use(x)` in a function body may be unbound. */
function unbound(body: string): boolean {
  const program = analyzed(`def f(a):\n${body.replace(/^/gm, "    ")}\n`);
  const uses = [...program.analysis().nameUses].filter(([node]) => node.id === "x");
  const loads = new Set(program.binding("f.x").loads);
  return uses.some(([node, use]) => loads.has(node) && use.mayBeUnbound);
}

describe("definite assignment", () => {
  test.each([
    ["x = 1\nuse(x)", false],
    ["use(x)\nx = 1", true],
    ["if a:\n    x = 1\nuse(x)", true],
    ["if a:\n    x = 1\nelse:\n    x = 2\nuse(x)", false],
    ["if a:\n    x = 1\nelse:\n    return\nuse(x)", false],
    ["if a:\n    x = 1\nelse:\n    raise OSError\nuse(x)", false],
    ["while a:\n    x = 1\nuse(x)", true],
    ["while True:\n    x = 1\n    if a: break\nuse(x)", false],
    ["while True:\n    if a: break\n    x = 1\nuse(x)", true],
    ["for i in a:\n    x = i\nuse(x)", true],
    ["for i in a:\n    if i:\n        x = i\n        break\nelse:\n    x = 0\nuse(x)", false],
    ["for x in a:\n    use(x)", false],
    ["try:\n    x = a()\nexcept OSError:\n    pass\nuse(x)", true],
    ["try:\n    x = a()\nexcept OSError:\n    return\nuse(x)", false],
    ["try:\n    x = a()\nfinally:\n    use(x)", true],
    ["try:\n    a()\nfinally:\n    x = 1\nuse(x)", false],
    ["try:\n    a()\nexcept OSError as x:\n    use(x)", false],
    ["try:\n    a()\nexcept OSError as x:\n    pass\nuse(x)", true],
    ["x = 1\ndel x\nuse(x)", true],
    ["x = 1\nwhile a:\n    use(x)\n    del x", true],
    ["with a:\n    x = 1\nuse(x)", false],
    ["a and (x := 1)\nuse(x)", true],
    ["if (x := a):\n    pass\nuse(x)", false],
    ["def g():\n    return x\nx = 1\nreturn g", true],
    ["x = 1\ndef g():\n    return x\nreturn g", false],
    ["x = [x for x in a]\nuse(x)", false],
    ["if a: x = 1\nx += 1", true],
  ])("%j: %s", (body, expected) => {
    expect(unbound(body)).toBe(expected);
  });

  test("a context manager that can swallow exceptions", () => {
    const program = analyzed(`
class Quiet:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): return True
def f(a):
    with a:
        x = 1
    return x
`);
    expect(program.use("x", 1).mayBeUnbound).toBe(true);
  });
});

describe("globals read by functions", () => {
  test("assigned before the def, or after it while nothing could call it", () => {
    const program = analyzed(`
before = 1
def f():
    return before, after, late
after = 2
print(after)
f()
late = 3
`);
    expect(program.use("before", 1).mayBeUnbound).toBe(false);
    expect(program.use("after", 0).mayBeUnbound).toBe(false);
    expect(program.use("late", 0).mayBeUnbound).toBe(true);
  });

  test("functions that call each other", () => {
    const program = analyzed(`
def even(n): return n == 0 or odd(n - 1)
def odd(n): return n != 0 and even(n - 1)
print(even(4))
`);
    expect(program.use("odd").mayBeUnbound).toBe(false);
    expect(program.use("even").mayBeUnbound).toBe(false);
  });

  test("a function handed to the runtime may be called from then on", () => {
    const program = analyzed(`
import time
from machine import Timer
def tick(t):
    count(t, LIMIT, STEP)
time.sleep(1)
STEP = 1
Timer(0, callback=tick)
time.sleep(1)
def count(t, *rest): pass
LIMIT = 5
`);
    expect(program.use("STEP").mayBeUnbound).toBe(false);
    expect(program.use("LIMIT").mayBeUnbound).toBe(true);
    // Declared before the module body runs.
    expect(program.use("count").mayBeUnbound).toBe(false);
  });

  test("foreign calls cannot know functions that nobody gave away", () => {
    const program = analyzed(
      `
import tools
class Own:
    def run(self): pass
def f(): return A, B, C
tools.log("starting")
A = 1
tools.logger.info("x")
B = 2
tools.logger.run()
C = 3
`,
      { tools: "def log(x): pass\nclass Log:\n    def info(self, x): pass\nlogger = Log()\n" },
    );
    expect(program.use("A").mayBeUnbound).toBe(false);
    expect(program.use("B").mayBeUnbound).toBe(false);
    expect(program.use("C").mayBeUnbound).toBe(true);
  });

  test("conditional globals", () => {
    const program = analyzed(`
import sys
if sys.platform == "rp2":
    LED = 25
def f(): return LED
`);
    expect(program.use("LED", 1).mayBeUnbound).toBe(true);
    expect(program.binding("LED").mayBeUnbound).toBe(true);
  });
});

describe("how functions end", () => {
  const end = (body: string): [string, boolean] => {
    const info = analyzed(`def f(a):\n${body.replace(/^/gm, "    ")}\n`).function("f");
    return [info.returnsValue, info.endReachable];
  };
  test.each([
    ["pass", "never", true],
    ["return", "never", false],
    ["return 1", "always", false],
    ["if a: return 1", "sometimes", true],
    ["if a: return 1\nreturn", "sometimes", false],
    ["while True: pass", "never", false],
    ["while True:\n    if a: return 1", "always", false],
    ["try:\n    return 1\nfinally:\n    a()", "always", false],
    ["try:\n    return 1\nexcept OSError:\n    pass", "sometimes", true],
    ["raise OSError", "never", false],
  ])("%j", (body, returnsValue, endReachable) => {
    expect(end(body)).toEqual([returnsValue, endReachable]);
  });
});
