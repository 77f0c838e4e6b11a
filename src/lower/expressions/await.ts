/** Lowers `await`. A coroutine is a generator, so awaiting is delegating to one (design 2.6). */
import { isJust } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Await, Expr, YieldFrom } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainType } from "../native.js";
import { givesDelegate, returnsGenerator } from "./call.js";

/**
 * ```py
 * await blink(led)     # an `async def` known at compile time
 * await task            # a Task, as `create_task` gives it
 * await self.anything
 * await sensor.read()   # any object's, and `read` may block
 * ```
 * ```ts
 * yield* blink(led)
 * yield* task
 * yield* awaiting(this.anything)
 * yield* awaitMethod(sensor, "read")
 * ```
 */
export function lowerAwait(node: Await | YieldFrom, frame: Frame): Expression {
  const result = js.yieldAll(delegate(node.value, frame));
  return mayEndWithoutValue(node.value, frame) ? js.logical(result, "??", js.nil()) : result;
}

/** A coroutine that ends without `return` gives JavaScript's undefined: Python's None. */
function mayEndWithoutValue(value: Expr, frame: Frame): boolean {
  if (isTask(value, frame)) return false;
  const isKnown = value.kind === "Call" && returnsGenerator(value, frame);
  return !isKnown || frame.module.analysis.calls.get(value)?.returnsValue !== "always";
}

/** What `yield*` can delegate to: a generator as it is, anything else through the runtime. */
export function delegate(value: Expr, frame: Frame): Expression {
  const lowered = lowerExpression(value, frame);
  if (value.kind === "Call" && givesDelegate(value, frame)) return lowered;
  if (isTask(value, frame)) return lowered;
  return awaitedCall(lowered) ?? js.rtCall("awaiting", lowered);
}

/** A task is iterated as it is, and always gives a value. */
function isTask(value: Expr, frame: Frame): boolean {
  return isJust(certainType(value, frame), "asyncio.Task");
}

const AWAITED: Readonly<Record<string, "awaitCall" | "awaitMethod">> = {
  call: "awaitCall",
  callWait: "awaitCall",
  invoke: "awaitMethod",
  invokeWait: "awaitMethod",
};

/** `awaitMethod(o, "m")` of `invoke(o, "m")` and of `yield* invokeWait(o, "m")`. */
function awaitedCall(lowered: Expression): Expression | null {
  const call = lowered.type === "YieldExpression" ? lowered.argument : lowered;
  if (call?.type !== "CallExpression") return null;
  const { imported } = call.callee;
  const name = imported?.from === js.RUNTIME ? AWAITED[imported.name] : undefined;
  return name === undefined ? null : js.rtCall(name, ...call.arguments);
}
