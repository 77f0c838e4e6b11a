/** `rp2.DMATimer`: a fraction of the chip's clock that paces channels of DMA. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { index } from "../core/number/numbers.js";
import { PRINT, UNARY, type UnaryOp } from "../core/slots.js";
import { tup, type Value } from "../core/values.js";
import { chipClock } from "../machine/chip-frequency.js";
import { EBUSY } from "../machine/errno.js";
import { dmaController, TIMER_REQUEST } from "./dma-controller.js";

const MOST = 65_535;

export class DMATimer extends PyObject {
  declare private $id: number;
  declare private $closed: boolean;

  override __init__(ids: Value[] = [], freq: Value = undefined, ratio: Value = undefined): Value {
    if (ids.length > 1) throw new TypeError("extra positional arguments given");
    const [id] = ids;
    const { timers } = dmaController();
    const number = id === undefined ? timers.findIndex(({ claimed }) => !claimed) : index(id);
    if (id !== undefined && (number < 0 || number >= timers.length)) throw outside();
    const timer = timers[number];
    if (timer === undefined || timer.claimed) throw new OSError(EBUSY);
    timer.claimed = true;
    this.$id = number;
    this.$closed = false;
    if (ratio !== undefined) this.ratio = ratio;
    else if (freq !== undefined) this.freq = freq;
    return null;
  }

  private get $timer(): { x: number; y: number; claimed: boolean } {
    return dmaController().timers[this.$id] as { x: number; y: number; claimed: boolean };
  }

  /** (x, y): x requests in y cycles of the chip. */
  get ratio(): Value {
    const { x, y } = this.$timer;
    return tup(x, y);
  }

  set ratio(value: Value) {
    const [x = 0, y = 0] = asArrayOf(value, 2).map(index);
    if (x < 1 || x > MOST || y < 1 || y > MOST || x > y) throw outside();
    Object.assign(this.$timer, { x, y });
  }

  /** Requests a second, as far as a fraction of the clock comes to it. */
  get freq(): Value {
    const { x, y } = this.$timer;
    return y === 0 ? 0 : Math.floor((chipClock().hz * x) / y);
  }

  set freq(value: Value) {
    const wanted = index(value);
    const { hz } = chipClock();
    if (wanted > hz || Math.floor(hz / MOST) > wanted) throw outside();
    Object.assign(this.$timer, bestRatio(wanted, hz));
  }

  close(): null {
    if (!this.$closed) this.$timer.claimed = false;
    this.$closed = true;
    return null;
  }

  __del__(): null {
    return DMATimer.prototype.close.call(this);
  }

  [UNARY](op: UnaryOp): Value | undefined {
    return op === "__int__" ? TIMER_REQUEST + this.$id : undefined;
  }

  [PRINT](): string {
    return `DMATimer(${this.$id})`;
  }
}
define(DMATimer, {
  builtin: true,
  methods: { __init__: "*ids, freq=, ratio=", close: "", __del__: "" },
});

const outside = (): ValueError => new ValueError("value out of range");

/** The nearest fraction to p / q of which both terms are small enough: by its continued fraction. */
function bestRatio(p: number, q: number): { x: number; y: number } {
  let [numerator, before] = [1, 0];
  let [denominator, beforeIt] = [0, 1];
  for (let [a, b] = [p, q]; b !== 0; [a, b] = [b, a % b]) {
    const term = Math.floor(a / b);
    const next = term * numerator + before;
    const nextBelow = term * denominator + beforeIt;
    if (next > MOST || nextBelow > MOST) {
      // Part of the way to the next one is nearer from half of it on.
      const part = Math.min(
        numerator === 0 ? MOST : Math.floor((MOST - before) / numerator),
        denominator === 0 ? MOST : Math.floor((MOST - beforeIt) / denominator),
      );
      if (part > 0 && part >= Math.floor((term + 1) / 2)) {
        return { x: part * numerator + before, y: part * denominator + beforeIt };
      }
      break;
    }
    [before, beforeIt] = [numerator, denominator];
    [numerator, denominator] = [next, nextBelow];
  }
  return { x: numerator, y: denominator };
}
