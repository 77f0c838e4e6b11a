/**
 * `with`: emitted as `const cm = manager(x); const v = cm.enter(); try { ... }
 * catch (e) { cm.caught(e); } finally { cm.exit(); }`.
 */

import { getattr } from "./attributes.js";
import { handled, handling } from "./being-handled.js";
import { callWait, invokeWait, type Waiting } from "./blocking.js";
import { call, invoke } from "./call.js";
import { caught } from "./raise.js";
import { typeOf } from "./type.js";
import { truth } from "./unary.js";
import type { Value } from "./values.js";

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
