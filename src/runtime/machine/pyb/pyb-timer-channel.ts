/**
 * A channel of `pyb.Timer`: a pulse width on a pin, levels that change when the count passes a value,
 * the count at an edge, or the two phases of an encoder.
 */

import { stm32Functions } from "../../boards/names/stm32-functions.js";
import { call } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { isCallable } from "../../core/class/type.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isFloat, toFloat, type Value } from "../../core/values.js";
import type { Alarm } from "../../host/agenda.js";
import { interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { Level, PinLine } from "../hal.js";
import { lineOf, Pin } from "../pin/pin.js";
import { timerPins } from "./timer-pins.js";

/** Of a longer period a hundred times as much does not fit. */
const MOST_TIMES_100 = Math.floor(0xffffffff / 100);

/** In the order of their numbers. */
export const CHANNEL_MODES = [
  "PWM",
  "PWM_INVERTED",
  "OC_TIMING",
  "OC_ACTIVE",
  "OC_INACTIVE",
  "OC_TOGGLE",
  "OC_FORCED_ACTIVE",
  "OC_FORCED_INACTIVE",
  "IC",
  "ENC_A",
  "ENC_B",
  "ENC_AB",
] as const;

/** Timers with 32 bits; the others have 16. */
export const WIDE: ReadonlySet<number> = new Set([2, 5]);
const FALLING = 2;
const BOTH = 10;
const OC_POLARITIES: ReadonlySet<number> = new Set([0, FALLING]);
const IC_POLARITIES: ReadonlySet<number> = new Set([0, FALLING, BOTH]);
/** Timers that can count the two phases of an encoder. */
const ENCODER_TIMERS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 8]);

/** Refuses what a timer or a channel cannot call. */
export function checkCallback(fun: Value): void {
  if (fun === null || isCallable(fun)) return;
  throw new ValueError("callback must be None or a callable object");
}

/** So many percent of a period, in the port's arithmetic: 32 bits for ints, single precision for floats. */
function partOf(period: number, value: Value): number {
  const percent = isFloat(value) ? asNumber(value) : index(value);
  if (percent <= 0) return 0;
  if (percent >= 100) return period;
  if (isFloat(value)) return Math.floor(Math.fround(Math.fround(percent / 100) * period));
  const isLarge = period > MOST_TIMES_100;
  return isLarge ? percent * Math.floor(period / 100) : Math.floor((percent * period) / 100);
}

export class TimerChannel extends PyObject {
  declare private $timer: Value;
  declare private $timerId: number;
  declare private $number: number;
  declare private $mode: (typeof CHANNEL_MODES)[number];
  declare private $line: PinLine | null;
  declare private $handler: Value;
  /** Ticks: the width of the pulse, the value to compare with, or the count at the latest edge. */
  declare private $ticks: number;
  declare private $alarm: Alarm | null;
  declare private $ends: (() => void)[];
  /** The count of an encoder; null in other modes. */
  declare $encoded: number | null;

  override __init__(
    timer: Value,
    timerId: number,
    number: number,
    mode: number,
    callback: Value = null,
    pin: Value = null,
    width: Value = undefined,
    percent: Value = null,
    compare: Value = undefined,
    polarity: Value = 0,
    us: Value = undefined,
    ns: Value = undefined,
  ): Value {
    const name = CHANNEL_MODES[mode];
    if (name === undefined) throw new ValueError(`invalid mode (${mode & 0xff})`);
    if (callback !== null) checkCallback(callback);
    if (pin !== null && !(pin instanceof Pin)) {
      throw new ValueError("pin argument needs to be a Pin type");
    }
    if (name.startsWith("ENC") && !ENCODER_TIMERS.has(timerId)) {
      throw new ValueError(`encoder not supported on timer ${timerId}`);
    }
    const level = index(polarity);
    const levels = name === "IC" || name.startsWith("ENC") ? IC_POLARITIES : OC_POLARITIES;
    if (!name.startsWith("PWM") && !levels.has(level)) {
      throw new ValueError(`invalid polarity (${level})`);
    }
    this.$timer = timer;
    this.$timerId = timerId;
    this.$number = number;
    this.$mode = name;
    this.$line = pin === null ? null : lineOf(pin);
    // The generic board's pins are of any timer.
    const isFree = this.$line === null || currentBoard().data.port !== "stm32";
    if (!isFree && !timerPins(this.$line as PinLine).some(({ timer: of }) => of === timerId)) {
      const text = `Pin(${this.$line?.data.name}) doesn't have an alt for Timer(${timerId})`;
      throw new ValueError(text);
    }
    this.$handler = callback;
    this.$alarm = null;
    this.$ends = [];
    this.$encoded = name.startsWith("ENC") ? 0 : null;
    this.$ticks = this.$register(width ?? compare ?? 0);
    if (this.$line !== null && currentBoard().data.port === "stm32") this.$take(this.$line);
    if (name.startsWith("OC")) this.$line?.configure("out", null, null);
    if (name === "IC") this.$capture_edges(index(polarity));
    if (this.$encoded !== null && this.$line !== null) this.$decode(this.$line);
    if (percent !== null) TimerChannel.prototype.pulse_width_percent.call(this, percent);
    else if (us !== undefined) TimerChannel.prototype.pulse_width_us.call(this, us);
    else if (ns !== undefined) TimerChannel.prototype.pulse_width_ns.call(this, ns);
    else this.$refresh();
    return null;
  }

  /** Called with the timer when the count passes the value. */
  callback(fun: Value): null {
    checkCallback(fun);
    this.$handler = fun;
    this.$refresh();
    return null;
  }

  /** Ticks of the timer; with an argument: sets them. */
  pulse_width(value: Value = undefined): Value {
    if (value === undefined) return this.$ticks;
    this.$ticks = this.$register(value);
    this.$refresh();
    return null;
  }

  compare(value: Value = undefined): Value {
    return TimerChannel.prototype.pulse_width.call(this, value);
  }

  capture(value: Value = undefined): Value {
    return TimerChannel.prototype.pulse_width.call(this, value);
  }

  pulse_width_percent(value: Value = undefined): Value {
    if (value === undefined) return toFloat(Math.min(100, (this.$ticks * 100) / this.$size));
    this.$ticks = partOf(this.$size, value);
    this.$refresh();
    return null;
  }

  pulse_width_us(value: Value = undefined): Value {
    return this.$timed(value, 1_000_000);
  }

  pulse_width_ns(value: Value = undefined): Value {
    return this.$timed(value, 1_000_000_000);
  }

  // What follows is for the timer.

  $refresh(): void {
    this.$alarm?.cancel();
    this.$alarm = null;
    const { $mode: mode, $line: line } = this;
    if (mode === "PWM" || mode === "PWM_INVERTED") {
      const duty = Math.min(1, this.$ticks / this.$size);
      line?.modulate({ frequency: this.$frequency, duty: mode === "PWM" ? duty : 1 - duty });
    }
    if (mode === "OC_FORCED_ACTIVE") line?.write(1);
    if (mode === "OC_FORCED_INACTIVE") line?.write(0);
    const compares = mode.startsWith("OC") && !mode.includes("FORCED") && mode !== "OC_TIMING";
    if (compares || (this.$handler !== null && mode !== "IC" && this.$encoded === null))
      this.$book();
  }

  $release(): void {
    this.$alarm?.cancel();
    for (const end of this.$ends.splice(0)) end();
    if (this.$line?.modulation) this.$line.modulate(null);
  }

  /** What the register keeps of a number. */
  private $register(value: Value): number {
    return WIDE.has(this.$timerId) ? index(value) >>> 0 : index(value) & 0xffff;
  }

  /** The pin becomes one of the timer. */
  private $take(line: PinLine): void {
    line.configure(this.$mode.startsWith("OC") ? "out" : "alt", null, null);
    const own = stm32Functions(line.data.name).find(
      ({ kind, unit }) => kind === "TIM" && unit === this.$timerId,
    );
    line.alternate = own?.index ?? null;
  }

  private get $size(): number {
    return index(this.$timer.period()) + 1;
  }

  private get $frequency(): number {
    return asNumber(this.$timer.freq());
  }

  private $timed(value: Value, perSecond: number): Value {
    const tick = this.$size * this.$frequency;
    if (value === undefined) return Math.floor((this.$ticks * perSecond) / tick);
    this.$ticks = Math.floor((index(value) * tick) / perSecond);
    this.$refresh();
    return null;
  }

  /** The next time that the count passes the value. */
  private $book(): void {
    const board = currentBoard();
    const period = 1000 / this.$frequency;
    const queue = interrupts();
    const at = (time: number): void => {
      this.$alarm = board.at(time, () => {
        this.$passed();
        const { $handler: handler, $timer: timer } = this;
        if (handler !== null) queue.schedule((argument: Value) => call(handler, argument), timer);
        at(time + period);
      });
    };
    const position = index(this.$timer.counter());
    const distance = (this.$ticks - position + this.$size) % this.$size || this.$size;
    at(board.now + (distance / this.$size) * period);
  }

  private $passed(): void {
    const { $line: line, $mode: mode } = this;
    if (mode === "OC_ACTIVE") line?.write(1);
    else if (mode === "OC_INACTIVE") line?.write(0);
    else if (mode === "OC_TOGGLE") line?.write(line.latch === 1 ? 0 : 1);
  }

  private $capture_edges(polarity: number): void {
    const { $line: line } = this;
    if (line === null) return;
    const queue = interrupts();
    const wanted: Level | null = polarity === BOTH ? null : polarity === FALLING ? 0 : 1;
    this.$ends.push(
      line.watch((level) => {
        if (wanted !== null && level !== wanted) return;
        this.$ticks = index(this.$timer.counter());
        const { $handler: handler, $timer: timer } = this;
        if (handler !== null) queue.schedule((argument: Value) => call(handler, argument), timer);
      }),
    );
  }

  /** Both channels of an encoder watch their own pin; the first one counts. */
  private $decode(line: PinLine): void {
    this.$ends.push(
      line.watch((level) => {
        const other = this.$timer.channel(this.$number === 1 ? 2 : 1) as TimerChannel | null;
        const counting = this.$number === 1 ? this : other;
        if (counting?.$encoded == null || other?.$line == null) return;
        if (this.$mode !== "ENC_AB" && this.$mode !== (this.$number === 1 ? "ENC_A" : "ENC_B"))
          return;
        const up = (level === other.$line.read()) === (this.$number === 2);
        counting.$encoded += up ? 1 : -1;
      }),
    );
  }

  [PRINT](): string {
    return `TimerChannel(timer=${this.$timerId}, channel=${this.$number}, mode=${this.$mode})`;
  }
}
define(TimerChannel, {
  builtin: true,
  methods: {
    __init__:
      "timer, id, number, mode, callback=, pin=, pulse_width=, pulse_width_percent=, compare=, polarity=, pulse_width_us=, pulse_width_ns=",
    callback: "fun, /",
    pulse_width: "value=, /",
    compare: "value=, /",
    capture: "value=, /",
    pulse_width_percent: "value=, /",
    pulse_width_us: "value=, /",
    pulse_width_ns: "value=, /",
  },
});
