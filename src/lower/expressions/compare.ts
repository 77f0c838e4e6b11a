/** Lowers comparisons and chains of them. */
import { type Atom, isJust, isWithin, joinAll } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { CmpOperator, Compare, Expr, List, Tuple } from "../../parser/ast.js";
import { mayRunCode } from "../effects.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import {
  certainElement,
  certainType,
  isInt,
  isNativeComparison,
  NATIVE_COMPARISONS,
} from "../native.js";
import { comparesToBoolean } from "../static-type.js";
import { testOf } from "../test.js";
import { isInferred } from "../types.js";
import { isRepeatable } from "./repeatable.js";

type Comparison = (left: Expression, right: Expression) => Expression;

const COMPARISONS: Readonly<Record<CmpOperator, Comparison>> = {
  Eq: (left, right) => js.rtCall("eq", left, right),
  NotEq: (left, right) => js.rtCall("ne", left, right),
  Lt: (left, right) => js.rtCall("lt", left, right),
  LtE: (left, right) => js.rtCall("le", left, right),
  Gt: (left, right) => js.rtCall("gt", left, right),
  GtE: (left, right) => js.rtCall("ge", left, right),
  Is: (left, right) => js.binary(comparable(left, right), "===", knownAsAny(right)),
  IsNot: (left, right) => js.binary(comparable(left, right), "!==", knownAsAny(right)),
  In: (left, right) => js.rtCall("isIn", left, right),
  NotIn: (left, right) => js.unary("!", js.rtCall("isIn", left, right)),
};

/** TypeScript rejects comparing values of different types, as `is` may well do. */
function comparable(left: Expression, right: Expression): Expression {
  const isNone = right.type === "Literal" && right.value === null;
  const isUntyped = left.type === "CallExpression" && !isInferred(left);
  return isNone || isUntyped || (left.type === "Identifier" && right.type === "Identifier")
    ? left
    : js.asAny(left);
}

/** TypeScript also rejects comparing with an object that nothing else can be. */
function knownAsAny(right: Expression): Expression {
  return right.type === "ArrayExpression" ? js.asAny(right) : right;
}

/**
 * ```py
 * a < b; x is None; k in d; 0 <= f() < 10
 * ```
 * ```ts
 * lt(a, b); x === null; isIn(k, d); le(0, (t$ = f())) && lt(t$, 10)
 * ```
 */
export function lowerCompare(node: Compare, frame: Frame): Expression {
  const { ops, comparators } = node;
  let left = lowerExpression(node.left, frame);
  const parts: Expression[] = [];
  let from = node.left;
  const compare = (op: CmpOperator, l: Expression, r: Expression, to: Expr): Expression => {
    const native = nativeComparison(op, [from, l], [to, r], frame);
    from = to;
    return native ?? called(op, l, r, node, frame);
  };
  for (const [i, op] of ops.entries()) {
    const operand = comparators[i] as Expr;
    const lowered = lowerExpression(operand, frame);
    if (i === ops.length - 1) {
      parts.push(compare(op, left, lowered, operand));
    } else if (isRepeatable(operand, frame)) {
      parts.push(compare(op, left, lowered, operand));
      left = lowerExpression(operand, frame);
    } else {
      const name = frame.temp();
      parts.push(compare(op, left, js.assign(js.id(name), lowered), operand));
      left = js.id(name);
    }
  }
  return parts.reduceRight((rest, part, i) => join(part, rest, ops[i] as CmpOperator, frame));
}

/** JavaScript's own comparison, where it does the same. */
function nativeComparison(
  op: CmpOperator,
  [left, l]: readonly [Expr, Expression],
  [right, r]: readonly [Expr, Expression],
  frame: Frame,
): Expression | null {
  const [a, b] = [certainType(left, frame), certainType(right, frame)];
  const operator = NATIVE_COMPARISONS[op];
  if (operator !== undefined && isNativeComparison(op, a, b)) {
    return js.binary(isPointless(op, left, right, frame) ? js.asAny(l) : l, operator, r);
  }
  if ((op === "Is" || op === "IsNot") && isDeclaredAny(left, frame)) {
    return js.binary(l, op === "Is" ? "===" : "!==", knownAsAny(r));
  }
  if (op !== "In" && op !== "NotIn") return null;
  const found = isMember(left, right, frame) ? js.call(js.member(r, "has"), [l]) : null;
  const within =
    isJust(a, "str") && isJust(b, "str") && isSimple(l)
      ? js.call(js.member(r, "includes"), [l])
      : (found ?? amongItems([left, l], [right, r], frame));
  return within === null ? null : op === "In" ? within : js.unary("!", within);
}

/**
 * ```py
 * command in ("on", "off")
 * ```
 * ```ts
 * ["on", "off"].includes(command)
 * ```
 * Strings among strings or what is never equal to one, and ints among ints.
 */
function amongItems(
  [left, l]: readonly [Expr, Expression],
  [right, r]: readonly [Expr, Expression],
  frame: Frame,
): Expression | null {
  const [a, b] = [certainType(left, frame), certainType(right, frame)];
  if (!isJust(b, "list") && !isJust(b, "tuple")) return null;
  const isWritten = isDisplay(right);
  // JavaScript evaluates the items first.
  if (!isWritten && !isSimple(l)) return null;
  const item = isWritten
    ? joinAll(right.elts.map((one) => certainType(one, frame)))
    : certainElement(right, frame);
  const areComparable =
    (isJust(a, "str") && isWithin(item, NEVER_EQUAL)) || (isInt(a) && isInt(item));
  if (!areComparable) return null;
  const items = isWritten ? js.array(right.elts.map((one) => lowerExpression(one, frame))) : r;
  return js.call(js.member(items, "includes"), [l]);
}

/** A tuple or list of literals that stands in the text. */
const isDisplay = (node: Expr): node is Tuple | List =>
  (node.kind === "Tuple" || node.kind === "List") &&
  node.elts.length > 0 &&
  node.elts.every(({ kind }) => kind === "Constant");

/** Strings, and what no string is equal to. */
const NEVER_EQUAL: ReadonlySet<Atom> = new Set<Atom>(["None", "str"]);

/** TypeScript thinks that two constants can never be equal, nor what it takes for constant. */
function isPointless(op: CmpOperator, left: Expr, right: Expr, frame: Frame): boolean {
  if (isLiteral(left, frame) && isLiteral(right, frame)) return true;
  const { narrowed } = frame.module.analysis;
  return (op === "Eq" || op === "NotEq") && (narrowed.has(left) || narrowed.has(right));
}

/** A parameter of which nothing is known: TypeScript compares it with anything. */
function isDeclaredAny(node: Expr, frame: Frame): boolean {
  if (node.kind !== "Name") return false;
  const { nameUses, context, module } = frame.module.analysis;
  const [store] = nameUses.get(node)?.binding?.stores ?? [];
  return store?.kind === "arg" && context.facts.shown.expression(node, module) === null;
}

/** A dict or set is asked for a str or int, which surely has a hash. */
function isMember(left: Expr, right: Expr, frame: Frame): boolean {
  const [a, b] = [certainType(left, frame), certainType(right, frame)];
  const isKey = isJust(a, "str") || isJust(a, "int");
  if (!isKey || mayRunCode(left) || right.kind === "Set" || right.kind === "Dict") return false;
  const held = isJust(b, "dict")
    ? b.cells.get("dict")?.key
    : isJust(b, "set")
      ? b.cells.get("set")?.value
      : undefined;
  // TypeScript takes no other keys than those it knows of.
  return held === null || (held !== undefined && [...a].every((atom) => held.has(atom)));
}

/** Declared with a literal value, which is its type to TypeScript. */
function isLiteral(node: Expr, frame: Frame): boolean {
  if (node.kind === "Constant") return true;
  const use = node.kind === "Name" ? frame.module.analysis.nameUses.get(node) : undefined;
  return use?.binding?.rebound === false && use.binding.constant !== null;
}

/** The operator as a call of the runtime. */
function called(
  op: CmpOperator,
  left: Expression,
  right: Expression,
  node: Compare,
  frame: Frame,
): Expression {
  const result = COMPARISONS[op](left, right);
  const loc = frame.location(node.span);
  for (const part of [result, result.callee, result.argument, result.argument?.callee]) {
    if (part && !part.loc) part.loc = loc;
  }
  return result;
}

const isSimple = (node: Expression): boolean =>
  node.type === "Literal" || node.type === "Identifier" || node.type === "ThisExpression";

/** `a < b < c` is `a < b and b < c`: the first false comparison is the value. */
function join(part: Expression, rest: Expression, op: CmpOperator, frame: Frame): Expression {
  if (comparesToBoolean(op, frame)) return js.logical(part, "&&", rest);
  const name = frame.temp();
  return js.conditional(testOf(js.assign(js.id(name), part)), rest, js.id(name));
}
