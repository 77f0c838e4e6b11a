/** Lowers assignments. */
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { Assign, Expr, Name } from "../../parser/ast.js";
import { constValue } from "../const-call.js";
import { mayRunCode } from "../effects.js";
import { lowerExpression } from "../expression.js";
import { storeName } from "../expressions/name.js";
import type { Frame } from "../frame.js";
import { constant, lowerStore, stores } from "../target.js";
import { expressionType, isSameType, variableType } from "../types.js";

/**
 * ```py
 * x = 1
 * a = self.b = f()
 * self.c = self.d = f()
 * ```
 * ```ts
 * const x = 1;
 * const a = f(); this.b = a;
 * const t$ = f(); this.c = t$; this.d = t$;
 * ```
 */
export function lowerAssign(node: Assign, frame: Frame): Statement[] {
  const value = lowerExpression(constValue(node) ?? node.value, frame);
  const [first] = node.targets as readonly [Expr];
  if (node.targets.length === 1 && !isReordered(first, node.value, frame)) {
    return lowerStore(first, value, node, frame, node.value);
  }
  const store = (target: Expr, value: Expression): Statement[] =>
    lowerStore(target, value, node, frame, node.value);
  if (isPlain(value) || isSteady(node, frame)) {
    return node.targets.flatMap((target) => store(target, { ...value }));
  }
  if (isReadBack(node, frame)) {
    const held = (): Expression => storeName(first as Name, frame);
    return [
      ...store(first, value),
      ...node.targets.slice(1).flatMap((target) => store(target, held())),
    ];
  }
  const name = frame.name("t");
  return [
    js.declare("const", constant(name, node.value, value, frame), value),
    ...node.targets.flatMap((target) => store(target, js.id(name))),
  ];
}

/** A variable of the function that none of the targets is. */
function isSteady({ targets, value }: Assign, frame: Frame): boolean {
  return (
    value.kind === "Name" &&
    isUntouchable(value, frame) &&
    targets.every((target) => !stores(target, value.id))
  );
}

/** What the first target is given can be read from it: nobody else sets it while the others are stored. */
function isReadBack({ targets: [first, ...others], value }: Assign, frame: Frame): boolean {
  if (first?.kind !== "Name" || frame.classValue !== null) return false;
  const use = frame.module.analysis.nameUses.get(first);
  if (!use?.binding || frame.module.snippet !== null) return false;
  const isOwn = use.resolved === "local" && !use.binding.capturedLater;
  if (!isOwn && !others.every(({ kind }) => kind === "Name")) return false;
  // To TypeScript it might be something else as well.
  const type = variableType(use.binding, frame);
  return js.isAny(type) || isSameType(type, expressionType(value, frame));
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
  const isSteady = !use.binding.rebound && !use.mayBeUnbound;
  return isSteady || (use.resolved === "local" && !use.binding.capturedLater);
}

const isPlain = (value: Expression): boolean => value.type === "Literal";
