/**
 * PWM of an ESP32, from `ports/esp32/machine_pwm.c`: each signal has a channel; signals of one frequency
 * share a timer, whose steps grow coarser the faster it is. A pin that gets a new object with another
 * frequency leaves the timer of the old one taken, as the port does.
 */

import type { PwmUnits } from "../../boards/board-data.js";
import { OSError, RuntimeError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { APB_CLOCK, bitsOf, DUTY_BITS, type Ledc, ledcOf, REF_CLOCK } from "./ledc.js";
import { modulate, NS, type PwmGiven, type PwmSource } from "./pwm-source.js";

const FREQUENCY = 5000;
/** Slower signals count the clock of reference, where there is one. */
const SLOW = 10;
const MOST = 40_000_000;
/** Duties are kept as sixteen bits, one more than a whole period. */
const WHOLE = 65536;
const WHOLE_10_BITS = 1024;

type Asked = { kind: "u16" | "u10" | "ns"; value: number };

export class Esp32Pwm implements PwmSource {
  private readonly ledc: Ledc = ledcOf(currentBoard().data.pwm as PwmUnits);
  private mode = -1;
  private channel = -1;
  /** -1: it is inactive. */
  private timer = -1;
  private hz = -1;
  private asked: Asked | null = null;
  private inverted = false;
  /** As the channel was told. */
  private invertedBefore = false;
  private lightsleep = false;

  constructor(private readonly line: PinLine) {}

  configure({ freq, duty, duty_u16, duty_ns, invert, lightsleep }: PwmGiven): void {
    const [hz, u10, u16, ns] = [freq, duty, duty_u16, duty_ns].map(given) as [
      number,
      number,
      number,
      number,
    ];
    if (lightsleep !== undefined) this.lightsleep = truth(lightsleep);
    if (hz !== -1) checkFrequency(hz, MOST);
    // A duty below zero counts as none.
    if (u16 >= 0) this.checkU16(u16);
    else if (ns >= 0) this.checkNs(ns);
    else if (u10 >= 0) this.checkU10(u10);
    else this.asked ??= { kind: "u16", value: WHOLE / 2 };
    if (invert !== undefined) this.inverted = truth(invert);
    const [mode, channel] = this.ledc.findChannel(this.line, hz, this.lightsleep);
    if (channel < 0) throw new RuntimeError(this.outOf("channels"));
    this.mode = mode;
    this.channel = channel;
    this.start(hz === -1 ? this.running : hz);
  }

  stop(): void {
    if (this.mode >= 0) this.ledc.release(this.mode, this.channel);
    this.mode = -1;
    this.channel = -1;
    this.timer = -1;
    this.hz = -1;
    this.asked = null;
    this.inverted = false;
    this.invertedBefore = false;
    this.lightsleep = false;
    this.line.modulate(null);
  }

  freq(): number {
    this.checkActive();
    return this.ledc.frequency(this.mode, this.timer);
  }

  setFreq(hz: number): void {
    this.checkActive();
    checkFrequency(hz, MOST);
    if (hz !== this.ledc.timer(this.mode, this.timer).freq) this.start(hz);
  }

  u16(): number {
    this.checkActive();
    const { bits } = this.ledc.timer(this.mode, this.timer);
    const duty = this.ledc.channel(this.mode, this.channel).duty << (DUTY_BITS - bits);
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
    if (this.timer < 0) return `${start})`;
    const kind = this.asked?.kind ?? "u16";
    const width =
      kind === "ns"
        ? `duty_ns=${this.ns()}`
        : kind === "u10"
          ? `duty=${this.duty()}`
          : `duty_u16=${this.u16()}`;
    const invert = this.inverted ? ", invert=True" : "";
    const sleep = this.lightsleep ? ", lightsleep=True" : "";
    return `${start}, freq=${this.freq()}, ${width}${invert}${sleep})`;
  }

  /** The frequency that the pin's channel has already, or the usual one. */
  private get running(): number {
    const { timer } = this.ledc.channel(this.mode, this.channel);
    const freq = timer < 0 ? -1 : this.ledc.timer(this.mode, timer).freq;
    return freq > 0 ? freq : FREQUENCY;
  }

  private start(hz: number): void {
    this.selectTimer(hz);
    this.setTimer(hz);
    this.apply();
  }

  /** One of that frequency, or its own if no other signal counts on it, or a free one. */
  private selectTimer(hz: number): void {
    const { ledc, line, lightsleep } = this;
    let [mode, timer] = ledc.findTimer(line, hz, lightsleep);
    if (timer < 0) {
      if (!ledc.isShared(this.mode, this.channel, this.timer))
        [mode, timer] = [this.mode, this.timer];
      if (timer < 0) [mode, timer] = ledc.findTimer(line, -1, lightsleep);
    }
    if (timer < 0) throw new RuntimeError(this.outOf("timers"));
    if (timer === this.timer) return;
    Object.assign(ledc.channel(this.mode, this.channel), { pin: null, timer: -1 });
    this.mode = mode;
    this.timer = timer;
    Object.assign(ledc.channel(mode, this.channel), { pin: null, timer });
  }

  private setTimer(hz: number): void {
    this.hz = hz;
    const { ledc, mode, timer } = this;
    const { slowClock, sleepClock, bits } = ledc.units;
    if (ledc.timer(mode, timer).freq === hz && !this.lightsleep) return;
    const awake = slowClock && hz < SLOW ? REF_CLOCK : APB_CLOCK;
    const clock = ledc.clockInUse || (this.lightsleep ? sleepClock : awake);
    checkFrequency(hz, Math.floor(clock / 2));
    ledc.setTimer(mode, timer, hz, bitsOf(clock, hz, bits), clock);
  }

  private apply(): void {
    this.checkActive();
    const channel = this.ledc.channel(this.mode, this.channel);
    const { bits } = this.ledc.timer(this.mode, this.timer);
    const duty = this.steps >> (DUTY_BITS - bits);
    if (channel.pin === null || this.inverted !== this.invertedBefore) {
      this.invertedBefore = this.inverted;
      if (this.line.data.inputOnly) throw new OSError(-258, "ESP_ERR_INVALID_ARG");
    }
    Object.assign(channel, { pin: this.line, timer: this.timer, duty });
    const { kind, value } = this.asked as Asked;
    const whole = kind === "u16" ? WHOLE - 1 : WHOLE_10_BITS - 1;
    const asked = { kind, value: kind === "ns" ? value : Math.min(value, whole) };
    modulate(this.line, this.hz, asked, this.inverted);
  }

  /** What was asked for, of 65536. */
  private get steps(): number {
    const { kind, value } = this.asked as Asked;
    if (kind === "u16") return value;
    if (kind === "u10") return value * (WHOLE / WHOLE_10_BITS);
    const steps = Math.floor((value * WHOLE * this.hz + NS / 2) / NS);
    return value > 0 && steps === 0 ? 1 : Math.min(WHOLE, steps);
  }

  private toNs(duty: number): number {
    this.checkActive();
    return Math.floor((duty * NS + (this.hz * WHOLE) / 2) / (this.hz * WHOLE));
  }

  private checkActive(): void {
    if (this.timer < 0) throw new RuntimeError("PWM is inactive");
  }

  private outOf(what: "channels" | "timers"): string {
    const { groups } = this.ledc.units;
    const count = this.ledc.units[what] * (this.lightsleep ? 1 : groups);
    return `out of ${this.lightsleep ? "light sleep capable " : ""}PWM ${what}:${count}`;
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
    if (width < 0 || width > this.toNs(WHOLE)) {
      throw new ValueError(`duty_ns must be from 0 to ${this.toNs(WHOLE)} ns`);
    }
    this.asked = { kind: "ns", value: width };
  }
}

/** An argument as a number; -1 counts as none. */
function given(value: unknown): number {
  return value === undefined ? -1 : index(value);
}

function checkFrequency(hz: number, most: number): void {
  if (hz <= 0 || hz > most) {
    throw new ValueError(`frequency must be from 1Hz to ${Math.floor(most / 1_000_000)}MHz`);
  }
}
