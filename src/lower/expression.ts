/**
 * Lowers any expression: one row per AST node kind, each in its own file under `expressions/`.
 * Called by every statement and expression lowering.
 */

import type { Expression } from "../emit/tree.js";
import type { Expr } from "../parser/ast.js";
import { lowerAttribute } from "./expressions/attribute.js";
import { lowerAwait } from "./expressions/await.js";
import { lowerBinOp } from "./expressions/bin-op.js";
import { lowerBoolOp } from "./expressions/bool-op.js";
import { lowerCall } from "./expressions/call.js";
import { lowerCompare } from "./expressions/compare.js";
import {
  lowerDictComp,
  lowerGeneratorExp,
  lowerListComp,
  lowerSetComp,
} from "./expressions/comprehension.js";
import { lowerConstant } from "./expressions/constant.js";
import { lowerDict } from "./expressions/dict.js";
import { lowerIfExp } from "./expressions/if-exp.js";
import { lowerFormattedValue, lowerJoinedStr } from "./expressions/joined-str.js";
import { lowerLambda } from "./expressions/lambda.js";
import { lowerList } from "./expressions/list.js";
import { lowerName } from "./expressions/name.js";
import { lowerNamedExpr } from "./expressions/named-expr.js";
import { lowerSet } from "./expressions/set.js";
import { lowerStarred } from "./expressions/starred.js";
import { lowerSlice, lowerSubscript } from "./expressions/subscript.js";
import { lowerTuple } from "./expressions/tuple.js";
import { lowerUnaryOp } from "./expressions/unary-op.js";
import { lowerYield, lowerYieldFrom } from "./expressions/yield.js";
import type { Frame } from "./frame.js";

type Lowerings = {
  readonly [K in Expr["kind"]]: (node: Extract<Expr, { kind: K }>, frame: Frame) => Expression;
};

const lowerings: Lowerings = {
  Attribute: lowerAttribute,
  Await: lowerAwait,
  BinOp: lowerBinOp,
  BoolOp: lowerBoolOp,
  Call: lowerCall,
  Compare: lowerCompare,
  Constant: lowerConstant,
  Dict: lowerDict,
  DictComp: lowerDictComp,
  FormattedValue: lowerFormattedValue,
  GeneratorExp: lowerGeneratorExp,
  IfExp: lowerIfExp,
  JoinedStr: lowerJoinedStr,
  Lambda: lowerLambda,
  List: lowerList,
  ListComp: lowerListComp,
  Name: lowerName,
  NamedExpr: lowerNamedExpr,
  Set: lowerSet,
  SetComp: lowerSetComp,
  Slice: lowerSlice,
  Starred: lowerStarred,
  Subscript: lowerSubscript,
  Tuple: lowerTuple,
  UnaryOp: lowerUnaryOp,
  Yield: lowerYield,
  YieldFrom: lowerYieldFrom,
};

/** Lowers `node` to an expression with the node's place in the source. */
export function lowerExpression(node: Expr, frame: Frame): Expression {
  const lower = lowerings[node.kind] as (node: Expr, frame: Frame) => Expression;
  return locate(
    beside(node, frame, () => lower(node, frame)),
    node,
    frame,
  );
}

/** Attaches the comments that stand beside an item to what it became. */
export function beside(item: Expr, frame: Frame, lower: () => Expression): Expression {
  const comments = frame.module.besides.get(item);
  if (comments === undefined) return lower();
  frame.module.besides.delete(item);
  return { ...lower(), beside: comments };
}

/** Gives a target node, and the callee a stack trace names, the place of a Python node. */
export function locate<N extends Expression>(
  target: N,
  node: { readonly span: { readonly start: number; readonly end: number } },
  frame: Frame,
): N {
  const loc = frame.location(node.span);
  let inner: Expression | undefined = target;
  while (inner && !inner.loc) {
    inner.loc = loc;
    inner =
      inner.type === "CallExpression" || inner.type === "NewExpression"
        ? inner.callee
        : inner.type === "YieldExpression" || inner.type === "UnaryExpression"
          ? (inner.argument ?? undefined)
          : undefined;
  }
  return target;
}
