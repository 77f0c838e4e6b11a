/**
 * What makes the signal of a `machine.PWM`: a slice, a timer or a channel of the chip. Each port has one
 * (rp2-pwm.ts and its neighbours), with its arithmetic and what it says about numbers that it cannot do;
 * pwm.ts is what programs see.
 */

import { perContext } from "../../core/context.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";

export const FULL = 65535;
export const FULL_10_BITS = 1023;
export const NS = 1_000_000_000;

/** What the constructor or `init` was given; undefined: nothing. */
export interface PwmGiven {
  freq: Value;
  duty: Value;
  duty_u16: Value;
  duty_ns: Value;
  invert: Value;
  lightsleep: Value;
}

export interface PwmSource {
  configure(given: PwmGiven): void;
  stop(): void;
  freq(): number;
  setFreq(hz: number): void;
  u16(): number;
  setU16(duty: number): void;
  ns(): number;
  setNs(width: number): void;
  /** Ten bits, on the ports of Espressif's chips. */
  duty(): number;
  setDuty(duty: number): void;
  print(): string;
}

/** The share of a period that a signal is high, as it was asked for. */
export type Duty = { kind: "u16" | "u10" | "ns"; value: number };

/** As a fraction, 0 to 1; `hz` of the signal. */
export function fractionOf({ kind, value }: Duty, hz: number): number {
  const fraction =
    kind === "ns" ? (value * hz) / NS : value / (kind === "u16" ? FULL : FULL_10_BITS);
  return Math.min(1, Math.max(0, fraction));
}

/** Lets a line follow a signal. */
export function modulate(line: PinLine, hz: number, duty: Duty, inverted: boolean): void {
  const fraction = fractionOf(duty, hz);
  line.modulate({ frequency: hz, duty: inverted ? 1 - fraction : fraction });
}

/** Units of the chip by their numbers, which several signals share. */
export function sharedUnits<Unit>(create: (id: number) => Unit): (id: number) => Unit {
  const units = perContext(() => new Map<number, Unit>());
  return (id) => {
    const unit = units().get(id) ?? create(id);
    units().set(id, unit);
    return unit;
  };
}
