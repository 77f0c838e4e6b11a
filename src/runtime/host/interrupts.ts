/**
 * The soft interrupts of one program: handlers of pins and timers, and what `micropython.schedule`
 * was given. They are queued here and run between the steps of the program (the driver, the asyncio
 * loop, reading the clock), never in the middle of a task step.
 */

import { call } from "../core/call/call.js";
import { type Context, current } from "../core/context.js";
import { BaseException } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { formatException } from "../core/exception/traceback.js";
import type { Value } from "../core/values.js";
import type { Host } from "./host.js";
import { Signal } from "./signal.js";

/** As many as MicroPython's scheduler holds; what comes on top is lost. */
export const DEPTH = 8;

/** What running handlers counts as work (Host.work). */
const DISPATCH_WORK = 50;

interface Request {
  handler: Value;
  argument: Value;
  /** Told when the handler raised: a hard interrupt is then switched off. */
  failed: (() => void) | null;
}

export class Interrupts {
  /** Wakes the program when it rests. */
  readonly signal = new Signal();
  /** Whether anything is queued: what the loop asks before each step. */
  pending = false;
  /** A turn was due where nobody could give one, as in reading a clock: the loop around owes it. */
  owesTurn = false;
  private queue: Request[] = [];
  private running = false;
  private disabled = 0;
  private interruption: unknown;
  /** Whether Ctrl-C interrupts the program (`micropython.kbd_intr`). */
  keyboard = true;

  /** Whether the main thread runs: exceptions from outside are thrown into no other. */
  reachMain = true;

  constructor(private readonly host: Host) {}

  /** Whether a handler is being run. */
  get active(): boolean {
    return this.running;
  }

  /** Whether an exception waits to be thrown into the program. */
  get interrupted(): boolean {
    return this.interruption !== undefined;
  }

  /** Throws an exception into the program as soon as it rests: Ctrl-C. */
  interrupt(error: unknown): void {
    this.interruption = error;
    this.signal.raise();
  }

  takeInterruption(): unknown {
    const error = this.interruption;
    this.interruption = undefined;
    return error;
  }

  /** Queues `handler(argument)`; false when the queue is full. */
  schedule(handler: Value, argument: Value, failed: (() => void) | null = null): boolean {
    if (this.queue.length >= DEPTH) return false;
    this.add({ handler, argument, failed });
    return true;
  }

  /** Queues work of the embedding program: it is never lost. */
  post(work: () => void): void {
    this.add({ handler: work, argument: undefined, failed: null });
  }

  /**
   * Runs what is queued, in order; true when something ran. What that queues waits for the next time,
   * so that a handler that schedules itself leaves room for the program.
   */
  dispatch(): boolean {
    let count = this.queue.length;
    if (count === 0 || this.running || this.disabled > 0) return false;
    this.running = true;
    try {
      for (; count > 0 && this.disabled === 0; count--) this.run(this.queue.shift() as Request);
    } finally {
      this.pending = this.queue.length > 0;
      this.running = false;
    }
    this.host.work(DISPATCH_WORK);
    return true;
  }

  /** Work was done without resting: lets alarms fire and their handlers run when time has passed. */
  worked(amount: number): void {
    if (!this.host.work(amount)) return;
    this.owesTurn = true;
    if (this.interrupted && this.reachMain) throw this.takeInterruption();
    this.dispatch();
  }

  /** `machine.disable_irq()`: the state to give back to enable(). */
  disable(): number {
    const before = this.disabled;
    this.disabled = 1;
    return before;
  }

  enable(state: number): void {
    this.disabled = state;
    this.dispatch();
  }

  private add(request: Request): void {
    this.queue.push(request);
    this.pending = true;
    this.signal.raise();
  }

  private run({ handler, argument, failed }: Request): void {
    try {
      if (argument === undefined) handler();
      else call(handler, argument);
    } catch (thrown) {
      const error = caught(thrown);
      if (!(error instanceof BaseException)) throw error;
      const text = formatException(error);
      if (failed !== null) this.host.writeError("Uncaught exception in IRQ callback handler\n");
      this.host.writeError(text);
      failed?.();
    }
  }
}

const perContext = new WeakMap<Context, Interrupts>();

export function interruptsOf(context: Context): Interrupts {
  let found = perContext.get(context);
  if (found === undefined) {
    found = new Interrupts(context.host as Host);
    perContext.set(context, found);
  }
  return found;
}

/** The interrupts of the running program. */
export function interrupts(): Interrupts {
  return interruptsOf(current());
}
