/** Lowers the arguments of calls; called by `expressions/call.ts` and what stands beside it. */
import type { CallInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression } from "../emit/tree.js";
import type { Call, Expr, Keyword } from "../parser/ast.js";
import { lowerExpression } from "./expression.js";
import type { Frame } from "./frame.js";

export function lowerArguments(args: readonly Expr[], frame: Frame): Expression[] {
  return args.map((arg) => lowerExpression(arg, frame));
}

/**
 * ```py
 * f(k=1)
 * f(**more)
 * f(k=1, **more)
 * ```
 * ```ts
 * { k: 1 }
 * kwargs(more)
 * joinKwargs({ k: 1 }, kwargs(more))
 * ```
 */
export function lowerKeywords(keywords: readonly Keyword[], frame: Frame): Expression {
  const parts: Expression[] = [];
  let named: [string, Expression][] = [];
  const endNamed = (): void => {
    if (named.length > 0) parts.push(js.object(named));
    named = [];
  };
  for (const { arg, value } of keywords) {
    const lowered = lowerExpression(value, frame);
    if (arg !== null) {
      // One object would forget that a name is given twice.
      if (named.some(([name]) => name === arg)) endNamed();
      named.push([arg, lowered]);
      continue;
    }
    endNamed();
    parts.push(js.rtCall("kwargs", lowered));
  }
  endNamed();
  const [first = js.object([])] = parts;
  return parts.length > 1 ? js.rtCall("joinKwargs", ...parts) : first;
}

/**
 * The arguments in the order of the parameters, for a call whose arguments suit its callee; null
 * where that would evaluate them in another order than Python does.
 */
export function orderedArguments(
  node: Call,
  info: Pick<CallInfo, "order" | "reorders">,
  frame: Frame,
): Expression[] | null {
  if (info.order === null)
    return node.keywords.length === 0 ? lowerArguments(node.args, frame) : null;
  if (info.reorders && !info.order.every((arg) => arg === null || isOrderFree(arg))) return null;
  return info.order.map((arg) => (arg === null ? js.undef() : lowerExpression(arg, frame)));
}

/** Neither has effects nor depends on those of the other arguments. */
export function isOrderFree(node: Expr): boolean {
  switch (node.kind) {
    case "Constant":
    case "Name":
    case "Lambda":
      return true;
    case "UnaryOp":
      return node.operand.kind === "Constant";
    case "List":
    case "Tuple":
      return node.elts.every(isOrderFree);
    case "Attribute":
      return node.value.kind === "Name";
    default:
      return false;
  }
}
