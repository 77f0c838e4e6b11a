/** What TypeScript asks of the bodies of ES accessors, and Python does not. Called by `class-member.ts`. */
import type { FunctionInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Statement, TargetNode } from "../emit/tree.js";
import { completes } from "./completes.js";
import type { LoweredFunction } from "./function.js";

/**
 * ```py
 * @property
 * def unit(self): pass
 * ```
 * ```ts
 * get unit(): null { return null; }
 * ```
 * A getter gives a value, if it ends at all.
 */
export function getterBody(lowered: LoweredFunction, info: FunctionInfo): LoweredFunction {
  if (info.returnsValue !== "never" || !completes(lowered.body)) return lowered;
  const isVoid = lowered.returns.type === "TSVoidKeyword";
  return {
    ...lowered,
    body: [...lowered.body, js.returns(js.nil())],
    returns: isVoid ? js.keywordType("null") : lowered.returns,
  };
}

/**
 * ```py
 * @level.setter
 * def level(self, value):
 *     return self.write(value)
 * ```
 * ```ts
 * set level(value) { this.write(value); }
 * ```
 * A setter gives none: what Python's returns is lost.
 */
export function setterBody(lowered: LoweredFunction): LoweredFunction {
  const body = lowered.body.flatMap(withoutValue);
  const last = body.at(-1);
  const isNeedless = last?.type === "ReturnStatement" && last.argument === null;
  return { ...lowered, body: isNeedless ? body.slice(0, -1) : body };
}

/** `return f();` as `f(); return;`, wherever it stands. */
function withoutValue(node: Statement): Statement[] {
  if (node.type !== "ReturnStatement") return [changed(node)];
  if (node.argument === null) return [node];
  const end = { ...node, argument: null };
  const { argument: given } = node;
  // `f() ?? null`
  const argument =
    given.type === "LogicalExpression" && given.operator === "??" ? given.left : given;
  if (EFFECTLESS.has(argument.type)) return [end];
  const { leadingComments: _, ...bare } = end;
  return [{ ...node, type: "ExpressionStatement", expression: argument }, bare];
}

const EFFECTLESS: ReadonlySet<string> = new Set(["Identifier", "Literal", "ThisExpression"]);

/** The same with its inner statements changed. */
function changed<N extends TargetNode>(node: N): N {
  if (/Function|Class/.test(node.type)) return node;
  const copy: TargetNode = { ...node };
  for (const [field, value] of Object.entries(node)) {
    if (Array.isArray(value) && field === "body") copy[field] = value.flatMap(withoutValue);
    else if (INNER.has(field) && value !== null && typeof value === "object") {
      copy[field] =
        value.type === "ReturnStatement" ? js.block(withoutValue(value)) : changed(value);
    }
  }
  return copy as N;
}

/** Where statements hold others. */
const INNER: ReadonlySet<string> = new Set([
  ...["alternate", "block", "body", "consequent", "finalizer", "handler"],
]);
