/** PWM of an ESP8266: software with one frequency for all pins, and a thousand and twenty-three steps. */

import { perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { PinLine } from "../hal.js";
import { FULL_10_BITS, modulate, type PwmGiven, type PwmSource } from "./pwm-source.js";

/** Others have none. */
const PINS: readonly (number | null)[] = [0, 2, 4, 5, 12, 13, 14, 15];
const FREQUENCY = 500;
const MOST = 1000;
/** What the port takes for an argument that is not there. */
const NOT_GIVEN = -1;
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
    const [hz, steps, u16, ns] = [freq, duty, duty_u16, duty_ns].map((given) =>
      given === undefined ? NOT_GIVEN : index(given),
    );
    const { number } = this.line.data;
    if (!PINS.includes(number)) throw new ValueError(`PWM not supported on pin ${number}`);
    this.begin();
    if (hz !== NOT_GIVEN) shared().hz = limited(hz as number);
    if (steps !== NOT_GIVEN) this.put(steps as number);
    if (u16 !== NOT_GIVEN) this.put(Math.trunc(((u16 as number) * 1000) / 65535));
    if (ns !== NOT_GIVEN) this.put(Math.trunc(((ns as number) * shared().hz) / 1_000_000));
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
    // The port's product has no sign.
    this.setDuty(Math.trunc(((width * shared().hz) >>> 0) / STEPS_SET));
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

  /** The port keeps sixteen bits of it, and a sign. */
  private put(duty: number): void {
    const kept = (duty << 16) >> 16;
    shared().duties.set(this.line, Math.min(FULL_10_BITS, Math.max(0, kept)));
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
