/** `machine.PWM`: a pin that follows a pulse width. */

import type { Port } from "../boards/board-data.js";
import { define } from "../core/class.js";
import { RuntimeError, TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin.js";
import { checkPortArguments } from "./port-arguments.js";
import { portMembers } from "./port-members.js";
import { portRules } from "./port-rules.js";
import { type TimerPin, timerPin } from "./timer-pins.js";

const FULL = 65535;
const FULL_10_BITS = 1023;
const HALF = 0x8000;
/** Of a pin whose frequency nobody has set, where it has one. */
const FREQUENCIES: Partial<Record<Port, number>> = { esp32: 5000, esp8266: 500 };
/** Of the ESP8266: it cannot do this. */
const CLOCK_PIN = 16;
const FULLS = { u16: FULL, u10: FULL_10_BITS } as const;
const NS = 1_000_000_000;

type Duty = { kind: "u16" | "u10" | "ns"; value: number };

export class PWM extends PyObject {
  declare private $line: PinLine;
  declare private $frequency: number;
  declare private $width: Duty;
  declare private $inverted: boolean;
  declare private $active: boolean;

  override __init__(dest: Value, ...settings: Value[]): Value {
    this.$line = lineOf(dest);
    const { port } = currentBoard().data;
    // On two ports a PWM pin that was told nothing has a signal all the same.
    this.$frequency = FREQUENCIES[port] ?? 0;
    this.$width = { kind: "u16", value: port === "esp32" ? HALF : 0 };
    this.$inverted = false;
    this.$active = true;
    this.$line.configure("alt", null, null);
    return this.$set(settings);
  }

  init(...settings: Value[]): null {
    return this.$set(settings);
  }

  private $set([freq, others = [], duty, duty_u16, duty_ns, invert, lightsleep]: Value[]): null {
    const { port } = currentBoard().data;
    checkPortArguments("PWM", { duty, invert, lightsleep });
    if (others.length > (port === "esp8266" ? 3 : 0)) {
      throw new TypeError("extra positional arguments given");
    }
    if (port === "stm32" && timerPin(this.$line) === undefined) {
      throw new ValueError(`Pin(${this.$line.data.name}) doesn't have PWM capabilities`);
    }
    if (port === "esp8266" && this.$line.data.number === CLOCK_PIN) {
      throw new ValueError(`PWM not supported on pin ${CLOCK_PIN}`);
    }
    return this.$take(freq, duty ?? others[0], duty_u16 ?? others[1], duty_ns ?? others[2], invert);
  }

  private $take(freq: Value, duty: Value, duty_u16: Value, duty_ns: Value, invert: Value): null {
    this.$active = true;
    if (invert !== undefined) this.$inverted = truth(invert);
    if (freq !== undefined) this.$frequency = checkFrequency(freq);
    if (duty_u16 !== undefined) this.$width = { kind: "u16", value: checkDuty(index(duty_u16)) };
    else if (duty_ns !== undefined) this.$width = this.$nanoseconds(duty_ns);
    else if (duty !== undefined) this.$width = fromTenBits(index(duty));
    this.$apply();
    return null;
  }

  deinit(): null {
    this.$active = false;
    this.$line.modulate(null);
    return null;
  }

  freq(value: Value = undefined): Value {
    this.$checkActive();
    if (value === undefined) return this.$frequency;
    this.$frequency = checkFrequency(value);
    this.$apply();
    return null;
  }

  duty_u16(value: Value = undefined): Value {
    this.$checkActive();
    if (value === undefined) return Math.round(this.$fraction * FULL);
    this.$width = { kind: "u16", value: checkDuty(index(value)) };
    this.$apply();
    return null;
  }

  duty_ns(value: Value = undefined): Value {
    this.$checkActive();
    if (value === undefined) {
      return this.$frequency === 0 ? 0 : Math.round((this.$fraction * NS) / this.$frequency);
    }
    this.$width = this.$nanoseconds(value);
    this.$apply();
    return null;
  }

  /** Ten bits, on the ports of Espressif's chips. */
  duty(value: Value = undefined): Value {
    this.$checkActive();
    if (value === undefined) return Math.round(this.$fraction * FULL_10_BITS);
    this.$width = fromTenBits(index(value));
    this.$apply();
    return null;
  }

  /** The part of the period that was asked for. */
  private get $fraction(): number {
    const { kind, value } = this.$width;
    const fraction = kind === "ns" ? (value * this.$frequency) / NS : value / FULLS[kind];
    return Math.min(1, Math.max(0, fraction));
  }

  private $apply(): void {
    const { $frequency: frequency, $fraction: fraction } = this;
    if (frequency === 0) return;
    this.$line.modulate({ frequency, duty: this.$inverted ? 1 - fraction : fraction });
  }

  private $checkActive(): void {
    if (!this.$active && currentBoard().data.port === "esp32") {
      throw new RuntimeError("PWM is inactive");
    }
  }

  private $nanoseconds(value: Value): Duty {
    const width = index(value);
    const most = Math.round(NS / this.$frequency);
    if (currentBoard().data.port === "esp32" && (width < 0 || width > most)) {
      throw new ValueError(`duty_ns must be from 0 to ${most} ns`);
    }
    return { kind: "ns", value: width };
  }

  [PRINT](): string {
    const { number } = this.$line.data;
    const tens = Math.round(this.$fraction * FULL_10_BITS);
    switch (currentBoard().data.port) {
      case "esp32": {
        const { kind } = this.$width;
        const widths = {
          u16: PWM.prototype.duty_u16.call(this),
          u10: tens,
          ns: PWM.prototype.duty_ns.call(this),
        };
        const name = kind === "u10" ? "duty" : `duty_${kind}`;
        const invert = this.$inverted ? ", invert=True" : "";
        const signal = `, freq=${this.$frequency}, ${name}=${widths[kind]}${invert}`;
        return `PWM(Pin(${number})${this.$active ? signal : ""})`;
      }
      case "esp8266":
        return `PWM(${number}${this.$active ? `, freq=${this.$frequency}, duty=${tens}` : ""})`;
      case "stm32": {
        const { timer, channel } = timerPin(this.$line) as TimerPin;
        return `<PWM TIM${timer}_CH${channel}>`;
      }
      default: {
        const pin = number ?? 0;
        return `<PWM slice=${(pin >> 1) & 7} channel=${pin & 1} invert=${this.$inverted ? 1 : 0}>`;
      }
    }
  }
}

function checkFrequency(value: Value): number {
  const { data } = currentBoard();
  const frequency = index(value);
  const { least, most } = data.pwm;
  if (data.port === "esp8266") return Math.min(most, Math.max(least, frequency));
  if (frequency < least || frequency > most) {
    throw new ValueError(portRules[data.port].badPwm(frequency > most, most));
  }
  return frequency;
}

function checkDuty(value: number): number {
  if (currentBoard().data.port === "esp32" && (value < 0 || value > FULL + 1)) {
    throw new ValueError(`duty_u16 must be from 0 to ${FULL + 1}`);
  }
  return Math.min(FULL, Math.max(0, value));
}

function fromTenBits(value: number): Duty {
  if (currentBoard().data.port === "esp32" && (value < 0 || value > FULL_10_BITS)) {
    throw new ValueError(`duty must be from 0 to ${FULL_10_BITS}`);
  }
  return { kind: "u10", value: Math.min(FULL_10_BITS, Math.max(0, value)) };
}

const SETTINGS = "freq=, *others, duty=, duty_u16=, duty_ns=, invert=, lightsleep=";
define(PWM, {
  builtin: true,
  methods: {
    __init__: `dest, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    freq: "value=, /",
    duty_u16: "value=, /",
    duty_ns: "value=, /",
    duty: "value=, /",
  },
});
portMembers(PWM, "machine.PWM");
