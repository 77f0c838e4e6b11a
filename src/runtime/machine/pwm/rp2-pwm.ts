/** PWM of an RP2: a slice divides the chip's clock for two channels, each of which some pins can follow. */

import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { chipClock } from "../chip-frequency.js";
import type { PinLine } from "../hal.js";
import {
  type Duty,
  FULL,
  modulate,
  NS,
  type PwmGiven,
  type PwmSource,
  sharedUnits,
} from "./pwm-source.js";

/** What a slice counts to at most, so that all of 65535 can be told apart. */
const MOST = 65534;
/** The divider counts sixteenths, in twelve bits. */
const WHOLE = 16;
const LARGEST_DIVIDER = 256 * WHOLE;

/** Those that pins are connected to. */
const SLICES = 8;

interface Channel {
  duty: Duty | null;
  inverted: boolean;
  readonly lines: Set<PinLine>;
}

interface Slice {
  /** Sixteenths; null until a frequency is set. */
  divider: number | null;
  top: number;
  running: boolean;
  readonly channels: readonly [Channel, Channel];
}

const channel = (): Channel => ({ duty: null, inverted: false, lines: new Set() });
const sliceOf = sharedUnits(
  (): Slice => ({ divider: null, top: 0, running: false, channels: [channel(), channel()] }),
);

export class Rp2Pwm implements PwmSource {
  private readonly number: number;
  private readonly slice: Slice;
  private readonly channel: Channel;

  /** The number of the channel that the pin follows, on any slice. */
  static unitOf({ data }: PinLine): number {
    const pin = data.number ?? 0;
    return 2 * ((pin >> 1) % SLICES) + (pin & 1);
  }

  constructor(line: PinLine) {
    const pin = line.data.number ?? 0;
    this.number = (pin >> 1) % SLICES;
    this.slice = sliceOf(this.number);
    this.channel = this.slice.channels[pin & 1] as Channel;
    this.channel.inverted = false;
    this.channel.duty = null;
    this.channel.lines.add(line);
  }

  configure({ freq, duty_u16, duty_ns, invert }: PwmGiven): void {
    if (isGiven(freq)) this.divide(index(freq));
    if (isGiven(duty_u16)) this.channel.duty = limited(index(duty_u16));
    if (isGiven(duty_ns)) this.channel.duty = { kind: "ns", value: index(duty_ns) };
    if (isGiven(invert)) this.channel.inverted = index(invert) !== 0;
    this.start();
  }

  stop(): void {
    this.slice.running = false;
    for (const { lines } of this.slice.channels) for (const line of lines) line.modulate(null);
  }

  freq(): number {
    const { divider, top } = this.slice;
    return divider === null ? 0 : rounded(WHOLE * chipClock().hz, divider * (top + 1));
  }

  setFreq(hz: number): void {
    this.divide(hz);
    if (this.slice.running || this.channel.duty !== null) this.start();
  }

  u16(): number {
    const steps = this.slice.top + 1;
    return this.level === null ? 0 : rounded(this.level * FULL, steps);
  }

  setU16(duty: number): void {
    this.channel.duty = limited(duty);
    this.start();
  }

  ns(): number {
    return this.level === null ? 0 : Math.round((this.level * NS) / this.count);
  }

  setNs(width: number): void {
    this.channel.duty = { kind: "ns", value: width };
    this.start();
  }

  duty(): number {
    return 0;
  }

  setDuty(): void {}

  print(): string {
    const at = this.slice.channels.indexOf(this.channel);
    return `<PWM slice=${this.number} channel=${at} invert=${this.channel.inverted ? 1 : 0}>`;
  }

  /** Counts in a second. */
  private get count(): number {
    return rounded(WHOLE * chipClock().hz, this.slice.divider ?? WHOLE);
  }

  /** The count at which the signal falls; null while there is none. */
  private get level(): number | null {
    const { duty } = this.channel;
    if (duty === null || this.slice.divider === null) return null;
    const steps = this.slice.top + 1;
    if (duty.kind === "u16") {
      // Unsigned, and what is left of it in the register.
      return Math.floor(((duty.value * steps + Math.floor(FULL / 2)) >>> 0) / FULL) & 0xffff;
    }
    return Math.min(steps, Math.round((duty.value * this.count) / NS));
  }

  private divide(hz: number): void {
    const clock = chipClock().hz;
    let divider = WHOLE;
    let top = Math.floor((clock + Math.floor(hz / 2)) / hz) - 1;
    if (top + 1 >= MOST) {
      divider = Math.ceil((WHOLE * clock) / (MOST * hz));
      top = rounded(WHOLE * clock, divider * hz) - 1;
    }
    if (!(divider < LARGEST_DIVIDER)) throw new ValueError("freq too small");
    this.slice.divider = divider;
    // The register has sixteen bits.
    this.slice.top = top & 0xffff;
  }

  private start(): void {
    const { slice } = this;
    if (slice.divider === null || this.channel.duty === null) return;
    slice.running = true;
    const hz = this.freq();
    for (const { duty, inverted, lines } of slice.channels) {
      if (duty === null) continue;
      for (const line of lines) modulate(line, hz, duty, inverted);
    }
  }
}

/** -1 is what the C code takes for nothing. */
const isGiven = (value: Value): boolean => value !== undefined && value !== -1;

function limited(duty: number): Duty {
  return { kind: "u16", value: Math.min(FULL, duty) };
}

function rounded(value: number, by: number): number {
  return Math.floor((value + Math.floor(by / 2)) / by);
}
