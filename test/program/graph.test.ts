/** Which modules belong to a program, what they are called, and what is wrong with them. */
import { parse } from "../../src/parser/parse.js";
import { type GraphOptions, moduleGraph } from "../../src/program/graph.js";
import { collisions, outputPath, relativeSpecifier } from "../../src/program/outputs.js";
import { filesFrom } from "../../src/program/read-files.js";

type Texts = Record<string, string | Uint8Array>;

function graph(texts: Texts, options: Partial<GraphOptions> = {}) {
  return moduleGraph({
    files: filesFrom(texts),
    entries: ["main.py"],
    searchPath: ["lib"],
    whole: false,
    followDynamic: true,
    strictImports: true,
    shownPath: (path) => `firmware/${path}`,
    parse,
    ...options,
  });
}

const names = (texts: Texts, options: Partial<GraphOptions> = {}) =>
  graph(texts, options).modules.map(({ name }) => name);
const codes = (texts: Texts, options: Partial<GraphOptions> = {}) =>
  graph(texts, options).diagnostics.map(({ code }) => code);

describe("reachable modules", () => {
  test("imports anywhere, packages around them, submodules of from-imports", () => {
    const texts = {
      "main.py": "import a\ndef f():\n  from pkg.sub import leaf, name\n",
      "a.py": "try:\n  import b\nexcept ImportError:\n  pass\n",
      "b.py": "import a\n",
      "pkg/__init__.py": "from . import side\n",
      "pkg/side.py": "",
      "pkg/sub/leaf.py": "",
      "unused.py": "",
    };
    expect(names(texts)).toEqual(["main", "a", "pkg", "pkg.sub", "pkg.sub.leaf", "b", "pkg.side"]);
  });

  test("__import__ of a literal, and of anything", () => {
    expect(names({ "main.py": "m = __import__('a')", "a.py": "", "b.py": "" })).toEqual([
      "main",
      "a",
    ]);
    const computed = { "main.py": "m = __import__(x)", "a.py": "", "lib/b/c.py": "" };
    expect(names(computed)).toEqual(["main", "a", "b.c"]);
    expect(names(computed, { followDynamic: false })).toEqual(["main"]);
  });

  test("the whole tree", () => {
    const texts = { "main.py": "", "tools/x.py": "", "lib/y.py": "" };
    expect(names(texts, { whole: true })).toEqual(["main", "y", "tools.x"]);
  });

  test("a file reached by two names is one module", () => {
    const texts = { "main.py": "import y\nimport lib.y\n", "lib/y.py": "" };
    const { modules, target } = graph(texts);
    expect(modules.map(({ name }) => name)).toEqual(["main", "y", "lib"]);
    expect(target({ name: "main", isPackage: false }, "lib.y", 0)).toEqual({
      kind: "project",
      module: "y",
    });
  });
});

describe("imports that fail", () => {
  test("an error where it is certain to be executed, else a warning", () => {
    expect(codes({ "main.py": "import nothing" })).toEqual(["MPY3005"]);
    expect(codes({ "main.py": "import nothing" }, { strictImports: false })).toEqual(["MPY3001"]);
    expect(codes({ "main.py": "def f():\n  import nothing" })).toEqual(["MPY3001"]);
    expect(codes({ "main.py": "try:\n  import nothing\nexcept ImportError:\n  pass" })).toEqual([
      "MPY3001",
    ]);
    expect(codes({ "main.py": "from . import a", "a.py": "" })).toEqual(["MPY3005"]);
  });

  test("a module that some board has is not supported, which is no error", () => {
    expect(codes({ "main.py": "import lvgl" })).toEqual(["MPY3007"]);
  });

  test("the place is that of the import", () => {
    const [found] = graph({ "main.py": "x = 1\nimport nothing\n" }).diagnostics;
    expect(found).toMatchObject({ file: "firmware/main.py", span: { start: 13, end: 20 } });
  });
});

describe("files that cannot be used", () => {
  test("not UTF-8", () => {
    expect(codes({ "main.py": new Uint8Array([0x78, 0xff]) })).toEqual(["MPY5003"]);
  });
  test("broken", () => {
    expect(codes({ "main.py": "import a", "a.py": "def (:" }).length).toBeGreaterThan(0);
  });
});

describe("outputs", () => {
  test.each([
    ["main.py", "main"],
    ["app/__init__.py", "app/index"],
    ["lib/app/net.py", "lib/app/net"],
    ["script", "script"],
  ])("%s -> %s", (path, output) => expect(outputPath(path)).toBe(output));

  test.each([
    ["main", "app/net", "./app/net"],
    ["app/net", "main", "../main"],
    ["app/net", "app/index", "./index"],
    ["a/b/c", "a/d/e", "../d/e"],
  ])("from %s to %s", (from, to, specifier) => expect(relativeSpecifier(from, to)).toBe(specifier));

  test.each([
    [{ "a.py": "", "a/__init__.py": "" }, ["MPY3006"]],
    [{ "Led.py": "", "led.py": "" }, ["MPY3002"]],
    [{ "a/index.py": "", "a/__init__.py": "" }, ["MPY3002"]],
    [{ "a.py": "", "b.py": "" }, []],
  ])("collisions of %j", (texts, expected) => {
    const { modules } = graph(texts as Texts, { whole: true, entries: [] });
    expect(collisions(modules, (path) => path).map(({ code }) => code)).toEqual(expected);
  });
});
