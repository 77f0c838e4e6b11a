/** The search order of imports is MicroPython's; aliases lead to runtime modules. */
import { filesFrom } from "../../src/program/read-files.js";
import { createResolver } from "../../src/resolve.js";

function resolver(...paths: string[]) {
  const files = filesFrom(Object.fromEntries(paths.map((path) => [path, ""])));
  return createResolver(files, ["lib"]);
}

const project = (name: string, path: string, isPackage = false) => ({
  kind: "project",
  name,
  path,
  isPackage,
});
const runtime = (name: string) => ({ kind: "runtime", name });

describe("runtime modules", () => {
  test.each([
    ["asyncio", "asyncio"],
    ["uasyncio", "asyncio"],
    ["usr.uasyncio", "asyncio"],
    ["usr.asyncio", "asyncio"],
    ["utime", "time"],
    ["ujson", "json"],
    ["umachine", "machine"],
    ["usys", "sys"],
    ["usr.utime", "time"],
  ])("%s is %s", (written, name) => {
    expect(resolver("main.py").resolve(written)).toEqual(runtime(name));
  });

  test("a u prefix alone makes no module", () => {
    expect(resolver("main.py").resolve("umath").kind).toBe("missing");
    expect(resolver("main.py").resolve("toString").kind).toBe("missing");
  });

  test("a fixed builtin wins over a file, an extensible one does not", () => {
    const { resolve } = resolver("sys.py", "time.py", "lib/json.py");
    expect(resolve("sys")).toEqual(runtime("sys"));
    expect(resolve("time")).toEqual(project("time", "time.py"));
    expect(resolve("json")).toEqual(project("json", "lib/json.py"));
    expect(resolve("utime")).toEqual(runtime("time"));
  });

  test("the frozen asyncio yields to the root and not to lib", () => {
    expect(resolver("lib/asyncio/__init__.py").resolve("asyncio")).toEqual(runtime("asyncio"));
    expect(resolver("asyncio/__init__.py").resolve("asyncio")).toEqual(
      project("asyncio", "asyncio/__init__.py", true),
    );
  });
});

describe("project modules", () => {
  test("the root comes before lib", () => {
    const { resolve } = resolver("config.py", "lib/config.py", "lib/queue.py");
    expect(resolve("config")).toEqual(project("config", "config.py"));
    expect(resolve("queue")).toEqual(project("queue", "lib/queue.py"));
  });

  test("a folder comes before a file", () => {
    const { resolve } = resolver("app.py", "app/__init__.py", "app/net.py");
    expect(resolve("app")).toEqual(project("app", "app/__init__.py", true));
    expect(resolve("app.net")).toEqual(project("app.net", "app/net.py"));
    expect(resolve("app.none")).toEqual({ kind: "missing", name: "app.none" });
  });

  test("a folder without __init__.py is a namespace", () => {
    const { resolve } = resolver("drivers/led.py");
    expect(resolve("drivers")).toEqual({ kind: "namespace", name: "drivers", path: "drivers" });
    expect(resolve("drivers.led")).toEqual(project("drivers.led", "drivers/led.py"));
  });

  test("usr is the root, unless there is such a folder", () => {
    expect(resolver("config.py").resolve("usr.config")).toEqual(project("config", "config.py"));
    expect(resolver("config.py").resolve("usr")).toEqual({
      kind: "namespace",
      name: "usr",
      path: "",
    });
    expect(resolver("usr/config.py").resolve("usr.config")).toEqual(
      project("usr.config", "usr/config.py"),
    );
  });

  test("a file has no submodules", () => {
    expect(resolver("app.py").resolve("app.net").kind).toBe("missing");
  });
});

describe("relative imports", () => {
  const { absolute } = resolver();
  test.each([
    ["net", 0, "app.main", false, "net"],
    ["net", 1, "app.main", false, "app.net"],
    ["", 1, "app.main", false, "app"],
    ["net", 1, "app", true, "app.net"],
    ["net", 2, "app.sub", true, "app.net"],
    ["net", 2, "app.sub.x", false, "app.net"],
    ["net", 1, "main", false, null],
    ["net", 2, "app", true, null],
  ] as const)("%j with %i dots in %s", (name, level, importer, isPackage, expected) => {
    expect(absolute(name, level, { name: importer, isPackage })).toBe(expected);
  });
});
