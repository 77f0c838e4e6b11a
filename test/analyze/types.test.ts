import type { Type } from "../../src/analyze/types/type.js";
import { analyzed } from "./analyzed.js";

/** Types of the arguments of `show(...)` in the main module, written "int|None". */
function shown(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  const program = analyzed(text, others);
  const { calls, context, module } = program.analysis();
  const types: string[] = [];
  for (const [node] of [...calls].sort(([a], [b]) => a.span.start - b.span.start)) {
    if (node.func.kind === "Name" && node.func.id === "show") {
      types.push(...node.args.map((arg) => written(context.facts.typeOf(arg, module))));
    }
  }
  return types;
}

function written(type: Type): string {
  return type === null
    ? "any"
    : [...type]
        .map((atom) => (typeof atom === "string" ? atom : atom.name))
        .sort()
        .join("|");
}

describe("local values", () => {
  test.each([
    ["1", "int"],
    ["1 + 2 * 3", "int"],
    ["1 / 2", "float"],
    ["1 // 2.0", "float"],
    ["-x", "int"],
    ["x + y", "float"],
    ["x ** y", "any"],
    ["'a' + 'b'", "str"],
    ["'%d' % x", "str"],
    ["f'{x}'.upper().split()", "list"],
    ["len(z)", "int"],
    ["x < y", "bool"],
    ["not z", "bool"],
    ["[1][0]", "any"],
    ["'abc'[0]", "str"],
    ["b'abc'[0]", "int"],
    ["x or None", "None|int"],
    ["z", "any"],
    ["min(x, y)", "float|int"],
    ["unknown()", "any"],
  ])("%s: %s", (expression, type) => {
    expect(shown(`x = 1\ny = 1.5\nz = unknown()\nshow(${expression})\n`)).toEqual([type]);
  });

  test("loops and unpacking", () => {
    expect(
      shown("for i in range(3): show(i)\nfor c in 'abc': show(c)\na, b = 1, 'x'\nshow(a, b)\n"),
    ).toEqual(["int", "str", "int", "str"]);
  });

  test("all stores count, from everywhere", () => {
    expect(
      shown(`
n = 0
def f():
    global n
    n = "text"
show(n)
`),
    ).toEqual(["int|str"]);
    expect(
      shown("import config\nconfig.x = 'a'\n", { config: "x = 1\nshow = print\nshow(x)\n" }),
    ).toEqual([]);
    expect(shown("from config import x\nshow(x)\n", { config: "x = 1\n" })).toEqual(["int"]);
    expect(shown("import config\nshow(config.x)\n", { config: "x = 1\n" })).toEqual(["int"]);
    expect(shown("import config\nconfig.x = 'a'\nshow(config.x)\n", { config: "x = 1\n" })).toEqual(
      ["any"],
    );
  });
});

describe("functions", () => {
  test("parameters and results", () => {
    expect(
      shown(`
def double(n, by=2):
    show(n, by)
    return n * by
show(double(3), double(4, by=5))
async def later(): return "x"
async def main():
    show(await later(), later())
def nothing(): pass
show(nothing())
`),
    ).toEqual(["int", "int", "int", "int", "str", "any", "None"]);
  });

  test.each([
    ["used as a value", "callbacks.append(f)"],
    ["used through a module", "import main\nuse(main.f)"],
    ["called with *args", "f(*x)"],
    ["decorated", "@wrap\ndef g(n): pass\nf = f"],
    ["code as text", "eval('f(1)')"],
    ["computed attributes", "getattr(m, name)('x')"],
    [
      "alternative imports",
      "try:\n    from other import f as h\nexcept ImportError:\n    h = None\nh('x')",
    ],
  ])("nothing is known of parameters when %s", (_why, rest) => {
    const main = `def f(n):\n    show(n)\nf(1)\n${rest}\n`;
    const types = shown(main, { other: "def f(n): pass\n" });
    if (rest.startsWith("try")) {
      expect(
        analyzedParameter(`from other import f\nf(1)\n${rest}\n`, "def f(n):\n    return n\n"),
      ).toBe("any");
    } else {
      expect(types[0]).toBe("any");
    }
  });

  test("a function that nothing calls", () => {
    expect(shown("def f(n):\n    show(n)\n    g(n)\ndef g(n):\n    show(n)\ng(1)\n")).toEqual([
      "any",
      "any",
    ]);
  });

  describe("callbacks of the runtime", () => {
    test.each([
      ["start_server", "import asyncio\nasyncio.start_server(f, '', 80)", "asyncio.StreamReader"],
      ["an interrupt", "from machine import Pin\nPin(4).irq(f, Pin.IRQ_FALLING)", "machine.Pin"],
      ["by keyword", "from machine import Pin\nPin(4).irq(trigger=1, handler=f)", "machine.Pin"],
      ["a timer", "import machine\nmachine.Timer(0).init(period=1, callback=f)", "machine.Timer"],
      ["schedule", "import micropython\nmicropython.schedule(f, 'now')", "str"],
      ["a call besides", "from machine import Pin\nPin(4).irq(f)\nf(None)", "None|machine.Pin"],
      ["a use as a value besides", "from machine import Pin\nPin(4).irq(f)\nx = f", "any"],
      ["a receiver that is not known", "unknown().irq(f)", "any"],
      ["somebody else's irq", "class A:\n    def irq(self, g): g(1.5)\nA().irq(f)", "any"],
      ["spread arguments", "import asyncio\nasyncio.start_server(f, *('', 80))", "any"],
    ])("%s", (_, code, type) => {
      expect(shown(`def f(x, y=None):\n    show(x)\n${code}\n`)).toEqual([type]);
    });

    test("methods", () => {
      expect(
        shown(
          "from machine import Pin\nclass Button:\n    def __init__(self):\n        Pin(4).irq(self.edge)\n    def edge(self, pin):\n        show(pin)\nButton()\n",
        ),
      ).toEqual(["machine.Pin"]);
    });
  });

  test("functions behind star imports and ambiguous modules", () => {
    expect(
      analyzedParameter(
        "from other import *\nfrom more import *\nf(1)\n",
        "def f(n):\n    return n\n",
        { more: "def f(n): pass\n" },
      ),
    ).toBe("any");
    expect(
      analyzedParameter(
        "import other\nother.f(1)\ntry:\n    import other as m\nexcept ImportError:\n    import more as m\nm.f('x')\n",
        "def f(n):\n    return n\n",
        { more: "def f(n): pass\n" },
      ),
    ).toBe("int|str");
  });
});

/** What `return n` of the module "other" gives. */
function analyzedParameter(
  main: string,
  other: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const { analyses } = analyzed(main, { other, ...more });
  const analysis = analyses.get("other");
  const [def] = analysis?.module.body ?? [];
  const [statement] = def?.kind === "FunctionDef" ? def.body : [];
  if (analysis === undefined || statement?.kind !== "Return" || statement.value === null) {
    throw new Error("no such function");
  }
  return written(analysis.context.facts.typeOf(statement.value, analysis.module));
}

describe("objects", () => {
  const classes = `
class Led:
    def __init__(self, pin):
        self.pin = pin
        self.state = None
    def on(self):
        self.state = 1
        return self
class Board:
    leds = 0
    def __init__(self):
        self.led = Led(2)
    @property
    def name(self): return "board"
`;
  test("fields, methods, properties", () => {
    expect(
      shown(`${classes}
b = Board()
show(b, b.led, b.led.pin, b.led.state, b.led.on(), b.name, b.leds, b.led.on)
`),
    ).toEqual(["Board", "Led", "int", "None|int", "Led", "str", "int", "any"]);
  });

  test("stores through unknown objects count for every class", () => {
    expect(shown(`${classes}\nshow(Board().led.pin)\nx.pin = 'a'\n`)).toEqual(["int|str"]);
    expect(shown(`${classes}\nshow(Board().led.pin)\nsetattr(x, "pin", y)\n`)).toEqual(["any"]);
    expect(shown(`${classes}\nshow(Board().led.pin)\nsetattr(x, name, y)\n`)).toEqual(["any"]);
  });

  test("arguments of __init__ from everywhere", () => {
    expect(shown(`${classes}\nLed('x')\nshow(Board().led.pin)\n`)).toEqual(["int|str"]);
    expect(shown(`${classes}\nkinds = [Led]\nshow(Board().led.pin)\n`)).toEqual(["any"]);
    expect(
      shown(`${classes}
class Rgb(Led):
    def __init__(self, pin):
        super().__init__([pin])
    @classmethod
    def make(cls, text): return cls(text)
show(Board().led.pin)
`),
    ).toEqual(["int|list"]);
  });

  test("access to known objects is plain", () => {
    const program = analyzed(`${classes}
def off(led):
    led.state = None
    print(led.state)
    led.on()
off(Led(1))
`);
    expect(program.attribute("led.state").native).toBe(true);
    expect(program.attribute("led.state", "main", 1).native).toBe(true);
    expect(program.call("led.on()").callee).toMatchObject({ native: true });
  });

  test("a base from elsewhere may set any attribute", () => {
    expect(
      shown("class T(unknown.Base):\n    def __init__(self): self.x = 1\nshow(T().x)\n"),
    ).toEqual(["any"]);
    expect(
      shown(
        "class E(Exception):\n    def __init__(self): self.value = self.code = 1\nshow(E().value, E().code)\n",
      ),
    ).toEqual(["any", "int"]);
  });
});
