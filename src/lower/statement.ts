/**
 * Lowers any statement: one row per AST node kind, each in its own file under `statements/`.
 * Called by `module.ts`, `function.ts` and every statement that has a body.
 */
import * as js from "../emit/build.js";
import type { Statement, TargetComment } from "../emit/tree.js";
import type { Stmt } from "../parser/ast.js";
import { blankAbove } from "./blank-lines.js";
import { attachComments, takeComments, takeTrailing } from "./comments.js";
import type { Frame } from "./frame.js";
import { homeless, takeInner } from "./inner-comments.js";
import { lowerAnnAssign } from "./statements/ann-assign.js";
import { lowerAssert } from "./statements/assert.js";
import { lowerAssign } from "./statements/assign.js";
import { lowerAugAssign } from "./statements/aug-assign.js";
import { lowerClassDef } from "./statements/class-def.js";
import { lowerDelete } from "./statements/delete.js";
import { lowerExprStmt } from "./statements/expr.js";
import { lowerAsyncFor, lowerFor } from "./statements/for.js";
import { lowerFunctionDef } from "./statements/function-def.js";
import { lowerGlobal, lowerNonlocal } from "./statements/global.js";
import { lowerIf } from "./statements/if.js";
import { lowerImport, lowerImportFrom } from "./statements/import.js";
import { lowerBreak, lowerContinue, lowerPass } from "./statements/loop-control.js";
import { lowerRaise } from "./statements/raise.js";
import { lowerReturn } from "./statements/return.js";
import { lowerTry } from "./statements/try.js";
import { lowerWhile } from "./statements/while.js";
import { lowerAsyncWith, lowerWith } from "./statements/with.js";

type Lowerings = {
  readonly [K in Stmt["kind"]]: (node: Extract<Stmt, { kind: K }>, frame: Frame) => Statement[];
};

const lowerings: Lowerings = {
  AnnAssign: lowerAnnAssign,
  Assert: lowerAssert,
  Assign: lowerAssign,
  AsyncFor: lowerAsyncFor,
  AsyncFunctionDef: lowerFunctionDef,
  AsyncWith: lowerAsyncWith,
  AugAssign: lowerAugAssign,
  Break: lowerBreak,
  ClassDef: lowerClassDef,
  Continue: lowerContinue,
  Delete: lowerDelete,
  Expr: lowerExprStmt,
  For: lowerFor,
  FunctionDef: lowerFunctionDef,
  Global: lowerGlobal,
  If: lowerIf,
  Import: lowerImport,
  ImportFrom: lowerImportFrom,
  Nonlocal: lowerNonlocal,
  Pass: lowerPass,
  Raise: lowerRaise,
  Return: lowerReturn,
  Try: lowerTry,
  While: lowerWhile,
  With: lowerWith,
};

/** Lowers one statement; it may take several in TypeScript, or none. */
export function lowerStatement(node: Stmt, frame: Frame): Statement[] {
  const leading = takeComments(frame, node.span.start);
  const lower = lowerings[node.kind] as (node: Stmt, frame: Frame) => Statement[];
  const inner = hasBody(node) ? [] : takeInner(frame, node);
  const statements = lower(node, frame);
  leading.push(...homeless(inner, statements));
  const loc = frame.location(node.span);
  const isApart = blankAbove(frame.module.source, node.span.start);
  for (const [i, statement] of statements.entries()) {
    statement.loc ??= loc;
    statement.blankAbove ??= i === 0 && isApart;
  }
  const trailing = takeTrailing(frame, node);
  if (statements.length === 0) {
    return leading.length + trailing.length === 0
      ? []
      : [attachComments({ type: "EmptyStatement" }, [...leading, ...trailing])];
  }
  const first = statements[0] as Statement;
  first.leadingComments = [...leading, ...(first.leadingComments ?? [])];
  const last = statements.at(-1) as Statement;
  if (trailing.length > 0) last.trailingComments = trailing;
  return statements;
}

const hasBody = (node: Stmt): boolean => "body" in node;

/** Lowers the statements of a body. */
export function lowerBlock(body: readonly Stmt[], frame: Frame): Statement[] {
  return settleComments(body.flatMap((node) => lowerStatement(node, frame)));
}

/** Comments of statements that vanished (`pass`, `global`) go to the next one, or stand alone. */
export function settleComments(statements: readonly Statement[]): Statement[] {
  const result: Statement[] = [];
  let waiting: NonNullable<Statement["leadingComments"]> = [];
  for (const statement of statements) {
    if (statement.type === "EmptyStatement") {
      waiting = [...waiting, ...(statement.leadingComments ?? [])];
    } else {
      statement.leadingComments = [...waiting, ...(statement.leadingComments ?? [])];
      waiting = [];
      result.push(statement);
    }
  }
  if (waiting.length > 0) result.push(onlyComments(waiting));
  return result;
}

/** Comments that no statement follows. */
export function onlyComments(comments: readonly TargetComment[]): Statement {
  return attachComments({ ...js.block([]), onlyComments: true }, comments);
}
