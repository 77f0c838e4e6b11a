/**
 * `pyb.Timer`: a counter of the pyboard's chip, with a callback each time it overflows. Its channels
 * are in pyb-timer-channel.ts. Source: MicroPython's ports/stm32/timer.c.
 */

import { call } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { TypeError, ValueError } from "../../core/exception/exceptions.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isFloat, toFloat, type Value } from "../../core/values.js";
import type { Alarm } from "../../host/agenda.js";
import { type Interrupts, interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { Board } from "../hal.js";
import { UnitObject } from "../unit-object.js";
import { CHANNEL_MODES, checkCallback, TimerChannel, WIDE } from "./pyb-timer-channel.js";
import { clockListeners, stm32TimerClock } from "./stm32-frequencies.js";

const modes = Object.fromEntries(CHANNEL_MODES.map((name, value) => [name, value]));
const constants = {
  UP: 0,
  DOWN: 0x10,
  CENTER: 0x20,
  HIGH: 0,
  LOW: 2,
  RISING: 0,
  FALLING: 2,
  BOTH: 10,
  BRK_OFF: 0,
  BRK_LOW: 1,
  BRK_HIGH: 2,
} as const;
const CHANNELS = 4;
/** The most that the clock is divided by. */
const MOST = 0x10000;

/** The dead time that the register comes to: its eight bits grow coarser the more there are. */
function deadtimeOf(ticks: number): number {
  if (ticks <= 0) return 0;
  if (ticks < 128) return ticks;
  if (ticks < 256) return ticks - (ticks % 2);
  if (ticks < 512) return 256 + (((ticks - 256) >> 3) & 0x1f) * 8;
  return ticks < 1008 ? 512 + ((ticks - 512) >> 4) * 16 : 1008;
}

/** A number that was given; -1 is as none. */
function given(value: Value): number | null {
  return value === undefined || index(value) === -1 ? null : index(value);
}

export class Timer extends UnitObject {
  declare private $id: number;
  declare private $board: Board;
  declare private $queue: Interrupts;
  /** Hz of what it divides. */
  declare private $clock: number;
  /** How far the clock is divided, and what it counts to: each less one. */
  declare private $divider: number;
  declare private $top: number;
  /** It was told what to be; deinit() leaves its registers as they are. */
  declare private $begun: boolean;
  declare private $mode: number;
  declare private $div: number;
  declare private $handler: Value;
  declare private $alarm: Alarm | null;
  /** When the count was zero. */
  declare private $origin: number;
  declare private $channels: Map<number, TimerChannel>;
  /** Of the two advanced timers, as they are printed. */
  declare private $deadtime: number;
  declare private $brk: number;

  static override $unit(id: Value): number {
    const unit = index(id);
    const { hardwareTimers } = currentBoard().data;
    if (unit < 1 || unit > hardwareTimers) throw new ValueError(`Timer(${unit}) doesn't exist`);
    return unit;
  }

  /** Asking for a timer again leaves it as it is. */
  override __init__(id: Value, ...settings: Value[]): Value {
    if (this.$id !== undefined) {
      if (settings.some((setting) => setting !== undefined)) {
        Timer.prototype.init.call(this, ...settings);
      }
      return null;
    }
    this.$id = Timer.$unit(id);
    this.$board = currentBoard();
    this.$queue = interrupts();
    this.$clock = stm32TimerClock(this.$id);
    clockListeners().add(() => this.$reclock(stm32TimerClock(this.$id)));
    this.$divider = 0;
    this.$top = 0;
    this.$begun = false;
    this.$mode = constants.UP;
    this.$div = 1;
    this.$handler = null;
    this.$alarm = null;
    this.$origin = 0;
    this.$channels = new Map();
    this.$deadtime = 0;
    this.$brk = constants.BRK_OFF;
    if (settings.some((setting) => setting !== undefined)) {
      Timer.prototype.init.call(this, ...settings);
    }
    return null;
  }

  init(
    freq: Value = undefined,
    prescaler: Value = undefined,
    period: Value = undefined,
    mode: Value = constants.UP,
    div: Value = 1,
    callback: Value = undefined,
    deadtime: Value = 0,
    brk: Value = constants.BRK_OFF,
    _hard: Value = true,
    tickHz: Value = 1000,
  ): null {
    const [divider, top] = [given(prescaler), given(period)];
    if (freq !== undefined && freq !== null) this.$setFrequency(freq);
    else if (divider !== null && top !== null) {
      this.$divider = divider & 0xffff;
      this.$top = (top & this.$mask) >>> 0;
    } else if (top !== null) this.$setPeriod(top, index(tickHz));
    else throw new TypeError("must specify either freq, period, or prescaler and period");
    this.$mode = index(mode);
    if (![constants.UP, constants.DOWN, constants.CENTER].includes(this.$mode as never)) {
      throw new ValueError(`invalid mode (${this.$mode})`);
    }
    this.$div = [2, 4].includes(index(div)) ? index(div) : 1;
    this.$deadtime = deadtimeOf(index(deadtime));
    this.$brk = index(brk);
    this.$origin = this.$board.now;
    this.$begun = true;
    return Timer.prototype.callback.call(this, callback === undefined ? this.$handler : callback);
  }

  deinit(): null {
    Timer.prototype.callback.call(this, null);
    for (const channel of this.$channels.values()) channel.$release();
    this.$channels.clear();
    this.$begun = false;
    return null;
  }

  /** Called with the timer each time it overflows; None: no longer. */
  callback(fun: Value): null {
    checkCallback(fun);
    this.$alarm?.cancel();
    this.$alarm = null;
    this.$handler = fun;
    if (fun !== null && this.$begun) this.$book(this.$board.now + this.$periodMs);
    return null;
  }

  freq(value: Value = undefined): Value {
    if (value === undefined) {
      const exact = this.$clock / (this.$divider + 1) / (this.$top + 1);
      return Number.isInteger(exact) ? exact : toFloat(exact);
    }
    this.$setFrequency(value);
    return this.$changed();
  }

  prescaler(value: Value = undefined): Value {
    if (value === undefined) return this.$divider;
    this.$divider = index(value) & 0xffff;
    return this.$changed();
  }

  period(value: Value = undefined): Value {
    if (value === undefined) return this.$top;
    this.$top = index(value) & this.$mask;
    return this.$changed();
  }

  counter(value: Value = undefined): Value {
    const encoder = [...this.$channels.values()].find((channel) => channel.$encoded !== null);
    const { $ticks: ticks } = this;
    if (value !== undefined) {
      if (encoder !== undefined) encoder.$encoded = index(value);
      else this.$origin = this.$board.now - index(value) / ticks;
      return null;
    }
    const { $size: size } = this;
    if (encoder !== undefined) return (((encoder.$encoded as number) % size) + size) % size;
    return Math.floor((this.$board.now - this.$origin) * ticks + 1e-6) % size;
  }

  /** Not visible to programs. */
  get $number(): number {
    return this.$id;
  }

  /** Hz of the clock that the timer divides. */
  source_freq(): number {
    return this.$clock;
  }

  channel(channel: Value, mode: Value = undefined, ...settings: Value[]): Value {
    const number = index(channel);
    if (number < 1 || number > CHANNELS) throw new ValueError(`invalid channel (${number})`);
    if (mode === undefined) return this.$channels.get(number) ?? null;
    this.$channels.get(number)?.$release();
    const made = new TimerChannel(this, this.$id, number, index(mode), ...settings);
    this.$channels.set(number, made);
    return made;
  }

  // For the channels; not visible to programs.

  /** Goes on with what it has counted when the chip's clocks change. */
  private $reclock(hertz: number): void {
    const { $board: board } = this;
    const counted = (board.now - this.$origin) * this.$ticks;
    this.$clock = hertz;
    this.$origin = board.now - counted / this.$ticks;
    for (const channel of this.$channels.values()) channel.$refresh();
    if (this.$alarm === null) return;
    this.$alarm.cancel();
    this.$book(board.now + (this.$size - (counted % this.$size)) / this.$ticks);
  }

  /** Counts in a millisecond. */
  private get $ticks(): number {
    return this.$clock / (this.$divider + 1) / 1000;
  }

  private get $mask(): number {
    return WIDE.has(this.$id) ? 0xffffffff : 0xffff;
  }

  private get $size(): number {
    return this.$top + 1;
  }

  private get $periodMs(): number {
    return ((this.$divider + 1) * this.$size * 1000) / this.$clock;
  }

  private $changed(): null {
    for (const channel of this.$channels.values()) channel.$refresh();
    return Timer.prototype.callback.call(this, this.$handler);
  }

  /** Finds a prescaler and a period; they need not give the frequency exactly. */
  private $setFrequency(freq: Value): void {
    let hertz = isFloat(freq) ? Math.fround(asNumber(freq)) : index(freq);
    if (hertz <= 0) throw new ValueError("must have positive freq");
    let divider = 1;
    if (isFloat(freq)) {
      for (; hertz < 1 && divider < 6553; hertz = Math.fround(hertz * 10)) divider *= 10;
    }
    let period = Math.max(1, Math.floor(Math.fround(this.$clock / hertz)));
    while (period > this.$mask) {
      if (period % 5 === 0 && divider * 5 <= MOST) {
        divider *= 5;
        period /= 5;
      } else if (period % 3 === 0 && divider * 3 <= MOST) {
        divider *= 3;
        period /= 3;
      } else if (divider * 2 <= MOST) {
        divider *= 2;
        period = Math.floor(period / 2);
      } else if (divider < MOST) {
        period = Math.floor((period * divider) / MOST);
        divider = MOST;
      } else throw new ValueError("freq too small");
    }
    this.$divider = (divider - 1) & 0xffff;
    this.$top = period - 1;
  }

  /** The same from a time: so many ticks. */
  private $setPeriod(ticks: number, tickHz: number): void {
    if (ticks <= 0 || tickHz <= 0) throw new ValueError("must have positive freq");
    let period = Math.floor((this.$clock * ticks) / tickHz);
    let divider = 1;
    while (period > this.$mask) {
      if (divider <= 13107 && period % 5 === 0) {
        divider *= 5;
        period /= 5;
      } else if (divider <= 21845 && period % 3 === 0) {
        divider *= 3;
        period /= 3;
      } else {
        const odd = period % 2;
        divider *= 2;
        period = Math.floor(period / 2);
        if (period < divider) divider += odd;
        if (divider > MOST) throw new ValueError("period too large");
      }
    }
    this.$divider = (divider - 1) & 0xffff;
    this.$top = (period - 1) % (this.$mask + 1);
  }

  private $book(time: number): void {
    const { $periodMs: periodMs } = this;
    this.$alarm = this.$board.at(time, () => {
      const { $handler: handler } = this;
      this.$queue.schedule((timer: Value) => call(handler, timer), this);
      this.$book(time + periodMs);
    });
  }

  [PRINT](): string {
    if (!this.$begun) return `Timer(${this.$id})`;
    const hertz = Math.floor(this.$clock / ((this.$divider + 1) * this.$size));
    const mode = { 0: "UP", 16: "DOWN", 32: "CENTER" }[this.$mode];
    const counts = `prescaler=${this.$divider}, period=${this.$top}`;
    const brk = ["BRK_OFF", "BRK_LOW"][this.$brk] ?? "BRK_HIGH";
    const isAdvanced = this.$id === 1 || this.$id === 8;
    const advanced = isAdvanced ? `, deadtime=${this.$deadtime}, brk=${brk}` : "";
    return `Timer(${this.$id}, freq=${hertz}, ${counts}, mode=${mode}, div=${this.$div}${advanced})`;
  }
}
const SETTINGS =
  "*, freq=, prescaler=, period=, mode=, div=, callback=, deadtime=, brk=, hard=, tick_hz=";
define(Timer, {
  builtin: true,
  attrs: { ...constants, ...modes },
  methods: {
    __init__: `id, /, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    callback: "fun, /",
    freq: "value=, /",
    prescaler: "value=, /",
    period: "value=, /",
    counter: "value=, /",
    source_freq: "",
    channel:
      "channel, /, [mode!: int, *, callback=, pin=, pulse_width=, pulse_width_percent=, compare=, polarity=, pulse_width_us=, pulse_width_ns=]",
  },
});
