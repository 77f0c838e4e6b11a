import { analyzed } from "./analyzed.js";

describe("callees", () => {
  test("functions, classes, builtins, runtime functions", () => {
    const program = analyzed(
      `
import time, tools
from tools import helper as h
def f(a): pass
class C:
    def __init__(self, a): pass
class E(Exception): pass
f(1)
f()
C(1)
C()
E("x")
len([])
time.sleep_ms(1)
tools.helper(1)
h(1)
g = f
g(1)
`,
      { tools: "def helper(x): return x\n" },
    );
    expect(program.call("f(1)")).toMatchObject({ callee: { kind: "function" }, fits: true });
    expect(program.call("f()").fits).toBe(false);
    expect(program.call("C(1)")).toMatchObject({ callee: { kind: "class" }, fits: true });
    expect(program.call("C()").fits).toBe(false);
    expect(program.call('E("x")').fits).toBe(true);
    expect(program.call("len")).toMatchObject({
      callee: { kind: "builtin", name: "len" },
      fits: true,
    });
    expect(program.call("time.sleep_ms")).toMatchObject({
      callee: { kind: "module-function", module: "time", name: "sleep_ms" },
      mayBlock: "yes",
    });
    expect(program.call("tools.helper").callee).toMatchObject({
      kind: "function",
      module: "tools",
    });
    expect(program.call("h(1)").callee).toMatchObject({ kind: "function", module: "tools" });
    expect(program.call("h(1)").returnsValue).toBe("always");
    expect(program.call("g(1)").callee.kind).toBe("unknown");
  });

  test("keywords are put in order", () => {
    const program = analyzed(`
def f(a, b=1, c=2): pass
def v(a, *rest): pass
f(c=x, a=y)
f(1, c=3)
f(1, a=2)
f(1, d=2)
f(*x)
f(**x)
v(1, 2, 3)
v()
`);
    const { order, reorders } = program.call("f(c=x");
    expect(order?.map((arg) => (arg?.kind === "Name" ? arg.id : null))).toEqual(["y", null, "x"]);
    expect(reorders).toBe(true);
    expect(program.call("f(1, c=3)")).toMatchObject({ fits: true, reorders: false });
    for (const text of ["f(1, a=2)", "f(1, d=2)", "f(*x)", "f(**x)", "v()"]) {
      expect(program.call(text).fits).toBe(false);
    }
    expect(program.call("v(1").fits).toBe(true);
  });

  test("star exports and other modules' stores make a name unknown", () => {
    const program = analyzed("import tools\ntools.f = print\ntools.f(1)\n", {
      tools: "def f(x): pass\n",
    });
    expect(program.call("tools.f").callee.kind).toBe("unknown");
  });

  test("unbound and static methods, super", () => {
    const program = analyzed(`
class A:
    def __init__(self, x): self.x = x
    @staticmethod
    def s(x): return x
    @classmethod
    def make(cls, x): return cls(x)
    def m(self): return 1
class B(A):
    def __init__(self):
        A.__init__(self, 1)
        super().m()
        super().m(1)
A.s(1)
A.make(2)
`);
    expect(program.call("A.__init__")).toMatchObject({
      callee: { kind: "unbound-method" },
      fits: true,
    });
    expect(program.call("A.s")).toMatchObject({ callee: { kind: "static-method" }, fits: true });
    expect(program.call("A.make")).toMatchObject({ callee: { kind: "static-method" }, fits: true });
    expect(program.call("super().m()")).toMatchObject({ callee: { native: true }, fits: true });
    expect(program.call("super().m(1)")).toMatchObject({ callee: { native: false }, fits: false });
  });
});

describe("plain method calls", () => {
  const native = (rest: string): boolean => {
    const program = analyzed(`
class Queue:
    def offer(self, item): pass
def f(q):
    q.offer(1)
${rest}
`);
    const { callee, fits } = program.call("q.offer");
    return callee.kind === "method-by-name" && callee.native && fits;
  };
  test("are proven by name over the program", () => {
    expect(native("")).toBe(true);
    expect(native("class Other:\n    def offer(self, x): pass")).toBe(true);
  });
  test.each([
    ["class Other:\n    def offer(self): pass"],
    ["class Other:\n    @property\n    def offer(self): pass"],
    ["class Other:\n    offer = 1"],
    ["o.offer = print"],
    ["setattr(o, name, 1)"],
    ["class Proxy:\n    def __getattr__(self, name): pass"],
    ["classes = [Queue]"],
    ["t = type(o)"],
    ["import time\nuse(time)"],
    ["namedtuple('P', 'offer x')"],
  ])("but not with %j", (rest) => {
    expect(native(rest)).toBe(false);
  });
  test("never for methods of builtin types", () => {
    const program = analyzed("class L:\n    def append(self, x): pass\ndef f(o): o.append(1)\n");
    expect(program.call("o.append").callee).toMatchObject({ native: false });
  });
  test("on self the family decides", () => {
    const program = analyzed(`
class L:
    def append(self, x): pass
    def both(self): self.append(1)
`);
    expect(program.call("self.append").callee).toMatchObject({ native: true });
  });
});

describe("colouring", () => {
  test("goes from blocking runtime functions to their callers", () => {
    const program = analyzed(
      `
import time, asyncio, driver
from time import sleep_ms
def leaf(): sleep_ms(1)
def caller(): leaf()
def plain(): return 1
async def task():
    time.sleep(1)
    leaf()
def starts(): task()
def runs(): asyncio.run(task())
def listed(): return [leaf() for _ in range(3)]
class Lcd:
    def __init__(self): self.reset()
    def reset(self): time.sleep_ms(5)
    @property
    def ready(self): leaf()
def make(): return Lcd()
def other(d): d.reset()
driver.go()
`,
      { driver: "import time\ndef go(): time.sleep(1)\n" },
    );
    const blocking = [...program.analysis().functions.values()]
      .filter((info) => info.blocking)
      .map((info) => info.name);
    expect(blocking).toEqual([
      "leaf",
      "caller",
      "runs",
      "listed",
      "__init__",
      "reset",
      "ready",
      "make",
      "other",
    ]);
    expect(program.call("Lcd()").mayBlock).toBe("yes");
    expect(program.call("d.reset").mayBlock).toBe("maybe");
    expect(program.call("leaf()").mayBlock).toBe("yes");
    expect(program.analysis().bodyBlocks).toBe(true);
    expect(program.analysis("driver").bodyBlocks).toBe(false);
    expect(program.function("go", "driver").blocking).toBe(true);
  });

  test("follows properties, indexing and iteration to those who use them", () => {
    const program = analyzed(`
import time
class Register:
    @property
    def ready(self): time.sleep(1)
    def __getitem__(self, i): time.sleep(1)
def lines():
    yield 1
    time.sleep(1)
def waits(r): return r.ready
def indexes(r): return r[0]
def loops():
    for line in lines(): pass
def collects(): return [line for line in lines()]
def plain(r): return r.other
def builtin():
    for x in [1, 2]: x = [x][0]
`);
    const coloured = (name: string): boolean => program.function(name).blocking;
    const names = ["waits", "indexes", "loops", "collects", "lines", "plain", "builtin"];
    expect(names.filter(coloured)).toEqual(["waits", "indexes", "loops", "collects"]);
  });

  test("unknown calls may block only where a blocking function is used as a value", () => {
    const text = `
import time
def wait(): time.sleep(1)
def run(callback):
    wait()
    callback()
`;
    expect(analyzed(text).call("callback()").mayBlock).toBe("no");
    expect(analyzed(`${text}run(wait)\n`).call("callback()").mayBlock).toBe("maybe");
  });

  test("names that may be rebound by a string are followed all the same", () => {
    const text = `
import time
def setname(k, v):
    globals()[k] = v
def leaf():
    time.sleep(1)
leaf()
`;
    expect(analyzed(text).call("leaf()").mayBlock).toBe("maybe");
  });

  test("a method called globals rebinds nothing", () => {
    const text = `
import time
class Kit:
    def globals(self): pass
def leaf():
    Kit().globals()
    time.sleep(1)
leaf()
`;
    expect(analyzed(text).call("leaf()").mayBlock).toBe("yes");
  });

  test("importing a module that blocks", () => {
    const program = analyzed("import setup\ndef f():\n    import setup\n", {
      setup: "import time\ntime.sleep(1)\n",
    });
    expect(program.analysis().bodyBlocks).toBe(true);
    expect(program.function("f").blocking).toBe(true);
  });
});

describe("module members", () => {
  test("of runtime and project modules", () => {
    const program = analyzed(
      "import time, tools\nprint(time.ticks_ms, tools.f, tools.x, tools.y, time.nothing)\n",
      {
        tools: "def f(): pass\nx = 1\ny = 1\ny = 2\n",
      },
    );
    expect(program.attribute("time.ticks_ms").moduleMember).toMatchObject({ kind: "runtime" });
    expect(program.attribute("time.nothing").moduleMember).toBeNull();
    expect(program.attribute("tools.f").moduleMember).toMatchObject({
      kind: "project",
      bound: true,
    });
    expect(program.attribute("tools.x").moduleMember).toMatchObject({ bound: true });
    expect(program.attribute("tools.y").moduleMember).toMatchObject({ bound: false });
  });
});
