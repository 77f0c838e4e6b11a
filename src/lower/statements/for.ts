/** Lowers `for` and `async for`. */

import type { Binding } from "../../analyze/analysis.js";
import { type CountedRange, countedRange } from "../../analyze/counted-range.js";
import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AsyncFor, Expr, For, Tuple } from "../../parser/ast.js";
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
 * for (let i = 0, end$ = upTo(n); i < end$; i++) { ... }
 * ```
 */
export function lowerFor(node: For, frame: Frame): Statement[] {
  const { nameUses } = frame.module.analysis;
  const range = countedRange(node, (name) => nameUses.get(name)?.binding?.constant);
  return lowerLoop(
    node,
    frame,
    (body) => lowerCounted(node, range, frame, body) ?? [lowerEach(node, range, frame, body)],
  );
}

function lowerEach(
  node: For,
  range: CountedRange | null,
  frame: Frame,
  body: () => Statement[],
): Statement {
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
  const iterable =
    range === null
      ? lowerIterable(node.iter, frame, isUnpacked(node.iter, target, frame))
      : lowerRange(range, node.iter, frame);
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

const ITERATORS: ReadonlySet<string> = new Set(["counted", "enumerate", "zip", "range"]);

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
function lowerCounted(
  node: For,
  range: CountedRange | null,
  frame: Frame,
  body: () => Statement[],
): Statement[] | null {
  const { target } = node;
  if (range === null || target.kind !== "Name" || !startsAtInt(range, frame)) return null;
  const binding = frame.module.analysis.nameUses.get(target)?.binding;
  if (!binding || declarationAt(binding, node) !== "const" || binding.captured) return null;
  const count = counter(binding.jsName, range, frame);
  return [js.forCount(count.init, count.test, count.step, body())];
}

function counter(
  name: string,
  range: CountedRange,
  frame: Frame,
): { init: Statement; test: Expression; step: Expression } {
  const { start, stop, step } = range;
  const first = start === null ? js.literal(0) : bound(start, frame);
  const from = { type: "VariableDeclarator", id: js.id(name), init: first };
  const declarations = [from];
  const limit = smallInt(stop);
  let end: Expression = js.literal(limit ?? 0);
  if (limit === null) {
    const variable = frame.name("end");
    const last = certainInt(stop, frame)
      ? lowerExpression(stop, frame)
      : js.rtCall(step > 0 ? "upTo" : "downTo", lowerExpression(stop, frame));
    const to = { type: "VariableDeclarator", id: js.id(variable), init: last };
    if (isInOrder(range)) declarations.push(to);
    else declarations.unshift(to);
    end = js.id(variable);
  }
  return {
    init: { type: "VariableDeclaration", kind: "let", declarations },
    test: js.binary(js.id(name), step > 0 ? "<" : ">", end),
    step:
      step === 1
        ? js.update("++", js.id(name))
        : step === -1
          ? js.update("--", js.id(name))
          : js.assign(js.id(name), js.literal(Math.abs(step)), step > 0 ? "+=" : "-="),
  };
}

function bound(node: Expr, frame: Frame): Expression {
  const literal = smallInt(node);
  return literal === null ? lowerExpression(node, frame) : js.literal(literal);
}

const certainInt = (node: Expr, frame: Frame): boolean =>
  smallInt(node) !== null || staticType(node, frame) === "int";

const startsAtInt = ({ start }: CountedRange, frame: Frame): boolean =>
  start === null || certainInt(start, frame);

/** Whether it is all the same that Python evaluates the end first. */
function isInOrder({ start, stop }: CountedRange): boolean {
  if (start === null || smallInt(start) !== null || smallInt(stop) !== null) return true;
  return start.kind === "Name" && stop.kind === "Name";
}

/**
 * ```py
 * for i in range(a, b): ...
 * ```
 * ```ts
 * for (const i of counted(b, a)) { ... }
 * ```
 * A range object will do where both are ints.
 */
function lowerRange(range: CountedRange, iter: Expr, frame: Frame): Expression {
  const { start, stop, step } = range;
  const areInts = startsAtInt(range, frame) && certainInt(stop, frame);
  if (areInts && isInOrder(range) && isBuiltinRange(iter, frame)) {
    return lowerExpression(iter, frame);
  }
  const end = lowerExpression(stop, frame);
  if (start === null) return js.rtCall("counted", end);
  const from = bound(start, frame);
  return step === 1
    ? js.rtCall("counted", end, from)
    : js.rtCall("counted", end, from, js.literal(step));
}

function isBuiltinRange(node: Expr, frame: Frame): boolean {
  if (node.kind !== "Call") return false;
  const callee = frame.module.analysis.calls.get(node)?.callee;
  return callee?.kind === "builtin" && callee.name === "range";
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
