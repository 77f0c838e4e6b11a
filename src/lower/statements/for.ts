/** Lowers `for` and `async for`. */

import type { Binding } from "../../analyze/analysis.js";
import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AsyncFor, Call, Expr, For, Tuple } from "../../parser/ast.js";
import { declarationAt } from "../declaration.js";
import { lowerExpression } from "../expression.js";
import { storeName } from "../expressions/name.js";
import type { Frame } from "../frame.js";
import { certainType, isNativeIterable, isTupleOf } from "../native.js";
import { staticType } from "../static-type.js";
import { declaredPattern, lowerStore } from "../target.js";
import { isSameType, typeNode, variableType } from "../types.js";
import { itemsWait, waitingLoop } from "../waits.js";
import { lowerLoop } from "./loop-control.js";

/**
 * ```py
 * for x in xs: ...
 * for i, x in enumerate(xs): ...
 * for k, v in pairs: ...
 * for v in d.values(): ...
 * for i in range(n): ...
 * ```
 * ```ts
 * for (const x of each(xs)) { ... }
 * for (const [i, x] of enumerate(xs)) { ... }
 * for (const [k, v] of unpackEach(pairs, 2)) { ... }
 * for (const v of d.values()) { ... }
 * for (let i = 0, end$ = index(n); i < end$; i++) { ... }
 * ```
 */
export function lowerFor(node: For, frame: Frame): Statement[] {
  return lowerLoop(
    node,
    frame,
    (body) => lowerCounted(node, frame, body) ?? [lowerEach(node, frame, body)],
  );
}

function lowerEach(node: For, frame: Frame, body: () => Statement[]): Statement {
  const { target } = node;
  if (itemsWait(node.iter, frame)) {
    return waitingLoop(lowerExpression(node.iter, frame), frame, (item) => [
      ...lowerStore(target, item, node, frame),
      ...body(),
    ]);
  }
  const declared =
    target.kind === "Tuple" || target.kind === "List"
      ? declaredPattern(target.elts, node, frame)
      : null;
  if (declared !== null) {
    const unpacked = lowerUnpacked(node.iter, target, frame);
    return js.forOf("const", declared.pattern, unpacked, [...declared.after, ...body()]);
  }
  const iterable = lowerIterable(node.iter, frame, isUnpacked(node.iter, target, frame));
  if (target.kind === "Name") {
    const binding = frame.module.analysis.nameUses.get(target)?.binding;
    const kind = declarationAt(binding, node);
    if (binding && kind !== null) {
      const items = kind === "let" ? widened(iterable, node.iter, binding, frame) : iterable;
      return js.forOf(kind, js.id(binding.jsName), items, body());
    }
    if (frame.classValue === null)
      return js.forOf(null, storeName(target, frame), iterable, body());
  }
  const item = frame.name("item");
  const stores = lowerStore(target, js.id(item), node, frame);
  return js.forOf("const", js.id(item), iterable, [...stores, ...body()]);
}

/**
 * ```py
 * for x in (1, 2): x = str(x)
 * ```
 * ```ts
 * for (let x of tup(1, 2) as any) { x = str(x); }
 * ```
 * TypeScript takes the variable for what it is given first, and lets nobody say otherwise.
 */
function widened(iterable: Expression, iter: Expr, binding: Binding, frame: Frame): Expression {
  if (iterable.callee?.imported?.name === "each") return iterable;
  const { context, module } = frame.module.analysis;
  const item = typeNode(context.facts.shown.element(iter, module), frame);
  const isClear = !js.isAny(item) || !isBuiltinIterator(iterable);
  return isClear && isSameType(item, variableType(binding, frame)) ? iterable : js.asAny(iterable);
}

/**
 * What `for ... of` takes: the value itself where it certainly is a list, a tuple or a string, the
 * iterator of a dict itself for its views. `areUnpacked`: the items are arrays, if they need not be tuples.
 */
function lowerIterable(node: Expr, frame: Frame, areUnpacked = false): Expression {
  const view = lowerDictView(node, frame, areUnpacked);
  if (view !== null) return view;
  const value = lowerExpression(node, frame);
  if (isNativeIterable(node, frame) || isBuiltinIterator(value)) return value;
  const iterable = js.rtCall("each", value);
  iterable.callee.loc = frame.location(node.span);
  return iterable;
}

const DICT_VIEWS: Readonly<Record<string, string>> = {
  items: "entries",
  keys: "keys",
  values: "values",
};

/**
 * ```py
 * for name, pin in pins.items(): ...
 * ```
 * ```ts
 * for (const [name, pin] of pins.entries()) { ... }
 * ```
 */
function lowerDictView(node: Expr, frame: Frame, areUnpacked: boolean): Expression | null {
  if (node.kind !== "Call" || node.func.kind !== "Attribute") return null;
  const { value, attr } = node.func;
  const method = DICT_VIEWS[attr];
  const isPlain = node.args.length + node.keywords.length === 0;
  if (method === undefined || !isPlain || (attr === "items" && !areUnpacked)) return null;
  if (!isJust(certainType(value, frame), "dict")) return null;
  const view = js.call(js.member(lowerExpression(value, frame), method), []);
  view.callee.property.loc = frame.location(node.span);
  return view;
}

const ITERATORS: ReadonlySet<string> = new Set(["enumerate", "zip", "range"]);

/** `enumerate(xs)` and its like give iterators of the runtime's own. */
const isBuiltinIterator = ({ type, callee }: Expression): boolean =>
  type === "CallExpression" &&
  callee.imported?.from === js.RUNTIME &&
  ITERATORS.has(callee.imported.name);

/** An iterable of what fits the pattern of a target. */
export function lowerUnpacked(iter: Expr, target: Expr, frame: Frame): Expression {
  if (isUnpacked(iter, target, frame)) return lowerIterable(iter, frame, true);
  const { elts } = target as Tuple;
  const call = js.rtCall("unpackEach", lowerExpression(iter, frame), js.literal(elts.length));
  call.callee.loc = frame.location(iter.span);
  return call;
}

/** Every item is a tuple with as many items as the target has. */
function isUnpacked(iter: Expr, target: Expr, frame: Frame): boolean {
  if (target.kind !== "Tuple" && target.kind !== "List") return false;
  const { analysis, facts } = frame.module;
  return (
    facts && isTupleOf(analysis.context.facts.elementOf(iter, analysis.module), target.elts.length)
  );
}

/** A loop over `range` whose variable nobody else sets, captures or reads afterwards. */
function lowerCounted(node: For, frame: Frame, body: () => Statement[]): Statement[] | null {
  const { target, iter } = node;
  if (target.kind !== "Name" || !isRange(iter, frame)) return null;
  const binding = frame.module.analysis.nameUses.get(target)?.binding;
  if (!binding || declarationAt(binding, node) !== "const" || binding.captured) return null;
  const [start, stop, step] = bounds(iter);
  const by = step === null ? 1 : smallInt(step);
  if (by === null || by === 0) return null;
  const count = counter(binding.jsName, start, stop, by, frame);
  return [js.forCount(count.init, count.test, count.step, body())];
}

function counter(
  name: string,
  start: Expr | null,
  stop: Expr,
  by: number,
  frame: Frame,
): { init: Statement; test: Expression; step: Expression } {
  const from = start === null ? js.literal(0) : bound(start, frame);
  const limit = smallInt(stop);
  const declarators = [{ type: "VariableDeclarator", id: js.id(name), init: from }];
  let end: Expression = js.literal(limit ?? 0);
  if (limit === null) {
    const variable = frame.name("end");
    declarators.push({ type: "VariableDeclarator", id: js.id(variable), init: bound(stop, frame) });
    end = js.id(variable);
  }
  const step =
    by === 1
      ? js.update("++", js.id(name))
      : by === -1
        ? js.update("--", js.id(name))
        : js.assign(js.id(name), js.literal(Math.abs(by)), by > 0 ? "+=" : "-=");
  return {
    init: { type: "VariableDeclaration", kind: "let", declarations: declarators },
    test: js.binary(js.id(name), by > 0 ? "<" : ">", end),
    step,
  };
}

function bound(node: Expr, frame: Frame): Expression {
  const literal = smallInt(node);
  if (literal !== null) return js.literal(literal);
  const lowered = lowerExpression(node, frame);
  return staticType(node, frame) === "int" ? lowered : js.rtCall("index", lowered);
}

function isRange(node: Expr, frame: Frame): node is Call {
  if (node.kind !== "Call") return false;
  const callee = frame.module.analysis.calls.get(node)?.callee;
  return (
    callee?.kind === "builtin" &&
    callee.name === "range" &&
    node.keywords.length === 0 &&
    node.args.length >= 1 &&
    node.args.length <= 3 &&
    node.args.every((arg) => arg.kind !== "Starred")
  );
}

function bounds(node: Call): [Expr | null, Expr, Expr | null] {
  const [a, b, c] = node.args as readonly [Expr, Expr?, Expr?];
  return b === undefined ? [null, a, null] : [a, b, c ?? null];
}

/** The value of an int literal that a loop counter can hold. */
function smallInt(node: Expr): number | null {
  if (node.kind === "UnaryOp" && node.op === "USub") {
    const value = smallInt(node.operand);
    return value === null ? null : -value;
  }
  if (node.kind !== "Constant" || node.value.type !== "int") return null;
  const { value } = node.value;
  return value < 2n ** 31n ? Number(value) : null;
}

/**
 * ```py
 * async for x in source: ...
 * ```
 * ```ts
 * const it$ = asyncIter(source);
 * while (true) {
 *   const x = yield* it$.next();
 *   if (x === it$.done) break;
 *   ...
 * }
 * ```
 */
export function lowerAsyncFor(node: AsyncFor, frame: Frame): Statement[] {
  return lowerLoop(node, frame, (body) => {
    const iterator = frame.name("it");
    const { target } = node;
    const binding =
      target.kind === "Name" ? frame.module.analysis.nameUses.get(target)?.binding : undefined;
    const kind = declarationAt(binding, node);
    const declared = binding && kind !== null ? { kind, name: binding.jsName } : null;
    const item = declared?.name ?? frame.name("item");
    const next = js.yieldAll(js.call(js.member(js.id(iterator), "next"), []));
    const atEnd = js.binary(js.id(item), "===", js.member(js.id(iterator), "done"));
    return [
      js.declare(
        "const",
        js.id(iterator),
        js.rtCall("asyncIter", lowerExpression(node.iter, frame)),
      ),
      js.whileLoop(js.literal(true), [
        js.declare(declared?.kind ?? "const", js.id(item), next),
        js.ifElse(atEnd, [js.breaks()]),
        ...(declared === null ? lowerStore(target, js.id(item), node, frame) : []),
        ...body(),
      ]),
    ];
  });
}
