/** Lowers binary operators to calls of the runtime's operator functions. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { BinOp, Operator } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { binaryRow, certainType } from "../native.js";
import { lowerPercentFormat } from "./percent-format.js";

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
 * a + b * 2      // where both are ints in a safe range
 * `${str(name)}: ${n}`   // `"%s: %d" % (name, n)`
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
  chain.reverse();
  const [innermost] = chain as [BinOp, ...BinOp[]];
  const text = lowerPercentFormat(innermost, frame);
  let result = text ?? lowerExpression(first, frame);
  for (const node of text === null ? chain : chain.slice(1)) {
    const right = lowerExpression(node.right, frame);
    result =
      nativeBinary(node, result, right, frame) ??
      placed(js.rtCall(OPERATORS[node.op][0], result, right), node, frame);
  }
  return result;
}

/** JavaScript's own operator, where it does the same. */
function nativeBinary(
  node: BinOp,
  left: Expression,
  right: Expression,
  frame: Frame,
): Expression | null {
  const row = binaryRow(
    node.op,
    certainType(node.left, frame),
    certainType(node.right, frame),
    certainType(node, frame),
  );
  if (row === null) return null;
  return typeof row.emit === "string" ? js.binary(left, row.emit, right) : row.emit(left, right);
}

function placed(call: Expression, { span }: BinOp, frame: Frame): Expression {
  call.loc = frame.location(span);
  call.callee.loc = call.loc;
  return call;
}
