import { analyzed } from "./analyzed.js";

describe("functions", () => {
  test("flavours", () => {
    const program = analyzed(`
def plain(): return [i for i in x]
def gen(): yield 1
def old():
    await x
async def new(): pass
async def mixed(): yield
def outer():
    def inner(): yield
def expr(): return (i for i in x)
`);
    expect(
      ["plain", "gen", "old", "new", "mixed", "outer", "inner", "expr"].map((name) =>
        program.flavour(name),
      ),
    ).toEqual([
      "plain",
      "generator",
      "coroutine",
      "coroutine",
      "coroutine",
      "plain",
      "generator",
      "plain",
    ]);
  });

  test("signatures", () => {
    const program = analyzed(`
def f(a, b=1, *args, c, d=2, **kw): pass
def g(a, b): pass
def h(*, key=None): pass
class C:
    def m(self, x): pass
    @staticmethod
    def s(x): pass
    @classmethod
    def c(cls, x=1): pass
    @property
    def p(self): pass
    @p.setter
    def p(self, v): pass
    @micropython.native
    def n(self): pass
    @route("/")
    def r(self): pass
`);
    expect(program.function("f").signature).toBe("a, b=, *args, c, d=, **kw");
    expect(program.function("g")).toMatchObject({ signature: "a, b", simple: true });
    expect(program.function("h")).toMatchObject({ signature: "*, key=", simple: false });
    expect(program.function("m")).toMatchObject({
      signature: "x",
      kind: "method",
      selfName: "self",
    });
    expect(program.function("s")).toMatchObject({
      signature: "x",
      kind: "staticmethod",
      selfName: null,
    });
    expect(program.function("c")).toMatchObject({ signature: "x=", kind: "classmethod" });
    expect(program.function("p").kind).toBe("property");
    expect(program.function("n")).toMatchObject({ decorators: [], kind: "method" });
    expect(program.function("r").decorators).toHaveLength(1);
  });

  test("escapes and super", () => {
    const program = analyzed(`
def called(): pass
def passed(): pass
called()
use(passed)
class C(B):
    def m(self): super().m()
    def n(self): return self.m
`);
    expect(program.function("called").escapes).toBe(false);
    expect(program.function("passed").escapes).toBe(true);
    expect(program.function("m")).toMatchObject({ escapes: true, usesSuper: true });
    expect(program.function("n").escapes).toBe(false);
  });
});

describe("classes", () => {
  test("lifting", () => {
    const program = analyzed(
      `
from base import Base
from machine import Pin
class A: pass
class B(A): x = 1
class C(Later): pass
class Later: pass
class D(Base): pass
class E(Exception): pass
class F(Pin): pass
class G(unknown()): pass
class H:
    for i in range(2): pass
@register
class I: pass
def f():
    class J: pass
class K: pass
K = 1
class L(object): pass
class M(list): pass
`,
      { base: "class Base: pass\n" },
    );
    const lifted = "A B C Later D E F G H I J L M"
      .split(" ")
      .filter((name) => program.class(name).liftable);
    expect(lifted).toEqual(["A", "B", "Later", "D", "E", "F", "L", "M"]);
  });

  test("safe fields", () => {
    const program = analyzed(`
class Sensor:
    RATE = 5
    handler = callback
    def __init__(self, pin):
        self.pin = pin
        if pin:
            self.mode = 1
        else:
            self.mode = 2
        self.prepare()
        self.late = 3
        if pin:
            self.maybe = 4
    def prepare(self):
        self.other = self.pin
    def rate(self):
        return self.RATE
`);
    const { fields } = program.class("Sensor");
    const safe = [...fields.values()].filter((field) => field.safe).map((field) => field.name);
    expect(safe).toEqual(["RATE", "pin", "mode", "late", "other"]);
    expect(program.attribute("self.pin", "main", 1).native).toBe(true);
    expect(program.attribute("self.RATE").native).toBe(true);
    expect(program.attribute("self.late").native).toBe(true); // a store
    expect(program.attribute("self.prepare").native).toBe(false);
  });

  test("fields need every subclass to initialise the base", () => {
    const text = (init: string): string => `
class Base:
    def __init__(self):
        self.x = 1
    def get(self): return self.x
class Derived(Base):
    def __init__(self):
${init.replace(/^/gm, "        ")}
`;
    const safe = (init: string): boolean =>
      analyzed(text(init)).class("Base").fields.get("x")?.safe === true;
    expect(safe("super().__init__()")).toBe(true);
    expect(safe("Base.__init__(self)")).toBe(true);
    expect(safe("self.x = 2")).toBe(true);
    expect(safe("self.y = 2")).toBe(false);
    expect(safe("self.get()\nsuper().__init__()")).toBe(false);
    expect(safe("if y: super().__init__()")).toBe(false);
    expect(safe("super().__init__()\nreturn")).toBe(true);
    expect(safe("if y: return\nsuper().__init__()")).toBe(false);
  });

  test.each([
    ["delattr(o, name)"],
    ["C = type('C', (C,), {})"],
    ["del o.x"],
    ["o.__dict__"],
    ["C.x = print"],
    ["class D(C):\n    def x(self): pass"],
    ["class D:\n    def __new__(cls): pass"],
  ])("no field is safe with %j", (text) => {
    const program = analyzed(`
class C:
    def __init__(self):
        self.x = 1
    def get(self): return self.x
${text}
`);
    expect(program.class("C").fields.get("x")?.safe).toBe(false);
    expect(program.attribute("self.x", "main", 1).native).toBe(false);
  });

  test("setattr with a computed name takes no field away", () => {
    const program = analyzed(`
class C:
    limit = 5
    def __init__(self):
        self.x = 1
    def get(self): return self.x, self.limit
setattr(o, name, 1)
`);
    expect(program.attribute("self.x", "main", 1).native).toBe(true);
    // In a class it may be a method now.
    expect(program.attribute("self.limit", "main", 0).native).toBe(false);
  });

  test("reads within __init__ come after the store", () => {
    const program = analyzed(`
class C:
    def __init__(self):
        self.x = 1
        print(self.x)
class D:
    def __init__(self):
        print(self.x)
        self.x = 1
`);
    expect(program.attribute("self.x", "main", 1).native).toBe(true);
    expect(program.attribute("self.x", "main", 2).native).toBe(false);
  });

  test("the class of a local or field", () => {
    const program = analyzed(`
class Motor:
    def __init__(self): self.speed = 0
    def stop(self): self.speed = 0
class Car:
    def __init__(self): self.motor = Motor()
    def stop(self):
        self.motor.stop()
        return self.motor.speed
m = Motor()
print(m.speed)
`);
    expect(program.attribute("self.motor.speed").native).toBe(true);
    expect(program.attribute("m.speed").native).toBe(true);
    expect(program.call("self.motor.stop()").callee).toMatchObject({ native: true });
  });
});
