import { beforeAll, describe, test } from "@jest/globals";
import fc from "fast-check";
import * as extremes from "../../src/runtime/builtins/extremes.js";
import * as numbers from "../../src/runtime/builtins/numbers.js";
import * as strings from "../../src/runtime/builtins/strings.js";
import { hash } from "../../src/runtime/core/hash/hash.js";
import * as operators from "../../src/runtime/core/operator/operators.js";
import {
  agree,
  anything,
  arithmetic,
  byteTexts,
  call,
  comparisons,
  type Expression,
  floatExpression,
  floats,
  intExpression,
  ints,
  listOf,
  numeric,
  operation,
  reals,
  scaling,
  strExpression,
  texts,
} from "./expression.js";
import { loadReference, type Reference } from "./reference.js";

let reference: Reference;

beforeAll(async () => {
  reference = await loadReference();
});

const smallInts = fc.integer({ min: -20, max: 40 }).map(intExpression);

function applied(
  name: string,
  f: Parameters<typeof call>[1],
  ...args: fc.Arbitrary<Expression>[]
): fc.Arbitrary<Expression> {
  return fc.tuple(...args).map((values) => call(name, f, ...(values as Expression[])));
}

describe("operators agree with MicroPython", () => {
  test("arithmetic of numbers", () => {
    agree(reference, operation(arithmetic, numeric, numeric), 800);
  });

  test("arithmetic of anything", () => {
    const notNumeric = arithmetic.filter(([name]) => name !== "*");
    agree(reference, operation(notNumeric, anything, anything), 800);
  });

  test("repeating and shifting", () => {
    agree(reference, operation(scaling, anything, smallInts), 500);
  });

  test("comparisons", () => {
    agree(reference, operation(comparisons, numeric, numeric), 800);
    agree(reference, operation(comparisons, anything, anything), 800);
  });

  test("nested operations", () => {
    const inner = operation([...arithmetic, ...comparisons], numeric, numeric);
    agree(reference, operation([...arithmetic, ...comparisons], inner, numeric), 800);
  });

  test("powers of ints", () => {
    const power = [["**", operators.pow] as const];
    agree(reference, operation(power, ints, fc.integer({ min: 0, max: 20 }).map(intExpression)));
    agree(reference, operation(power, smallInts, fc.constantFrom(-1, -2, 0).map(intExpression)));
  });
});

describe("builtins agree with MicroPython", () => {
  const digits = fc.integer({ min: -4, max: 5 }).map(intExpression);
  const cases: [string, fc.Arbitrary<Expression>][] = [
    ["abs", applied("abs", numbers.abs, anything)],
    ["bool", applied("bool", numbers.bool, anything)],
    ["int", applied("int", numbers.int, anything)],
    ["float", applied("float", numbers.float, anything)],
    ["complex", applied("complex", numbers.complex, reals, reals)],
    ["round", applied("round", numbers.round, reals)],
    ["round to digits", applied("round", numbers.round, reals, digits)],
    ["divmod", applied("divmod", operators.divmod, numeric, numeric)],
    ["pow", applied("pow", numbers.pow, ints, smallInts.filter(notNegative), ints)],
    ["hex", applied("hex", strings.hex, anything)],
    ["oct", applied("oct", strings.oct, anything)],
    ["bin", applied("bin", strings.bin, anything)],
    ["min", applied("min", extremes.min, numeric, numeric, numeric)],
    ["max", applied("max", extremes.max, fc.array(anything, { maxLength: 3 }).map(listOf))],
    ["sum", applied("sum", numbers.sum, fc.array(numeric, { maxLength: 3 }).map(listOf))],
    ["hash", applied("hash", hash, fc.oneof(ints, floats, texts, byteTexts))],
    ["str", applied("str", strings.str, anything)],
  ];

  test.each(cases)("%s", (_name, expressions) => agree(reference, expressions, 300));

  test("int.to_bytes and int.from_bytes", () => {
    const order = fc.constantFrom("big", "little").map(strExpression);
    const size = fc.integer({ min: 0, max: 12 }).map(intExpression);
    const toBytes = fc
      .tuple(ints, size, order, fc.boolean())
      .map(([value, length, byteorder, signed]) => ({
        python: `(${value.python}).to_bytes(${length.python}, ${byteorder.python}, signed=${signed ? "True" : "False"})`,
        evaluate: () =>
          numbers.intMethods.to_bytes(
            value.evaluate(),
            length.evaluate(),
            byteorder.evaluate(),
            signed,
          ),
      }));
    agree(reference, toBytes);
    agree(reference, applied("int.from_bytes", numbers.intStatics.from_bytes, byteTexts, order));
  });
});

function notNegative({ python }: Expression): boolean {
  return !python.includes("-");
}

describe("numbers as text agree with MicroPython", () => {
  test("repr of floats", () => {
    agree(reference, fc.oneof(floats, fc.double().map(floatExpression)), 1200);
  });

  test("int from text", () => {
    const source = fc.string({ unit: fc.constantFrom(..." +-0123456789abxXoOz_\n"), maxLength: 8 });
    const base = fc.constantFrom(0, 2, 8, 10, 16, 36, 3, 1, 37).map(intExpression);
    agree(reference, applied("int", numbers.int, source.map(strExpression), base), 800);
  });

  test("float and complex from text", () => {
    const parts = fc.constantFrom(..."0123456789..ee-+_ j", "inf", "nan", "infinity", "e5", "1.5");
    const source = fc.string({ unit: parts, maxLength: 7 }).map(strExpression);
    agree(reference, applied("float", numbers.float, source), 800);
    agree(reference, applied("complex", numbers.complex, source), 800);
  });
});
