/** Which builder reads which expression of the grammar. Used by `ast-builder.ts` alone. */
import type { Expr } from "../ast.js";
import type { Build } from "../build.js";
import type { CstNode } from "../cst.js";
import { buildAttribute } from "./attribute.js";
import { buildAwait } from "./await.js";
import { buildBinOp } from "./bin-op.js";
import { buildBoolOp } from "./bool-op.js";
import { buildCall } from "./call.js";
import { buildCompare } from "./compare.js";
import { buildDictComp, buildGeneratorExp, buildListComp, buildSetComp } from "./comprehension.js";
import { buildBoolean, buildEllipsis, buildNone, buildNumber, buildString } from "./constant.js";
import { buildDict } from "./dict.js";
import { buildIfExp } from "./if-exp.js";
import { buildLambda } from "./lambda.js";
import { buildList } from "./list.js";
import { buildName } from "./name.js";
import { buildNamedExpr } from "./named-expr.js";
import { buildSet } from "./set.js";
import { buildSubscript } from "./subscript.js";
import { buildParenthesized, buildTuple } from "./tuple.js";
import { buildUnaryOp } from "./unary-op.js";
import { buildYield } from "./yield.js";

/** The expression nodes of the grammar. */
export type ExpressionName =
  | "ArrayComprehensionExpression"
  | "ArrayExpression"
  | "AwaitExpression"
  | "BinaryExpression"
  | "Boolean"
  | "CallExpression"
  | "ComprehensionExpression"
  | "ConditionalExpression"
  | "ContinuedString"
  | "DictionaryComprehensionExpression"
  | "DictionaryExpression"
  | "Ellipsis"
  | "FormatString"
  | "LambdaExpression"
  | "MemberExpression"
  | "NamedExpression"
  | "None"
  | "Number"
  | "ParenthesizedExpression"
  | "SetComprehensionExpression"
  | "SetExpression"
  | "String"
  | "TupleExpression"
  | "UnaryExpression"
  | "VariableName"
  | "YieldExpression";

type ExpressionBuilder = (build: Build, node: CstNode) => Expr;

export const expressionBuilders: { readonly [N in ExpressionName]: ExpressionBuilder } = {
  ArrayComprehensionExpression: buildListComp,
  ArrayExpression: buildList,
  AwaitExpression: buildAwait,
  BinaryExpression: buildBinary,
  Boolean: buildBoolean,
  CallExpression: buildCall,
  ComprehensionExpression: buildGeneratorExp,
  ConditionalExpression: buildIfExp,
  ContinuedString: buildString,
  DictionaryComprehensionExpression: buildDictComp,
  DictionaryExpression: buildDict,
  Ellipsis: buildEllipsis,
  FormatString: buildString,
  LambdaExpression: buildLambda,
  MemberExpression: buildMember,
  NamedExpression: buildNamedExpr,
  None: buildNone,
  Number: buildNumber,
  ParenthesizedExpression: buildParenthesized,
  SetComprehensionExpression: buildSetComp,
  SetExpression: buildSet,
  String: buildString,
  TupleExpression: buildTuple,
  UnaryExpression: buildUnaryOp,
  VariableName: buildName,
  YieldExpression: buildYield,
};

const binaryByOperator: Readonly<Record<string, ExpressionBuilder>> = {
  ArithOp: buildBinOp,
  BitOp: buildBinOp,
  and: buildBoolOp,
  or: buildBoolOp,
};

function buildBinary(build: Build, node: CstNode): Expr {
  const builder = binaryByOperator[node.children[1]?.name ?? ""] ?? buildCompare;
  return builder(build, node);
}

function buildMember(build: Build, node: CstNode): Expr {
  const builder = node.children[1]?.name === "." ? buildAttribute : buildSubscript;
  return builder(build, node);
}
