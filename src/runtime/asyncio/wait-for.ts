/**
 * `wait_for` and `wait_for_ms`: a coroutine with a time limit. As in MicroPython a second task, the
 * runner, awaits the coroutine and wakes the one that sleeps. There it cancels the sleep with a
 * CancelledError that carries the outcome; here, where the sleep is the loop's own, the sleep just ends
 * early. Whoever cancels the waiting task before it runs puts a CancelledError there, as in MicroPython.
 * There a task that was cancelled, and sleeps again when what it waited for has ended, gets that
 * CancelledError in its new sleep; so it does here.
 */

import { defined } from "../core/call/signature.js";
import { caught, raise } from "../core/exception/raise.js";
import { GeneratorObject, type Step, YIELDED } from "../core/iteration/generator-object.js";
import type { Value } from "../core/values.js";
import { core } from "./core.js";
import { promoted, startTask } from "./create-task.js";
import { CancelledError, TimeoutError } from "./errors.js";
import { inMilliseconds, sleep, sleep_ms } from "./sleep.js";
import { exceptionOf, type Task } from "./task.js";
import { PENDING, WaitForRunner, waitWithSleep } from "./wait-for-runner.js";

const FRESH = 0;
const SLEEPING = 1;
/** The time is over; the runner has been cancelled and is awaited. */
const ENDING = 2;
/** There is no time limit; the task is awaited. */
const UNLIMITED = 3;
const FINISHED = 4;

class WaitFor extends GeneratorObject {
  declare private stage: number;
  /** The coroutine or task; in the last two stages the iterator that is asked. */
  declare private awaited: Value;
  declare private readonly timeout: Value;
  declare private readonly inSeconds: boolean;
  declare private runner: WaitForRunner | null;
  declare private task: Task | null;

  constructor(aw: Value, timeout: Value, inSeconds: boolean) {
    super();
    this.stage = FRESH;
    this.awaited = aw;
    this.timeout = timeout;
    this.inSeconds = inSeconds;
    this.runner = null;
    this.task = null;
  }

  next(): Step {
    const { stage } = this;
    this.stage = FINISHED;
    if (stage === FRESH) return this.begin();
    if (stage === SLEEPING) {
      const { status, result } = this.endSleep();
      return status === PENDING ? this.timeIsOver() : outcome(status, result);
    }
    if (stage === FINISHED) return { done: true, value: null };
    return this.step(stage);
  }

  throw(thrown: unknown): Step {
    const { stage } = this;
    this.stage = FINISHED;
    if (stage !== SLEEPING) throw thrown;
    this.endSleep();
    const error = caught(thrown);
    if (!(error instanceof CancelledError)) throw error;
    if (error.value !== null) return outcome(error.value, error.args[1]);
    // Cancelled from outside.
    (this.task as Task).cancel();
    throw error;
  }

  return(value: Value): Step {
    this.stage = FINISHED;
    return { done: true, value };
  }

  private begin(): Step {
    const aw = promoted(this.awaited);
    if (this.timeout === null) {
      this.awaited = aw.__iter__();
      return this.step(UNLIMITED);
    }
    const loop = core();
    this.runner = new WaitForRunner(loop.curTask as Task, aw);
    this.task = startTask(this.runner, loop);
    loop.sleeper.$arm(this.inSeconds ? inMilliseconds(this.timeout) : this.timeout).next();
    this.runner.ownSleep = true;
    this.stage = SLEEPING;
    return YIELDED;
  }

  private endSleep(): WaitForRunner {
    const runner = this.runner as WaitForRunner;
    runner.ownSleep = false;
    return runner;
  }

  private timeIsOver(): Step {
    const task = this.task as Task;
    task.cancel();
    this.awaited = task.__iter__();
    return this.step(ENDING);
  }

  private step(stage: number): Step {
    const step: Step = this.awaited.next(null);
    if (step.done !== true) {
      this.stage = stage;
    } else if (stage === ENDING) {
      throw raise(new TimeoutError());
    }
    return step;
  }
}

/** How the coroutine ended: its result where the status is True, else its exception. */
function outcome(status: Value, result: Value): Step {
  if (status !== true) throw exceptionOf(status);
  return { done: true, value: result };
}

/** `wait_for(aw, timeout)`: at most `timeout` seconds, then TimeoutError. */
export const wait_for = defined(function wait_for(
  aw: Value,
  timeout: Value,
  sleeping: Value = sleep,
): Iterable<Value> {
  if (sleeping === sleep || sleeping === sleep_ms) {
    return new WaitFor(aw, timeout, sleeping === sleep);
  }
  return waitWithSleep(aw, timeout, sleeping);
}, "aw, timeout, sleep=");

/** `wait_for_ms(aw, timeout)`: the same in milliseconds. */
export const wait_for_ms = defined(function wait_for_ms(
  aw: Value,
  timeout: Value,
): Iterable<Value> {
  return new WaitFor(aw, timeout, false);
}, "aw, timeout");
