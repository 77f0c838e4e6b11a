/**
 * PWM of an ESP32: each signal has a channel; signals of one frequency share a timer, whose steps grow
 * coarser the faster it is.
 */

import type { PwmUnits } from "../boards/board-data.js";
import { perContext } from "../core/context.js";
import { RuntimeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/operators.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { modulate, NS, type PwmGiven, type PwmSource } from "./pwm-source.js";

const FREQUENCY = 5000;
/** A clock for slow signals, where there is one, and the one for all others. */
const SLOW_CLOCK = 1_000_000;
const CLOCK = 80_000_000;
const SLOW = 10;
const MOST = 40_000_000;
/** Duties are kept as sixteen bits, one more than a whole period. */
const WHOLE = 65536;
const WHOLE_10_BITS = 1024;
const BITS = 16;

/** The signals of the chip. */
const active = perContext(() => new Map<PinLine, Esp32Pwm>());

export class Esp32Pwm implements PwmSource {
  private hz = 0;
  private asked: { kind: "u16" | "u10" | "ns"; value: number } = { kind: "u16", value: WHOLE / 2 };
  private inverted = false;
  private lightsleep = false;
  private running = false;

  constructor(private readonly line: PinLine) {}

  configure({ freq, duty, duty_u16, duty_ns, invert, lightsleep }: PwmGiven): void {
    if (lightsleep !== undefined) this.lightsleep = truth(lightsleep);
    const hz = given(freq);
    if (hz !== null) checkFrequency(hz);
    const [u16, ns, u10] = [given(duty_u16), given(duty_ns), given(duty)];
    // A duty below zero counts as none.
    if (u16 !== null && u16 >= 0) this.checkU16(u16);
    else if (ns !== null && ns >= 0) this.checkNs(ns);
    else if (u10 !== null && u10 >= 0) this.checkU10(u10);
    if (invert !== undefined) this.inverted = truth(invert);
    const before = active().get(this.line);
    this.start(hz ?? (this.hz || before?.hz || FREQUENCY));
  }

  stop(): void {
    this.running = false;
    this.inverted = false;
    this.lightsleep = false;
    this.asked = { kind: "u16", value: WHOLE / 2 };
    if (active().get(this.line) === this) active().delete(this.line);
    this.line.modulate(null);
  }

  freq(): number {
    this.checkRunning();
    return this.divided.hz;
  }

  setFreq(hz: number): void {
    this.checkRunning();
    checkFrequency(hz);
    this.start(hz);
  }

  u16(): number {
    this.checkRunning();
    const shift = BITS - this.divided.bits;
    const duty = (this.steps >> shift) << shift;
    return Math.min(WHOLE - 1, duty);
  }

  setU16(duty: number): void {
    this.checkU16(duty);
    this.apply();
  }

  ns(): number {
    return this.toNs(this.u16());
  }

  setNs(width: number): void {
    this.checkNs(width);
    this.apply();
  }

  duty(): number {
    return this.u16() >> 6;
  }

  setDuty(duty: number): void {
    this.checkU10(duty);
    this.apply();
  }

  print(): string {
    const start = `PWM(Pin(${this.line.data.number})`;
    if (!this.running) return `${start})`;
    const widths = { u16: `duty_u16=${this.u16()}`, u10: `duty=${this.duty()}`, ns: "" };
    const width = this.asked.kind === "ns" ? `duty_ns=${this.ns()}` : widths[this.asked.kind];
    const invert = this.inverted ? ", invert=True" : "";
    const sleep = this.lightsleep ? ", lightsleep=True" : "";
    return `${start}, freq=${this.freq()}, ${width}${invert}${sleep})`;
  }

  private start(hz: number): void {
    const { channels, timers } = units();
    const others = [...active()].filter(([line]) => line !== this.line).map(([, pwm]) => pwm.hz);
    const capable = this.lightsleep ? "light sleep capable " : "";
    if (others.length >= channels) {
      throw new RuntimeError(`out of ${capable}PWM channels:${channels}`);
    }
    if (new Set([...others, hz]).size > timers) {
      throw new RuntimeError(`out of ${capable}PWM timers:${timers}`);
    }
    this.hz = hz;
    this.running = true;
    active().set(this.line, this);
    this.apply();
  }

  private apply(): void {
    this.checkRunning();
    const { kind, value } = this.asked;
    const whole = kind === "u16" ? WHOLE - 1 : WHOLE_10_BITS - 1;
    const duty = { kind, value: kind === "ns" ? value : Math.min(value, whole) };
    modulate(this.line, this.hz, duty, this.inverted);
  }

  /** What was asked for, of 65536. */
  private get steps(): number {
    const { kind, value } = this.asked;
    if (kind === "u16") return value;
    if (kind === "u10") return value * (WHOLE / WHOLE_10_BITS);
    const steps = Math.floor((value * WHOLE * this.hz + NS / 2) / NS);
    return value > 0 && steps === 0 ? 1 : Math.min(WHOLE, steps);
  }

  /** How many bits the timer counts, and the frequency that it comes to. */
  private get divided(): { bits: number; hz: number } {
    const clock = units().slowClock && this.hz < SLOW ? SLOW_CLOCK : CLOCK;
    const ratio = Math.floor((clock + Math.floor(this.hz / 2)) / this.hz);
    const bits = Math.min(BITS, Math.floor(Math.log2(ratio)));
    const steps = 2 ** bits;
    const divider = Math.floor(
      (clock * 256 + Math.floor((this.hz * steps) / 2)) / (this.hz * steps),
    );
    return {
      bits,
      hz: Math.floor((clock * 256 + Math.floor((steps * divider) / 2)) / (steps * divider)),
    };
  }

  private toNs(duty: number): number {
    this.checkRunning();
    return Math.floor((duty * NS + (this.hz * WHOLE) / 2) / (this.hz * WHOLE));
  }

  private checkRunning(): void {
    if (!this.running) throw new RuntimeError("PWM is inactive");
  }

  private checkU16(duty: number): void {
    if (duty < 0 || duty > WHOLE - 1) {
      throw new ValueError(`duty_u16 must be from 0 to ${WHOLE}`);
    }
    this.asked = { kind: "u16", value: duty === WHOLE - 1 ? WHOLE : duty };
  }

  private checkU10(duty: number): void {
    if (duty < 0 || duty > WHOLE_10_BITS - 1) {
      throw new ValueError(`duty must be from 0 to ${WHOLE_10_BITS - 1}`);
    }
    this.asked = { kind: "u10", value: duty === WHOLE_10_BITS - 1 ? WHOLE_10_BITS : duty };
  }

  /** Asks the timer how long a period is: a signal that does not run yet has none. */
  private checkNs(width: number): void {
    const most = width < 0 ? 0 : this.toNs(WHOLE);
    if (width < 0 || width > most) {
      throw new ValueError(`duty_ns must be from 0 to ${this.toNs(WHOLE)} ns`);
    }
    this.asked = { kind: "ns", value: width };
  }
}

function units(): PwmUnits {
  return currentBoard().data.pwm as PwmUnits;
}

/** An argument as a number; -1 counts as none. */
function given(value: unknown): number | null {
  return value === undefined || value === -1 ? null : index(value);
}

function checkFrequency(hz: number): void {
  if (hz <= 0 || hz > MOST) {
    throw new ValueError(`frequency must be from 1Hz to ${MOST / 1_000_000}MHz`);
  }
}
