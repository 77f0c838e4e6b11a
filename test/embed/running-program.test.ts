/** Emitted programs inside a TypeScript program, through `mpy2ts/node` as a user imports it. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  fromHost,
  type NodeStartOptions,
  PythonError,
  type RunningProgram,
  start,
  TextInput,
  toHost,
  VirtualHost,
} from "mpy2ts/node";
import { folderWith, mpy2ts, packageFolder, put } from "../harness/command-line.js";

const sources = {
  "hello.py": "print('hello')\n",
  "fails.py": "def f():\n    raise ValueError('no')\n\n\nf()\n",
  "leaves.py": "import sys\nprint('leaves')\nsys.exit(3)\n",
  "library.py": `
import asyncio
import time

ticks = 0


def add(a, b=10):
    return a + b


def fail():
    raise OSError(2)


def slow(ms):
    time.sleep_ms(ms)
    return "slept"


async def double(x):
    await asyncio.sleep_ms(20)
    return x * 2


async def refuse():
    await asyncio.sleep_ms(1)
    raise KeyError("k")


def describe(value):
    return "%s %s" % (type(value).__name__, value)


def wrong(value):
    return value.missing


def same(value):
    return value


def make():
    return {"a": 1.0, "b": (1, [2.5, None]), "c": {1: "x"}, "d": b"hi"}
`,
  "server.py": `
import asyncio
import host

event = asyncio.Event()
flag = asyncio.ThreadSafeFlag()
log = []


async def load(name):
    try:
        return await host.load(name)
    except (OSError, RuntimeError) as error:
        return type(error).__name__ + " " + str(error)


async def impatient():
    try:
        await asyncio.wait_for_ms(host.never(), 30)
    except asyncio.TimeoutError:
        return "gave up"


async def helper():
    try:
        while True:
            await asyncio.sleep_ms(10)
    finally:
        log.append("helper ends")


async def main():
    asyncio.create_task(helper())
    await event.wait()
    print("event")
    await flag.wait()
    print("flag")
    try:
        await asyncio.sleep(100)
    finally:
        await asyncio.sleep_ms(20)
        print("cleaned up", log)


try:
    asyncio.run(main())
finally:
    print("end")
`,
  "sleeper.py": `
import asyncio
import time

event = asyncio.Event()


def set_and_block(ms):
    time.sleep_ms(ms)
    event.set()
    time.sleep(60)


async def quick(ms):
    await asyncio.sleep_ms(ms)
    return ms


async def told():
    await event.wait()
    print("told")


async def main():
    asyncio.create_task(told())
    await asyncio.sleep(60)


asyncio.run(main())
`,
  "shared.py": "count = 0\n",
  "first.py": "import shared\nimport time\ntime.sleep(60)\n",
  "second.py": "import shared\nprint('second')\n",
  "blocks.py": `
import time

try:
    time.sleep(100)
except KeyboardInterrupt:
    print("interrupted")
finally:
    print("finally")
`,
  "stubborn.py": `
import time

while True:
    try:
        time.sleep(100)
    except BaseException:
        print("never mind")
    finally:
        print("finally")
`,
  "arithmetic.py": `
def add(a, b):
    return a + b


def half(n):
    return n // 2


def count(n):
    total = 0
    for i in range(n):
        total += n
    return total


def longest(values):
    best = values[0]
    for value in values:
        if value > best:
            best = value
    return best


class Box:
    def __init__(self, value):
        self.value = value

    def times(self, n):
        return self.value * n


print(add(1, 2), half(7), count(3), longest([1, 2]), Box(3).times(2))
`,
  "greets.py":
    "name = input('who? ')\nprint('hello', name)\ntry:\n    input()\nexcept EOFError:\n    print('end')\n",
};

let folder: string;

beforeAll(() => {
  folder = folderWith(
    Object.fromEntries(Object.entries(sources).map(([name, text]) => [`src/${name}`, text])),
  );
  const built = mpy2ts(["build", "src", "--js", "--host-module", "host"], folder);
  expect(built.stdout + built.stderr).toContain(`Wrote ${Object.keys(sources).length} modules`);
  mkdirSync(join(folder, "out/node_modules"));
  symlinkSync(packageFolder, join(folder, "out/node_modules/mpy2ts"));
}, 120_000);

interface Started {
  program: RunningProgram;
  // biome-ignore lint/suspicious/noExplicitAny: what the program exports.
  exports: any;
  out: string[];
  err: string[];
}

let loads = 0;

/** Each load of a program has its own globals. */
async function startOf(name: string, options: NodeStartOptions = {}): Promise<Started> {
  const exports = await import(`${join(folder, "out", name)}.js?${++loads}`);
  const out: string[] = [];
  const err: string[] = [];
  const program = start(exports.default, {
    output: (text) => out.push(text),
    errors: (text) => err.push(text),
    ...options,
  });
  return { program, exports, out, err };
}

describe("how a program ends", () => {
  test("by its last statement, with its output redirected", async () => {
    const { program, out } = await startOf("hello");
    expect(await program.ended).toEqual({ code: 0, error: null });
    expect(program.running).toBe(false);
    expect(out.join("")).toBe("hello\n");
  });

  test("by sys.exit", async () => {
    const { program } = await startOf("leaves");
    expect((await program.ended).code).toBe(3);
  });

  test("by an exception, which has a traceback", async () => {
    const { program, err } = await startOf("fails");
    const { code, error } = await program.ended;
    expect(code).toBe(1);
    expect(error).toBeInstanceOf(PythonError);
    expect(error?.name).toBe("ValueError");
    expect(error?.message).toBe("no");
    expect(err.join("")).toBe(error?.traceback);
  });
});

// In a process of its own: jest rewrites the host's stacks.
test("tracebacks have the lines of the Python files, stacks those of the emitted ones", () => {
  put(
    folder,
    "out/try.js",
    `import { start } from "mpy2ts/node";
import main, { fail, wrong } from "./library.js";
const program = start(main, { linger: "for ever" });
console.log(await program.call(fail).catch(({ traceback }) => traceback));
const error = await program.call(wrong, 1).catch((error) => error);
console.log(error.stack, Object.keys(error).includes("exception"));
try {
  program.within(() => fail());
} catch ({ traceback }) {
  console.log(traceback);
}
await program.stop();
`,
  );
  const printed = execFileSync(process.execPath, ["out/try.js"], { cwd: folder, encoding: "utf8" });
  const traceback = `Traceback (most recent call last):
  File "library.py", line 13, in fail
OSError: [Errno 2] ENOENT
`;
  const emitted = readFileSync(join(folder, "out/library.js"), "utf8").split("\n");
  const line = emitted.findIndex((text) => text.includes('value, "missing"')) + 1;
  expect(printed.replace(/library\.js:(\d+):\d+/, "library.js:$1")).toBe(`${traceback}
AttributeError: 'int' object has no attribute 'missing'
    at wrong (file://${folder}/out/library.js:${line}) false
${traceback}
`);
});

// In a process of its own: here an await stands between start() and what uses the exports.
test("start() returns when the program rests for the first time", () => {
  put(
    folder,
    "out/at-once.js",
    `import { start } from "mpy2ts/node";
import main, { event, quick } from "./sleeper.js";
const program = start(main);
program.within(() => event.set());
await program.call(quick, 1);
await program.stop();
`,
  );
  const printed = execFileSync(process.execPath, ["out/at-once.js"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(printed).toBe("told\n");
});

describe("calling into a program", () => {
  const library = () => startOf("library", { linger: "for ever" });

  test("plain functions, coroutines and functions that block, while the host goes on", async () => {
    const { program, exports } = await library();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    expect(await program.call(exports.add, 1)).toBe(11);
    expect(await program.call(exports.add, 1, 2)).toBe(3);
    expect(
      await Promise.all([
        program.call(exports.double, 4),
        program.call(exports.slow, 60),
        program.call(exports.double, "ab"),
      ]),
    ).toEqual([8, "slept", "abab"]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
    expect((await program.stop()).code).toBe(130);
    await expect(program.call(exports.add, 1)).rejects.toThrow("the program has ended");
  });

  test("while the program's own tasks all sleep", async () => {
    const { program, exports, out } = await startOf("sleeper");
    expect(await program.call(exports.quick, 10)).toBe(10);
    const blocked = program.call(exports.set_and_block, 10);
    for (let i = 0; i < 500 && out.length < 1; i++) await delay(10);
    expect(out.join("")).toBe("told\n");
    expect((await program.stop()).code).toBe(130);
    await expect(blocked).rejects.toThrow("the program has ended");
  });

  test("with other values than the program itself uses", async () => {
    const { program, exports, out } = await startOf("arithmetic", { linger: "for ever" });
    expect(out.join("")).toBe("3 3 9 2 6\n");
    const { add, half, count, longest, Box } = exports;
    expect(await program.call(add, "a", "b")).toBe("ab");
    expect(await program.call(add, [1], [2])).toEqual([1, 2]);
    expect(await program.call(add, 2 ** 53 - 1, 2)).toBe(9007199254740993n);
    await expect(program.call(add, "1", 2)).rejects.toMatchObject({ name: "TypeError" });
    expect(toHost(await program.call(half, -7.5))).toBe(-4);
    expect(await program.call(half, 3n ** 50n)).toBe(3n ** 50n / 2n);
    expect(await program.call(count, 0)).toBe(0);
    expect(await program.call(count, 2.5)).toBe(7.5);
    await expect(program.call(count, "a")).rejects.toMatchObject({ name: "TypeError" });
    expect(await program.call(longest, ["b", "c", "a"])).toBe("c");
    expect(await program.call(longest, [0.5, 2, -1])).toBe(2);
    expect(program.within(() => new Box("ab").times(2))).toBe("abab");
    expect(program.within(() => new Box([1]).times(2))).toEqual([1, 1]);
    await program.stop();
  });

  test("failures are PythonErrors", async () => {
    const { program, exports } = await library();
    const failure = await program.call(exports.fail).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PythonError);
    const { name, message, traceback } = failure as PythonError;
    expect([name, message]).toEqual(["OSError", "[Errno 2] ENOENT"]);
    expect(traceback).toContain("OSError: [Errno 2] ENOENT\n");
    await expect(program.call(exports.refuse)).rejects.toMatchObject({ name: "KeyError" });
    await expect(program.call(exports.add)).rejects.toMatchObject({ name: "TypeError" });
    expect(() => program.within(() => exports.fail())).toThrow(PythonError);
    await expect(program.call(exports.add, Symbol("s"), 1)).rejects.toThrow(
      "Python has nothing like Symbol(s)",
    );
    await program.stop();
  });

  test("values go both ways", async () => {
    const { program, exports } = await library();
    const described = (value: unknown) => program.call(exports.describe, value);
    expect(await described(undefined)).toBe("NoneType None");
    expect(await described(3)).toBe("int 3");
    expect(await described(2.5)).toBe("float 2.5");
    expect(await described(1e300)).toBe("float 1e+300");
    expect(await described([1, "x", true])).toBe("list [1, 'x', True]");
    expect(await described({ k: [] })).toBe("dict {'k': []}");
    expect(await described(new Map([[1, 2]]))).toBe("dict {1: 2}");
    expect(await described(new Uint8Array([104, 105]))).toBe("bytes b'hi'");
    expect(await described(new Set([1, "x"]))).toMatch(/^set \{(1, 'x'|'x', 1)\}$/);
    // biome-ignore lint/suspicious/noThenProperty: what libraries give that have promises of their own.
    expect(await described({ then: (done: (value: number) => void) => done(1) })).toMatch(
      /^HostPromise/,
    );
    const { b: tuple } = Object.fromEntries(
      ((await program.call(exports.make)) as Map<string, unknown>).entries(),
    );
    expect(await described(tuple)).toBe("tuple (1, [2.5, None])");
    expect(toHost(await program.call(exports.same, new Set(["x"])))).toEqual(new Set(["x"]));
    expect(toHost(await program.call(exports.make))).toEqual({
      a: 1,
      b: [1, [2.5, null]],
      c: new Map([[1, "x"]]),
      d: expect.any(Uint8Array),
    });
    expect(fromHost(2n ** 60n)).toBe(2n ** 60n);
    await program.stop();
  });
});

describe("what the host supplies", () => {
  const host = {
    async load(name: string): Promise<unknown> {
      await delay(10);
      if (name === "missing") throw Object.assign(new Error("ENOENT"), { errno: -2 });
      if (name === "broken") throw new TypeError("broken");
      return { name };
    },
    never: () => new Promise(() => {}),
  };

  test("Python awaits promises, and catches what they are rejected with", async () => {
    const { program, exports } = await startOf("server", { hostModules: { host } });
    expect(toHost(await program.call(exports.load, "x"))).toEqual({ name: "x" });
    expect(await program.call(exports.load, "missing")).toBe("OSError [Errno 2] ENOENT");
    expect(await program.call(exports.load, "broken")).toBe("RuntimeError TypeError: broken");
    expect(await program.call(exports.impatient)).toBe("gave up");
    await program.stop();
  });

  test("events and flags are set from callbacks", async () => {
    const { program, exports, out } = await startOf("server", { hostModules: { host } });
    setTimeout(() => program.within(() => exports.event.set()), 10);
    setTimeout(() => program.within(() => exports.flag.set()), 40);
    for (let i = 0; i < 500 && out.length < 2; i++) await delay(10);
    expect(out.join("")).toBe("event\nflag\n");
    await program.stop();
  });

  test("input", async () => {
    const input = new TextInput();
    const { program, out } = await startOf("greets", { input });
    expect(out.join("")).toBe("who? ");
    input.send("ad");
    input.send("a\n");
    input.end();
    expect((await program.ended).code).toBe(0);
    expect(out.join("")).toBe("who? hello ada\nend\n");
  });
});

describe("stopping", () => {
  const host = {};

  test("cancels tasks, whose finally blocks may await", async () => {
    const { program, exports, out, err } = await startOf("server", { hostModules: { host } });
    program.within(() => {
      exports.event.set();
      exports.flag.set();
    });
    await delay(30);
    expect(await program.stop()).toEqual({ code: 130, error: null });
    expect(out.join("")).toBe("event\nflag\ncleaned up ['helper ends']\nend\n");
    expect(err).toEqual([]);
  });

  test("interrupts what blocks", async () => {
    const { program, out } = await startOf("blocks");
    expect((await program.stop()).code).toBe(0);
    expect(out.join("")).toBe("interrupted\nfinally\n");
  });

  test("ends what will not be interrupted", async () => {
    const { program, out } = await startOf("stubborn");
    expect((await program.stop(20)).code).toBe(130);
    expect(out.join("")).toBe("never mind\nfinally\nfinally\n");
  });
});

test("programs side by side share nothing", async () => {
  const started = await Promise.all(
    Array.from({ length: 5 }, () => startOf("server", { hostModules: { host: {} } })),
  );
  for (const [i, { program, exports }] of started.entries()) {
    if (i % 2 === 0) program.within(() => exports.event.set());
  }
  await delay(30);
  await Promise.all(started.map(({ program }) => program.stop()));
  expect(started.map(({ out }) => out.join(""))).toEqual(
    started.map((_, i) => (i % 2 === 0 ? "event\nend\n" : "end\n")),
  );
});

test("a module has the globals of one program at a time", async () => {
  const { program, exports } = await startOf("first");
  expect(() => start(exports.default)).toThrow(
    "'first' runs already; to run it twice, build it twice",
  );
  const other = await startOf("second");
  expect((await other.program.ended).code).toBe(1);
  expect(other.err.join("")).toContain(
    "RuntimeError: another program that runs has the module 'shared'\n",
  );
  await program.stop();
  const again = start(exports.default);
  expect((await again.stop()).code).toBe(130);
  const { out } = await startOf("second");
  await delay(0);
  expect(out.join("")).toBe("second\n");
});

test("what cannot be started", async () => {
  const { program, exports } = await startOf("hello");
  await program.ended;
  const refused = (main: unknown, options: object) => () => start(main, options);
  expect(refused(exports, {})).toThrow("start() takes the default export of a module that mpy2ts");
  expect(refused(exports.default, { ouput: () => {} })).toThrow(
    "start() has no option 'ouput', it",
  );
  expect(refused(exports.default, { board: "nano" })).toThrow(
    "there is no board 'nano', there are",
  );
});

test("an error thrown by `output` ends the program, and is what `ended` rejects with", async () => {
  const { default: main } = await import(`${join(folder, "out/hello.js")}?${++loads}`);
  const output = (): void => {
    throw new Error("full");
  };
  const program = start(main, { output });
  await expect(program.ended).rejects.toThrow("full");
  expect(program.running).toBe(false);
  await expect(program.call(() => 1)).rejects.toThrow("the program has ended");
});

test("on a virtual clock", async () => {
  let out = "";
  const host = new VirtualHost({ write: (text) => (out += text) });
  const { program, exports } = await startOf("server", { host, hostModules: { host: {} } });
  program.within(() => {
    exports.event.set();
    exports.flag.set();
  });
  expect((await program.ended).code).toBe(0);
  expect(out).toBe("event\nflag\ncleaned up []\nend\n");
  expect(host.now()).toBeGreaterThanOrEqual(100_000);
});
