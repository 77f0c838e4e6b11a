/** Lowers binary operators to calls of the runtime's operator functions. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { BinOp, Operator } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/** The runtime function of each operator, and of its augmented assignment. */
export const OPERATORS = {
  Add: ["add", "iadd"],
  Sub: ["sub", "isub"],
  Mult: ["mul", "imul"],
  MatMult: ["matmul", "imatmul"],
  Div: ["truediv", "itruediv"],
  Mod: ["mod", "imod"],
  Pow: ["pow", "ipow"],
  LShift: ["lshift", "ilshift"],
  RShift: ["rshift", "irshift"],
  BitOr: ["bitor", "ibitor"],
  BitXor: ["bitxor", "ibitxor"],
  BitAnd: ["bitand", "ibitand"],
  FloorDiv: ["floordiv", "ifloordiv"],
} as const satisfies Record<Operator, readonly [string, string]>;

/**
 * ```py
 * a + b * 2
 * ```
 * ```ts
 * add(a, mul(b, 2))
 * ```
 */
export function lowerBinOp(node: BinOp, frame: Frame): Expression {
  // A sum of many terms nests to the left as deep as it is long: walk down it with a loop.
  const chain: BinOp[] = [node];
  let first = node.left;
  while (first.kind === "BinOp") {
    chain.push(first);
    first = first.left;
  }
  let result = lowerExpression(first, frame);
  for (const { op, right, span } of chain.reverse()) {
    result = js.rtCall(OPERATORS[op][0], result, lowerExpression(right, frame));
    const loc = frame.location(span);
    result.loc = loc;
    result.callee.loc = loc;
  }
  return result;
}
