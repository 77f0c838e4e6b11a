/**
 * `for NAME in range(...)`: MicroPython's compiler makes a counting loop of it, whatever `range` means
 * there. The end is evaluated first and compared as it is, so it may be a float; the start goes up by
 * the step, so it may be one too. Asked by the types and by the lowering.
 */
import type { Expr, For, Name } from "../parser/ast.js";
import type { ConstantFact } from "./analysis.js";
import { foldConstant } from "./constants.js";

export interface CountedRange {
  /** Null: 0. */
  readonly start: Expr | null;
  readonly stop: Expr;
  readonly step: number;
}

/** Null where the loop takes its items from a range object, or from something else. */
export function countedRange(
  { target, iter }: For,
  constantOf: (name: Name) => ConstantFact | null | undefined,
): CountedRange | null {
  if (target.kind !== "Name" || iter.kind !== "Call") return null;
  const { func, args, keywords } = iter;
  const isRange = func.kind === "Name" && func.id === "range" && keywords.length === 0;
  if (!isRange || args.some(({ kind }) => kind === "Starred")) return null;
  const [first, second, third, ...others] = args;
  if (first === undefined || others.length > 0) return null;
  const step = third === undefined ? 1 : stepOf(third, constantOf);
  if (step === null || step === 0) return null;
  return second === undefined
    ? { start: null, stop: first, step }
    : { start: first, stop: second, step };
}

/** The value of a step that the compiler knows, and a loop counter can hold. */
function stepOf(
  node: Expr,
  constantOf: (name: Name) => ConstantFact | null | undefined,
): number | null {
  const constant = node.kind === "Name" ? constantOf(node) : undefined;
  const value = constant?.isConst === true ? constant.value : foldConstant(node);
  if (value?.type !== "int") return null;
  return value.value > -(2n ** 31n) && value.value < 2n ** 31n ? Number(value.value) : null;
}
