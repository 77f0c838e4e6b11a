import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import type { ConstantValue, Expr } from "../../src/parser/ast.js";
import { dump } from "../../src/parser/dump.js";
import { parse } from "../../src/parser/parse.js";

function expression(source: string): Expr {
  const { module, diagnostics } = parse(new SourceFile("main.py", source));
  expect(diagnostics).toEqual([]);
  const [statement] = module.body;
  if (statement?.kind !== "Expr") throw new Error(`not an expression: ${source}`);
  return statement.value;
}

function value(source: string): ConstantValue {
  const node = expression(source);
  if (node.kind !== "Constant") throw new Error(`not a constant: ${source}`);
  return node.value;
}

function shape(source: string): string {
  return dump(expression(source))
    .replace(/Name\(id='(\w+)'\)/g, "$1")
    .replace(/Constant\(value=('[^']*'|"[^"]*"|None)\)/g, "$1");
}

describe("numbers", () => {
  test.each<[string, ConstantValue]>([
    ["0", { type: "int", value: 0n }],
    ["0x_fF", { type: "int", value: 255n }],
    ["0o17", { type: "int", value: 15n }],
    ["0B101", { type: "int", value: 5n }],
    ["1__000_", { type: "int", value: 1000n }],
    ["123456789012345678901234567890", { type: "int", value: 123456789012345678901234567890n }],
    ["1.", { type: "float", value: 1 }],
    [".5e1", { type: "float", value: 5 }],
    ["1e400", { type: "float", value: Number.POSITIVE_INFINITY }],
    ["09.5", { type: "float", value: 9.5 }],
    ["1_0j", { type: "complex", imag: 10 }],
  ])("%s", (source, expected) => {
    expect(value(source)).toEqual(expected);
  });
});

describe("strings", () => {
  test.each([
    ["'a' \"b\" '''c'''", "abc"],
    ["'\\a\\b\\t\\n\\v\\f\\r\\\\\\'\\\"'", "\x07\b\t\n\v\f\r\\'\""],
    ["'\\x41\\u00e9\\U0001F600\\101\\0\\400'", "A\u00e9\u{1F600}A\0\u0100"],
    ["'\\q\\8'", "\\q\\8"],
    ["'a\\\nb'", "ab"],
    ["'''a\nb'''", "a\nb"],
    ["r'\\n\\''", "\\n\\'"],
    ["u'\u00e9'", "\u00e9"],
    ["'a\\😀'", "a\\😀"],
  ])("%j", (source, expected) => {
    expect(value(source)).toEqual({ type: "str", value: expected });
  });

  test("line ends inside a string are normalised", () => {
    expect(value("'''a\r\nb\rc'''")).toEqual({ type: "str", value: "a\nb\nc" });
  });
});

describe("bytes", () => {
  test.each([
    ["b'a\\x00\\xff\\101'", [97, 0, 255, 65]],
    ["b'\\u0041'", [...Buffer.from("\\u0041")]],
    ["b'\\q'", [92, 113]],
    ["rb'\\x00'", [...Buffer.from("\\x00")]],
    ["b'\u00e9'", [0xc3, 0xa9]],
    ["b'a' rb'\\' b'c'".replace("\\'", "\\d'"), [...Buffer.from("a\\dc")]],
  ])("%j", (source, expected) => {
    const constant = value(source);
    expect(constant.type === "bytes" && [...constant.value]).toEqual(expected);
  });
});

describe("f-strings", () => {
  test.each([
    ["f''", "JoinedStr(values=[])"],
    ["f'a{{b}}'", "JoinedStr(values=['a{b}'])"],
    ["f'a{b}c'", "JoinedStr(values=['a', FormattedValue(value=b, conversion=-1), 'c'])"],
    [
      "f'{a!r:>{b}}'",
      "JoinedStr(values=[FormattedValue(value=a, conversion=114, format_spec=JoinedStr(values=['>', FormattedValue(value=b, conversion=-1)]))])",
    ],
    [
      "f'{a:=5}'",
      "JoinedStr(values=[FormattedValue(value=a, conversion=-1, format_spec=JoinedStr(values=['=5']))])",
    ],
    ["f'{a=}'", "JoinedStr(values=['a=', FormattedValue(value=a, conversion=-1)])"],
    ["f'{a, b}'", "JoinedStr(values=[FormattedValue(value=Tuple(elts=[a, b]), conversion=-1)])"],
    ["'a' f'{b}' 'c'", "JoinedStr(values=['a', FormattedValue(value=b, conversion=-1), 'c'])"],
    ["rf'\\d{a}'", "JoinedStr(values=['\\\\d', FormattedValue(value=a, conversion=-1)])"],
  ])("%s", (source, expected) => {
    expect(shape(source)).toBe(expected);
  });

  test("are the call that MicroPython makes where braces stand alone", () => {
    expect(shape("f'{a}' '{}'")).toBe(
      "Call(func=Attribute(value='{}{}', attr='format'), args=[a], keywords=[])",
    );
    expect(shape("f'{a!s:{b}}}'")).toBe(
      "Call(func=Attribute(value='{!s:{}}}', attr='format'), args=[a, b], keywords=[])",
    );
  });
});

test("t-strings are calls of __template__", () => {
  expect(shape("t'a{b!r:>{c}}{d}e'")).toBe(
    "Call(func=__template__, args=[Tuple(elts=['a', '', 'e']), b, 'b', 'r', " +
      "JoinedStr(values=['>', FormattedValue(value=c, conversion=-1)]), d, 'd', None, ''], keywords=[])",
  );
});
