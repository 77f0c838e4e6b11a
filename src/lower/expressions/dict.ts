/** Lowers dict displays. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Dict, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/**
 * ```py
 * {"a": 1, **other}
 * ```
 * ```ts
 * dict([["a", 1], ...items(other)])
 * ```
 */
export function lowerDict(node: Dict, frame: Frame): Expression {
  if (node.values.length === 0) return js.rtCall("dict");
  const pairs = node.values.map((value, i) => {
    const key = node.keys[i] as Expr | null;
    return key === null
      ? js.spread(js.rtCall("pairs", lowerExpression(value, frame)))
      : js.array([lowerExpression(key, frame), lowerExpression(value, frame)]);
  });
  return js.rtCall("dict", js.array(pairs));
}
