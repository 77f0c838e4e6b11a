/** Lowers dict displays. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Dict, Expr } from "../../parser/ast.js";
import { mayRunCode } from "../effects.js";
import { beside, lowerExpression } from "../expression.js";
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
      : beside(key, frame, () => lowerPair(key, value, frame));
  });
  return js.rtCall("dict", js.array(pairs));
}

/** `[key, value]`. MicroPython evaluates the value first. */
export function lowerPair(key: Expr, value: Expr, frame: Frame): Expression {
  if (!mayRunCode(key) || !mayRunCode(value)) {
    return js.array([lowerExpression(key, frame), lowerExpression(value, frame)]);
  }
  const name = frame.temp();
  return js.sequence(
    js.assign(js.id(name), lowerExpression(value, frame)),
    js.array([lowerExpression(key, frame), js.id(name)]),
  );
}
