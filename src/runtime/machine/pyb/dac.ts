/** `machine.DAC` and `pyb.DAC`: puts a voltage on a pin. */

import { define } from "../../core/class/class.js";
import { perContext } from "../../core/context.js";
import { OSError, ValueError } from "../../core/exception/exceptions.js";
import { bytesOf } from "../../core/memory/buffer.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isInt, type Value } from "../../core/values.js";
import type { Alarm } from "../../host/agenda.js";
import { currentBoard, lineLabel } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { portMembers } from "../port/port-members.js";
import { UnitObject } from "../unit-object.js";
import { Timer } from "./pyb-timer.js";

const SUPPLY = 3.3;
const FULL = 4095;
const NORMAL = 0;
const CIRCULAR = 0x100;
/** Timers that can tell the converter when. */
const TRIGGERS: ReadonlySet<number> = new Set([2, 4, 5, 6, 7, 8]);

/** An ESP32's channels that there is an object of: it never gives one back. */
const taken = perContext(() => new Set<PinLine>());

export class DAC extends UnitObject {
  static readonly NORMAL = NORMAL;
  static readonly CIRCULAR = CIRCULAR;

  declare private $line: PinLine;
  declare private $bits: number;
  declare private $alarm: Alarm | null;

  static override $unit(port: Value): number | null {
    const board = currentBoard();
    return board.data.port === "stm32" ? dacNumber(dacLine(port)) : null;
  }

  override __init__(port: Value, bits: Value = undefined, buffering: Value = undefined): Value {
    const begun = this.$bits !== undefined;
    this.$line = dacLine(port);
    this.$alarm ??= null;
    if (currentBoard().data.port === "esp32") {
      if (taken().has(this.$line)) throw new OSError(-259, "ESP_ERR_INVALID_STATE");
      taken().add(this.$line);
    }
    // A pyboard's goes on as it is unless it is told what to be.
    return begun && bits === undefined && buffering === undefined ? null : this.$configure(bits);
  }

  init(bits: Value = undefined, _buffering: Value = null): null {
    return this.$configure(bits);
  }

  private $configure(given: Value = 8): null {
    const bits = index(given);
    this.$line.configure("analog", null, null);
    if (bits !== 8 && bits !== 12) throw new ValueError("unsupported bits");
    this.$bits = bits;
    return null;
  }

  deinit(): null {
    this.$stop();
    this.$line.drivesVolts(null);
    return null;
  }

  write(value: Value): null {
    this.$stop();
    const wanted = index(value);
    const full = 2 ** this.$bits - 1;
    if (currentBoard().data.port === "esp32" && (wanted < 0 || wanted > full)) {
      throw new ValueError("value out of range");
    }
    const volts = ((wanted & full) / full) * SUPPLY;
    this.$line.drivesVolts(volts);
    currentBoard().report(this.$line.data.label, "volts", volts);
    return null;
  }

  /** Plays samples in turn, `freq` in a second; the last one stays. */
  write_timed(data: Value, freq: Value, mode: Value = NORMAL): null {
    const samples = bytesOf(data).slice();
    const board = currentBoard();
    const { $line: line } = this;
    const step = 1000 / triggerRate(freq);
    const circular = index(mode) === CIRCULAR;
    const play = (at: number, time: number): void => {
      line.drivesVolts(((samples[at] as number) / 255) * SUPPLY);
      const next = at + 1 < samples.length ? at + 1 : circular ? 0 : null;
      if (next !== null) this.$alarm = board.at(time + step, () => play(next, time + step));
    };
    this.$stop();
    if (samples.length > 0) play(0, board.now);
    return null;
  }

  /** Random voltages, a new one `freq` times in a second. */
  noise(freq: Value): null {
    let register = 0xaaa;
    return this.$generate(index(freq), () => {
      const bit = ((register >> 0) ^ (register >> 1) ^ (register >> 4) ^ (register >> 6)) & 1;
      register = (register >> 1) | (bit << 11);
      return register / FULL;
    });
  }

  /** A triangle of 8192 steps, `freq` steps in a second. */
  triangle(freq: Value): null {
    let step = 0;
    return this.$generate(index(freq), () => {
      step = (step + 1) % (2 * (FULL + 1));
      return (step <= FULL ? step : 2 * FULL + 1 - step) / FULL;
    });
  }

  private $stop(): void {
    this.$alarm?.cancel();
    this.$alarm = null;
  }

  /** Until the next write. */
  private $generate(hertz: number, next: () => number): null {
    const board = currentBoard();
    this.$stop();
    const play = (time: number): void => {
      this.$line.drivesVolts(next() * SUPPLY);
      this.$alarm = board.at(time + 1000 / hertz, () => play(time + 1000 / hertz));
    };
    play(board.now);
    return null;
  }

  [PRINT](): string {
    return currentBoard().data.port === "esp32"
      ? `DAC(Pin(${lineLabel(this.$line)}))`
      : `DAC(${dacNumber(this.$line)}, bits=${this.$bits})`;
  }
}
/** Samples in a second: a number of them, or what a timer overflows that can trigger the converter. */
function triggerRate(freq: Value): number {
  if (isInt(freq)) return index(freq);
  if (!(freq instanceof Timer)) throw new ValueError("need a Timer object");
  if (TRIGGERS.has(freq.$number)) return asNumber(freq.freq());
  throw new ValueError("Timer does not support DAC triggering");
}

/** 1 or 2; 0: the pin has none. */
function dacNumber(line: PinLine): number {
  const board = currentBoard();
  return board.data.dac.findIndex((id) => board.line(id) === line) + 1;
}

/** The pin of a converter, which a pyboard knows by their numbers as well. */
function dacLine(port: Value): PinLine {
  const board = currentBoard();
  const { dac, port: rules } = board.data;
  const numbered = rules === "stm32" && isInt(port);
  const pin = numbered ? dac[Number(port) - 1] : undefined;
  if (numbered && pin === undefined) throw new ValueError(`DAC(${port}) doesn't exist`);
  const line = pin === undefined ? lineOf(port) : (board.line(pin) as PinLine);
  if (dacNumber(line) > 0) return line;
  const { name } = line.data;
  throw new ValueError(
    rules === "stm32" ? `Pin(${name}) doesn't have DAC capabilities` : "invalid Pin for DAC",
  );
}

define(DAC, {
  builtin: true,
  attrs: { NORMAL, CIRCULAR },
  methods: {
    __init__: "port, /, bits=, *, buffering=",
    init: "bits=, *, buffering=",
    deinit: "",
    write: "value, /",
    noise: "freq, /",
    triangle: "freq, /",
    write_timed: "data!, freq!, *, mode=: int",
  },
});
portMembers(DAC, "machine.DAC");
