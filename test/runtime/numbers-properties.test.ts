import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { divmod, float, int } from "../../src/runtime/builtins/numbers.js";
import { hash } from "../../src/runtime/core/hash/hash.js";
import { contains, eq, lt } from "../../src/runtime/core/operator/compare.js";
import * as operators from "../../src/runtime/core/operator/operators.js";
import { repr } from "../../src/runtime/core/repr.js";
import {
  compareText,
  offsetOf,
  positionOf,
  stringLength,
  text,
} from "../../src/runtime/core/text/strings.js";
import { decodeUtf8, encodeUtf8, utf8Length } from "../../src/runtime/core/text/utf8.js";
import { Float, toFloat, toInt, type Value } from "../../src/runtime/core/values.js";

const integers = fc
  .oneof(
    fc.bigInt({ min: -(1n << 34n), max: 1n << 34n }),
    fc.bigInt({ min: -(1n << 60n), max: 1n << 60n }),
    fc.bigInt({ min: -(1n << 140n), max: 1n << 140n }),
    fc.bigInt({ min: -3n, max: 3n }),
  )
  .map(toInt);

/** A number where it is safe and never -0, else a bigint. */
function isCanonicalInt(value: Value): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === "bigint" && toInt(value) === value;
}

/** A raw number unless it is integral. */
function isCanonicalFloat(value: Value): boolean {
  return value instanceof Float ? Number.isInteger(value.value) : !Number.isInteger(value);
}

describe("ints", () => {
  const exact: [string, (left: Value, right: Value) => Value, (l: bigint, r: bigint) => bigint][] =
    [
      ["add", operators.add, (l, r) => l + r],
      ["sub", operators.sub, (l, r) => l - r],
      ["mul", operators.mul, (l, r) => l * r],
      ["bitand", operators.bitand, (l, r) => l & r],
      ["bitor", operators.bitor, (l, r) => l | r],
      ["bitxor", operators.bitxor, (l, r) => l ^ r],
    ];

  test.each(exact)("%s is exact and canonical", (_name, operator, expected) => {
    fc.assert(
      fc.property(integers, integers, (left, right) => {
        const result = operator(left, right);
        expect(isCanonicalInt(result)).toBe(true);
        expect(BigInt(result)).toBe(expected(BigInt(left), BigInt(right)));
      }),
    );
  });

  test("// and % belong together and round down", () => {
    fc.assert(
      fc.property(integers, integers, (left, right) => {
        fc.pre(right !== 0);
        const quotient = operators.floordiv(left, right);
        const rest = operators.mod(left, right);
        expect(isCanonicalInt(quotient) && isCanonicalInt(rest)).toBe(true);
        expect(BigInt(quotient) * BigInt(right) + BigInt(rest)).toBe(BigInt(left));
        expect(rest === 0 || rest < 0 === right < 0).toBe(true);
        expect([...divmod(left, right)]).toEqual([quotient, rest]);
      }),
    );
  });

  test("shifts multiply and divide by powers of two", () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: 0, max: 200 }), (value, count) => {
        const left = operators.lshift(value, count);
        const right = operators.rshift(value, count);
        expect(isCanonicalInt(left) && isCanonicalInt(right)).toBe(true);
        expect(BigInt(left)).toBe(BigInt(value) << BigInt(count));
        expect(BigInt(right)).toBe(BigInt(value) >> BigInt(count));
      }),
    );
  });

  test("powers are exact", () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: 0, max: 30 }), (value, exponent) => {
        const result = operators.pow(value, exponent);
        expect(isCanonicalInt(result)).toBe(true);
        expect(BigInt(result)).toBe(BigInt(value) ** BigInt(exponent));
      }),
    );
  });

  test("text and back", () => {
    fc.assert(
      fc.property(integers, (value) => {
        expect(int(repr(value))).toBe(value);
      }),
    );
  });
});

describe("floats", () => {
  const doubles = fc.double();

  test("results are raw unless integral", () => {
    fc.assert(
      fc.property(doubles, doubles, (left, right) => {
        const [first, second] = [toFloat(left), toFloat(right)];
        expect(isCanonicalFloat(operators.add(first, second))).toBe(true);
        expect(isCanonicalFloat(operators.mul(first, second))).toBe(true);
        if (right !== 0) expect(isCanonicalFloat(operators.truediv(first, second))).toBe(true);
      }),
    );
  });

  test("repr reads back as the same float", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const read = float(repr(toFloat(value)));
        expect(Object.is(typeof read === "number" ? read : read.value, value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("ints and floats of one value are equal and hash alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 30), max: 2 ** 30 - 1 }), (value) => {
        expect(eq(value, new Float(value))).toBe(true);
        expect(lt(value, new Float(value))).toBe(false);
        expect(hash(value)).toBe(hash(new Float(value)));
      }),
    );
  });
});

describe("strings of code points", () => {
  const strings = fc
    .string({ unit: fc.constantFrom("a", "é", "日", "😀", "\ue000"), maxLength: 8 })
    .map(text);

  test("lengths, offsets and positions count characters", () => {
    fc.assert(
      fc.property(strings, fc.integer({ min: 0, max: 8 }), (value, position) => {
        const characters = [...value];
        expect(stringLength(value)).toBe(characters.length);
        const offset = offsetOf(value, position);
        expect(value.slice(0, offset)).toBe(characters.slice(0, position).join(""));
        expect(positionOf(value, offset)).toBe(Math.min(position, characters.length));
      }),
    );
  });

  test("order is that of code points", () => {
    fc.assert(
      fc.property(strings, strings, (left, right) => {
        const points = (value: string) =>
          [...value].map((character) => character.codePointAt(0) as number);
        const [first, second] = [points(left), points(right)];
        const at = first.findIndex((point, index) => point !== second[index]);
        const expected =
          at < 0 || at >= second.length
            ? first.length - second.length
            : (first[at] as number) - (second[at] as number);
        expect(Math.sign(compareText(left, right))).toBe(Math.sign(expected));
      }),
    );
  });

  test("UTF-8 and back", () => {
    fc.assert(
      fc.property(strings, (value) => {
        const bytes = encodeUtf8(value);
        expect(Buffer.from(bytes)).toEqual(Buffer.from(value, "utf8"));
        expect(utf8Length(value)).toBe(bytes.length);
        expect(decodeUtf8(bytes)).toBe(value);
      }),
    );
  });

  test("a slice is in its string", () => {
    fc.assert(
      fc.property(strings, fc.nat(8), fc.nat(8), (value, start, end) => {
        expect(contains(value, [...value].slice(start, end).join(""))).toBe(true);
      }),
    );
  });
});
