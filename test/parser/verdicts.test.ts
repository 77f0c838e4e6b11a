import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import { parse } from "../../src/parser/parse.js";
import { loadOracle } from "./oracle.js";
import { invalidPrograms } from "./snippets/invalid.js";
import { validPrograms } from "./snippets/valid.js";

function found(source: string): readonly string[] {
  const file = new SourceFile("main.py", source);
  return parse(file).diagnostics.map(({ code, span }) => {
    const { line, column } = file.position(span?.start ?? 0);
    return `${code} ${line}:${column}`;
  });
}

describe("programs that MicroPython accepts", () => {
  describe.each(Object.entries(validPrograms))("%s", (_, sources) => {
    test.each(sources)("%j", (source) => {
      expect(found(source)).toEqual([]);
    });
  });
});

describe("programs that MicroPython refuses", () => {
  describe.each(Object.entries(invalidPrograms))("%s", (_, programs) => {
    test.each(programs)("%j: %s", (source, code, line, column) => {
      expect(found(source)[0]).toBe(`${code} ${line}:${column}`);
    });
  });
});

describe("the verdict of MicroPython's own compiler", () => {
  test("is the same on all of these programs", async () => {
    const oracle = await loadOracle();
    const valid = Object.values(validPrograms).flat();
    const invalid = Object.values(invalidPrograms).flatMap((rows) =>
      rows.map(([source]) => source),
    );
    expect(valid.length + invalid.length).toBeGreaterThan(200);
    expect(valid.filter((source) => oracle(source) !== "ok")).toEqual([]);
    expect(invalid.filter((source) => oracle(source) === "ok")).toEqual([]);
  });
});

test("many errors are reported in one run, in the order of the text", () => {
  const source = [
    "def f(:",
    "    return 1 +",
    "x = 'abc",
    "class A:",
    "    def g(self, a, a): pass",
    "    y = (1,",
    "def h():",
    "    print 'x'",
    "1 if",
    "",
  ].join("\n");
  expect(found(source)).toEqual([
    "MPY1002 1:6",
    "MPY1040 2:15",
    "MPY1023 3:5",
    "MPY2144 5:20",
    "MPY1002 6:9",
    "MPY1032 8:11",
    "MPY1040 9:5",
  ]);
});
