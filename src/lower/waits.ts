/**
 * Where an operation may wait that is no call: taking items, indexing, reading and setting attributes, in
 * programs whose generators, iterators, `__getitem__` or properties block (analyze/facts/colour.ts).
 */
import { isOfBuiltinType } from "../analyze/facts/executed-units.js";
import { isPlainIterable, iterates } from "../analyze/facts/iterates.js";
import { type ModuleView, meaning } from "../analyze/module-view.js";
import * as js from "../emit/build.js";
import type { Expression, Statement } from "../emit/tree.js";
import type { AnyNode, Attribute, Expr, Subscript } from "../parser/ast.js";
import type { Frame } from "./frame.js";

/** Whether taking the items of `iter` may wait, and this code can. */
export function itemsWait(iter: Expr, frame: Frame): boolean {
  const { facts, view } = known(frame);
  if (!frame.suspends || !facts.colours.iteration || view === undefined) return false;
  return !isPlainIterable(iter, view, facts);
}

/** The same of indexing. */
export function itemWaits({ value }: Subscript, frame: Frame): boolean {
  const { facts, view } = known(frame);
  if (!frame.suspends || !facts.colours.items || view === undefined) return false;
  return !isOfBuiltinType(value, view, facts);
}

/** The same of reading or setting an attribute. */
export function attributeWaits(node: Attribute, frame: Frame): boolean {
  return frame.suspends && known(frame).facts.colours.properties.has(node.attr);
}

/** Whether the node itself may wait without being a call that does. */
export function operationWaits(node: AnyNode, frame: Frame): boolean {
  if (!frame.suspends) return false;
  const { facts, view } = known(frame);
  if (node.kind === "Attribute") return attributeWaits(node, frame);
  if (node.kind === "Subscript") return itemWaits(node, frame);
  return facts.colours.iteration && view !== undefined && iterates(node, view, facts);
}

/** Whether calling a decorator may wait. */
export function decoratorWaits(decorator: Expr, frame: Frame): boolean {
  const { facts, view } = known(frame);
  const called = view === undefined ? null : meaning(decorator, view, facts);
  if (called?.kind === "function") return facts.colours.functions.has(called.node);
  return called === null && facts.colours.escapes;
}

function known({ module }: Frame) {
  const { facts } = module.analysis.context;
  const view: ModuleView | undefined = facts.views.get(module.name);
  return { facts, view };
}

/**
 * ```ts
 * for (const items$ = yield* eachWait(xs); yield* items$.advance(); ) { const x = items$.value; ... }
 * ```
 * @param body what is done with an item
 */
export function waitingLoop(
  iterable: Expression,
  frame: Frame,
  body: (item: Expression) => readonly Statement[],
): Statement {
  const items = frame.name("items");
  const init = js.declare("const", js.id(items), js.yieldAll(js.rtCall("eachWait", iterable)));
  const test = js.yieldAll(js.call(js.member(js.id(items), "advance"), []));
  return js.forCount(init, test, null, body(js.member(js.id(items), "value")));
}
