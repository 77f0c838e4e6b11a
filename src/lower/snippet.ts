/**
 * Lowers code that is compiled while the program runs (`exec`, `eval`, `compile`). It becomes one
 * generator function, which whoever runs it may drive; nothing is exported, and its globals are read
 * and set through the parameters `$globals` and `$locals`. Called by `compile-snippet.ts`.
 */
import * as js from "../emit/build.js";
import type { Statement } from "../emit/tree.js";
import type { Module } from "../parser/ast.js";
import { lowerExpression } from "./expression.js";
import { Frame, type ModuleContext } from "./frame.js";
import { lowerBlock } from "./statement.js";

/**
 * ```py
 * total = total + 1
 * ```
 * ```ts
 * return function* () { $locals.total = add($locals.total, 1); };
 * ```
 */
export function lowerSnippet(module: Module, context: ModuleContext): Statement[] {
  const frame = new Frame(context, null, {
    scope: context.analysis.moduleScope,
    suspends: context.analysis.bodyBlocks,
  });
  const statements = lowerBody(module, frame);
  const body = [...frame.declareTemps(), ...statements];
  return [js.returns(js.functionExpression({ name: null, params: [], body, generator: true }))];
}

function lowerBody(module: Module, frame: Frame): Statement[] {
  const [first] = module.body;
  return frame.module.snippet === "eval" && first?.kind === "Expr"
    ? [js.returns(lowerExpression(first.value, frame))]
    : lowerBlock(module.body, frame);
}
