/** `esp32.RMT`: a train of pulses of given lengths on a pin, once, some times or for ever. */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { current } from "../core/context.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { asArray, asArrayOf } from "../core/iteration/iteration.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { PRINT } from "../core/slots.js";
import { isInt, isList, isTuple, type Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { Board, Level, PinLine } from "../machine/hal.js";
import { lineOf } from "../machine/pin/pin.js";
import { bitstreams } from "./bitstreams.js";

const SOURCE = 80_000_000;
const RESOLUTION = 10_000_000;
const PULSE_MAX = 32767;
const FOR_EVER = -1;

interface Pulse {
  level: Level;
  /** Milliseconds. */
  length: number;
}

export class RMT extends PyObject {
  static readonly PULSE_MAX = PULSE_MAX;

  declare private $board: Board;
  /** null: the channel was given back. */
  declare private $line: PinLine | null;
  declare private $resolution: number;
  declare private $idle: Level;
  declare private $loops: number;
  declare private $alarm: Alarm | null;
  /** Tells who waits for the pulses. */
  declare private $wake: (() => void) | null;

  override __init__(
    id: Value = -1,
    pin: Value = undefined,
    resolution_hz: Value = null,
    clock_div: Value = null,
    idle_level: Value = false,
    tx_carrier: Value = null,
    num_symbols: Value = undefined,
  ): Value {
    index(id);
    this.$board = currentBoard();
    const line = lineOf(pin);
    if (resolution_hz !== null && clock_div !== null) {
      throw new ValueError("resolution_hz and clock_div are mutually exclusive");
    }
    this.$resolution = resolution(resolution_hz, clock_div);
    const { rmtSymbols: least = 0 } = this.$board.data;
    const symbols = num_symbols === undefined ? least : index(num_symbols) >>> 0;
    if (symbols < least || symbols % 2 === 1) {
      throw new ValueError(`num_symbols must be even and at least ${least}`);
    }
    if (line.data.inputOnly) throw new OSError(-258, "ESP_ERR_INVALID_ARG");
    if (tx_carrier !== null) checkCarrier(tx_carrier);
    this.$line = line;
    this.$idle = truth(idle_level) ? 1 : 0;
    this.$loops = 0;
    this.$alarm = null;
    this.$wake = null;
    line.configure("out", null, this.$idle);
    return null;
  }

  static source_freq(): number {
    return SOURCE;
  }

  clock_div(): number {
    this.$pin();
    return Math.floor(SOURCE / this.$resolution);
  }

  loop(enable_loop: Value): null {
    this.$pin();
    return this.$setLoops(index(enable_loop) ? FOR_EVER : 0);
  }

  loop_count(n: Value): null {
    this.$pin();
    const count = index(n);
    if (count < FOR_EVER) throw new ValueError("arg must be -1, 0 or positive");
    return this.$setLoops(count);
  }

  active(value: Value = undefined): boolean {
    if (value === undefined) return this.$busy;
    if (truth(value)) throw new ValueError("activate by calling write_pulses()");
    this.$stop();
    return false;
  }

  deinit(): null {
    this.$stop();
    this.$line = null;
    return null;
  }

  /** Whether the pulses are sent; waits for that up to `timeout` milliseconds, -1: as long as it takes. */
  *wait_done(timeout: Value = 0): Waiting {
    this.$pin();
    return yield* this.$done(index(timeout));
  }

  private *$done(limit: number): Waiting<boolean> {
    const host = current().host as Host;
    const deadline = limit < 0 ? null : host.now() + limit;
    while (this.$busy && (deadline === null || host.now() < deadline)) {
      yield new Wait(deadline, (wake) => {
        this.$wake = wake;
        return () => {
          this.$wake = null;
        };
      });
    }
    return !this.$busy;
  }

  /**
   * `write_pulses(durations, level)`: levels in turn; `write_pulses(duration, levels)`: each as long;
   * `write_pulses(durations, levels)`. Waits for the pulses before.
   */
  *write_pulses(duration: Value, data: Value = true): Waiting {
    const line = this.$pin();
    yield* this.$done(-1);
    const pulses = this.$pulses(duration, data);
    this.$send(line, pulses);
    return null;
  }

  /** Whether neopixel.write and machine.bitstream use it, where the chip has it. */
  static bitstream_rmt(value: Value = undefined): boolean {
    if (value !== undefined) bitstreams().enabled = truth(value);
    return bitstreams().enabled;
  }

  static bitstream_channel(value: Value = undefined): Value {
    if (value !== undefined) {
      if (value !== null && index(value) < 0) throw new ValueError("invalid channel");
      bitstreams().enabled = value !== null;
    }
    return bitstreams().enabled ? 1 : null;
  }

  private get $busy(): boolean {
    return this.$alarm !== null;
  }

  private $pin(): PinLine {
    if (this.$line === null) throw new OSError("already deinitialized");
    return this.$line;
  }

  private $setLoops(count: number): null {
    if (this.$busy && this.$loops !== 0 && count === 0) this.$stop();
    this.$loops = count;
    return null;
  }

  private $stop(): void {
    this.$alarm?.cancel();
    this.$alarm = null;
    this.$line?.write(this.$idle);
    this.$wake?.();
  }

  private $pulses(duration: Value, data: Value): Pulse[] {
    const sequence = (value: Value): boolean => isTuple(value) || isList(value);
    const ms = (value: Value): number => (index(value) * 1000) / this.$resolution;
    let pulses: Pulse[];
    if (!sequence(data)) {
      const first = truth(data) ? 1 : 0;
      pulses = asArray(duration).map((value, i) => ({
        level: ((first + i) & 1) as Level,
        length: ms(value),
      }));
    } else {
      const levels = asArray(data).map((value): Level => (truth(value) ? 1 : 0));
      const lengths = isInt(duration) ? levels.map(() => duration) : asArray(duration);
      if (lengths.length !== levels.length) {
        throw new ValueError("duration and data must have same length");
      }
      pulses = levels.map((level, i) => ({ level, length: ms(lengths[i]) }));
    }
    if (pulses.length === 0) throw new ValueError("No pulses");
    return pulses;
  }

  private $send(line: PinLine, pulses: readonly Pulse[]): void {
    const length = pulses.reduce((sum, pulse) => sum + pulse.length, 0);
    const rounds = this.$loops === FOR_EVER ? Number.POSITIVE_INFINITY : Math.max(1, this.$loops);
    const play = (at: number, round: number, time: number): void => {
      const pulse = pulses[at];
      if (pulse === undefined) {
        if (round < rounds && length > 0) play(0, round + 1, time);
        else this.$stop();
        return;
      }
      line.write(pulse.level);
      const next = time + pulse.length;
      this.$alarm = this.$board.at(next, () => play(at + 1, round, next));
    };
    play(0, 1, this.$board.now);
  }

  [PRINT](): string {
    if (this.$line === null) return "RMT()";
    const { number } = this.$line.data;
    const rates = `source_freq=${SOURCE}, resolution_hz=${this.$resolution}`;
    return `RMT(pin=${number}, ${rates}, idle_level=${this.$idle})`;
  }
}
define(RMT, {
  builtin: true,
  attrs: { PULSE_MAX },
  statics: { source_freq: "", bitstream_rmt: "value=, /", bitstream_channel: "value=, /" },
  methods: {
    __init__: "id=, *, pin, resolution_hz=, clock_div=, idle_level=, tx_carrier=, num_symbols=",
    clock_div: "",
    loop: "enable_loop, /",
    loop_count: "n, /",
    active: "value=, /",
    deinit: "",
    wait_done: "*, timeout=",
    write_pulses: "duration, data=, /",
  },
  blocking: ["wait_done", "write_pulses"],
});

function resolution(resolution_hz: Value, clock_div: Value): number {
  if (resolution_hz !== null) {
    const hertz = index(resolution_hz) >>> 0;
    if (hertz === 0) throw new ValueError("resolution_hz must be positive");
    return hertz;
  }
  if (clock_div === null) return RESOLUTION;
  const divider = index(clock_div);
  if (divider < 1 || divider > 255) throw new ValueError("clock_div must be between 1 and 255");
  return Math.floor(SOURCE / divider);
}

/** The carrier is not seen on the simulated pin: what is shown is its envelope. */
function checkCarrier(carrier: Value): void {
  const parts = asArrayOf(carrier, 3);
  const [frequency, duty] = [index(parts[0]), index(parts[1])];
  if (frequency === 0) throw new ValueError("tx_carrier frequency must be >0");
  if (duty >>> 0 > 100) throw new ValueError("tx_carrier duty must be 0..100");
}
