/** Lowers `with` and `async with`. */

import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement } from "../../emit/tree.js";
import type { AsyncWith, Expr, With, WithItem } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType } from "../native.js";
import { lowerBlock } from "../statement.js";
import { lowerStore } from "../target.js";

/**
 * ```py
 * with open(path) as f:
 *     f.read()
 * ```
 * ```ts
 * const cm$ = manager(open(path));
 * const f = cm$.enter();
 * try { invoke(f, "read"); } catch (error$) { cm$.caught(error$); } finally { cm$.exit(); }
 * ```
 *
 * Where entering may block (a lock of threads, a manager of the program that sleeps) it is
 * `blockingManager(x)`, and its methods are delegated to as those of `async with` are.
 */
export function lowerWith(node: With, frame: Frame): Statement[] {
  const mayBlock = frame.suspends && frame.module.analysis.context.facts.colours.managers;
  const statements = mayBlock
    ? lowerItems(node, node.items, frame, js.yieldAll, "blockingManager")
    : lowerItems(node, node.items, frame, (call) => call, "manager");
  return scoped(node, statements, frame);
}

/**
 * ```py
 * async with lock: ...
 * ```
 * ```ts
 * const cm$ = asyncManager(lock);
 * yield* cm$.enter();
 * try { ... } catch (error$) { yield* cm$.caught(error$); } finally { yield* cm$.exit(); }
 * ```
 * Of an `asyncio.Lock` it is what its methods do:
 * ```ts
 * yield* lock.acquire();
 * try { ... } finally { lock.release(); }
 * ```
 */
export function lowerAsyncWith(node: AsyncWith, frame: Frame): Statement[] {
  return scoped(node, lowerItems(node, node.items, frame, js.yieldAll, "asyncManager"), frame);
}

/** A block of its own where another `with` of this function declares the same variable. */
function scoped(node: With | AsyncWith, statements: Statement[], frame: Frame): Statement[] {
  const clashes = node.items.some(
    ({ optional_vars: target }) =>
      target?.kind === "Name" &&
      (frame.module.analysis.nameUses.get(target)?.binding?.places.size ?? 0) > 1,
  );
  return clashes ? [js.block(statements)] : statements;
}

function lowerItems(
  node: With | AsyncWith,
  items: readonly WithItem[],
  frame: Frame,
  suspend: (call: Expression) => Expression,
  make: "manager" | "blockingManager" | "asyncManager",
): Statement[] {
  const [item, ...others] = items;
  if (item === undefined) return lowerBlock(node.body, frame);
  if (node.kind === "AsyncWith" && isLock(item, frame)) {
    const body = () => lowerItems(node, others, frame, suspend, make);
    return lowerLocked(item, body, frame);
  }
  const name = frame.name("cm");
  const error = frame.name("error");
  const step = (method: string, ...args: Expression[]) => {
    const call = js.call(js.member(js.id(name), method), args);
    call.callee.property.loc = frame.location(item.span);
    return suspend(call);
  };
  const created = js.rtCall(make, lowerExpression(item.context_expr, frame));
  created.callee.loc = frame.location(item.span);
  const entered =
    item.optional_vars === null
      ? [js.expressionStatement(step("enter"))]
      : lowerStore(item.optional_vars, step("enter"), node, frame);
  return [
    js.declare("const", js.id(name), created),
    ...entered,
    js.tryCatch(
      lowerItems(node, others, frame, suspend, make),
      { param: error, body: [js.expressionStatement(step("caught", js.id(error)))] },
      [js.expressionStatement(step("exit"))],
    ),
  ];
}

/** Whether the manager is certainly an `asyncio.Lock`, and the methods are those of that class. */
function isLock({ context_expr: manager, optional_vars: target }: WithItem, frame: Frame): boolean {
  const type = certainType(manager, frame);
  const { facts } = frame.module.analysis.context;
  return (
    target === null &&
    type?.sure === true &&
    isJust(type, "asyncio.Lock") &&
    facts.closedWorld &&
    !facts.dynamicStores &&
    !["acquire", "release", "__aenter__", "__aexit__"].some((name) =>
      facts.plainStores.has(name),
    ) &&
    !facts.hierarchy.extendsRuntime("asyncio.Lock")
  );
}

function lowerLocked(item: WithItem, body: () => Statement[], frame: Frame): Statement[] {
  const manager = lowerExpression(item.context_expr, frame);
  const isSteady = manager.type === "Identifier" && isNeverRebound(item.context_expr, frame);
  const lock = isSteady ? manager : js.id(frame.name("lock"));
  const step = (method: string): Expression => {
    const call = js.call(js.member(lock, method), []);
    call.callee.property.loc = frame.location(item.span);
    return call;
  };
  return [
    ...(isSteady ? [] : [js.declare("const", lock, manager)]),
    js.expressionStatement(js.yieldAll(step("acquire"))),
    js.tryCatch(body(), null, [js.expressionStatement(step("release"))]),
  ];
}

function isNeverRebound(node: Expr, frame: Frame): boolean {
  const use = node.kind === "Name" ? frame.module.analysis.nameUses.get(node) : undefined;
  return use?.binding?.rebound === false;
}
