/**
 * Sleeping. As in MicroPython one iterator object is used for all sleeps, so a sleep allocates nothing:
 * `sleep_ms()` notes the deadline, awaiting it queues the running task. A sleep that was asked for and
 * not awaited is therefore forgotten at the next one, there as here.
 */

import { int } from "../builtins/numbers.js";
import { defined } from "../core/call/signature.js";
import { identity } from "../core/class/identity.js";
import type { TypeInfo } from "../core/class/type.js";
import { PyIterator } from "../core/iteration/py-iterator.js";
import { gt } from "../core/operator/compare.js";
import { mul } from "../core/operator/operators.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { TYPE, type Value } from "../core/values.js";
import { ticksAdd } from "../time/ticks.js";
import { type Core, core as currentCore } from "./core.js";
import { SUSPENDED } from "./task.js";

const FINISHED: IteratorReturnResult<null> = { value: null, done: true };

/** No sleep is asked for. */
const IDLE = -1;

/** The object that `await sleep_ms(t)` iterates: yields once, then ends. */
export class SingletonGenerator extends PyIterator {
  static override [TYPE]: TypeInfo = { name: "SingletonGenerator", bases: [] };
  private $deadline = IDLE;

  constructor(private readonly $core: Core = currentCore()) {
    super();
  }

  /** Notes when to wake; `t` in milliseconds from now. */
  $arm(t: Value): this {
    const ms = duration(t);
    const { clock } = this.$core;
    this.$deadline = ms === 0 ? clock.time : clock.read() + ms;
    return this;
  }

  override next(): IteratorResult<null, null> {
    const { $deadline: deadline } = this;
    if (deadline === IDLE) return FINISHED;
    this.$deadline = IDLE;
    const { taskQueue, curTask, clock } = this.$core;
    const { time } = clock;
    if (deadline === time) taskQueue.$insertReady(curTask, time);
    else taskQueue.$insert(curTask, deadline, time);
    return SUSPENDED;
  }

  [PRINT](): string {
    return `<SingletonGenerator object at ${identity(this).toString(16)}>`;
  }
}

/** `max(0, t)`, checked as ticks_add() checks it. */
function duration(t: Value): number {
  if (typeof t === "number" && Number.isInteger(t) && t < 2 ** 29) return t > 0 ? t : 0;
  return ticksAdd(0, truth(gt(t, 0)) ? t : 0);
}

/** `sleep_ms(t)`: a coroutine that pauses the task for `t` milliseconds. */
export const sleep_ms = defined(function sleep_ms(
  t: Value,
  sgen?: SingletonGenerator,
): SingletonGenerator {
  return (sgen ?? currentCore().sleeper).$arm(t);
}, "t, sgen=");

/** `sleep(t)`: the same in seconds. */
export const sleep = defined(function sleep(t: Value): SingletonGenerator {
  return currentCore().sleeper.$arm(inMilliseconds(t));
}, "t");

/** Of seconds. */
export function inMilliseconds(t: Value): Value {
  const exact = typeof t === "number" && Number.isFinite(t);
  return exact ? Math.trunc(t * 1000) : int(mul(t, 1000));
}
