/** Lowers `if`, `elif`, `else`. */
import * as js from "../../emit/build.js";
import type { Statement } from "../../emit/tree.js";
import type { If } from "../../parser/ast.js";
import type { Frame } from "../frame.js";
import { lowerBlock, lowerStatement } from "../statement.js";
import { lowerTest } from "../test.js";

/**
 * ```py
 * if a: f()
 * elif b: g()
 * else: h()
 * ```
 * ```ts
 * if (truth(a)) { f(); } else if (truth(b)) { g(); } else { h(); }
 * ```
 */
export function lowerIf(node: If, frame: Frame): Statement[] {
  const test = lowerTest(node.test, frame);
  const yes = lowerBlock(node.body, frame);
  return [js.ifElse(test, yes, lowerElse(node, frame))];
}

function lowerElse(node: If, frame: Frame): Statement | Statement[] | null {
  const [first] = node.orelse;
  if (first === undefined) return null;
  if (node.orelse.length === 1 && first.kind === "If") {
    const [nested, ...more] = lowerStatement(first, frame);
    if (nested?.type === "IfStatement" && more.length === 0 && !nested.leadingComments?.length) {
      return nested;
    }
    return [...(nested ? [nested] : []), ...more];
  }
  return lowerBlock(node.orelse, frame);
}
