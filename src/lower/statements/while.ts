/** Lowers `while` with its `else`. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { While } from "../../parser/ast.js";
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
 */
export function lowerWhile(node: While, frame: Frame): Statement[] {
  return lowerLoop(node, frame, (body) => [js.whileLoop(lowerTest(node.test, frame), body())]);
}
