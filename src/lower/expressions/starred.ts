/** Lowers `*x` in displays and calls. */
import * as js from "../../emit/build.js";
import type { Expression, TargetNode } from "../../emit/tree.js";
import type { Expr, Starred } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";

/** `*rest` becomes `...each(rest)`; the parser lets it stand only where elements do. */
export function lowerStarred(node: Starred, frame: Frame): Expression {
  return js.spread(js.rtCall("each", lowerExpression(node.value, frame)));
}

export function lowerElements(elements: readonly Expr[], frame: Frame): TargetNode[] {
  return elements.map((element) => lowerExpression(element, frame));
}
