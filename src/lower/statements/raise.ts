/** Lowers `raise`. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { Raise } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/**
 * ```py
 * raise ValueError("no")
 * raise              # in an `except` block
 * ```
 * ```ts
 * throw raise(new ValueError("no"));
 * throw error$;
 * ```
 */
export function lowerRaise(node: Raise, frame: Frame): Statement[] {
  if (node.exc === null) {
    const caught = frame.handlers.at(-1);
    return [js.throws(caught === undefined ? js.rtCall("reraise") : js.id(caught))];
  }
  const args = [lowerExpression(node.exc, frame)];
  if (node.cause !== null) args.push(lowerExpression(node.cause, frame));
  const raised = js.rtCall("raise", ...args);
  raised.callee.loc = frame.location(node.span);
  return [js.throws(raised)];
}
