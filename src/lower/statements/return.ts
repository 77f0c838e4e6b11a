/** Lowers `return`. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { Return } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/**
 * ```py
 * return x
 * return
 * ```
 * ```ts
 * return x;
 * return null;   // `return;` in a function that never returns a value
 * ```
 */
export function lowerReturn(node: Return, frame: Frame): Statement[] {
  if (node.value !== null) return [js.returns(lowerExpression(node.value, frame))];
  return [js.returns(frame.info?.returnsValue === "never" ? null : js.nil())];
}
