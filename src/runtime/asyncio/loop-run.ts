/**
 * One call of run_until_complete(): its turn() runs what is ready, in MicroPython's order, and hands
 * back a Wait when nothing is or when the running task blocks; it never waits by itself. Made by
 * loop.ts.
 */

import { callable } from "../builtins/attributes.js";
import { Wait } from "../core/blocking/wait.js";
import { call, invoke } from "../core/call/call.js";
import { current } from "../core/context.js";
import { Exception, RuntimeError, StopIteration } from "../core/exception/exceptions.js";
import { caught } from "../core/exception/raise.js";
import { stopIteration } from "../core/iteration/generators.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { core } from "./core.js";
import { CancelledError } from "./errors.js";
import { GatherPart } from "./gather-part.js";
import { exceptionOf, RETURNED, SUSPENDED, type Task } from "./task.js";

/** After so long without a rest (milliseconds) the host gets a turn. */
const LONGEST_TURN = 8;

type Resumed = IteratorResult<Value, Value>;

const FINISHED: Resumed = { done: true, value: null };

export class LoopRun {
  result: Value = null;
  /** The task whose blocking call travels to the driver; it goes on before any other. */
  private blocked: Task | null = null;
  /** What must pass before next() can give a task; null when nothing is left to run. */
  private wait: Wait | null = null;
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
    const { core } = this;
    if (this.interruption !== undefined && this.blocked === null) this.throwInterruption();
    for (;;) {
      let task = this.blocked;
      let thrown: Value;
      let step: Resumed;
      try {
        if (task === null) {
          task = this.next();
          if (task === null) {
            // No task runs while others do: interrupts, threads, the embedding program.
            core.curTask = null;
            return this.wait;
          }
          core.curTask = task;
          thrown = task.$slot;
          if (!task.$native) step = this.stepOther(task);
          else if (thrown === null) step = task.coro.next(null);
          // A finished coroutine that is thrown into just ends again.
          else if (task.$isDone) step = FINISHED;
          else {
            task.$slot = null;
            step = task.coro.throw(exceptionOf(thrown));
          }
        } else {
          this.blocked = null;
          step = this.goOn(task);
        }
        if (step.done !== true) {
          if (step.value !== null && step.value instanceof Wait) {
            this.blocked = task;
            return step.value;
          }
          continue;
        }
      } catch (error) {
        if (task === null) throw error;
        if (this.failed(task, endOf(task, error), thrown)) return null;
        continue;
      }
      if (this.returned(task, step.value ?? null, thrown)) return null;
    }
  }

  /** The next task to run; null when none is due, which leaves what to wait for in `wait`. */
  private next(): Task | null {
    const { core, host } = this;
    const { clock, interrupts, taskQueue, ioQueue } = core;
    const looks = clock.step();
    if (!looks && !interrupts.pending && !ioQueue.$active) {
      const task = taskQueue.$take();
      if (task !== null) return task;
    }
    if ((looks && host.work(clock.steps)) || interrupts.pending) interrupts.dispatch();
    if (ioQueue.$active) ioQueue.$poll();
    const task = taskQueue.peek();
    if (task === null) {
      if (ioQueue.$size === 0) {
        core.curTask = null;
        if (this.main === null || this.main.$isDone) return this.pause(null);
      }
      return this.pause(this.idle(null));
    }
    if (looks) clock.look();
    if (task.$key > clock.time) return this.pause(this.idle(task.$key));
    if (looks && clock.time - this.rested >= LONGEST_TURN) {
      return this.pause(new Wait(clock.time));
    }
    taskQueue.$drop(task);
    return task;
  }

  private pause(wait: Wait | null): null {
    this.wait = wait;
    return null;
  }

  private idle(until: number | null): Wait {
    const { ioQueue } = this.core;
    const limit = ioQueue.$mustAsk ? Math.floor(this.host.now()) + 1 : Number.POSITIVE_INFINITY;
    const time = Math.min(until ?? Number.POSITIVE_INFINITY, limit);
    return new Wait(time === Number.POSITIVE_INFINITY ? null : time, (wake) => {
      ioQueue.$wake = wake;
      if (ioQueue.$active && !ioQueue.$mustAsk) wake();
      return () => {
        ioQueue.$wake = null;
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

  /** A step of what is no generator of the host. */
  private stepOther(task: Task): Resumed {
    const { coro, data } = task;
    task.$slot = null;
    if (data === null) invoke(coro, "send", null);
    else invoke(coro, "throw", data);
    return SUSPENDED;
  }

  /** A task has returned; true when the run is over. */
  private returned(task: Task, value: Value, thrown: Value): boolean {
    const isMain = task === this.main;
    if (isMain) {
      this.core.curTask = null;
      if (task.$status === null) task.$status = false;
    }
    task.$value = value;
    if (!task.$isDone) {
      this.settle(task, RETURNED, isMain);
    } else if (task.$status === null) {
      this.reportUnawaited(task, thrown);
    }
    if (!isMain) return false;
    this.result = value;
    return true;
  }

  /** A task has ended with an exception; true when the run is over. */
  private failed(task: Task, end: Value, thrown: Value): boolean {
    if (end instanceof StopIteration) return this.returned(task, end.value, thrown);
    if (task === this.main) {
      this.core.curTask = null;
      task.$status = false;
      throw end;
    }
    if (!task.$isDone) {
      if (!this.settle(task, end, false) && !(end instanceof CancelledError)) {
        // Queued once more: if no other task takes the exception by then, the handler gets it.
        this.core.taskQueue.push(task);
        task.$slot = end;
      }
    } else if (task.$status === null) {
      this.reportUnawaited(task, thrown);
    }
    return false;
  }

  /** It was queued again because nobody had waited for its exception, and nobody has since. */
  private reportUnawaited(task: Task, thrown: Value): void {
    task.$slot = thrown;
    this.report(thrown, task);
  }

  /** Marks a task as done, tells those who wait for it (true) and keeps its end for those to come. */
  private settle(task: Task, end: Value, isMain: boolean): boolean {
    const { taskQueue, clock } = this.core;
    const { $status: status } = task;
    let awaited = isMain;
    if (status === true) {
      task.$status = awaited ? false : null;
    } else if (task.$hasWaiters()) {
      if (task.$wakeWaiters(taskQueue, clock.time)) awaited = true;
    } else if (status instanceof GatherPart) {
      status.$done(end);
      task.$status = false;
      awaited = true;
    } else if (callable(status)) {
      call(status, task, end === RETURNED ? stopIteration(task.$value) : end);
      task.$status = false;
      awaited = true;
    }
    task.$slot = end;
    return awaited;
  }
}

/** What a task ends with when `thrown` leaves its coroutine; what ends the run is thrown on. */
function endOf(task: Task, thrown: unknown): Value {
  const end = caught(thrown);
  if (end instanceof StopIteration) {
    return task.$native ? new RuntimeError("generator raised StopIteration") : end;
  }
  if (!(end instanceof Exception || end instanceof CancelledError)) throw end;
  return end;
}
