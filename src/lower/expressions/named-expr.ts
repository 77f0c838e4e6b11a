/** Lowers the walrus. */
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { NamedExpr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { storeName } from "./name.js";

/**
 * ```py
 * while (line := read()):
 * ```
 * ```ts
 * while (truth((line = read()))) {
 * ```
 */
export function lowerNamedExpr(node: NamedExpr, frame: Frame): Expression {
  return js.assign(storeName(node.target, frame), lowerExpression(node.value, frame));
}
