/** `machine.DAC` and `pyb.DAC`: puts a voltage on a pin. */

import { bytesOf } from "../core/buffer.js";
import { define } from "../core/class.js";
import { ValueError } from "../core/exceptions.js";
import { asNumber, index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import { isInt, type Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import { currentBoard, lineLabel } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin.js";
import { requireArguments } from "./port-arguments.js";
import { portMembers } from "./port-members.js";

const SUPPLY = 3.3;
const FULL = 4095;
const NORMAL = 0;
const CIRCULAR = 1;

export class DAC extends PyObject {
  static readonly NORMAL = NORMAL;
  static readonly CIRCULAR = CIRCULAR;

  declare private $line: PinLine;
  declare private $bits: number;
  declare private $alarm: Alarm | null;

  override __init__(port: Value, bits: Value = 8, _buffering: Value = null): Value {
    this.$alarm = null;
    const board = currentBoard();
    const { dac, port: rules } = board.data;
    const numbered = rules === "stm32" && isInt(port);
    const pin = numbered ? dac[Number(port) - 1] : undefined;
    if (numbered && pin === undefined) throw new ValueError(`DAC(${port}) doesn't exist`);
    this.$line = pin === undefined ? lineOf(port) : (board.line(pin) as PinLine);
    if (!dac.some((id) => board.line(id) === this.$line)) {
      throw new ValueError(
        rules === "stm32"
          ? `Pin(${this.$line.data.name}) doesn't have DAC capabilities`
          : "invalid Pin for DAC",
      );
    }
    return this.$configure(bits);
  }

  init(bits: Value = 8, _buffering: Value = null): null {
    return this.$configure(bits);
  }

  private $configure(bits: Value): null {
    this.$bits = index(bits);
    if (this.$bits !== 8 && this.$bits !== 12) throw new ValueError("unsupported bits");
    this.$line.configure("analog", null, null);
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
  write_timed(data: Value = undefined, freq: Value = undefined, mode: Value = NORMAL): null {
    requireArguments({ data, freq });
    const samples = bytesOf(data).slice();
    const board = currentBoard();
    const { $line: line } = this;
    const step = 1000 / asNumber(freq);
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
    return this.$generate(asNumber(freq), () => {
      const bit = ((register >> 0) ^ (register >> 1) ^ (register >> 4) ^ (register >> 6)) & 1;
      register = (register >> 1) | (bit << 11);
      return register / FULL;
    });
  }

  /** A triangle of 8192 steps, `freq` steps in a second. */
  triangle(freq: Value): null {
    let step = 0;
    return this.$generate(asNumber(freq), () => {
      step = (step + 1) % (2 * (FULL + 1));
      return (step <= FULL ? step : 2 * FULL + 1 - step) / FULL;
    });
  }

  /** 1 or 2 */
  private get $number(): number {
    const board = currentBoard();
    return board.data.dac.findIndex((id) => board.line(id) === this.$line) + 1;
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
      : `DAC(${this.$number}, bits=${this.$bits})`;
  }
}
define(DAC, {
  builtin: true,
  attrs: { NORMAL, CIRCULAR },
  methods: {
    __init__: "port, bits=, *, buffering=",
    init: "bits=, *, buffering=",
    deinit: "",
    write: "value, /",
    noise: "freq, /",
    triangle: "freq, /",
    write_timed: "data=, freq=, *, mode=",
  },
});
portMembers(DAC, "machine.DAC");
