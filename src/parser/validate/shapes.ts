/**
 * Checks on the concrete tree: forms that the grammar lets through and MicroPython's grammar does
 * not. One table from the kind of node to its rules; the rules stand in the files beside this one.
 */
import type { CstNode } from "../cst.js";
import type { Report } from "../scan.js";
import { checkArguments } from "./arguments.js";
import {
  checkAwait,
  checkBinary,
  checkComprehension,
  checkDictionary,
  checkMember,
} from "./expressions.js";
import { checkParameters } from "./parameters.js";
import {
  checkAssert,
  checkAssign,
  checkDecorator,
  checkDefinition,
  checkImport,
  checkMatch,
  checkRaise,
  checkScopeNames,
  checkStarredResult,
  checkStatementGroup,
  checkTry,
  checkTypeDefinition,
  checkWith,
} from "./statements.js";

export interface ShapeContext {
  readonly report: Report;
  text(node: { readonly start: number; readonly end: number }): string;
}

export type ShapeRule = (node: CstNode, cx: ShapeContext) => void;

const rules: Readonly<Record<string, ShapeRule>> = {
  ArgList: checkArguments,
  ArrayComprehensionExpression: checkComprehension,
  AssertStatement: checkAssert,
  AssignStatement: checkAssign,
  AwaitExpression: checkAwait,
  BinaryExpression: checkBinary,
  ClassDefinition: checkDefinition,
  ComprehensionExpression: checkComprehension,
  ComprehensionField: checkComprehension,
  Decorator: checkDecorator,
  DictionaryComprehensionExpression: checkComprehension,
  DictionaryExpression: checkDictionary,
  FunctionDefinition: checkDefinition,
  ImportStatement: checkImport,
  MatchStatement: checkMatch,
  MemberExpression: checkMember,
  ParamList: checkParameters,
  RaiseStatement: checkRaise,
  ReturnStatement: checkStarredResult,
  ScopeStatement: checkScopeNames,
  SetComprehensionExpression: checkComprehension,
  StatementGroup: checkStatementGroup,
  TryStatement: checkTry,
  TypeDefinition: checkTypeDefinition,
  WithStatement: checkWith,
  YieldExpression: checkStarredResult,
  YieldStatement: checkStarredResult,
};

export function checkShapes(root: CstNode, cx: ShapeContext): void {
  const stack: CstNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    // What the parser had to repair has been reported; its shape says nothing.
    if (!node.broken || node.name === "MatchStatement") rules[node.name]?.(node, cx);
    if (node.name === "MatchStatement") continue;
    for (const child of node.children) if (child.children.length > 0) stack.push(child);
  }
}
