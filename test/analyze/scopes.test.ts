import { analyzed } from "./analyzed.js";

describe("resolution", () => {
  test("locals, cells, globals, builtins and unknown names", () => {
    const program = analyzed(`
g = 1
def f(a):
    b = a
    def inner():
        return b, g, len, nobody
    return inner
`);
    expect(program.use("b", 1).resolved).toBe("cell");
    expect(program.use("a").resolved).toBe("local");
    expect(program.use("g", 1).resolved).toBe("global");
    expect(program.use("len").resolved).toBe("builtin");
    expect(program.use("nobody").resolved).toBe("unknown");
    expect(program.binding("f.b").capturedLater).toBe(true);
    expect(program.binding("f.a").kind).toBe("parameter");
  });

  test("global and nonlocal stores go to the outer binding", () => {
    const program = analyzed(`
count = 0
def f():
    global count, made
    count = 1
    made = 2
    n = 0
    def inner():
        nonlocal n
        n += 1
    inner()
`);
    expect(program.binding("count").rebound).toBe(true);
    expect(program.binding("made").kind).toBe("global");
    expect(program.binding("f.n").rebound).toBe(true);
    expect(program.binding("f.n").stores).toHaveLength(2);
  });

  test("a name of a class body hides enclosing functions from methods, as in MicroPython", () => {
    const program = analyzed(`
x = "global"
def f():
    x = "local"
    class C:
        x = "class"
        def m(self):
            return x
    return C
`);
    expect(program.use("x", 3).resolved).toBe("global");
  });

  test("comprehensions have a scope, := stores around it, the first iterable belongs outside", () => {
    const program = analyzed(`
def f(rows):
    return [last := row for row in rows]
class C:
    items = [1]
    doubled = [i * 2 for i in items]
`);
    expect(program.use("rows").resolved).toBe("local");
    expect(program.binding("f.last").kind).toBe("local");
    expect(program.binding("f.ListComp.row").declareAt).toBe("comprehension");
    expect(program.use("items", 1).resolved).toBe("class");
  });

  test("annotations are not evaluated; a bare one makes a local", () => {
    const program = analyzed(`
def f(a: Missing) -> Missing:
    x: Missing
    return x
`);
    expect(() => program.use("Missing")).toThrow();
    expect(program.use("x", 0).mayBeUnbound || program.use("x", 1).mayBeUnbound).toBe(true);
  });

  test("star imports bind what they surely provide", () => {
    const program = analyzed(
      `
from math import *
from tools import *
from machine import *
def abs(x): return 0
def use(): return pow, hypot, helper, abs, len, Pin, ambiguous, changing, _private
`,
      {
        tools: `
from more import *
changing = 1
changing = 2
_private = 1
def abs(x): return x
`,
        more: "def helper(x): return x\ndef ceil(): pass\n",
      },
    );
    const imported = (name: string) => program.use(name).binding?.imported;
    expect(imported("pow")).toMatchObject({ target: { module: "math" }, name: "pow" });
    expect(imported("helper")).toMatchObject({ target: { module: "more" }, name: "helper" });
    expect(imported("Pin")).toMatchObject({ target: { module: "machine" } });
    expect(program.use("Pin").mayBeUnbound).toBe(false);
    expect(program.use("len").resolved).toBe("builtin");
    expect(program.use("changing").resolved).toBe("unknown");
    expect(program.use("_private").resolved).toBe("unknown");
    // The module's own function may be replaced by the star import.
    expect(program.binding("abs").constantFunction).toBeNull();
    expect(program.binding("abs").rebound).toBe(true);
  });

  test("a star import that may not run binds nothing for sure", () => {
    const program = analyzed(`
try:
    from math import *
except ImportError:
    pass
print(pow, sin)
`);
    expect(program.use("pow").resolved).toBe("unknown");
    expect(program.use("sin").resolved).toBe("unknown");
  });
});

describe("bindings", () => {
  test("constant functions, classes and constants", () => {
    const program = analyzed(`
from micropython import const
LED = const(2)
MASK = 1 << 4 | 3
def f(): pass
class C: pass
if LED:
    def g(): pass
def h(): pass
h = 1
`);
    expect(program.binding("f").constantFunction?.name).toBe("f");
    expect(program.binding("C").constantClass?.name).toBe("C");
    expect(program.binding("g").constantFunction).toBeNull();
    expect(program.binding("h").constantFunction).toBeNull();
    expect(program.binding("LED").constant).toMatchObject({ isConst: true, value: { value: 2n } });
    expect(program.binding("MASK").constant).toMatchObject({
      isConst: false,
      value: { value: 19n },
    });
  });

  test("stores by other modules make a global variable", () => {
    const program = analyzed("import config\nconfig.DEBUG = True\n", {
      config: "DEBUG = False\nPIN = 3\n",
    });
    expect(program.binding("DEBUG", "config").rebound).toBe(true);
    expect(program.binding("PIN", "config").rebound).toBe(false);
  });

  test("imports are resolved, the same module under two names once", () => {
    const program = analyzed(`
try:
    import uasyncio as asyncio
except ImportError:
    import asyncio
from machine import Pin as P
`);
    expect(program.binding("asyncio").imported).toEqual({
      target: { kind: "runtime", module: "asyncio" },
      name: null,
    });
    expect(program.binding("P").imported?.name).toBe("Pin");
    expect(program.binding("asyncio").mayBeUnbound).toBe(false);
  });

  test("JavaScript names", () => {
    const program = analyzed(`
new = 1
x = 1
def f(default, x):
    def g():
        global x
        x = default
    return g
class C:
    constructor = 1
`);
    expect(program.binding("new").jsName).toBe("new$");
    expect(program.binding("f.default").jsName).toBe("default$");
    expect(program.binding("f.x").jsName).toBe("x$1");
    expect(program.binding("C.constructor").jsName).toBe("constructor$");
  });
});

describe("declaration places", () => {
  const declared = (body: string, name = "x"): string => {
    const program = analyzed(`def f(a):\n${body.replace(/^/gm, "    ")}\n`);
    const { declareAt, places } = program.binding(`f.${name}`);
    return declareAt === "places"
      ? [...places].map(([node, how]) => `${how} ${node.kind}`).join(", ")
      : declareAt;
  };

  test.each([
    ["x = a\nreturn x", "const Assign"],
    ["x = a\nx += 1\nreturn x", "let Assign"],
    ["if a:\n    x = 1\n    print(x)", "const Assign"],
    ["if a:\n    x = 1\nelse:\n    x = 2\nreturn x", "top"],
    [
      "if a:\n    x = 1\n    print(x)\nelse:\n    x = 2\n    print(x)",
      "const Assign, const Assign",
    ],
    ["for x in a:\n    print(x)", "const For"],
    ["for x in a:\n    print(x)\nfor x in a:\n    x = x + 1", "const For, let For"],
    ["for x in a:\n    pass\nreturn x", "top"],
    ["for x in x:\n    pass", "top"],
    ["while a:\n    x = a.pop()\n    print(x)", "const Assign"],
    ["while a:\n    x = a.pop()\n    a.add(lambda: x)", "top"],
    ["x = x + 1", "top"],
    ["(x, y) = a\nreturn x", "const Assign"],
    ["try:\n    x = a()\nexcept OSError:\n    x = None\nreturn x", "top"],
    [
      "try:\n    a()\nexcept OSError as x:\n    print(x)\nexcept ValueError as x:\n    print(x)",
      "const ExceptHandler, const ExceptHandler",
    ],
    ["with a as x:\n    x.go()", "const With"],
    ["with a as x:\n    x.go()\nprint(x)", "top"],
    ["def x(n):\n    return x(n - 1)\nreturn x", "const FunctionDef"],
    ["import x\nreturn x", "const Import"],
    ["x = 1\ndel x", "let Assign"],
    ["def g():\n    return x\nx = 1\nreturn g", "top"],
    ["if (x := a):\n    return x", "top"],
  ])("%j: %s", (body, expected) => {
    expect(declared(body)).toBe(expected);
  });
});
