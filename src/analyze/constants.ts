/**
 * Folds literals and exact integer expressions over literals, as MicroPython's compiler does for
 * `const()`. Null where the value is not known at compile time. Called by `scopes.ts` and `flow.ts`.
 */
import type { ConstantValue, Expr, Operator } from "../parser/ast.js";

/** Shifts and powers beyond this many bits are left to the runtime. */
const MAX_BITS = 4096n;

type Fold = (a: bigint, b: bigint) => bigint | null;

const floorDiv: Fold = (a, b) => {
  if (b === 0n) {
    return null;
  }
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
};

const FOLD: { readonly [K in Operator]: Fold | null } = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mult: (a, b) => a * b,
  MatMult: null,
  Div: null,
  Mod: (a, b) => {
    const quotient = floorDiv(a, b);
    return quotient === null ? null : a - quotient * b;
  },
  Pow: (a, b) => (b < 0n || b > MAX_BITS ? null : a ** b),
  LShift: (a, b) => (b < 0n || b > MAX_BITS ? null : a << b),
  RShift: (a, b) => (b < 0n ? null : a >> b),
  BitOr: (a, b) => a | b,
  BitXor: (a, b) => a ^ b,
  BitAnd: (a, b) => a & b,
  FloorDiv: floorDiv,
};

export function foldConstant(node: Expr): ConstantValue | null {
  if (node.kind === "Constant") {
    return node.value;
  }
  const value = foldInt(node);
  return value === null ? null : { type: "int", value };
}

function foldInt(node: Expr): bigint | null {
  if (node.kind === "Constant") {
    return node.value.type === "int" ? node.value.value : null;
  }
  if (node.kind === "UnaryOp") {
    const operand = foldInt(node.operand);
    if (operand === null || node.op === "Not") {
      return null;
    }
    return node.op === "USub" ? -operand : node.op === "Invert" ? ~operand : operand;
  }
  if (node.kind === "BinOp") {
    const left = foldInt(node.left);
    const right = left === null ? null : foldInt(node.right);
    return left === null || right === null ? null : (FOLD[node.op]?.(left, right) ?? null);
  }
  return null;
}

/** Truth of a condition that is a literal; null where it is not. */
export function constantTruth(node: Expr): boolean | null {
  const value = foldConstant(node);
  switch (value?.type) {
    case undefined:
      return null;
    case "None":
      return false;
    case "bool":
      return value.value;
    case "int":
      return value.value !== 0n;
    case "float":
      return value.value !== 0;
    case "str":
    case "bytes":
      return value.value.length > 0;
    default:
      return true;
  }
}
