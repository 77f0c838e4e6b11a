/** Lowers assignments. */
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Assign, Expr } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerStore } from "../target.js";

/**
 * ```py
 * x = 1
 * a = b = f()
 * ```
 * ```ts
 * const x = 1;
 * const t$ = f(); a = t$; b = t$;
 * ```
 */
export function lowerAssign(node: Assign, frame: Frame): Statement[] {
  const value = lowerExpression(node.value, frame);
  const [first] = node.targets as readonly [Expr];
  if (node.targets.length === 1) return lowerStore(first, value, node, frame);
  if (isPlain(value)) {
    return node.targets.flatMap((target) => lowerStore(target, { ...value }, node, frame));
  }
  const name = frame.name("t");
  return [
    js.declare("const", js.id(name), value),
    ...node.targets.flatMap((target) => lowerStore(target, js.id(name), node, frame)),
  ];
}

const isPlain = (value: Expression): boolean => value.type === "Literal";
