/** Lowers `while` with its `else`. */
import { isRestless } from "../../analyze/restless.js";
import { children } from "../../analyze/walk.js";
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { AnyNode, While } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerTest } from "../test.js";
import { lowerLoop } from "./loop-control.js";

/**
 * ```py
 * while x: ...
 * ```
 * ```ts
 * while (truth(x)) { ... }
 * ```
 *
 * A loop that would keep everything else from happening lets it:
 * ```py
 * while not flag: pass
 * ```
 * ```ts
 * while (!flag) { if (turnIsDue()) yield* takeTurn(); }
 * ```
 */
export function lowerWhile(node: While, frame: Frame): Statement[] {
  const turn =
    frame.suspends && isRestless(node) && !waitsEachRound(node, frame) ? [takeTurn()] : [];
  return lowerLoop(node, frame, (body) => [
    js.whileLoop(lowerTest(node.test, frame), [...turn, ...body()]),
  ]);
}

function takeTurn(): Statement {
  return js.ifElse(js.rtCall("turnIsDue"), [
    js.expressionStatement(js.yieldAll(js.rtCall("takeTurn"))),
  ]);
}

/** Whether a statement that every round executes suspends. */
function waitsEachRound({ body }: While, frame: Frame): boolean {
  const { calls } = frame.module.analysis;
  const suspends = (node: AnyNode): boolean => {
    switch (node.kind) {
      case "Await":
      case "Yield":
      case "YieldFrom":
      case "AsyncFor":
      case "AsyncWith":
        return true;
      case "Call":
        if ((calls.get(node)?.mayBlock ?? "no") !== "no") return true;
        break;
      case "If":
      case "While":
        return suspends(node.test);
      case "For":
        return suspends(node.iter);
      case "Try":
        return node.body.some(suspends);
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "Lambda":
        return false;
    }
    return children(node).some((child) => child !== null && suspends(child));
  };
  return body.some(suspends);
}
