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
 * In the body of a class C it is `named(C, "line", read())`.
 */
export function lowerNamedExpr(node: NamedExpr, frame: Frame): Expression {
  const binding = frame.module.analysis.nameUses.get(node.target)?.binding;
  if (frame.classValue !== null && binding?.kind === "class") {
    const value = lowerExpression(node.value, frame);
    return js.rtCall("named", frame.classValue(), js.literal(node.target.id), value);
  }
  return js.assign(storeName(node.target, frame), lowerExpression(node.value, frame));
}
