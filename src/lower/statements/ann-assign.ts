/** Lowers annotated assignments; an annotation alone declares nothing at run time. */
import type { Statement } from "../../emit/tree.js";
import type { AnnAssign } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerStore } from "../target.js";

/**
 * ```py
 * count: int = 0
 * ```
 * ```ts
 * let count: number = 0;
 * ```
 */
export function lowerAnnAssign(node: AnnAssign, frame: Frame): Statement[] {
  return node.value === null
    ? []
    : lowerStore(node.target, lowerExpression(node.value, frame), node, frame, node.value);
}
