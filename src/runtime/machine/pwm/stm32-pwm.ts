/** PWM of an STM32: a timer's period is that of all its channels. */

import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";
import { clockListeners, stm32TimerClock } from "../pyb/stm32-frequencies.js";
import { pwmTimerPin, type TimerPin } from "../pyb/timer-pins.js";
import {
  type Duty,
  FULL,
  modulate,
  NS,
  type PwmGiven,
  type PwmSource,
  sharedUnits,
} from "./pwm-source.js";

/** Timers that count 32 bits. */
const WIDE = [2, 5];
const LARGEST_PERIOD = 0xffff;
const CHANNELS = 4;

interface Channel {
  duty: Duty | null;
  inverted: boolean;
  line: PinLine | null;
}

interface TimerUnit {
  clock: number;
  readonly wide: boolean;
  prescaler: number;
  /** Counts; 0: no frequency is set. */
  period: number;
  readonly channels: Map<number, Channel>;
}

const timerOf = sharedUnits((id): TimerUnit => {
  const timer: TimerUnit = {
    clock: stm32TimerClock(id),
    wide: WIDE.includes(id),
    prescaler: 1,
    period: 0,
    channels: new Map(),
  };
  clockListeners().add(() => {
    timer.clock = stm32TimerClock(id);
    apply(timer);
  });
  return timer;
});

function frequency({ clock, prescaler, period }: TimerUnit): number {
  return period === 0 ? 0 : Math.floor(clock / (prescaler * period));
}

/** Shows on the pins what the timer does. */
function apply(timer: TimerUnit): void {
  const hz = frequency(timer);
  if (hz === 0) return;
  for (const { duty, inverted, line } of timer.channels.values()) {
    if (duty !== null && line !== null) modulate(line, hz, duty, inverted);
  }
}

/** A number that was given; -1 is as none. */
function given(value: Value): number | undefined {
  return value === undefined || index(value) === -1 ? undefined : index(value);
}

function timerPin(line: PinLine): TimerPin {
  const pin = pwmTimerPin(line);
  if (pin !== undefined) return pin;
  throw new ValueError(`Pin(${line.data.name}) doesn't have PWM capabilities`);
}

export class Stm32Pwm implements PwmSource {
  private readonly timer: TimerUnit;
  private readonly channel: Channel;
  private readonly name: string;

  /** The number of the channel that the pin follows, of any timer. */
  static unitOf(line: PinLine): number {
    const { timer, channel } = timerPin(line);
    return CHANNELS * timer + channel - 1;
  }

  constructor(line: PinLine) {
    const pin = timerPin(line);
    this.timer = timerOf(pin.timer);
    const known = this.timer.channels.get(pin.channel);
    this.channel = known ?? { duty: null, inverted: false, line };
    this.channel.line = line;
    this.timer.channels.set(pin.channel, this.channel);
    this.name = `TIM${pin.timer}_CH${pin.channel}`;
  }

  /** Forgets what a former object was told; the constructor does, when it is told anything. */
  reset(): void {
    this.channel.duty = null;
    this.channel.inverted = false;
  }

  configure({ freq, duty_u16, duty_ns, invert }: PwmGiven): void {
    if (invert !== undefined) this.channel.inverted = index(invert) !== 0;
    const [hz, u16, ns] = [freq, duty_u16, duty_ns].map(given);
    if (hz !== undefined) this.divide(hz);
    if (u16 !== undefined) this.channel.duty = { kind: "u16", value: u16 };
    if (ns !== undefined) this.channel.duty = { kind: "ns", value: ns };
    apply(this.timer);
  }

  stop(): void {
    this.channel.line?.modulate(null);
  }

  freq(): number {
    return frequency(this.timer);
  }

  setFreq(hz: number): void {
    this.divide(hz);
    apply(this.timer);
  }

  u16(): number {
    const { level } = this;
    const { period } = this.timer;
    return level === null ? 0 : Math.floor((level * FULL + Math.floor(period / 2)) / period);
  }

  setU16(duty: number): void {
    this.channel.duty = { kind: "u16", value: duty };
    apply(this.timer);
  }

  ns(): number {
    const { level } = this;
    return level === null ? 0 : Math.floor((level * NS + Math.floor(this.count / 2)) / this.count);
  }

  setNs(width: number): void {
    this.channel.duty = { kind: "ns", value: width };
    apply(this.timer);
  }

  duty(): number {
    return 0;
  }

  setDuty(): void {}

  print(): string {
    return `<PWM ${this.name}>`;
  }

  /** Counts in a second. */
  private get count(): number {
    return Math.floor(this.timer.clock / this.timer.prescaler);
  }

  /** The count at which the signal falls; null while there is none. */
  private get level(): number | null {
    const { duty } = this.channel;
    const { period } = this.timer;
    if (duty === null || period === 0) return null;
    // Numbers have no sign here.
    const value = duty.value >>> 0;
    const level =
      duty.kind === "u16"
        ? Math.floor((value * period + Math.floor(FULL / 2)) / FULL)
        : Math.floor((value * this.count + NS / 2) / NS);
    return Math.min(level, period);
  }

  private divide(hz: number): void {
    const { timer } = this;
    if (hz <= 0) throw new ValueError("freq too small");
    let prescaler = 1;
    let period = Math.floor((timer.clock + Math.floor(hz / 2)) / hz);
    while (!timer.wide && period > LARGEST_PERIOD) {
      const by = period % 5 === 0 ? 5 : period % 3 === 0 ? 3 : 2;
      prescaler *= by;
      period = Math.floor(period / by);
    }
    if (period <= 1) throw new ValueError("freq too large");
    Object.assign(timer, { prescaler, period });
  }
}
