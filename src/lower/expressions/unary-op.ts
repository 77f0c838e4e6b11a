/** Lowers `-x`, `+x`, `~x` and `not x`. */
import { INT32, isInside, SAFE } from "../../analyze/types/range.js";
import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { UnaryOp } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType } from "../native.js";
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
    if (operand.value.type === "int") {
      const { value } = operand.value;
      const isSmall = value > 0n && value <= BigInt(Number.MAX_SAFE_INTEGER);
      return isSmall ? js.unary("-", lowerExpression(operand, frame)) : lowerInt(-value);
    }
    if (operand.value.type === "float" && !Number.isInteger(operand.value.value)) {
      return js.literal(-operand.value.value);
    }
  }
  const type = certainType(operand, frame);
  const range = isJust(type, "int") ? type.range : null;
  if (range !== null) {
    // `~` is exact in 32 bits; `-0` would be another value than 0.
    if (node.op === "Invert" && isInside(range, INT32)) {
      return js.unary("~", lowerExpression(operand, frame));
    }
    const isZero = range.low <= 0 && range.high >= 0;
    if (node.op === "USub" && isInside(range, SAFE) && !isZero) {
      return js.unary("-", lowerExpression(operand, frame));
    }
  }
  return js.rtCall(FUNCTIONS[node.op], lowerExpression(operand, frame));
}

const OPPOSITE: Record<string, string> = { "===": "!==", "!==": "===" };

/** `x.length > 0`: a test for contents. */
const isSizeTest = ({ type, operator, left, right }: Expression): boolean =>
  type === "BinaryExpression" &&
  operator === ">" &&
  right.value === 0 &&
  left.type === "MemberExpression" &&
  (left.property.name === "length" || left.property.name === "size");

/** `!test`, or the opposite comparison where there is one. */
export function negated(test: Expression): Expression {
  if (isSizeTest(test)) return js.binary(test.left, "===", js.literal(0));
  const opposite = test.type === "BinaryExpression" ? OPPOSITE[test.operator] : undefined;
  return opposite ? js.binary(test.left, opposite, test.right) : js.unary("!", test);
}
