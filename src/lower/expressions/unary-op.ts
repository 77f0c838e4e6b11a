/** Lowers `-x`, `+x`, `~x` and `not x`. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { UnaryOp } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerTest } from "../test.js";
import { lowerInt } from "./constant.js";

const FUNCTIONS = { Invert: "invert", UAdd: "pos", USub: "neg" } as const;

/**
 * ```py
 * -x; not x; -1
 * ```
 * ```ts
 * neg(x); !truth(x); -1
 * ```
 */
export function lowerUnaryOp(node: UnaryOp, frame: Frame): Expression {
  if (node.op === "Not") return negated(lowerTest(node.operand, frame));
  const { operand } = node;
  if (node.op === "USub" && operand.kind === "Constant") {
    if (operand.value.type === "int") return lowerInt(-operand.value.value);
    if (operand.value.type === "float" && !Number.isInteger(operand.value.value)) {
      return js.literal(-operand.value.value);
    }
  }
  return js.rtCall(FUNCTIONS[node.op], lowerExpression(operand, frame));
}

const OPPOSITE: Record<string, string> = { "===": "!==", "!==": "===" };

/** `!test`, or the opposite comparison where there is one. */
export function negated(test: Expression): Expression {
  const opposite = test.type === "BinaryExpression" ? OPPOSITE[test.operator] : undefined;
  return opposite ? js.binary(test.left, opposite, test.right) : js.unary("!", test);
}
