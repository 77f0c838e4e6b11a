/** `machine.PWM`: a pin that follows a pulse width. */

import type { Port } from "../../boards/board-data.js";
import { define } from "../../core/class/class.js";
import { TypeError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { lineOf } from "../pin/pin.js";
import { takeFunction } from "../pin/pin-functions.js";
import { checkPortArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { pwmTimerPin } from "../pyb/timer-pins.js";
import { UnitObject } from "../unit-object.js";
import { Esp32Pwm } from "./esp32-pwm.js";
import { Esp8266Pwm } from "./esp8266-pwm.js";
import { GenericPwm } from "./generic-pwm.js";
import type { PwmSource } from "./pwm-source.js";
import { Rp2Pwm } from "./rp2-pwm.js";
import { Stm32Pwm } from "./stm32-pwm.js";

const sources: Record<Port, (line: PinLine) => PwmSource> = {
  generic: (line) => new GenericPwm(line),
  rp2: (line) => new Rp2Pwm(line),
  esp32: (line) => new Esp32Pwm(line),
  esp8266: (line) => new Esp8266Pwm(line),
  stm32: (line) => new Stm32Pwm(line),
  unix: (line) => new GenericPwm(line),
};

/** Where an object is the channel itself, the number of that. */
const channels: Partial<Record<Port, (line: PinLine) => number>> = {
  rp2: Rp2Pwm.unitOf,
  stm32: Stm32Pwm.unitOf,
};

export class PWM extends UnitObject {
  declare private $source: PwmSource;

  static override $unit(dest: Value): number | null {
    return channels[currentBoard().data.port]?.(lineOf(dest)) ?? null;
  }

  override __init__(dest: Value, ...settings: Value[]): Value {
    const line = lineOf(dest);
    const { port } = currentBoard().data;
    const [, others = []] = settings;
    if (port === "esp32" && others.length > 0) {
      throw new TypeError(`function expected at most 2 arguments, got ${2 + others.length}`);
    }
    this.$source = sources[port](line);
    const isSet = settings.some((setting) => setting !== undefined && setting !== others);
    if (this.$source instanceof Stm32Pwm && isSet) this.$source.reset();
    this.$set(settings);
    line.configure("alt", port === "stm32" ? "none" : null, null);
    if (port === "stm32") line.alternate = pwmTimerPin(line)?.alternate ?? null;
    else takeFunction(line, port, "PWM");
    return null;
  }

  init(...settings: Value[]): null {
    return this.$set(settings);
  }

  private $set([freq, others = [], duty, duty_u16, duty_ns, invert, lightsleep]: Value[]): null {
    checkPortArguments("PWM", { duty, invert, lightsleep });
    if (others.length > (currentBoard().data.port === "esp8266" ? 3 : 0)) {
      throw new TypeError("extra positional arguments given");
    }
    this.$source.configure({
      freq,
      duty: either(duty, others[0]),
      duty_u16: either(duty_u16, others[1]),
      duty_ns: either(duty_ns, others[2]),
      invert,
      lightsleep,
    });
    return null;
  }

  deinit(): null {
    this.$source.stop();
    return null;
  }

  freq(value: Value = undefined): Value {
    if (value === undefined) return this.$source.freq();
    this.$source.setFreq(index(value));
    return null;
  }

  duty_u16(value: Value = undefined): Value {
    if (value === undefined) return this.$source.u16();
    this.$source.setU16(index(value));
    return null;
  }

  duty_ns(value: Value = undefined): Value {
    if (value === undefined) return this.$source.ns();
    this.$source.setNs(index(value));
    return null;
  }

  /** Ten bits, on the ports of Espressif's chips. */
  duty(value: Value = undefined): Value {
    if (value === undefined) return this.$source.duty();
    this.$source.setDuty(index(value));
    return null;
  }

  [PRINT](): string {
    return this.$source.print();
  }
}

/** None is an argument, and a wrong one. */
const either = (named: Value, positional: Value): Value =>
  named === undefined ? positional : named;

const SETTINGS = "freq=, *others, duty=, duty_u16=, duty_ns=, invert=, lightsleep=";
define(PWM, {
  builtin: true,
  methods: {
    __init__: `dest, /, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    freq: "value=, /",
    duty_u16: "value=, /",
    duty_ns: "value=, /",
    duty: "value=, /",
  },
});
portSignatures(PWM, "machine.PWM");
portMembers(PWM, "machine.PWM");
