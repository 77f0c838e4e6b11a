/**
 * Lowers parameter lists to the runtime's convention: JavaScript parameters in Python's order, a
 * native rest parameter for a `*args` that stands last, `**kwargs` as one dict. Called for `def`,
 * methods and `lambda`.
 */
import type { FunctionInfo } from "../analyze/analysis.js";
import * as js from "../emit/build.js";
import type { Expression, Pattern, Statement } from "../emit/tree.js";
import type { Arg, Expr } from "../parser/ast.js";
import { lowerExpression } from "./expression.js";
import type { Frame } from "./frame.js";
import { parameterType, typedUnlessClear } from "./types.js";

export interface LoweredParameters {
  readonly params: readonly Pattern[];
  /** First statements of the body. */
  readonly prologue: readonly Statement[];
  /**
   * Defaults that must be evaluated once, where the def stands: the name that keeps each, and the
   * expression. Literals are written in place instead.
   */
  readonly kept: readonly { readonly name: string; readonly value: Expression }[];
}

/**
 * ```py
 * def f(a, b=1, *args, c=[], **kw):
 * ```
 * ```ts
 * let f$c = [];
 * function f(a, b = 1, args, c = f$c, kw) {
 * ```
 * @param outer the frame in which the defaults are evaluated
 * @param place method: the first parameter is `this`; optional: so to TypeScript
 */
export function lowerParameters(
  info: FunctionInfo,
  outer: Frame,
  place: { readonly method: boolean; readonly optional?: boolean },
): LoweredParameters {
  const { args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = info.node.args;
  const params: Pattern[] = [];
  const prologue: Statement[] = [];
  const kept: { name: string; value: Expression }[] = [];

  const name = (arg: Arg) => outer.module.analysis.bindingOf.get(arg)?.jsName ?? arg.arg;
  const required = (target: Pattern): Pattern =>
    place.optional ? { ...target, optional: true } : target;
  const withDefault = (arg: Arg, value: Expr | null) => {
    const type = place.optional ? js.anyType() : parameterType(info, arg, outer);
    const target = js.typed(name(arg), type);
    if (value === null) return required(target);
    if (isLiteral(value)) {
      const literal = lowerExpression(value, outer);
      return js.defaulted(typedUnlessClear(name(arg), type, literal), literal);
    }
    const keeper = `${outer.name(functionName(info))}${arg.arg}`;
    kept.push({ name: keeper, value: lowerExpression(value, outer) });
    return js.defaulted(target, js.id(keeper));
  };

  const firstDefault = args.length - defaults.length;
  for (const [i, arg] of args.entries()) {
    if (i === 0 && place.method) continue;
    params.push(withDefault(arg, i < firstDefault ? null : (defaults[i - firstDefault] as Expr)));
  }
  const restIsLast = kwonlyargs.length === 0 && kwarg === null;
  if (vararg) {
    if (restIsLast) {
      params.push(js.rest(name(vararg), js.arrayType(js.anyType())));
      prologue.push(js.expressionStatement(js.rtCall("star", js.id(name(vararg)))));
    } else {
      params.push(required(js.typed(name(vararg), js.anyType())));
    }
  }
  for (const [i, arg] of kwonlyargs.entries())
    params.push(withDefault(arg, kw_defaults[i] ?? null));
  if (kwarg) params.push(required(js.typed(name(kwarg), js.anyType())));
  return { params, prologue, kept };
}

export const functionName = (info: FunctionInfo): string =>
  info.node.kind === "Lambda" ? "lambda" : info.node.name;

/** Immutable and without effects: may be evaluated anew at every call. */
export function isLiteral(node: Expr): boolean {
  if (node.kind === "Constant") return true;
  if (node.kind === "UnaryOp" && node.op === "USub") return isLiteral(node.operand);
  return node.kind === "Tuple" && node.elts.length === 0;
}
