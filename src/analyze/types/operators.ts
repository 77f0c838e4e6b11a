/**
 * Types of what operators give, for builtin types only: with anything else in play the answer is
 * null. Used by `evaluate.ts` and, for augmented assignments, by `constraints.ts`.
 */
import type { Operator } from "../../parser/ast.js";
import * as ranges from "./range.js";
import { ANY_INT, type Range } from "./range.js";
import {
  type Atom,
  anyOf,
  type BuiltinType,
  certain,
  intIn,
  isJust,
  isWithin,
  join,
  just,
  Known,
  NOTHING,
  type Type,
  tupleOf,
  tupleOfAny,
} from "./type.js";

const NUMBERS: ReadonlySet<Atom> = new Set<Atom>(["bool", "int", "float"]);
const INTEGERS: ReadonlySet<Atom> = new Set<Atom>(["bool", "int"]);
const SEQUENCES: readonly BuiltinType[] = ["str", "bytes", "bytearray", "list", "tuple"];
const BOOL_RANGE: Range = { low: 0, high: 1 };

export function operate(op: Operator, leftType: Type, rightType: Type): Type {
  const result = operateOn(
    op,
    leftType?.without("None") ?? null,
    rightType?.without("None") ?? null,
  );
  const sure = certain(leftType) !== null && certain(rightType) !== null;
  return result === null || sure || result.size === 0 ? result : result.with({ sure: false });
}

/** None takes part in no operator: what remains is the type where nothing is raised. */
function operateOn(op: Operator, left: Type, right: Type): Type {
  if (left === null || right === null) return null;
  if (left.size === 0 || right.size === 0) return NOTHING;
  if (isWithin(left, NUMBERS) && isWithin(right, NUMBERS)) return arithmetic(op, left, right);
  for (const type of SEQUENCES) {
    if (isJust(left, type)) return sequence(op, type, left, right);
  }
  return null;
}

function sequence(op: Operator, type: BuiltinType, left: Known, right: Known): Type {
  if (op === "Mod" && type === "str") return just("str");
  if (op === "Mult" && isWithin(right, INTEGERS)) {
    return type === "tuple" ? tupleOfAny(left.tuple?.any ?? null) : left;
  }
  if (op !== "Add" || !isJust(right, type)) return null;
  if (type !== "tuple") return join(left, right);
  const [a, b] = [left.tuple?.each ?? null, right.tuple?.each ?? null];
  return a !== null && b !== null
    ? tupleOf([...a, ...b])
    : tupleOfAny(join(left.tuple?.any ?? null, right.tuple?.any ?? null));
}

function rangeOf(type: Known): Range {
  const { range } = type;
  if (range === null) return BOOL_RANGE;
  return type.has("bool") ? ranges.hull(range, BOOL_RANGE) : range;
}

type OnRanges = (a: Range, b: Range) => Range;

/** For ints that stay ints. */
const ON_RANGES: Partial<Record<Operator, OnRanges>> = {
  Add: ranges.add,
  Sub: ranges.subtract,
  Mult: ranges.multiply,
  Mod: ranges.modulo,
  FloorDiv: ranges.floorDivide,
  LShift: ranges.shiftLeft,
  RShift: ranges.shiftRight,
  BitAnd: ranges.bitAnd,
  BitOr: ranges.bitOr,
  BitXor: ranges.bitOr,
};

function arithmetic(op: Operator, left: Known, right: Known): Type {
  const leftInt = isWithin(left, INTEGERS);
  const rightInt = isWithin(right, INTEGERS);
  const ints = leftInt && rightInt;
  const hasInt = (type: Known): boolean => type.has("int") || type.has("bool");
  const mixed = hasInt(left) && hasInt(right);
  const computed = (): Known => intIn(ON_RANGES[op]?.(rangeOf(left), rangeOf(right)) ?? ANY_INT);
  switch (op) {
    case "Add":
    case "Sub":
    case "Mult":
    case "Mod":
    case "FloorDiv":
      return ints ? computed() : mixed ? anyOf("int", "float") : just("float");
    case "Div":
      return just("float");
    case "Pow":
      return ints ? power(left, right) : null;
    case "LShift":
    case "RShift":
      return ints ? computed() : null;
    case "BitAnd":
    case "BitOr":
    case "BitXor": {
      if (!ints) return null;
      // Of two bools it is a bool.
      const bools = left.has("bool") && right.has("bool");
      return bools ? new Known(new Set<Atom>(["int", "bool"]), { range: ANY_INT }) : computed();
    }
    case "MatMult":
      return null;
  }
}

function power(left: Known, right: Known): Type {
  const [base, exponent] = [rangeOf(left), rangeOf(right)];
  // A negative exponent gives a float.
  if (exponent.low < 0) return anyOf("int", "float");
  const top = Math.max(Math.abs(base.low), Math.abs(base.high)) ** exponent.high;
  return intIn(ranges.range(base.low < 0 ? -top : 0, top));
}

export function negate(operand: Type): Type {
  if (operand?.size === 0) return NOTHING;
  if (operand !== null && isWithin(operand, INTEGERS)) {
    return intIn(ranges.negative(rangeOf(operand))).with({ sure: operand.sure });
  }
  return isJust(operand, "float") ? operand : null;
}

export function absolute(operand: Type): Type {
  if (operand === null || !isWithin(operand, INTEGERS)) return negate(operand);
  const { low, high } = rangeOf(operand);
  const top = Math.max(Math.abs(low), Math.abs(high));
  return intIn(ranges.range(low > 0 ? low : 0, top)).with({ sure: operand.sure });
}

export function invert(operand: Type): Type {
  if (operand?.size === 0) return NOTHING;
  if (operand === null || !isWithin(operand, INTEGERS)) return null;
  const { low, high } = rangeOf(operand);
  return intIn(ranges.range(-high - 1, -low - 1)).with({ sure: operand.sure });
}
