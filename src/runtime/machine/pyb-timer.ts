/** `pyb.Timer` and its channels: callbacks at a frequency, and pulse widths on pins. */

import { call } from "../core/call.js";
import { define } from "../core/class.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { asNumber, index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import { toFloat, type Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "./bus-unit.js";
import type { Board, PinLine } from "./hal.js";
import { lineOf } from "./pin.js";

const constants = { UP: 0, DOWN: 1, CENTER: 2, PWM: 0, PWM_INVERTED: 1, OC_TIMING: 2 } as const;
const CLOCK = 84_000_000;

export class Timer extends PyObject {
  static readonly UP = constants.UP;
  static readonly DOWN = constants.DOWN;
  static readonly CENTER = constants.CENTER;
  static readonly PWM = constants.PWM;
  static readonly PWM_INVERTED = constants.PWM_INVERTED;
  static readonly OC_TIMING = constants.OC_TIMING;

  declare private id: number;
  declare private board: Board;
  declare private queue: Interrupts;
  declare private hertz: number;
  declare private handler: Value;
  declare private alarm: Alarm | null;

  override __init__(id: Value, ...settings: Value[]): null {
    this.id = index(id);
    this.board = currentBoard();
    const { hardwareTimers } = this.board.data;
    if (this.id < 1 || this.id > hardwareTimers)
      throw new ValueError(`Timer(${this.id}) doesn't exist`);
    this.queue = interrupts();
    this.hertz = 0;
    this.handler = null;
    this.alarm = null;
    if (settings.some((setting) => setting !== undefined)) this.init(...settings);
    return null;
  }

  init(
    freq: Value = undefined,
    prescaler: Value = undefined,
    period: Value = undefined,
    _mode: Value = undefined,
    _div: Value = undefined,
    callback: Value = undefined,
  ): null {
    if (freq !== undefined) this.hertz = asNumber(freq);
    else if (prescaler !== undefined && period !== undefined) {
      this.hertz = CLOCK / (index(prescaler) + 1) / (index(period) + 1);
    } else throw new TypeError("must specify either freq, or prescaler and period");
    if (this.hertz <= 0) throw new ValueError("invalid freq");
    return this.callback(callback === undefined ? this.handler : callback);
  }

  deinit(): null {
    this.alarm?.cancel();
    this.alarm = null;
    this.handler = null;
    return null;
  }

  /** Called with the timer each time it overflows; None: no longer. */
  callback(fun: Value): null {
    this.alarm?.cancel();
    this.alarm = null;
    this.handler = fun;
    if (fun !== null && this.hertz > 0) this.book(this.board.now + 1000 / this.hertz);
    return null;
  }

  freq(value: Value = undefined): Value {
    if (value === undefined) return Number.isInteger(this.hertz) ? this.hertz : toFloat(this.hertz);
    this.hertz = asNumber(value);
    return this.callback(this.handler);
  }

  channel(channel: Value, mode: Value = undefined, ...settings: Value[]): Value {
    const number = index(channel);
    if (number < 1 || number > 4) throw new ValueError(`invalid channel (${number})`);
    return mode === undefined ? null : new TimerChannel(this, number, index(mode), ...settings);
  }

  private book(time: number): void {
    const period = 1000 / this.hertz;
    this.alarm = this.board.at(time, () => {
      const { handler } = this;
      this.queue.schedule((timer: Value) => call(handler, timer), this);
      this.book(time + period);
    });
  }

  [PRINT](): string {
    return this.hertz > 0 ? `Timer(${this.id}, freq=${this.hertz})` : `Timer(${this.id})`;
  }
}
define(Timer, {
  builtin: true,
  attrs: { ...constants },
  methods: {
    __init__: "id, *, freq=, prescaler=, period=, mode=, div=, callback=, deadtime=",
    init: "*, freq=, prescaler=, period=, mode=, div=, callback=, deadtime=",
    deinit: "",
    callback: "fun, /",
    freq: "value=, /",
    channel: "channel, mode=, *, callback=, pin=, pulse_width=, pulse_width_percent=",
  },
});

/** One output of a timer. */
class TimerChannel extends PyObject {
  declare private timer: Timer;
  declare private line: PinLine | null;
  declare private inverted: boolean;
  declare private percent: number;

  override __init__(
    timer: Timer,
    _number: Value,
    mode: Value,
    _callback: Value = undefined,
    pin: Value = undefined,
    width: Value = undefined,
    percent: Value = undefined,
  ): null {
    this.timer = timer;
    this.line = pin === undefined || pin === null ? null : lineOf(pin);
    this.inverted = mode === constants.PWM_INVERTED;
    this.percent = 0;
    if (percent !== undefined) this.pulse_width_percent(percent);
    else this.pulse_width(width ?? 0);
    return null;
  }

  /** The width in ticks of the timer's clock; with an argument: sets it. */
  pulse_width(value: Value = undefined): Value {
    const ticks = CLOCK / asNumber(this.timer.freq());
    if (value === undefined) return Math.round((this.percent / 100) * ticks);
    return this.pulse_width_percent(toFloat((index(value) / ticks) * 100));
  }

  pulse_width_percent(value: Value = undefined): Value {
    if (value === undefined) return toFloat(this.percent);
    this.percent = Math.min(100, Math.max(0, asNumber(value)));
    const part = this.percent / 100;
    const frequency = asNumber(this.timer.freq());
    this.line?.modulate({ frequency, duty: this.inverted ? 1 - part : part });
    return null;
  }
}
define(TimerChannel, {
  builtin: true,
  methods: {
    __init__: "timer, number, mode, callback=, pin=, pulse_width=, pulse_width_percent=",
    pulse_width: "value=, /",
    pulse_width_percent: "value=, /",
  },
});
