/**
 * One call of run_until_complete(): its turn() runs what is ready, in MicroPython's order, and hands
 * back a Wait when nothing is or when the running task blocks; it never waits by itself. Made by
 * loop.ts.
 */

import { callable } from "../builtins/attributes.js";
import { call, invoke } from "../core/call.js";
import { current } from "../core/context.js";
import { AssertionError, Exception, RuntimeError, StopIteration } from "../core/exceptions.js";
import { caught } from "../core/raise.js";
import type { Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import { core } from "./core.js";
import { CancelledError } from "./errors.js";
import { exceptionOf, type Task } from "./task.js";
import { TaskQueue } from "./task-queue.js";

/** After so long without a rest (milliseconds) the host gets a turn. */
const LONGEST_TURN = 8;

type Resumed = IteratorResult<Value, Value>;

export class LoopRun {
  result: Value = null;
  /** The task whose blocking call travels to the driver; it goes on before any other. */
  private blocked: Task | null = null;
  /** What the driver throws into the program at its next turn. */
  private interruption: unknown = undefined;
  private rested: number;
  private readonly core = core();
  private readonly host = current().host as Host;

  /** `report` is told of an exception that nobody has waited for. */
  constructor(
    private readonly main: Task | null,
    private readonly report: (error: Value, task: Task) => void,
  ) {
    this.rested = this.core.clock.read();
  }

  /** The program goes on: with an interruption, if the driver had one. */
  resume(interruption: unknown): void {
    this.interruption = interruption;
    this.rested = this.core.clock.read();
  }

  /** Runs what is ready; the Wait that must pass before the next turn, or null when done. */
  turn(): Wait | null {
    for (;;) {
      let task = this.blocked;
      const goesOn = task !== null;
      this.blocked = null;
      if (task === null) {
        if (this.interruption !== undefined) this.throwInterruption();
        const next = this.next();
        if (next === null || next instanceof Wait) return next;
        task = next;
        this.core.curTask = task;
      }
      const thrown = goesOn ? undefined : task.data;
      let end: Value;
      try {
        const step = goesOn ? this.goOn(task) : this.step(task, thrown);
        if (step.done !== true) {
          if (step.value instanceof Wait) {
            this.blocked = task;
            return step.value;
          }
          continue;
        }
        end = new StopIteration(step.value ?? null);
      } catch (error) {
        end = caught(error);
        if (end instanceof StopIteration) {
          end = task.native ? new RuntimeError("generator raised StopIteration") : end;
        }
        if (!(end instanceof Exception || end instanceof CancelledError)) throw end;
      }
      if (this.finished(task, end, thrown)) return null;
    }
  }

  /** The next task to run, a Wait when none is due, null when nothing is left to run. */
  private next(): Task | Wait | null {
    const { core, host } = this;
    if (host.work(1) || core.interrupts.pending) core.interrupts.dispatch();
    const { taskQueue, ioQueue } = core;
    if (ioQueue.active) ioQueue.poll();
    const task = taskQueue.peek();
    if (task === null) {
      if (ioQueue.size === 0) {
        core.curTask = null;
        if (this.main === null || this.main.done()) return null;
      }
      return this.idle(null);
    }
    const time = core.clock.step();
    if (task.key > time) return this.idle(task.key);
    if (time - this.rested >= LONGEST_TURN) return new Wait(time);
    return taskQueue.pop();
  }

  private idle(until: number | null): Wait {
    const { ioQueue } = this.core;
    const limit = ioQueue.mustAsk ? Math.floor(this.host.now()) + 1 : Number.POSITIVE_INFINITY;
    const time = Math.min(until ?? Number.POSITIVE_INFINITY, limit);
    return new Wait(time === Number.POSITIVE_INFINITY ? null : time, (wake) => {
      ioQueue.wake = wake;
      if (ioQueue.active && !ioQueue.mustAsk) wake();
      return () => {
        ioQueue.wake = null;
      };
    });
  }

  private throwInterruption(): never {
    const error = this.interruption;
    this.interruption = undefined;
    throw error;
  }

  private goOn(task: Task): Resumed {
    if (this.interruption === undefined) return task.coro.next();
    const error = this.interruption;
    this.interruption = undefined;
    return task.coro.throw(error);
  }

  private step(task: Task, thrown: Value): Resumed {
    const { coro } = task;
    if (thrown === null) {
      if (task.native) return coro.next(null);
      invoke(coro, "send", null);
    } else {
      task.data = null;
      if (task.native) {
        // A finished coroutine that is thrown into just ends again.
        return task.done() ? { done: true, value: null } : coro.throw(exceptionOf(thrown));
      }
      invoke(coro, "throw", thrown);
    }
    return { done: false, value: null };
  }

  /** A task has ended with `end` (StopIteration: normally); true when the run is over. */
  private finished(task: Task, end: Value, thrown: Value): boolean {
    if (task.data !== null) throw new AssertionError();
    const isMain = task === this.main;
    const normally = end instanceof StopIteration;
    if (isMain) {
      this.core.curTask = null;
      if (!normally) {
        task.state = false;
        throw end;
      }
      if (task.state === null) task.state = false;
    }
    if (!task.done()) {
      this.settle(task, end, isMain);
    } else if (task.state === null) {
      // It was queued again because nobody had waited for its exception, and nobody has since.
      task.data = thrown;
      this.report(thrown, task);
    }
    if (!isMain) return false;
    this.result = end.value;
    return true;
  }

  /** Marks a task as done, tells those who wait for it and keeps its result for those to come. */
  private settle(task: Task, end: Value, isMain: boolean): void {
    const { taskQueue } = this.core;
    const { state } = task;
    let awaited = isMain;
    if (state === true) {
      task.state = awaited ? false : null;
    } else if (state instanceof TaskQueue) {
      while (state.peek() !== null) {
        taskQueue.push(state.pop());
        awaited = true;
      }
      task.state = false;
    } else if (callable(state)) {
      call(state, task, end);
      task.state = false;
      awaited = true;
    }
    if (!awaited && !(end instanceof StopIteration || end instanceof CancelledError)) {
      // Queued once more: if no other task takes the exception by then, the handler gets it.
      taskQueue.push(task);
    }
    task.data = end;
  }
}
