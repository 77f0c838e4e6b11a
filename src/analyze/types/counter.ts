/**
 * Variables that only move in small steps: their ints stay far from where they stop being exact. Used by
 * `constraints.ts` for `x += 1` and `x = x + 1`.
 */
import type { Expr } from "../../parser/ast.js";
import { COUNTED, isInside, STEP } from "./range.js";
import { isJust, type Type } from "./type.js";

/** `x = x + 1` counts as `x += 1` does. */
export function counted(target: Expr, value: Expr, type: Type, typeOf: (node: Expr) => Type): Type {
  const isStep =
    value.kind === "BinOp" &&
    (value.op === "Add" || value.op === "Sub") &&
    isSamePlace(target, value.left);
  return isStep ? stepped(typeOf(value.left), typeOf(value.right), type) : type;
}

function isSamePlace(a: Expr, b: Expr): boolean {
  return (
    (a.kind === "Name" && b.kind === "Name" && a.id === b.id) ||
    (a.kind === "Attribute" &&
      b.kind === "Attribute" &&
      a.attr === b.attr &&
      isSamePlace(a.value, b.value))
  );
}

/** A variable that only moves in small steps stays far from where ints stop being exact. */
export function stepped(before: Type, step: Type, after: Type): Type {
  const isCounter =
    isJust(before, "int") &&
    isJust(step, "int") &&
    isJust(after, "int") &&
    isInside(before.range ?? COUNTED, COUNTED) &&
    isInside(step.range ?? COUNTED, STEP);
  if (!isCounter || after.range === null) return after;
  const { low, high } = after.range;
  return after.with({
    range: { low: Math.max(low, COUNTED.low), high: Math.min(high, COUNTED.high) },
  });
}
