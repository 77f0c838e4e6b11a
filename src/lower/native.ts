/**
 * Where JavaScript's own operators do what Python's do: one row for each, over the runtime's function
 * that does it for all values. A row applies where inference is certain of the operands; `because`
 * says why it is right then. `test/lower/native.test.ts` tries every row on values at the edges.
 */
import { INT32, isInside, type Range, SAFE, UINT31, UINT32 } from "../analyze/types/range.js";
import { type BuiltinType, isJust, type Known, type Type } from "../analyze/types/type.js";
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { CmpOperator, Expr, Operator } from "../parser/ast.js";
import type { Frame } from "./frame.js";

export interface BinaryRow {
  readonly op: Operator;
  readonly when: (left: Type, right: Type, result: Type) => boolean;
  /** The operator, or how to write it. */
  readonly emit: string | ((left: Expression, right: Expression) => Expression);
  readonly because: string;
}

const ints = (a: Type, b: Type, within: Range): boolean => isInt(a, within) && isInt(b, within);

/** An int that JavaScript's numbers hold exactly, or one within other bounds. */
export function isInt(type: Type, within: Range = SAFE): type is Known {
  return isJust(type, "int") && type.range !== null && isInside(type.range, within);
}

const both = (a: Type, b: Type, atom: BuiltinType): boolean => isJust(a, atom) && isJust(b, atom);

const low = (type: Type): number => type?.range?.low ?? Number.NEGATIVE_INFINITY;
const mayBeZero = (type: Type): boolean =>
  low(type) <= 0 && (type?.range?.high ?? Number.POSITIVE_INFINITY) >= 0;

const SHIFTS: Range = { low: 0, high: 31 };
const isExact = (left: Type, right: Type, result: Type): boolean =>
  ints(left, right, SAFE) && isInt(result);

export const BINARY_ROWS: readonly BinaryRow[] = [
  {
    op: "Add",
    when: (left, right) => both(left, right, "str"),
    emit: "+",
    because: "strings are JavaScript strings, and joining them makes no new characters",
  },
  { op: "Add", when: isExact, emit: "+", because: "no int is -0, and the sum is exact" },
  { op: "Sub", when: isExact, emit: "-", because: "0 - 0 is 0, and the difference is exact" },
  {
    op: "Mult",
    when: (left, right, result) =>
      isExact(left, right, result) &&
      !(mayBeZero(left) && low(right) < 0) &&
      !(mayBeZero(right) && low(left) < 0),
    emit: "*",
    because: "the product is exact, and never -0 where no 0 meets a negative number",
  },
  {
    op: "Mod",
    when: (left, right) => ints(left, right, SAFE) && low(left) >= 0 && low(right) >= 1,
    emit: "%",
    because: "signs differ only for negative operands, and there is no division by 0",
  },
  {
    op: "FloorDiv",
    when: (left, right) => ints(left, right, SAFE) && low(right) >= 1,
    emit: (left, right) =>
      js.call(js.member(js.id("Math"), "floor"), [js.binary(left, "/", right)]),
    because: "a quotient below 2 ** 53 that is no integer is never rounded to one",
  },
  {
    op: "LShift",
    when: (left, right, result) =>
      isInt(left, INT32) && isInt(right, SHIFTS) && isInt(result, INT32),
    emit: "<<",
    because: "operands and result have 32 bits",
  },
  {
    op: "RShift",
    when: (left, right) => isInt(left, INT32) && isInt(right, SHIFTS),
    emit: ">>",
    because: "the operand has 32 bits, and fewer than 32 go",
  },
  {
    op: "RShift",
    when: (left, right) => isInt(left, UINT32) && isInt(right, SHIFTS),
    emit: ">>>",
    because: "the operand has 32 bits and no sign, and fewer than 32 go",
  },
  {
    op: "BitAnd",
    when: (left, right) =>
      (isInt(left) && isInt(right, UINT31)) || (isInt(left, UINT31) && isInt(right)),
    emit: "&",
    because: "only the 31 bits of the one matter of the other, and these JavaScript keeps",
  },
  ...(["BitAnd", "BitOr", "BitXor"] as const).map((op): BinaryRow => {
    return {
      op,
      when: (left, right) => ints(left, right, INT32),
      emit: { BitAnd: "&", BitOr: "|", BitXor: "^" }[op],
      because: "the operands have 32 bits, and both count them in two's complement",
    };
  }),
];

/** The row that applies to the operands; null: the runtime must look at them. */
export function binaryRow(op: Operator, left: Type, right: Type, result: Type): BinaryRow | null {
  return BINARY_ROWS.find((row) => row.op === op && row.when(left, right, result)) ?? null;
}

export interface ComparisonRow {
  readonly ops: readonly CmpOperator[];
  readonly when: (left: Type, right: Type) => boolean;
  readonly because: string;
}

export const NATIVE_COMPARISONS: Partial<Record<CmpOperator, string>> = {
  Eq: "===",
  NotEq: "!==",
  Lt: "<",
  LtE: "<=",
  Gt: ">",
  GtE: ">=",
};

export const COMPARISON_ROWS: readonly ComparisonRow[] = [
  {
    ops: ["Lt", "LtE", "Gt", "GtE"],
    when: (left, right) => both(left, right, "int"),
    because: "JavaScript compares numbers and bigints by value",
  },
  {
    ops: ["Eq", "NotEq"],
    when: (left, right) => both(left, right, "int"),
    because: "an int is a number where that is exact and a bigint elsewhere, never either",
  },
  {
    ops: ["Eq", "NotEq"],
    when: (left, right) => both(left, right, "str") || both(left, right, "bool"),
    because: "equal strings have the same code units",
  },
];

export function isNativeComparison(op: CmpOperator, left: Type, right: Type): boolean {
  return COMPARISON_ROWS.some((row) => row.ops.includes(op) && row.when(left, right));
}

/** What the expression certainly is; null also where facts may not choose. */
export function certainType(node: Expr, frame: Frame): Type {
  const { analysis, facts } = frame.module;
  return facts ? analysis.context.facts.typeOf(node, analysis.module) : null;
}

/** What iterating over it certainly gives. */
export function certainElement(node: Expr, frame: Frame): Type {
  const { analysis, facts } = frame.module;
  return facts ? analysis.context.facts.elementOf(node, analysis.module) : null;
}

// ---- truth -----------------------------------------------------------------------------------

/** How to ask whether a value is true, where JavaScript can: types that decide it by one property. */
const SIZES: Partial<Record<BuiltinType, "length" | "size">> = {
  bytearray: "length",
  bytes: "length",
  dict: "size",
  frozenset: "size",
  list: "length",
  set: "size",
  tuple: "length",
};

/** A native test of the value, null where only the runtime can tell. */
export function nativeTest(node: Expr, value: Expression, frame: Frame): Expression | null {
  const type = certainType(node, frame);
  // TypeScript objects to asking what is clear.
  if (type === null || type.size === 0 || isWritten(node)) return null;
  // TypeScript knows what a constant is, and thinks nothing of comparing it.
  if (isJust(type, "bool") || isConstant(node, frame)) return value;
  const compared = frame.module.analysis.narrowed.has(node) ? js.asAny(value) : value;
  if (isJust(type, "int")) return js.binary(compared, "!==", js.literal(0));
  if (isJust(type, "str")) return js.binary(compared, "!==", js.literal(""));
  const [atom, ...others] = type;
  const size = others.length === 0 ? SIZES[atom as BuiltinType] : undefined;
  if (size !== undefined) return js.binary(js.member(value, size), ">", js.literal(0));
  if (!isTruthyAlike(type, frame)) return null;
  const isObject = [...type].every((one) => typeof one !== "string" || one === "None");
  // A function that ends without a value gives undefined.
  return isObject && type.has("None") && node.kind !== "Call"
    ? js.binary(value, "!==", js.nil())
    : value;
}

/** The value stands in the text. */
function isWritten(node: Expr): boolean {
  switch (node.kind) {
    case "Constant":
    case "Tuple":
    case "List":
      return true;
    case "UnaryOp":
      return isWritten(node.operand);
    case "NamedExpr":
      return isWritten(node.value);
    default:
      return false;
  }
}

function isConstant(node: Expr, frame: Frame): boolean {
  const use = node.kind === "Name" ? frame.module.analysis.nameUses.get(node) : undefined;
  const value = use?.binding?.rebound === false ? use.binding.constant?.value : null;
  return value?.type === "int" || value?.type === "str";
}

/** JavaScript and Python agree which of these values are true. */
export function isTruthyAlike(type: Type, frame: Frame): boolean {
  if (type === null || type.size === 0) return false;
  const { dunders, hierarchy } = frame.module.analysis.context.facts;
  const plain = (atom: string): boolean =>
    atom === "None" || atom === "bool" || atom === "int" || atom === "str";
  return [...type].every((atom) =>
    typeof atom === "string"
      ? plain(atom)
      : !dunders.has("__bool__") &&
        !dunders.has("__len__") &&
        hierarchy
          .chain(atom)
          .every((one) =>
            hierarchy.classes
              .get(one)
              ?.bases.every(({ kind }) => kind === "class" || kind === "object"),
          ),
  );
}

/** `len(x)` as a property; null for strings, whose code points must be counted, and unknown values. */
export function nativeLength(node: Expr, value: Expression, frame: Frame): Expression | null {
  const type = certainType(node, frame);
  const [atom, ...others] = type ?? [];
  const size = others.length === 0 ? SIZES[atom as BuiltinType] : undefined;
  return size === undefined ? null : js.member(value, size);
}

/** Whether `for (... of x)` goes through the value as Python does. */
export function isNativeIterable(node: Expr, frame: Frame): boolean {
  const type = certainType(node, frame);
  return (
    type !== null &&
    type.size === 1 &&
    [...type].every((one) => one === "list" || one === "tuple" || one === "str")
  );
}

/** Whether every value is a tuple of so many items. */
export function isTupleOf(type: Type, length: number): boolean {
  return isJust(type, "tuple") && type.tuple?.each?.length === length;
}
