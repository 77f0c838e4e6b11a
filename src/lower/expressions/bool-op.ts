/** Lowers `and` and `or` where their value counts; `test.ts` lowers them as conditions. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { BoolOp, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType, isTruthyAlike } from "../native.js";
import { isBoolean } from "../static-type.js";
import { lowerTest, testOf } from "../test.js";
import { mayBeNone } from "./attribute.js";
import { isRepeatable } from "./repeatable.js";

/**
 * ```py
 * name or "unnamed"
 * f() and g()
 * ```
 * ```ts
 * truth(name) ? name : "unnamed"
 * truth((t$ = f())) ? g() : t$
 * ```
 */
export function lowerBoolOp(node: BoolOp, frame: Frame): Expression {
  if (node.values.every((value) => isBoolean(value, frame))) return lowerTest(node, frame);
  return lowerChain(node.op, node.values, frame);
}

function lowerChain(op: BoolOp["op"], values: readonly Expr[], frame: Frame): Expression {
  const [first, ...rest] = values as [Expr, ...Expr[]];
  if (rest.length === 0) return lowerExpression(first, frame);
  const lowered = lowerExpression(first, frame);
  const others = lowerChain(op, rest, frame);
  const type = certainType(first, frame);
  if (isBoolean(first, frame) || (!isFixed(first) && isTruthyAlike(type, frame))) {
    return js.logical(lowered, op === "And" ? "&&" : "||", others);
  }
  const [test, value] = isRepeatable(first, frame)
    ? [lowered, lowerExpression(first, frame)]
    : ((name) => [js.assign(js.id(name), lowered), js.id(name)] as const)(frame.temp());
  const condition = testOf(test);
  return op === "And"
    ? js.conditional(condition, others, value)
    : js.conditional(condition, mayBeNone(first, frame) ? js.nonNull(value) : value, others);
}

/** TypeScript has no sense for what is always true. */
const isFixed = (node: Expr): boolean =>
  node.kind === "Constant" || (node.kind === "BoolOp" && node.values.some(isFixed));
