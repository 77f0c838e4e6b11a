/**
 * `machine.Timer`: calls back once or again and again. The callback is queued when it is due and runs
 * between the steps of the program.
 */

import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import { Float, type Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import type { Board } from "./hal.js";

const ONE_SHOT = 0;
const PERIODIC = 1;
const LONGEST = 0x40000000;

export class Timer extends PyObject {
  static readonly ONE_SHOT = ONE_SHOT;
  static readonly PERIODIC = PERIODIC;

  declare private mode: number;
  declare private period: number;
  declare private handler: Value;
  declare private hard: boolean;
  declare private alarm: Alarm | null;

  override __init__(id: Value = -1, ...settings: Value[]): Value {
    this.mode = PERIODIC;
    this.period = 1000;
    this.handler = null;
    this.hard = false;
    this.alarm = null;
    checkId(index(id));
    if (settings.some((setting) => setting !== undefined)) this.configure(settings);
    return null;
  }

  init(...settings: Value[]): null {
    this.deinit();
    this.configure(settings);
    return null;
  }

  deinit(): null {
    this.alarm?.cancel();
    this.alarm = null;
    return null;
  }

  private configure([mode, callback, period, tickHz, freq, hard]: Value[]): void {
    this.mode = mode === undefined ? PERIODIC : index(mode);
    let delta = this.period;
    if (freq !== undefined && freq !== null) {
      delta = Math.trunc(1000 / (freq instanceof Float ? freq.value : Number(freq)));
    } else if (period !== undefined) {
      delta = Math.trunc((index(period) * 1000) / index(tickHz ?? 1000));
    }
    if (delta >= LONGEST) throw new ValueError("period too large");
    this.period = Math.max(1, delta);
    if (callback !== undefined) this.handler = callback;
    this.hard = hard !== undefined && truth(hard);
    const board = current().board as Board;
    if (this.handler !== null) this.book(board, interrupts(), board.now + this.period);
  }

  private book(board: Board, queue: Interrupts, time: number): void {
    this.alarm = board.at(time, () => {
      const failed = (): null => this.deinit();
      queue.schedule(this.handler, this, this.hard ? failed : null);
      this.alarm = null;
      if (this.mode === PERIODIC) this.book(board, queue, time + this.period);
    });
  }

  [PRINT](): string {
    const mode = this.mode === ONE_SHOT ? "ONE_SHOT" : "PERIODIC";
    return `Timer(mode=${mode}, period=${this.period})`;
  }
}

/** -1 is a timer of the runtime; a board has `hardwareTimers` more. */
function checkId(id: number): void {
  const { data } = current().board as Board;
  if (id < 0 || id < data.hardwareTimers) return;
  if (data.port === "esp32") {
    const count = data.hardwareTimers;
    throw new ValueError(`Timer(${id}) doesn't exist, there are only ${count} hardware timers`);
  }
  throw new ValueError("Timer doesn't exist");
}

const SETTINGS = "mode=, callback=, period=, tick_hz=, freq=, hard=";
define(Timer, {
  builtin: true,
  attrs: { ONE_SHOT, PERIODIC },
  methods: { __init__: `id=, *, ${SETTINGS}`, init: `*, ${SETTINGS}`, deinit: "" },
});
