import { describe, expect, test } from "@jest/globals";
import { catalog, diagnostic } from "../../src/diagnostics/catalog.js";
import { decodeSource } from "../../src/diagnostics/decode.js";
import { formatFrame, formatJson, formatLine } from "../../src/diagnostics/format.js";
import { SourceFile } from "../../src/diagnostics/source-file.js";

describe("the catalog", () => {
  test("has well-formed codes, each in the file of its phase", () => {
    for (const code of Object.keys(catalog)) expect(code).toMatch(/^MPY[1-5]\d{3}$/);
  });

  test("makes unsupported features warnings and syntax errors errors", () => {
    for (const [code, { severity }] of Object.entries(catalog)) {
      if (code.startsWith("MPY4")) expect([code, severity]).toEqual([code, "warning"]);
      if (/^MPY[12]/.test(code)) expect([code, severity]).toEqual([code, "error"]);
    }
  });

  test("fills in messages and hints", () => {
    const span = { start: 1, end: 2 };
    expect(diagnostic("MPY1017", { prefix: "RB" }, "a.py", span)).toEqual({
      code: "MPY1017",
      severity: "error",
      message: "not in MicroPython: string prefix 'RB' in upper case",
      hint: "Write 'rb'.",
      file: "a.py",
      span,
    });
    expect(diagnostic("MPY1002", { character: "(" }, "a.py", null).hint).toBeNull();
  });
});

describe("a source file", () => {
  test("finds lines and columns, from 1, of any offset", () => {
    const file = new SourceFile("a.py", "ab\n\ncd");
    expect(file.lineCount).toBe(3);
    expect([0, 2, 3, 4, 6, 99, -1].map((offset) => file.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 3 },
      { line: 3, column: 3 },
      { line: 1, column: 1 },
    ]);
    expect([file.line(1), file.line(2), file.line(3), file.line(4)]).toEqual(["ab", "", "cd", ""]);
    expect(file.lineStart(3)).toBe(4);
    expect(file.slice({ start: 4, end: 5 })).toBe("c");
  });

  test("has one kind of line end and no byte order mark", () => {
    expect(new SourceFile("a.py", "\ufeffa\r\nb\rc\n").text).toBe("a\nb\nc\n");
  });
});

describe("decoding", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  test.each<[string, Uint8Array, string]>([
    ["nothing", bytes(), ""],
    ["ASCII", bytes(0x61, 0x0a), "a\n"],
    ["UTF-8", bytes(0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80), "\u00e9\u{1F600}"],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf, 0x61), "a"],
  ])("reads %s", (_, input, expected) => {
    expect(decodeSource(input, "a.py")).toEqual({ text: expected, diagnostic: null });
  });

  test.each<[string, Uint8Array, string]>([
    ["a continuation byte alone", bytes(0x61, 0x80), "byte 0x80 in line 1, at offset 1"],
    ["a cut sequence", bytes(0x61, 0xe2, 0x82), "byte 0xe2 in line 1, at offset 1"],
    ["a surrogate", bytes(0xed, 0xa0, 0x80), "byte 0xed in line 1, at offset 0"],
    ["an overlong form", bytes(0x61, 0x62, 0xc0, 0xaf), "byte 0xc0 in line 1, at offset 2"],
    ["beyond Unicode", bytes(0xf4, 0x90, 0x80, 0x80), "byte 0xf4 in line 1, at offset 0"],
    ["the third line", bytes(0x0a, 0x61, 0x0a, 0x62, 0xe9), "byte 0xe9 in line 3, at offset 4"],
    ["Latin-1 after UTF-8", bytes(0xc3, 0xa9, 0xe9, 0x61), "byte 0xe9 in line 1, at offset 2"],
  ])("refuses %s", (_, input, expected) => {
    const { text, diagnostic: found } = decodeSource(input, "a.py");
    expect(text).toBeNull();
    expect(found).toMatchObject({ code: "MPY5003", message: `not valid UTF-8: ${expected}` });
  });
});

describe("formatting", () => {
  const source = new SourceFile("src/main.py", "x = 1\n\tif y = 2:\n");
  const found = diagnostic("MPY1034", {}, source.path, { start: 12, end: 13 });

  test("gives the line that tsc's problem matchers read", () => {
    expect(formatLine(found, source)).toBe(
      "src/main.py(2,7): error MPY1034: '=' cannot stand here",
    );
    const whole = diagnostic("MPY5001", { path: "a" }, "a", null);
    expect(formatLine(whole, undefined)).toBe("a: error MPY5001: no such file or folder: 'a'");
  });

  test("marks the place under the line, whatever the width of tabs", () => {
    expect(formatFrame(found, source)).toBe("2 | \tif y = 2:\n  | \t     ~");
  });

  test("gives one JSON object on a line", () => {
    expect(JSON.parse(formatJson(found, source))).toEqual({
      file: "src/main.py",
      start: { line: 2, column: 7 },
      end: { line: 2, column: 8 },
      severity: "error",
      code: "MPY1034",
      message: "'=' cannot stand here",
      hint: "A comparison is written '=='.",
    });
  });
});
