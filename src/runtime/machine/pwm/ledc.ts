/**
 * The LEDC of Espressif's chips: the channels and timers that signals of `machine.PWM` share, one or two
 * groups of them. From `ports/esp32/machine_pwm.c` and ESP-IDF's `esp_driver_ledc`; esp32-pwm.ts uses it.
 */

import type { PwmUnits } from "../../boards/board-data.js";
import { perContext } from "../../core/context.js";
import { OSError } from "../../core/exception/exceptions.js";
import type { PinLine } from "../hal.js";

/** The clocks that a timer can count, in Hz; the one of sleep is the board's. */
export const APB_CLOCK = 80_000_000;
export const REF_CLOCK = 1_000_000;

/** What a timer divides its clock by has so many digits behind the point. */
const FRACTION = 256;
const MOST_DIVISOR = 0x3ffff;
/** Duties are told in so many bits, and kept in no more. */
export const DUTY_BITS = 16;

export interface LedcChannel {
  pin: PinLine | null;
  /** -1: none. */
  timer: number;
  /** Counts of the timer that the line is high. */
  duty: number;
}

export interface LedcTimer {
  /** Hz as it was asked for; -1: it is free. */
  freq: number;
  bits: number;
  /** Hz; 0: none. */
  clock: number;
  divisor: number;
}

/** The group whose timers run in a light sleep: all of them count one clock, or that of reference. */
interface LedcGroup {
  channels: LedcChannel[];
  timers: LedcTimer[];
  clock: number;
  acquired: boolean[];
}

const group = ({ channels, timers }: PwmUnits): LedcGroup => ({
  channels: Array.from({ length: channels }, () => ({ pin: null, timer: -1, duty: 0 })),
  timers: Array.from({ length: timers }, () => ({ freq: -1, bits: 0, clock: 0, divisor: 0 })),
  clock: 0,
  acquired: [],
});

export class Ledc {
  readonly groups: LedcGroup[];

  constructor(readonly units: PwmUnits) {
    this.groups = Array.from({ length: units.groups }, () => group(units));
  }

  /** The groups that a signal can be in: those that go on in a light sleep, or all. */
  groupsFor(lightsleep: boolean): number[] {
    const all = this.groups.map((_, i) => i);
    return lightsleep ? all.slice(-1) : all;
  }

  channel(mode: number, channel: number): LedcChannel {
    return (this.groups[mode] as LedcGroup).channels[channel] as LedcChannel;
  }

  timer(mode: number, timer: number): LedcTimer {
    return (this.groups[mode] as LedcGroup).timers[timer] as LedcTimer;
  }

  /** Another channel than this one counts on the timer. */
  isShared(mode: number, channel: number, timer: number): boolean {
    const { channels } = this.groups[mode] as LedcGroup;
    return channels.some((each, i) => i !== channel && each.timer === timer && each.pin !== null);
  }

  /** The channel that a pin has, or else a free one of a group where the frequency can be had. */
  findChannel(pin: PinLine, freq: number, lightsleep: boolean): [mode: number, channel: number] {
    const modes = this.groupsFor(lightsleep);
    const free = ({ freq: hz }: LedcTimer): boolean => hz < 0 || hz === freq;
    for (const mode of modes) {
      const channel = this.groups[mode]?.channels.findIndex((each) => each.pin === pin) ?? -1;
      if (channel >= 0) return [mode, channel];
    }
    for (const mode of modes) {
      const { channels, timers } = this.groups[mode] as LedcGroup;
      const channel = channels.findIndex((each) => each.pin === null);
      if (channel >= 0 && timers.some(free)) return [mode, channel];
    }
    return [-1, -1];
  }

  /** A timer of that frequency (-1: a free one) in a group that has a channel for the pin. */
  findTimer(pin: PinLine, freq: number, lightsleep: boolean): [mode: number, timer: number] {
    for (const mode of this.groupsFor(lightsleep)) {
      const { channels, timers } = this.groups[mode] as LedcGroup;
      if (!channels.some((each) => each.pin === null || each.pin === pin)) continue;
      const timer = timers.findIndex((each) => each.freq === freq);
      if (timer >= 0) return [mode, timer];
    }
    return [-1, -1];
  }

  /** The clock that a new timer has to count because another one does already; 0: any. */
  get clockInUse(): number {
    if (this.units.slowClock) return 0;
    const timers = this.groups.flatMap((each) => each.timers);
    return timers.find(({ clock }) => clock !== 0)?.clock ?? 0;
  }

  /** Lets a timer count at a frequency; raises what ESP-IDF refuses. */
  setTimer(mode: number, index: number, freq: number, bits: number, clock: number): void {
    const { timers, acquired, ...found } = this.groups[mode] as LedcGroup;
    const timer = timers[index] as LedcTimer;
    if (timer.bits !== bits || timer.clock !== clock) {
      if (bits === 0) throw new OSError(-258, "ESP_ERR_INVALID_ARG");
    }
    const divisor = divisorOf(clock, freq, bits);
    if (!isDivisor(divisor)) throw new OSError(1, "ESP_FAIL");
    if (mode === this.groups.length - 1) {
      const common = clock === REF_CLOCK ? APB_CLOCK : clock;
      const isTaken = acquired.some((taken, i) => taken && i !== index);
      if (found.clock !== 0 && found.clock !== common && isTaken) throw new OSError(1, "ESP_FAIL");
      acquired[index] = true;
      (this.groups[mode] as LedcGroup).clock = common;
    }
    Object.assign(timer, { freq, bits, clock, divisor });
  }

  /** The frequency that a timer comes to. */
  frequency(mode: number, index: number): number {
    const { bits, clock, divisor } = this.timer(mode, index);
    if (divisor === 0) return 0;
    const counts = 2 ** bits * divisor;
    return Math.floor((clock * FRACTION + Math.floor(counts / 2)) / counts);
  }

  /** Gives back a channel, and its timer unless another one counts on it. */
  release(mode: number, channel: number): void {
    const given = this.channel(mode, channel);
    if (given.timer >= 0 && !this.isShared(mode, channel, given.timer)) {
      (this.groups[mode] as LedcGroup).acquired[given.timer] = false;
      Object.assign(this.timer(mode, given.timer), { freq: -1, bits: 0, clock: 0 });
    }
    given.pin = null;
    given.timer = -1;
  }
}

const divisorOf = (clock: number, freq: number, bits: number): number =>
  Math.floor((clock * FRACTION + Math.floor((freq * 2 ** bits) / 2)) / (freq * 2 ** bits));

const isDivisor = (divisor: number): boolean => divisor >= FRACTION && divisor <= MOST_DIVISOR;

/** How many bits a timer can count at a frequency: at most those of a duty, and one less than it has. */
export function bitsOf(clock: number, freq: number, most: number): number {
  const ratios = [Math.floor((clock + Math.floor(freq / 2)) / freq), Math.floor(clock / freq)];
  const found = ratios
    .map((ratio) => Math.min(most, Math.floor(Math.log2(ratio))))
    .find((bits) => isDivisor(divisorOf(clock, freq, bits)));
  const bits = Math.min(DUTY_BITS, found ?? 0);
  return bits >= most ? bits - 1 : bits;
}

const controllers = perContext(() => new Map<PwmUnits, Ledc>());

/** The one of a chip. */
export function ledcOf(units: PwmUnits): Ledc {
  const ledc = controllers().get(units) ?? new Ledc(units);
  controllers().set(units, ledc);
  return ledc;
}
