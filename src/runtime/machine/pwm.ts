/** `machine.PWM`: a pin that follows a pulse width. */

import { define } from "../core/class.js";
import { RuntimeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin.js";
import { portMembers } from "./port-members.js";
import { portRules } from "./port-rules.js";

const FULL = 65535;
const FULL_10_BITS = 1023;
const ESP_FREQUENCY = 5000;
const NS = 1_000_000_000;

type Duty = { kind: "u16"; value: number } | { kind: "ns"; value: number };

export class PWM extends PyObject {
  declare private line: PinLine;
  declare private frequency: number;
  declare private width: Duty;
  declare private inverted: boolean;
  declare private active: boolean;

  override __init__(dest: Value, ...settings: Value[]): Value {
    this.line = lineOf(dest);
    const esp = isEsp();
    // On these ports a PWM pin that was told nothing has a signal all the same.
    this.frequency = esp ? ESP_FREQUENCY : 0;
    this.width = { kind: "u16", value: esp ? FULL >> 1 : 0 };
    this.inverted = false;
    this.active = true;
    this.line.configure("alt", null, null);
    return this.init(...settings);
  }

  init(
    freq: Value = undefined,
    duty_u16: Value = undefined,
    duty_ns: Value = undefined,
    invert: Value = undefined,
    duty: Value = undefined,
  ): null {
    this.active = true;
    if (invert !== undefined) this.inverted = truth(invert);
    if (freq !== undefined) this.frequency = checkFrequency(freq);
    if (duty_u16 !== undefined) this.width = { kind: "u16", value: checkDuty(index(duty_u16)) };
    if (duty_ns !== undefined) this.width = { kind: "ns", value: index(duty_ns) };
    if (duty !== undefined) this.width = fromTenBits(index(duty));
    this.apply();
    return null;
  }

  deinit(): null {
    this.active = false;
    this.line.modulate(null);
    return null;
  }

  freq(value: Value = undefined): Value {
    this.checkActive();
    if (value === undefined) return this.frequency;
    this.frequency = checkFrequency(value);
    this.apply();
    return null;
  }

  duty_u16(value: Value = undefined): Value {
    this.checkActive();
    if (value === undefined) return Math.round(this.fraction * FULL);
    this.width = { kind: "u16", value: checkDuty(index(value)) };
    this.apply();
    return null;
  }

  duty_ns(value: Value = undefined): Value {
    this.checkActive();
    if (value === undefined) {
      return this.frequency === 0 ? 0 : Math.round((this.fraction * NS) / this.frequency);
    }
    this.width = { kind: "ns", value: index(value) };
    this.apply();
    return null;
  }

  /** Ten bits, on the ports of Espressif's chips. */
  duty(value: Value = undefined): Value {
    this.checkActive();
    if (value === undefined) return Math.round(this.fraction * FULL_10_BITS);
    this.width = fromTenBits(index(value));
    this.apply();
    return null;
  }

  /** The part of the period that was asked for. */
  private get fraction(): number {
    const { kind, value } = this.width;
    const fraction = kind === "u16" ? value / FULL : (value * this.frequency) / NS;
    return Math.min(1, Math.max(0, fraction));
  }

  private apply(): void {
    const { frequency, fraction } = this;
    if (frequency === 0) return;
    this.line.modulate({ frequency, duty: this.inverted ? 1 - fraction : fraction });
  }

  private checkActive(): void {
    if (!this.active && isEsp()) throw new RuntimeError("PWM is inactive");
  }

  [PRINT](): string {
    const { number } = this.line.data;
    if (!isEsp()) {
      const pin = number ?? 0;
      return `<PWM slice=${(pin >> 1) & 7} channel=${pin & 1} invert=${this.inverted ? 1 : 0}>`;
    }
    const signal = this.active
      ? `, freq=${this.frequency}, duty=${Math.round(this.fraction * FULL_10_BITS)}`
      : "";
    return `PWM(Pin(${number})${signal})`;
  }
}

function isEsp(): boolean {
  const { port } = currentBoard().data;
  return port === "esp32" || port === "esp8266";
}

function checkFrequency(value: Value): number {
  const { data } = currentBoard();
  const frequency = index(value);
  const { least, most } = data.pwm;
  if (frequency < least || frequency > most) {
    throw new ValueError(portRules[data.port].badPwm(frequency > most, most));
  }
  return frequency;
}

function checkDuty(value: number): number {
  if (isEsp() && (value < 0 || value > FULL)) {
    throw new ValueError(`duty_u16 must be from 0 to ${FULL}`);
  }
  return Math.min(FULL, Math.max(0, value));
}

function fromTenBits(value: number): Duty {
  if (isEsp() && (value < 0 || value > FULL_10_BITS)) {
    throw new ValueError(`duty must be from 0 to ${FULL_10_BITS}`);
  }
  return { kind: "u16", value: (value / FULL_10_BITS) * FULL };
}

const SETTINGS = "freq=, duty_u16=, duty_ns=, invert=, duty=";
define(PWM, {
  builtin: true,
  methods: {
    __init__: `dest, *, ${SETTINGS}`,
    init: `*, ${SETTINGS}`,
    deinit: "",
    freq: "value=, /",
    duty_u16: "value=, /",
    duty_ns: "value=, /",
    duty: "value=, /",
  },
});
portMembers(PWM, "machine.PWM");
