import { GUARDED } from "../../src/analyze/tables/runtime-modules.js";
import { RUNTIME_STATICS } from "../../src/analyze/tables/runtime-signatures.js";
import { Dict } from "../../src/runtime/core/container/dict.js";
import {
  asModule,
  assigned,
  bound,
  type Context,
  call,
  contains,
  current,
  delattr,
  enter,
  getattr,
  getitem,
  globals,
  hasattr,
  imported,
  importFrom,
  importing,
  importStar,
  importTop,
  lookup,
  module,
  NotImplementedError,
  repr,
  setattr,
  setitem,
} from "../../src/runtime/index.js";
import { moduleLoaders } from "../../src/runtime/modules/index.js";
import { raised } from "./python.js";

function context(): Context {
  return {
    host: null,
    board: null,
    argv: [],
    modules: new Dict(),
    sysPath: [],
    block: () => true,
    names: { lacks: {}, constants: {} },
    floats: "double",
    hasModule: (name) => name !== "absent",
    state: new Map(),
  };
}

/** What the compiler emits for a small file. */
function emitted(name: string, body?: () => unknown) {
  let count: any;
  let maybe: any;
  const main = () => "main";
  const made = module(
    name,
    {
      file: `${name}.py`,
      doc: "Docs.",
      variables: {
        count: [() => count, (v) => (count = v)],
        maybe: [() => maybe, (v) => (maybe = v)],
        main: [() => main],
      },
    },
    body ??
      (() => {
        count = (count ?? 0) + 1;
      }),
  );
  return made;
}

let previous: Context | null;
beforeEach(() => {
  previous = enter(context());
});
afterEach(() => {
  enter(previous);
});

describe("modules of the program", () => {
  test("run once, at their first import", () => {
    const m = emitted("m");
    expect(imported(m)).toBe(m);
    imported(m);
    expect(getattr(m, "count")).toBe(1);
    expect(current().modules.get("m")).toBe(m);
    expect(repr(m)).toBe("<module 'm' from 'm.py'>");
    expect([getattr(m, "__name__"), getattr(m, "__file__"), getattr(m, "__doc__")]).toEqual([
      "m",
      "m.py",
      "Docs.",
    ]);
  });

  test("may suspend while they run", () => {
    const m = emitted("m", function* () {
      yield "wait";
      return null;
    } as any);
    const steps = [...imported.wait(m)];
    expect(steps).toEqual(["wait"]);
  });

  test("are forgotten when they fail", () => {
    let times = 0;
    const m = emitted("m", () => {
      if (times++ === 0) throw new NotImplementedError("x");
    });
    expect(raised(() => imported(m))).toBe("NotImplementedError: x");
    expect(current().modules.has("m")).toBe(false);
    expect(imported(m)).toBe(m);
  });

  test("attributes are the bindings", () => {
    const m = emitted("m");
    imported(m);
    setattr(m, "count", 5);
    setattr(m, "added", 6);
    expect([getattr(m, "count"), getattr(m, "added")]).toEqual([5, 6]);
    expect(raised(() => getattr(m, "maybe"))).toBe(
      "AttributeError: module 'm' has no attribute 'maybe'",
    );
    expect(hasattr(m, "maybe")).toBe(false);
    delattr(m, "count");
    expect(hasattr(m, "count")).toBe(false);
    expect(raised(() => setattr(m, "main", 1))).toBe(
      "NotImplementedError: 'main' of module 'm' cannot be replaced",
    );
  });

  test("globals() is live in both directions", () => {
    const m = emitted("m");
    imported(m);
    const all = globals(m);
    setitem(all, "count", 9);
    setitem(all, "fresh", 1);
    expect([getattr(m, "count"), getitem(all, "fresh")]).toEqual([9, 1]);
    expect([contains(all, "maybe"), contains(all, "main")]).toEqual([false, true]);
    expect(lookup(m, "fresh")).toBe(1);
    expect(call(lookup(m, "len"), [1])).toBe(1);
    expect(raised(() => lookup(m, "nowhere"))).toBe("NameError: name 'nowhere' isn't defined");
  });

  test("__getattr__ of a module", () => {
    const m = module(
      "lazy",
      { file: "lazy.py", variables: { __getattr__: [() => (name: any) => `got ${name}`] } },
      () => {},
    );
    expect(getattr(m, "x")).toBe("got x");
    expect(importFrom(m, "y")).toBe("got y");
  });

  test("packages", () => {
    const pkg = module("pkg", { file: "pkg/__init__.py", package: true, names: {} }, () => {});
    const sub = module("pkg.sub", { file: "pkg/sub.py", names: {} }, () => {});
    current().findModule = (name) => (name === "pkg" ? pkg : undefined);
    imported(sub);
    expect(getattr(pkg, "sub")).toBe(sub);
    expect(importTop(sub, "pkg.sub")).toBe(pkg);
    expect(importFrom(pkg, "sub")).toBe(sub);
    expect(getattr(pkg, "__path__")).toBe("pkg");
  });
});

describe("modules of the runtime", () => {
  test("an ES namespace is a module", () => {
    const ns = { ticks: 1, _hidden: 2 };
    const m = importing("time", ns);
    expect(importing("time")).toBe(m);
    expect(asModule(ns, "time")).toBe(m);
    expect(getattr(m, "ticks")).toBe(1);
    expect(raised(() => setattr(m, "ticks", 3))).toBe(
      "AttributeError: 'module' object has no attribute 'ticks'",
    );
    const target = emitted("target");
    importStar(target, m);
    expect(getattr(target, "ticks")).toBe(1);
    expect(hasattr(target, "_hidden")).toBe(false);
    expect(repr(m)).toBe("<module 'time'>");
  });

  test("what is missing", () => {
    expect(raised(() => importing("absent", {}))).toBe("ImportError: no module named 'absent'");
    expect(raised(() => importing("nowhere"))).toBe("ImportError: no module named 'nowhere'");
    expect(raised(() => importFrom(importing("time", {}), "x"))).toBe(
      "ImportError: can't import name x",
    );
  });
});

test.each([...GUARDED])(
  "%s is not there on a port without it, however it is reached",
  async (path) => {
    const [name = "", cls = ""] = path.split(".");
    const exports = (await moduleLoaders[name as keyof typeof moduleLoaders]()) as any;
    enter({ ...context(), names: { lacks: { [name]: [cls] }, constants: {} } });
    const missing = `AttributeError: module '${name}' has no attribute '${cls}'`;
    for (const constant of RUNTIME_STATICS[path] ?? []) {
      expect([constant, raised(() => exports[cls][constant])]).toEqual([constant, missing]);
    }
    expect(raised(() => new exports[cls](0))).toBe(missing);
  },
);

test("unbound names", () => {
  expect(bound(0, "x")).toBe(0);
  expect(raised(() => bound(undefined, "x"))).toBe("NameError: name 'x' isn't defined");
  expect(raised(() => assigned(undefined, "x"))).toBe(
    "NameError: local variable referenced before assignment",
  );
});
