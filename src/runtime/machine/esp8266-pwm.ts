/** PWM of an ESP8266: software with one frequency for all pins, and a thousand and twenty-three steps. */

import { perContext } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import type { PinLine } from "./hal.js";
import { FULL_10_BITS, modulate, type PwmGiven, type PwmSource } from "./pwm-source.js";

const FREQUENCY = 500;
const MOST = 1000;
/** The pin of the clock has none. */
const CLOCK_PIN = 16;
/** Nanoseconds in a thousandth of a second, by steps: the port's constants. */
const STEPS_SET = 976_562;
const STEPS_READ = 976_563;

interface Shared {
  hz: number;
  readonly duties: Map<PinLine, number>;
}

const shared = perContext((): Shared => ({ hz: FREQUENCY, duties: new Map() }));

export class Esp8266Pwm implements PwmSource {
  private active = false;
  /** What was asked for in nanoseconds follows the frequency; null: nothing was. */
  private width: number | null = null;

  constructor(private readonly line: PinLine) {}

  configure({ freq, duty, duty_u16, duty_ns }: PwmGiven): void {
    const { number } = this.line.data;
    if (number === CLOCK_PIN) throw new ValueError(`PWM not supported on pin ${CLOCK_PIN}`);
    this.begin();
    if (freq !== undefined) shared().hz = limited(index(freq));
    if (duty !== undefined) this.put(index(duty));
    if (duty_u16 !== undefined) this.put(Math.trunc((index(duty_u16) * 1000) / 65535));
    if (duty_ns !== undefined) this.put(Math.trunc((index(duty_ns) * shared().hz) / 1_000_000));
    apply();
  }

  stop(): void {
    this.active = false;
    shared().duties.delete(this.line);
    this.line.modulate(null);
    apply();
  }

  freq(): number {
    return shared().hz;
  }

  setFreq(hz: number): void {
    shared().hz = limited(hz);
    if (this.width === null) apply();
    else this.setNs(this.width);
  }

  u16(): number {
    return Math.trunc((this.duty() * 65535) / 1024);
  }

  setU16(duty: number): void {
    this.setDuty(Math.trunc((duty * 1024) / 65535));
  }

  ns(): number {
    return Math.trunc((this.duty() * STEPS_READ) / shared().hz);
  }

  setNs(width: number): void {
    this.setDuty(Math.trunc((width * shared().hz) / STEPS_SET));
    this.width = width;
  }

  duty(): number {
    this.begin();
    return shared().duties.get(this.line) ?? 0;
  }

  setDuty(duty: number): void {
    this.begin();
    this.width = null;
    this.put(duty);
    apply();
  }

  print(): string {
    const signal = this.active ? `, freq=${shared().hz}, duty=${this.duty()}` : "";
    return `PWM(${this.line.data.number}${signal})`;
  }

  private begin(): void {
    this.active = true;
    const { duties } = shared();
    if (!duties.has(this.line)) duties.set(this.line, 0);
  }

  private put(duty: number): void {
    shared().duties.set(this.line, Math.min(FULL_10_BITS, Math.max(0, duty)));
  }
}

/** The port keeps sixteen bits of it. */
function limited(hz: number): number {
  return Math.max(1, Math.min(MOST, hz & 0xffff));
}

function apply(): void {
  const { hz, duties } = shared();
  for (const [line, value] of duties) modulate(line, hz, { kind: "u10", value }, false);
}
