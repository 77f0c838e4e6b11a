/** Lowers expression statements. */
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Expr, ExprStmt } from "../../parser/ast.js";
import { locate, lowerExpression } from "../expression.js";
import { delegate } from "../expressions/await.js";
import { lowerCallOnly } from "../expressions/call.js";
import { yieldOnly } from "../expressions/yield.js";
import type { Frame } from "../frame.js";
import { entry } from "../variable.js";

/**
 * ```py
 * led.on()
 * await done.wait()
 * ```
 * ```ts
 * invoke(led, "on");
 * yield* awaiting(invoke(done, "wait"));
 * ```
 * A literal alone does nothing and is left out. What stands alone in a snippet of mode "single" is
 * printed.
 */
export function lowerExprStmt(node: ExprStmt, frame: Frame): Statement[] {
  if (frame.module.snippet === "single" && frame.scope.kind === "module") {
    const shown = js.rtCall(
      "call",
      entry("__repl_print__", frame),
      lowerExpression(node.value, frame),
    );
    return [js.expressionStatement(shown)];
  }
  if (node.value.kind === "Constant") return [];
  return [js.expressionStatement(locate(discarded(node.value, frame), node.value, frame))];
}

/** Lowers an expression whose value nobody reads: no `undefined` needs to become None. */
function discarded(node: Expr, frame: Frame): Expression {
  switch (node.kind) {
    case "Await":
    case "YieldFrom":
      return js.yieldAll(delegate(node.value, frame));
    case "Yield":
      return yieldOnly(node, frame);
    case "Call":
      return lowerCallOnly(node, frame, false);
    default:
      return lowerExpression(node, frame);
  }
}
