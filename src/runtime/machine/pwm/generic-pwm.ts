/** PWM of the board of no make: any frequency within its bounds, and duties as exact as they are given. */

import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import type { PinLine } from "../hal.js";
import {
  type Duty,
  FULL,
  FULL_10_BITS,
  fractionOf,
  modulate,
  NS,
  type PwmGiven,
  type PwmSource,
} from "./pwm-source.js";

const MOST = 40_000_000;

export class GenericPwm implements PwmSource {
  private hz = 0;
  private asked: Duty = { kind: "u16", value: 0 };
  private inverted = false;

  constructor(private readonly line: PinLine) {}

  configure({ freq, duty, duty_u16, duty_ns, invert }: PwmGiven): void {
    if (invert !== undefined) this.inverted = truth(invert);
    if (freq !== undefined) this.hz = checked(index(freq));
    if (duty_u16 !== undefined) this.asked = within("u16", index(duty_u16), FULL);
    else if (duty_ns !== undefined) this.asked = { kind: "ns", value: index(duty_ns) };
    else if (duty !== undefined) this.asked = within("u10", index(duty), FULL_10_BITS);
    this.apply();
  }

  stop(): void {
    this.line.modulate(null);
  }

  freq(): number {
    return this.hz;
  }

  setFreq(hz: number): void {
    this.hz = checked(hz);
    this.apply();
  }

  u16(): number {
    return Math.round(fractionOf(this.asked, this.hz) * FULL);
  }

  setU16(duty: number): void {
    this.asked = within("u16", duty, FULL);
    this.apply();
  }

  ns(): number {
    return this.hz === 0 ? 0 : Math.round((fractionOf(this.asked, this.hz) * NS) / this.hz);
  }

  setNs(width: number): void {
    this.asked = { kind: "ns", value: width };
    this.apply();
  }

  duty(): number {
    return Math.round(fractionOf(this.asked, this.hz) * FULL_10_BITS);
  }

  setDuty(duty: number): void {
    this.asked = within("u10", duty, FULL_10_BITS);
    this.apply();
  }

  print(): string {
    const pin = this.line.data.number ?? 0;
    return `<PWM slice=${(pin >> 1) & 7} channel=${pin & 1} invert=${this.inverted ? 1 : 0}>`;
  }

  private apply(): void {
    if (this.hz !== 0) modulate(this.line, this.hz, this.asked, this.inverted);
  }
}

function within(kind: "u16" | "u10", value: number, most: number): Duty {
  return { kind, value: Math.min(most, Math.max(0, value)) };
}

function checked(hz: number): number {
  if (hz >= 1 && hz <= MOST) return hz;
  throw new ValueError(hz > MOST ? "freq too large" : "freq too small");
}
