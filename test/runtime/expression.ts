/**
 * Random Python expressions that can be evaluated twice: as text by the reference, and by calls of
 * the runtime's functions. fast-check makes and shrinks them.
 */

import fc from "fast-check";
import * as numbers from "../../src/runtime/builtins/numbers.js";
import { BaseException } from "../../src/runtime/core/exception/exceptions.js";
import { contains, eq, ge, gt, le, lt, ne } from "../../src/runtime/core/operator/compare.js";
import * as operators from "../../src/runtime/core/operator/operators.js";
import { repr } from "../../src/runtime/core/repr.js";
import { ByteArray } from "../../src/runtime/core/text/bytearray.js";
import { b } from "../../src/runtime/core/text/bytes.js";
import { text } from "../../src/runtime/core/text/strings.js";
import { toFloat, toInt, tup, type Value } from "../../src/runtime/core/values.js";
import type { Reference } from "./reference.js";

export interface Expression {
  python: string;
  evaluate(): Value;
}

/** What the runtime makes of an expression, in the words of the reference. */
export function outcome({ evaluate }: Expression): string {
  try {
    return repr(evaluate());
  } catch (error) {
    if (error instanceof BaseException) return `raised ${repr(error)}`;
    throw error;
  }
}

/** Fails with the first expression of a random sample (the same one unless SEED is set) on which the two disagree. */
export function agree(
  reference: Reference,
  expressions: fc.Arbitrary<Expression>,
  runs = 400,
): void {
  fc.assert(
    fc.property(expressions, (expression) => {
      const expected = reference(expression.python);
      const actual = outcome(expression);
      if (actual !== expected) {
        throw new Error(`${expression.python}\n  MicroPython: ${expected}\n  runtime: ${actual}`);
      }
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 20) },
  );
}

export function constant(python: string, evaluate: () => Value): Expression {
  return { python, evaluate };
}

export function call(
  python: string,
  f: (...args: Value[]) => Value,
  ...args: Expression[]
): Expression {
  return {
    python: `${python}(${args.map((arg) => arg.python).join(", ")})`,
    evaluate: () => f(...args.map((arg) => arg.evaluate())),
  };
}

/** A Python string literal. */
export function literal(value: string): string {
  const escaped = [...value].map((character) => {
    const code = character.codePointAt(0) as number;
    if (character === "'" || character === "\\") return `\\${character}`;
    if (code >= 32 && code < 127) return character;
    if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
    const digits = code.toString(16);
    return code < 65536 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
  });
  return `'${escaped.join("")}'`;
}

export function intExpression(value: number | bigint): Expression {
  return constant(value < 0 ? `(${value})` : `${value}`, () => toInt(BigInt(value)));
}

export function floatExpression(value: number): Expression {
  return constant(floatLiteral(value), () => toFloat(value));
}

function floatLiteral(value: number): string {
  if (Number.isNaN(value)) return "float('nan')";
  if (!Number.isFinite(value)) return value > 0 ? "float('inf')" : "float('-inf')";
  const digits = Math.abs(value).toString();
  const plain = /[.e]/.test(digits) ? digits : `${digits}.0`;
  return value < 0 || Object.is(value, -0) ? `(-${plain})` : plain;
}

export function strExpression(value: string): Expression {
  return constant(literal(value), () => text(value));
}

export function bytesExpression(latin1: string): Expression {
  return constant(`b${literal(latin1)}`, () => b(latin1));
}

export function bytearrayExpression(latin1: string): Expression {
  return constant(`bytearray(b${literal(latin1)})`, () => new ByteArray(new Uint8Array(b(latin1))));
}

export const none = constant("None", () => null);
const booleans = fc.constantFrom(
  constant("True", () => true),
  constant("False", () => false),
);

// Not -(2 ** 30) and -(2 ** 31): the reference tells these literals from results of that value.
const BOUNDARIES = [29, 32, 53, 63, 64, 70].flatMap((bits) =>
  [-1n, 0n, 1n].flatMap((delta) => [(1n << BigInt(bits)) + delta, -(1n << BigInt(bits)) + delta]),
);

export const ints: fc.Arbitrary<Expression> = fc
  .oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: -40n, max: 40n }) },
    { weight: 2, arbitrary: fc.bigInt({ min: -(1n << 34n), max: 1n << 34n }) },
    { weight: 2, arbitrary: fc.constantFrom(...BOUNDARIES) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(1n << 130n), max: 1n << 130n }) },
  )
  .map(intExpression);

const SPECIAL_FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  0.1,
  0.3,
  1e-5,
  1e-4,
  1e15,
  1e16,
  1e17,
  1e22,
  1e23,
  1e100,
  1e300,
  5e-324,
  1.7976931348623157e308,
  1 / 3,
  99999.5,
  999999.5,
  9.5,
  0.05,
  0.95,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

export const floats: fc.Arbitrary<Expression> = fc
  .oneof(
    fc.constantFrom(...SPECIAL_FLOATS),
    fc.double(),
    fc.integer({ min: -100000, max: 100000 }).map((value) => value / 1000),
  )
  .map(floatExpression);

export const reals = fc.oneof(
  { weight: 5, arbitrary: ints },
  { weight: 4, arbitrary: floats },
  { weight: 1, arbitrary: booleans },
);

const complexes = fc
  .tuple(fc.constantFrom(...SPECIAL_FLOATS.slice(0, 12)), fc.constantFrom(0.5, -0.5, 2, 0, 1.5))
  .map(([re, im]) => call("complex", numbers.complex, floatExpression(re), floatExpression(im)));

export const numeric = fc.oneof(
  { weight: 9, arbitrary: reals },
  { weight: 1, arbitrary: complexes },
);

const TEXTS = [
  "",
  "a",
  "b",
  "abc",
  "bc",
  " ",
  " a b ",
  "a,b,,c",
  "hello world",
  "\n",
  "a\nb\r\nc",
  "é",
  "añb",
  "日本",
  "'",
  '"',
  "\"'",
  "\\",
  "\x00\x7f",
  "ABC",
  "aBc1",
  "123",
  "-5",
  "aaaa",
  "\t",
  "😀",
  "a😀b",
];

export const texts = fc.constantFrom(...TEXTS).map(strExpression);

const BYTE_TEXTS = ["", "a", "abc", "bc", "\x00\xff", "a,b,,c", " a b ", "ABC1", "'", "12", "aaaa"];

export const byteTexts = fc.constantFrom(...BYTE_TEXTS).map(bytesExpression);
export const byteArrays = fc.constantFrom(...BYTE_TEXTS).map(bytearrayExpression);

const scalars = fc.oneof(
  { weight: 6, arbitrary: numeric },
  { weight: 2, arbitrary: texts },
  { weight: 1, arbitrary: byteTexts },
  { weight: 1, arbitrary: byteArrays },
  { weight: 1, arbitrary: fc.constant(none) },
);

export function listOf(items: Expression[]): Expression {
  return constant(`[${items.map(({ python }) => python).join(", ")}]`, () =>
    items.map((item) => item.evaluate()),
  );
}

export function tupleOf(items: Expression[]): Expression {
  return constant(`(${items.map(({ python }) => `${python},`).join("")})`, () =>
    tup(...items.map((item) => item.evaluate())),
  );
}

const sequences = fc
  .tuple(fc.boolean(), fc.array(scalars, { maxLength: 2 }))
  .map(([list, items]) => (list ? listOf(items) : tupleOf(items)));

export const anything = fc.oneof(
  { weight: 5, arbitrary: scalars },
  { weight: 1, arbitrary: sequences },
);

type Binary = readonly [string, (left: Value, right: Value) => Value];

export const comparisons: readonly Binary[] = [
  ["==", eq],
  ["!=", ne],
  ["<", lt],
  ["<=", le],
  [">", gt],
  [">=", ge],
  ["in", (item, container) => contains(container, item)],
];

export const arithmetic: readonly Binary[] = [
  ["+", operators.add],
  ["-", operators.sub],
  ["*", operators.mul],
  ["/", operators.truediv],
  ["//", operators.floordiv],
  ["%", operators.mod],
  ["&", operators.bitand],
  ["|", operators.bitor],
  ["^", operators.bitxor],
  ["@", operators.matmul],
];

/** Operations of which the right operand must be small: others would take all memory. */
export const scaling: readonly Binary[] = [
  ["*", operators.mul],
  ["<<", operators.lshift],
  [">>", operators.rshift],
];

export function operation(
  choices: readonly Binary[],
  left: fc.Arbitrary<Expression>,
  right: fc.Arbitrary<Expression>,
): fc.Arbitrary<Expression> {
  return fc.tuple(fc.constantFrom(...choices), left, right).map(([[name, f], first, second]) => ({
    python: `(${first.python} ${name} ${second.python})`,
    evaluate: () => f(first.evaluate(), second.evaluate()),
  }));
}
