/**
 * Builders of statements and module declarations, used by everything in `lower/`.
 */
import type { Expression, Pattern, Statement, TargetNode } from "../tree.js";
import { id } from "./expressions.js";

/** A block that is all there is in another says nothing more. */
export function block(body: readonly Statement[]): Statement {
  const [only, ...others] = body;
  const isNested =
    only?.type === "BlockStatement" && others.length === 0 && !only.leadingComments?.length;
  return isNested ? only : { type: "BlockStatement", body };
}

export const expressionStatement = (expression: TargetNode): Statement => ({
  type: "ExpressionStatement",
  expression,
});

export const declare = (
  kind: "const" | "let",
  target: Pattern,
  init: Expression | null = null,
): Statement => ({
  type: "VariableDeclaration",
  kind,
  declarations: [{ type: "VariableDeclarator", id: target, init }],
});

export const declareAll = (kind: "const" | "let", targets: readonly Pattern[]): Statement => ({
  type: "VariableDeclaration",
  kind,
  declarations: targets.map((target) => ({ type: "VariableDeclarator", id: target, init: null })),
});

export const ifElse = (
  test: Expression,
  yes: readonly Statement[],
  no: Statement | readonly Statement[] | null = null,
): Statement => ({
  type: "IfStatement",
  test,
  consequent: block(yes),
  alternate: no === null ? null : Array.isArray(no) ? block(no) : no,
});

export const whileLoop = (test: Expression, body: readonly Statement[]): Statement => ({
  type: "WhileStatement",
  test,
  body: block(body),
});

export const forOf = (
  kind: "const" | "let" | null,
  target: Pattern,
  iterable: Expression,
  body: readonly Statement[],
): Statement => ({
  type: "ForOfStatement",
  await: false,
  left: kind === null ? target : declare(kind, target),
  right: iterable,
  body: block(body),
});

export const forCount = (
  init: Statement,
  test: Expression,
  step: Expression | null,
  body: readonly Statement[],
): Statement => ({ type: "ForStatement", init, test, update: step, body: block(body) });

export const returns = (argument: Expression | null): Statement => ({
  type: "ReturnStatement",
  argument,
});

export const throws = (argument: Expression): Statement => ({ type: "ThrowStatement", argument });

export const tryCatch = (
  body: readonly Statement[],
  handler: { param: string; body: readonly Statement[] } | null,
  finalizer: readonly Statement[] | null,
): Statement => ({
  type: "TryStatement",
  block: block(body),
  handler:
    handler === null
      ? null
      : { type: "CatchClause", param: id(handler.param), body: block(handler.body) },
  finalizer: finalizer === null ? null : block(finalizer),
});

export const labelled = (label: string, body: Statement): Statement => ({
  type: "LabeledStatement",
  label: id(label),
  body,
});

export const breaks = (label: string | null = null): Statement => ({
  type: "BreakStatement",
  label: label === null ? null : id(label),
});

export const continues = (): Statement => ({ type: "ContinueStatement", label: null });

export const exported = (declaration: TargetNode): Statement => ({
  type: "ExportNamedDeclaration",
  declaration,
  specifiers: [],
  source: null,
  exportKind: "value",
});

export const exportDefault = (declaration: Expression): Statement => ({
  type: "ExportDefaultDeclaration",
  declaration,
});
