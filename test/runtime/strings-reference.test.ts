import { beforeAll, describe, test } from "@jest/globals";
import fc from "fast-check";
import * as strings from "../../src/runtime/builtins/strings.js";
import type { Callable } from "../../src/runtime/core/call/signature.js";
import { Dict } from "../../src/runtime/core/container/dict.js";
import { getitem, setitem } from "../../src/runtime/core/operator/items.js";
import { mod } from "../../src/runtime/core/operator/operators.js";
import { Slice } from "../../src/runtime/core/operator/slice.js";
import { bytearrayMethods, bytesMethods } from "../../src/runtime/core/text/bytes-methods.js";
import { strMethods } from "../../src/runtime/core/text/str-methods.js";
import { tup } from "../../src/runtime/core/values.js";
import {
  agree,
  anything,
  byteArrays,
  bytesExpression,
  byteTexts,
  call,
  constant,
  type Expression,
  intExpression,
  listOf,
  literal,
  none,
  numeric,
  texts,
  tupleOf,
} from "./expression.js";
import { loadReference, type Reference } from "./reference.js";

let reference: Reference;

beforeAll(async () => {
  reference = await loadReference();
});

const indices = fc.integer({ min: -6, max: 6 }).map(intExpression);
const bounds = fc.oneof(
  { weight: 4, arbitrary: indices },
  { weight: 1, arbitrary: fc.constant(none) },
);

/** As many of the optional arguments as it happens to be. */
function optional(...args: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression[]> {
  return fc
    .tuple(fc.integer({ min: 0, max: args.length }), ...args)
    .map(([count, ...values]) => (values as Expression[]).slice(0, count));
}

type Kind = [string, fc.Arbitrary<Expression>, Record<string, Callable>];

const kinds: Kind[] = [
  ["str", texts, strMethods],
  ["bytes", byteTexts, bytesMethods],
  ["bytearray", byteArrays, bytearrayMethods],
];

/** Arguments of each method: mostly right ones, for texts of one kind. */
function argumentsOf(name: string, some: fc.Arbitrary<Expression>): fc.Arbitrary<Expression[]> {
  const text = fc.oneof({ weight: 9, arbitrary: some }, { weight: 1, arbitrary: anything });
  const limit = fc.integer({ min: -1, max: 3 }).map(intExpression);
  const following = (first: fc.Arbitrary<Expression>, rest: fc.Arbitrary<Expression[]>) =>
    fc.tuple(first, rest).map(([one, more]) => [one, ...more]);
  switch (name) {
    case "find":
    case "rfind":
    case "index":
    case "rindex":
      return following(text, optional(bounds, bounds));
    case "count":
      return following(text, optional(fc.constant(none)));
    case "startswith":
    case "endswith":
      return following(fc.oneof(text, fc.tuple(text, text).map(tupleOf)), optional(bounds, bounds));
    case "split":
    case "rsplit":
      return optional(fc.oneof(text, fc.constant(none)), limit);
    case "strip":
    case "lstrip":
    case "rstrip":
      return optional(text);
    case "join":
      return fc.array(text, { maxLength: 3 }).map((items) => [listOf(items)]);
    case "replace":
      return following(text, following(text, optional(limit)));
    case "partition":
    case "rpartition":
      return text.map((one) => [one]);
    case "center":
      return fc.integer({ min: 0, max: 12 }).map((width) => [intExpression(width)]);
    default:
      return fc.constant([]);
  }
}

const methodNames = [
  "find",
  "rfind",
  "index",
  "rindex",
  "count",
  "startswith",
  "endswith",
  "split",
  "rsplit",
  "strip",
  "lstrip",
  "rstrip",
  "join",
  "replace",
  "partition",
  "rpartition",
  "center",
  "lower",
  "upper",
  "isspace",
  "isalpha",
  "isdigit",
  "isupper",
  "islower",
  "splitlines",
];

describe("methods of text agree with MicroPython", () => {
  const cases = methodNames.flatMap((name) =>
    kinds.map(([kind, values, methods]) => [`${kind}.${name}`, name, values, methods] as const),
  );

  test.each(cases)("%s", (_title, name, values, methods) => {
    const expressions = fc.tuple(values, argumentsOf(name, values)).map(([self, args]) => ({
      python: `${self.python}.${name}(${args.map(({ python }) => python).join(", ")})`,
      evaluate: () => methods[name]?.(self.evaluate(), ...args.map((arg) => arg.evaluate())),
    }));
    // An empty bytearray has no memory in which MicroPython could find anything; replacing nothing
    // takes characters apart into bytes.
    const sound = expressions.filter(
      ({ python }) =>
        !/bytearray\(b''\)\.(r?find|r?index)/.test(python) && !/[xuU].*replace\(''/.test(python),
    );
    agree(reference, sound, 120);
  });
});

describe("subscripts agree with MicroPython", () => {
  const sources = fc.oneof(texts, byteTexts, byteArrays);

  test("items and slices", () => {
    const steps = fc.constantFrom(none, none, intExpression(1), intExpression(2), intExpression(0));
    const slices = fc.tuple(sources, bounds, bounds, steps).map(([source, start, stop, step]) => ({
      python: `${source.python}[${start.python}:${stop.python}:${step.python}]`,
      evaluate: () =>
        getitem(source.evaluate(), new Slice(start.evaluate(), stop.evaluate(), step.evaluate())),
    }));
    agree(reference, slices, 800);
    const items = fc.tuple(sources, fc.oneof(indices, texts)).map(([source, at]) => ({
      python: `${source.python}[${at.python}]`,
      evaluate: () => getitem(source.evaluate(), at.evaluate()),
    }));
    agree(reference, items);
  });

  test("stores into bytearrays and memoryviews", () => {
    const target = fc
      .tuple(byteArrays, fc.boolean())
      .map(([array, viewed]) => (viewed ? call("memoryview", strings.memoryview, array) : array));
    const key = fc.oneof(
      indices,
      fc
        .tuple(bounds, bounds)
        .map(([start, stop]) =>
          constant(
            `_slices[${start.python}:${stop.python}]`,
            () => new Slice(start.evaluate(), stop.evaluate(), null),
          ),
        ),
    );
    const values = fc.oneof(byteTexts, byteArrays, anything);
    const stores = fc.tuple(target, key, values).map(([array, at, value]) =>
      call(
        "_changed",
        (o, k, v) => {
          setitem(o, k, v);
          return o;
        },
        array,
        at,
        value,
      ),
    );
    agree(reference, stores, 800);
  });
});

describe("formats agree with MicroPython", () => {
  const maybe = (unit: string, chance: number) =>
    fc.oneof(
      { weight: 10 - chance, arbitrary: fc.constant("") },
      { weight: chance, arbitrary: fc.constantFrom(...unit) },
    );
  const width = fc.oneof(fc.constant(""), fc.integer({ min: 0, max: 24 }).map(String));
  const precision = fc.oneof(
    fc.constant(""),
    fc.integer({ min: 0, max: 20 }).map((n) => `.${n}`),
  );
  const values = fc.oneof({ weight: 3, arbitrary: numeric }, { weight: 1, arbitrary: anything });

  test("str.format", () => {
    const spec = fc
      .tuple(
        maybe("*0 x", 2),
        maybe("<>=^", 4),
        maybe("+- ", 3),
        maybe("#", 2),
        maybe("0", 2),
        width,
        maybe("_,", 1),
        precision,
        maybe("bcdeEfFgGnosxX%y", 8),
      )
      .map((parts) => parts.join(""));
    const fields = fc.tuple(spec, values).map(([format, value]) => ({
      python: `${literal(`{:${format}}`)}.format(${value.python})`,
      evaluate: () => strMethods.format?.(`{:${format}}`, tup(value.evaluate()), new Dict()),
    }));
    agree(reference, fields.filter(isExact), 1200);
  });

  test("%", () => {
    const field = fc
      .tuple(
        maybe("-+ #0", 3),
        maybe("-+ #0", 2),
        width,
        precision,
        fc.constantFrom(..."diuoxXeEfFgGcrs%a"),
      )
      .map((parts) => `<%${parts.join("")}>`);
    const formatted = fc.tuple(fc.boolean(), field, values).map(([bytes, format, value]) => {
      const pattern = bytes ? bytesExpression(format) : constant(literal(format), () => format);
      return {
        python: `${pattern.python} % (${value.python},)`,
        evaluate: () => mod(pattern.evaluate(), tup(value.evaluate())),
      };
    });
    agree(reference, formatted.filter(isExact), 1200);
  });

  test("fields, conversions and nesting", () => {
    const parts = fc.constantFrom(
      "{}",
      "{0}",
      "{1}",
      "{!r}",
      "{!s}",
      "{!x}",
      "{:>5}",
      "{:{}}",
      "{",
      "}",
      "{{",
      "}}",
      "a",
      "{a}",
      "{:5",
      "{0.x}",
      "{:{1}}",
    );
    const templates = fc
      .tuple(fc.string({ unit: parts, maxLength: 4 }), texts)
      .map(([template, value]) => ({
        python: `${literal(template)}.format(${value.python}, 7)`,
        evaluate: () => strMethods.format?.(template, tup(value.evaluate(), 7), new Dict()),
      }));
    agree(reference, templates, 1000);
  });
});

/**
 * Ints of more than 30 digits do not fit the reference's print buffer, which garbles them; bytes
 * that are no text cannot be compared.
 */
function isExact({ python }: Expression): boolean {
  return !/\d{19}|\\xff/.test(python) && !/e\+?(2[5-9]|3\d)/.test(python);
}

describe("constructors agree with MicroPython", () => {
  test.each([
    ["bytes", strings.bytes],
    ["bytearray", strings.bytearray],
    ["ord", strings.ord],
    ["repr", strings.repr],
  ])("%s", (name, f) => {
    const values = anything.filter(({ python }) => !/\d{7}|False|True/.test(python));
    agree(
      reference,
      values.map((value) => call(name, f, value)),
    );
  });

  test("chr", () => {
    const codes = fc.integer({ min: -3, max: 0x110003 }).map(intExpression);
    agree(
      reference,
      codes.map((code) => call("chr", strings.chr, code)),
    );
  });

  test("encode and decode", () => {
    const encoding = fc
      .constantFrom("utf-8", "utf8", "ascii", "latin1")
      .map((name) => constant(literal(name), () => name));
    const errors = fc
      .constantFrom("strict", "ignore", "replace")
      .map((name) => constant(literal(name), () => name));
    const encoded = fc.tuple(texts, encoding).map(([text, name]) => ({
      python: `${text.python}.encode(${name.python})`,
      evaluate: () => strMethods.encode?.(text.evaluate(), name.evaluate()),
    }));
    agree(reference, encoded);
    const raw = fc.string({
      unit: fc.constantFrom("a", "\x80", "\xc3\xa9", "\xe2\x82", "\xf0\x9f\x98\x80", "\xff"),
      maxLength: 4,
    });
    const decoded = fc
      .tuple(raw.map(bytesExpression), encoding, errors)
      .map(([bytes, name, mode]) => ({
        python: `${bytes.python}.decode(${name.python}, ${mode.python})`,
        evaluate: () => bytesMethods.decode?.(bytes.evaluate(), name.evaluate(), mode.evaluate()),
      }));
    agree(reference, decoded);
  });
});
