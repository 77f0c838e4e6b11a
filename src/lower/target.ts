/**
 * Lowers what stands left of `=`: names, attributes, subscripts and patterns of them. Called by
 * assignments, `for`, `with`, comprehensions and `except ... as`.
 */
import { propertyName } from "../analyze/js-names.js";
import * as js from "../emit/build.js";
import type { Expression, Pattern, Statement, TypeNode } from "../emit/tree.js";
import type { Attribute, Expr, Name, Stmt } from "../parser/ast.js";
import { declarationAt } from "./declaration.js";
import { lowerExpression } from "./expression.js";
import { receiver } from "./expressions/attribute.js";
import { storeName } from "./expressions/name.js";
import type { Frame } from "./frame.js";
import { certainType, isTupleOf } from "./native.js";
import {
  expressionType,
  isInferred,
  isSameType,
  typedUnlessClear,
  typeNode,
  variableType,
} from "./types.js";
import { attributeWaits, itemWaits } from "./waits.js";

/**
 * Statements that store `value` to `target`.
 * @param at the statement that stores, where its names may be declared
 */
export function lowerStore(
  target: Expr,
  value: Expression,
  at: Stmt | null,
  frame: Frame,
  /** The Python expression whose value it is, if there is one. */
  source: Expr | null = null,
): Statement[] {
  switch (target.kind) {
    case "Name":
      return [storeToName(target, value, at, frame, source)];
    case "Attribute":
    case "Subscript":
      return [js.expressionStatement(storeExpression(target, value, frame))];
    case "Tuple":
    case "List":
      return unpackInto(target.elts, value, at, source, frame);
    default:
      throw new Error(`not a target: ${target.kind}`);
  }
}

/**
 * ```py
 * class Motor: speed = measure()
 * ```
 * ```ts
 * setattr(Motor, "speed", measure());
 * ```
 */
export function storeInClass(name: string, value: Expression, cls: Expression): Statement {
  return js.expressionStatement(js.rtCall("setattr", cls, js.literal(name), value));
}

/**
 * ```py
 * x = 1; x = 2
 * ```
 * ```ts
 * let x: any = 1; x = 2;
 * ```
 */
function storeToName(
  target: Name,
  value: Expression,
  at: Stmt | null,
  frame: Frame,
  source: Expr | null,
): Statement {
  const binding = frame.module.analysis.nameUses.get(target)?.binding;
  if (frame.classValue !== null && binding?.kind === "class") {
    return storeInClass(target.id, value, frame.classValue());
  }
  const kind = declarationAt(binding, at);
  if (binding && kind !== null) {
    const target =
      kind === "const"
        ? constant(binding.jsName, source, value, frame)
        : typedUnlessClear(binding.jsName, variableType(binding, frame), value);
    return js.declare(kind, target, value);
  }
  return js.expressionStatement(js.assign(storeName(target, frame), value));
}

/** TypeScript infers the type of a constant, but not from what the runtime gives. */
export function constant(
  name: string,
  source: Expr | null,
  value: Expression,
  frame: Frame,
): Pattern {
  if (isInferred(value)) return js.id(name);
  const type = source === null ? js.anyType() : expressionType(source, frame);
  return js.typed(name, js.isAny(type) && isUntyped(value) ? null : type);
}

/** What TypeScript takes for `any` too: what the runtime gives, a field of which nothing is known. */
const isUntyped = (value: Expression): boolean =>
  value.type === "CallExpression" ||
  (value.type === "MemberExpression" && value.object.type === "ThisExpression");

/** An expression that stores to an attribute or an item. */
function storeExpression(
  target: Extract<Expr, { kind: "Attribute" | "Subscript" }>,
  value: Expression,
  frame: Frame,
): Expression {
  const object = lowerExpression(target.value, frame);
  const loc = frame.location(target.span);
  if (target.kind === "Subscript") {
    const index = lowerExpression(target.slice, frame);
    return itemWaits(target, frame)
      ? js.yieldAll(placed(js.rtCall("setitemWait", object, index, value), loc))
      : placed(js.rtCall("setitem", object, index, value), loc);
  }
  if (attributeWaits(target, frame)) {
    const name = js.literal(target.attr);
    return js.yieldAll(placed(js.rtCall("setattrWait", object, name, value), loc));
  }
  return frame.module.analysis.attributes.get(target)?.native
    ? js.assign(
        js.member(receiver(object, target.value, target.attr, frame), propertyName(target.attr)),
        hidesMethod(target, object, frame) ? js.asAny(value) : value,
      )
    : placed(js.rtCall("setattr", object, js.literal(target.attr), value), loc);
}

/** `self.draw = None` where the class has a method `draw`: TypeScript wants a function like it. */
function hidesMethod({ attr }: Attribute, object: Expression, frame: Frame): boolean {
  if (object.type !== "ThisExpression" || frame.inClass === null) return false;
  const { hierarchy } = frame.module.analysis.context.facts;
  return hierarchy.family(frame.inClass).some((one) => hierarchy.method(one, attr) !== null);
}

function placed(call: Expression, loc: NonNullable<Expression["loc"]>): Expression {
  call.loc = loc;
  call.callee.loc = loc;
  return call;
}

/**
 * ```py
 * a, (b, *c) = f()
 * a, b = b, a
 * ```
 * ```ts
 * const [a, t$] = unpack(f(), 2); const [b, c] = unpackStar(t$, 1, 0);
 * [a, b] = [b, a];
 * ```
 */
function unpackInto(
  elements: readonly Expr[],
  value: Expression,
  at: Stmt | null,
  node: Expr | null,
  frame: Frame,
): Statement[] {
  // Of `_, _, x` the last one stays: JavaScript declares a name once.
  const source = unpacked(elements, value, node, frame);
  const apart = declaredApart(elements, source, at, node, frame);
  if (apart !== null) return apart;
  const stored = elements.flatMap((element, i) =>
    isStoredAgain(element, elements.slice(i + 1)) ? [null] : [part(element, at, frame)],
  );
  const parts = stored.filter((each) => each !== null);
  const targets = stored.map((each) => each?.target ?? null);
  const after = parts.flatMap(({ after }) => after);
  const [kind, ...otherKinds] = new Set(parts.map(({ kind }) => kind));
  if (kind && otherKinds.length === 0) {
    const types = kind === "let" && node !== null ? widerTypes(stored, node, frame) : null;
    return [js.declare(kind, js.arrayPattern(targets, types), source), ...after];
  }
  // Some are declared here and others not: declare what is new, then assign to all.
  const fresh = parts.filter(({ kind }) => kind !== null);
  return [
    ...(fresh.length === 0
      ? []
      : [
          js.declareAll(
            "let",
            fresh.map(({ target, type }) => js.typed(target.name, type)),
          ),
        ]),
    js.expressionStatement(js.assign(js.arrayPattern(targets), source)),
    ...after,
  ];
}

/** `[number | null, string]`, where TypeScript would take the variables for what they are given first. */
function widerTypes(
  parts: readonly (PatternPart | null)[],
  node: Expr,
  frame: Frame,
): TypeNode | null {
  const given = certainType(node, frame)?.tuple?.each ?? null;
  const types = parts.flatMap((each) => (each === null ? [] : [each.type]));
  if (given === null || types.length < parts.length) return null;
  const isClear = given.every((type, i) => isSameType(typeNode(type, frame), types[i] ?? null));
  return isClear ? null : js.tupleType(types);
}

/**
 * ```py
 * low, high = 0, len(xs)
 * ```
 * ```ts
 * let low = 0, high = len(xs);
 * ```
 * Null where a name is not declared by the statement: the values come before any of the names change.
 */
function declaredApart(
  elements: readonly Expr[],
  source: Expression,
  at: Stmt | null,
  node: Expr | null,
  frame: Frame,
): Statement[] | null {
  const values = node?.kind === "Tuple" || node?.kind === "List" ? node.elts : null;
  if (source.type !== "ArrayExpression" || values?.length !== elements.length) return null;
  const names = elements.filter((element) => element.kind === "Name");
  if (names.length < elements.length || new Set(names.map(({ id }) => id)).size < names.length) {
    return null;
  }
  const stores: Statement[] = [];
  for (const [i, name] of names.entries()) {
    const store = storeToName(name, source.elements[i], at, frame, values[i] ?? null);
    if (store.type !== "VariableDeclaration") return null;
    const last = stores.at(-1);
    if (last?.kind === store.kind) last?.declarations.push(...store.declarations);
    else stores.push(store);
  }
  return stores;
}

/**
 * `[i, t$]` for `i, (a, b)`, with what takes `t$` apart, where the statement declares all the names;
 * else null.
 */
export function declaredPattern(
  elements: readonly Expr[],
  at: Stmt,
  frame: Frame,
): { readonly pattern: Pattern; readonly after: readonly Statement[] } | null {
  const areNames = elements.every(
    ({ kind }) => kind === "Name" || kind === "Tuple" || kind === "List",
  );
  if (!areNames) return null;
  const parts = elements.map((element, i) =>
    isStoredAgain(element, elements.slice(i + 1)) ? null : part(element, at, frame),
  );
  if (parts.some((each) => each !== null && each.kind !== "const")) return null;
  return {
    pattern: js.arrayPattern(parts.map((each) => each?.target ?? null)),
    after: parts.flatMap((each) => each?.after ?? []),
  };
}

function isStoredAgain(element: Expr, later: readonly Expr[]): boolean {
  const inner = element.kind === "Starred" ? element.value : element;
  return inner.kind === "Name" && later.some((each) => stores(each, inner.id));
}

/** Whether a target stores to a name. */
export function stores(target: Expr, name: string): boolean {
  if (target.kind === "Name") return target.id === name;
  if (target.kind === "Starred") return stores(target.value, name);
  return (
    (target.kind === "Tuple" || target.kind === "List") &&
    target.elts.some((element) => stores(element, name))
  );
}

/** One element of a pattern: what receives the value, how it is declared, what stores it on. */
interface PatternPart {
  readonly target: Pattern;
  readonly kind: "const" | "let" | null;
  /** Of the variable. */
  readonly type: TypeNode;
  readonly after: readonly Statement[];
}

function part(element: Expr, at: Stmt | null, frame: Frame): PatternPart {
  const inner = element.kind === "Starred" ? element.value : element;
  if (inner.kind === "Name" && frame.classValue === null) {
    const binding = frame.module.analysis.nameUses.get(inner)?.binding;
    return {
      target: storeName(inner, frame),
      kind: declarationAt(binding, at),
      type: binding ? variableType(binding, frame) : js.anyType(),
      after: [],
    };
  }
  if (inner.kind === "Attribute" && frame.module.analysis.attributes.get(inner)?.native) {
    const object = receiver(lowerExpression(inner.value, frame), inner.value, inner.attr, frame);
    const target = js.member(object, propertyName(inner.attr));
    return { target, kind: null, type: js.anyType(), after: [] };
  }
  const name = frame.name("t");
  const after = lowerStore(inner, js.id(name), at, frame);
  return { target: js.id(name), kind: "const", type: js.anyType(), after };
}

/** The array that holds exactly the values to store. */
function unpacked(
  elements: readonly Expr[],
  value: Expression,
  source: Expr | null,
  frame: Frame,
): Expression {
  const star = elements.findIndex((element) => element.kind === "Starred");
  if (star >= 0) {
    return js.rtCall("unpackStar", value, js.literal(star), js.literal(elements.length - star - 1));
  }
  // A tuple display of the right length needs no check.
  if (
    value.type === "CallExpression" &&
    value.callee.imported?.name === "tup" &&
    value.arguments.length === elements.length &&
    value.arguments.every((argument: Expression) => argument.type !== "SpreadElement")
  ) {
    return js.array(value.arguments);
  }
  if (source !== null && isTupleOf(certainType(source, frame), elements.length)) return value;
  return js.rtCall("unpack", value, js.literal(elements.length));
}
