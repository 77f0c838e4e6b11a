/**
 * Every row of `src/lower/native.ts` against the runtime's function that it stands in for: on values
 * at the edges of the intervals for which it claims to be right, and at random within them.
 */
import fc from "fast-check";
import { operate } from "../../src/analyze/types/operators.js";
import { INT32, type Range, SAFE } from "../../src/analyze/types/range.js";
import { intIn, isJust, just, type Type } from "../../src/analyze/types/type.js";
import * as js from "../../src/emit/build.js";
import type { Expression } from "../../src/emit/tree.js";
import {
  BINARY_ROWS,
  COMPARISON_ROWS,
  isNativeComparison,
  NATIVE_COMPARISONS,
} from "../../src/lower/native.js";
import type { CmpOperator, Operator } from "../../src/parser/ast.js";
import type { Value } from "../../src/runtime/core/values.js";
import * as runtime from "../../src/runtime/index.js";

const HELPERS: Partial<Record<Operator | CmpOperator, (a: Value, b: Value) => Value>> = {
  Add: runtime.add,
  Sub: runtime.sub,
  Mult: runtime.mul,
  Mod: runtime.mod,
  FloorDiv: runtime.floordiv,
  LShift: runtime.lshift,
  RShift: runtime.rshift,
  BitAnd: runtime.bitand,
  BitOr: runtime.bitor,
  BitXor: runtime.bitxor,
  Lt: runtime.lt,
  LtE: runtime.le,
  Gt: runtime.gt,
  GtE: runtime.ge,
  Eq: runtime.eq,
  NotEq: runtime.ne,
};

/** What the emitted operator does. */
function native(emit: string | ((l: Expression, r: Expression) => Expression)) {
  const operator = typeof emit === "string" ? emit : undefined;
  const text = operator === undefined ? written(emit as never) : `a ${operator} b`;
  return new Function("a", "b", `return ${text};`) as (a: Value, b: Value) => Value;
}

function written(emit: (l: Expression, r: Expression) => Expression): string {
  const node = emit(js.id("a"), js.id("b"));
  expect(node.type).toBe("CallExpression");
  const [argument] = node.arguments;
  return `Math.floor(a ${argument.operator} b)`;
}

const EDGES: readonly number[] = [
  ...[0, 1, 2, 3, 7, 8, 31, 32, 127, 128, 255, 256, 32767, 65535, 65536],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, 2 ** 53 - 1],
].flatMap((value) => (value === 0 ? [0] : [value, -value]));

const bounds = fc.constantFrom(...EDGES);
const ranges: fc.Arbitrary<Range> = fc
  .tuple(bounds, bounds)
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

/** A value of the interval: one of its ends more often than not. */
const within = ({ low, high }: Range): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(low, high, ...EDGES.filter((edge) => edge >= low && edge <= high)),
    fc.maxSafeInteger().map((value) => Math.min(high, Math.max(low, value))),
  );

const isSameValue = (a: Value, b: Value): boolean => Object.is(a, b);

describe("operators of ints", () => {
  test.each(BINARY_ROWS.map((row) => [row.op, row] as const))("%s", (op, row) => {
    const helper = HELPERS[op];
    const run = native(row.emit);
    const cases = fc.tuple(ranges, ranges).chain(([left, right]) => {
      const types: readonly Type[] = [intIn(left), intIn(right)];
      const [l, r] = types as readonly [Type, Type];
      const applies = row.when(l, r, operate(op, l, r));
      return applies ? fc.tuple(within(left), within(right)) : fc.constant(null);
    });
    fc.assert(
      fc.property(cases, (values) => {
        if (values === null) return;
        const [a, b] = values;
        const expected = helper?.(a, b);
        if (!isSameValue(run(a, b), expected)) {
          throw new Error(`${a} ${op} ${b}: ${run(a, b)} instead of ${expected}`);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test("results stay within the inferred interval", () => {
    const operators = [...new Set(BINARY_ROWS.map(({ op }) => op))];
    const cases = fc
      .tuple(ranges, ranges, fc.constantFrom(...operators))
      .chain(([left, right, op]) =>
        fc.tuple(fc.constant([left, right, op] as const), within(left), within(right)),
      );
    fc.assert(
      fc.property(cases, ([[left, right, op], a, b]) => {
        const type = operate(op, intIn(left), intIn(right));
        if (!isJust(type, "int") || type.range === null) return;
        let value: Value;
        try {
          value = HELPERS[op]?.(a, b);
        } catch {
          return; // It raises: there is no value.
        }
        const { low, high } = type.range;
        expect(value >= low && value <= high).toBe(true);
      }),
      { numRuns: 4000 },
    );
  });

  test("32 bits and exactness are asked for", () => {
    const wide = intIn(SAFE);
    for (const op of ["LShift", "BitAnd", "BitOr", "BitXor", "RShift"] as const) {
      const [row] = BINARY_ROWS.filter((one) => one.op === op);
      expect(row?.when(wide, intIn(INT32), wide)).toBe(false);
    }
    for (const row of BINARY_ROWS) {
      expect(row.when(just("int"), just("int"), just("int"))).toBe(false);
      expect(row.when(null, intIn(INT32), null)).toBe(false);
      expect(row.when(just("bool"), just("bool"), just("int"))).toBe(false);
      expect(row.when(just("float"), just("float"), just("float"))).toBe(false);
    }
  });
});

describe("strings", () => {
  test("are joined", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(a + b).toBe(runtime.add(runtime.text(a), runtime.text(b)));
      }),
    );
  });
});

describe("comparisons", () => {
  const ints = fc.oneof(
    fc.constantFrom<Value>(...EDGES, 2n ** 53n, -(2n ** 53n), 2n ** 64n),
    fc.maxSafeInteger(),
  );
  const values: Readonly<Record<"int" | "str" | "bool", fc.Arbitrary<Value>>> = {
    int: ints,
    str: fc.constantFrom("", "a", "b", "ab", "\u{1f600}", "\uffff"),
    bool: fc.boolean(),
  };
  test.each(Object.entries(NATIVE_COMPARISONS))("%s", (name, operator) => {
    const op = name as CmpOperator;
    const run = native(operator as string);
    for (const atom of ["int", "str", "bool"] as const) {
      if (!isNativeComparison(op, just(atom), just(atom))) continue;
      fc.assert(
        fc.property(values[atom], values[atom], (a, b) => {
          expect(run(a, b)).toBe(HELPERS[op]?.(a, b));
        }),
        { numRuns: 1000 },
      );
    }
  });

  test("strings are not ordered by code units", () => {
    expect(isNativeComparison("Lt", just("str"), just("str"))).toBe(false);
    expect("\u{1f600}" < "\uffff").toBe(true);
    expect(runtime.lt(runtime.text("\u{1f600}"), "\uffff")).toBe(false);
  });

  test("every row has a reason", () => {
    for (const { because } of [...BINARY_ROWS, ...COMPARISON_ROWS]) {
      expect(because).not.toBe("");
    }
  });
});
