/** Which builder reads which statement of the grammar. Used by `ast-builder.ts` alone. */
import type { Stmt } from "../ast.js";
import type { Build } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildAnnAssign } from "./ann-assign.js";
import { buildAssert } from "./assert.js";
import { buildAssign } from "./assign.js";
import { buildAugAssign } from "./aug-assign.js";
import { buildClassDef } from "./class-def.js";
import { buildDelete } from "./delete.js";
import { buildExprStatement, buildYieldStatement } from "./expr.js";
import { buildFor } from "./for.js";
import { buildFunctionDef } from "./function-def.js";
import { buildScope } from "./global.js";
import { buildIf } from "./if.js";
import { buildImport } from "./import.js";
import { buildBreak, buildContinue, buildPass } from "./loop-control.js";
import { buildRaise } from "./raise.js";
import { buildReturn } from "./return.js";
import { buildTry } from "./try.js";
import { buildWhile } from "./while.js";
import { buildWith } from "./with.js";

/** The statement nodes of the grammar that MicroPython has. */
export type StatementName =
  | "AssertStatement"
  | "AssignStatement"
  | "BreakStatement"
  | "ClassDefinition"
  | "ContinueStatement"
  | "DecoratedStatement"
  | "DeleteStatement"
  | "ExpressionStatement"
  | "ForStatement"
  | "FunctionDefinition"
  | "IfStatement"
  | "ImportStatement"
  | "PassStatement"
  | "RaiseStatement"
  | "ReturnStatement"
  | "ScopeStatement"
  | "TryStatement"
  | "UpdateStatement"
  | "WhileStatement"
  | "WithStatement"
  | "YieldStatement";

/** `decorators` are those of the `DecoratedStatement` around a definition. */
type StatementBuilder = (build: Build, node: CstNode, decorators: readonly CstNode[]) => Stmt;

export const statementBuilders: { readonly [N in StatementName]: StatementBuilder } = {
  AssertStatement: buildAssert,
  AssignStatement: buildAssignment,
  BreakStatement: buildBreak,
  ClassDefinition: buildClassDef,
  ContinueStatement: buildContinue,
  DecoratedStatement: buildDecorated,
  DeleteStatement: buildDelete,
  ExpressionStatement: buildExprStatement,
  ForStatement: buildFor,
  FunctionDefinition: buildFunctionDef,
  IfStatement: buildIf,
  ImportStatement: buildImport,
  PassStatement: buildPass,
  RaiseStatement: buildRaise,
  ReturnStatement: buildReturn,
  ScopeStatement: buildScope,
  TryStatement: buildTry,
  UpdateStatement: buildAugAssign,
  WhileStatement: buildWhile,
  WithStatement: buildWith,
  YieldStatement: buildYieldStatement,
};

function buildAssignment(build: Build, node: CstNode): Stmt {
  const annotated = node.children.some((child) => child.name === "TypeDef");
  return annotated ? buildAnnAssign(build, node) : buildAssign(build, node);
}

function buildDecorated(build: Build, node: CstNode): Stmt {
  const decorators = node.children.filter((child) => child.name === "Decorator");
  const definition = node.children.find((child) => child.name === "ClassDefinition");
  if (definition !== undefined) return buildClassDef(build, definition, decorators);
  const last = node.children[node.children.length - 1];
  return buildFunctionDef(build, last ?? node, decorators);
}
