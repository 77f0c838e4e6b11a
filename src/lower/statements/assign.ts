/** Lowers assignments. */
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Assign, Expr } from "../../parser/ast.js";
import { constValue } from "../const-call.js";
import { mayRunCode } from "../effects.js";
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
  const value = lowerExpression(constValue(node) ?? node.value, frame);
  const [first] = node.targets as readonly [Expr];
  if (node.targets.length === 1 && !isReordered(first, node.value, frame)) {
    return lowerStore(first, value, node, frame, node.value);
  }
  if (isPlain(value)) {
    return node.targets.flatMap((target) =>
      lowerStore(target, { ...value }, node, frame, node.value),
    );
  }
  const name = frame.name("t");
  return [
    js.declare("const", js.id(name), value),
    ...node.targets.flatMap((target) => lowerStore(target, js.id(name), node, frame, node.value)),
  ];
}

/**
 * Python evaluates the value before the object and key it is stored to; as arguments of `setitem`
 * they would come first, which shows where either calls something that the other could notice.
 */
function isReordered(target: Expr, value: Expr, frame: Frame): boolean {
  const parts =
    target.kind === "Subscript"
      ? [target.value, target.slice]
      : target.kind === "Attribute"
        ? [target.value]
        : [];
  if (mayRunCode(value) && !parts.every((part) => isUntouchable(part, frame))) return true;
  return parts.some(mayRunCode) && !isUntouchable(value, frame);
}

/** No call can change what it is: a constant, `self`, or a variable that only this function sets. */
function isUntouchable(node: Expr, frame: Frame): boolean {
  if (node.kind === "Constant") return true;
  const use = node.kind === "Name" ? frame.module.analysis.nameUses.get(node) : undefined;
  if (use?.binding === undefined || use.binding === null) return false;
  return use.resolved === "local"
    ? !use.binding.capturedLater
    : !use.binding.rebound && !use.mayBeUnbound;
}

const isPlain = (value: Expression): boolean => value.type === "Literal";
