/**
 * `with`: emitted as `const cm = manager(x); const v = cm.enter(); try { ... }
 * catch (e) { cm.caught(e); } finally { cm.exit(); }`.
 */

import { call, invoke } from "../call/call.js";
import { getattr } from "../class/attributes.js";
import { typeOf } from "../class/type.js";
import { handled, handling } from "../exception/being-handled.js";
import { caught } from "../exception/raise.js";
import { truth } from "../operator/unary.js";
import type { Value } from "../values.js";
import { callWait, invokeWait, type Waiting } from "./blocking.js";

export class Manager {
  private left: Value = null;

  constructor(private readonly context: Value) {}

  enter(): Value {
    this.left = getattr(this.context, "__exit__");
    return invoke(this.context, "__enter__");
  }

  /** Tells the manager of an exception; throws it again unless the manager takes it. */
  caught(thrown: unknown): void {
    const error = handling(caught(thrown));
    const { left } = this;
    this.left = null;
    if (left === null || !truth(call(left, typeOf(error), error, null))) throw error;
    handled();
  }

  exit(): void {
    const { left } = this;
    this.left = null;
    if (left !== null) call(left, null, null, null);
  }
}

/** `with x` */
export function manager(x: Value): Manager {
  return new Manager(x);
}

/** The same where entering or leaving may block. */
export class BlockingManager {
  private left: Value = null;

  constructor(private readonly context: Value) {}

  *enter(): Waiting {
    this.left = getattr(this.context, "__exit__");
    return yield* invokeWait(this.context, "__enter__");
  }

  *caught(thrown: unknown): Waiting<void> {
    const error = handling(caught(thrown));
    const { left } = this;
    this.left = null;
    if (left === null || !truth(yield* callWait(left, typeOf(error), error, null))) throw error;
    handled();
  }

  *exit(): Waiting<void> {
    const { left } = this;
    this.left = null;
    if (left !== null) yield* callWait(left, null, null, null);
  }
}

export function blockingManager(x: Value): BlockingManager {
  return new BlockingManager(x);
}
