/** Lowers `assert`. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { Assert } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { negated } from "../expressions/unary-op.js";
import type { Frame } from "../frame.js";
import { lowerTest } from "../test.js";

/**
 * ```py
 * assert x > 0, "must be positive"
 * ```
 * ```ts
 * if (!gt(x, 0)) throw new AssertionError("must be positive");
 * ```
 */
export function lowerAssert(node: Assert, frame: Frame): Statement[] {
  const message = node.msg === null ? [] : [lowerExpression(node.msg, frame)];
  const raised = js.construct(js.rt("AssertionError"), message);
  raised.loc = frame.location(node.span);
  return [js.ifElse(negated(lowerTest(node.test, frame)), [js.throws(raised)])];
}
