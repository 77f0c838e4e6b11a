/** `pyb.ExtInt`: an interrupt line of the pyboard's chip, told of the edges of a pin. */

import { call } from "../../core/call/call.js";
import { def } from "../../core/call/signature.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { current, perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { isInt, type Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { type Interrupts, interrupts } from "../../host/interrupts.js";
import type { PinLine, Pull } from "../hal.js";
import { notSimulated } from "../not-simulated.js";
import { lineOf } from "../pin/pin.js";
import { claims, lineNumber } from "./stm32-lines.js";

/** The numbers of the chip's driver. */
const constants = {
  IRQ_RISING: 0x10110000,
  IRQ_FALLING: 0x10210000,
  IRQ_RISING_FALLING: 0x10310000,
  EVT_RISING: 0x10120000,
  EVT_FALLING: 0x10220000,
  EVT_RISING_FALLING: 0x10320000,
} as const;
/** What tells the edges in them. */
const RISING_BIT = 0x100000;
const FALLING_BIT = 0x200000;
/** It is an event, which interrupts nothing. */
const EVENT_BIT = 0x20000;
const PULLS: readonly Pull[] = ["none", "up", "down"];

/** Those that programs have made, by the number of the line. */
const lines = perContext(() => new Map<number, ExtInt>());

/** Numbers stand for what interrupts inside of the chip: the first sixteen lines are those of pins. */
const PIN_VECTORS = 16;
const VECTORS = 23;

function refuseVector(vector: number): never {
  if (vector >= 0 && vector < PIN_VECTORS) {
    throw new ValueError(`ExtInt vector ${vector} < ${PIN_VECTORS}, use a Pin object`);
  }
  if (vector < 0 || vector >= VECTORS)
    throw new ValueError(`ExtInt vector ${vector} >= max of ${VECTORS}`);
  return notSimulated(`pyb.ExtInt(${vector})`);
}

export class ExtInt extends PyObject {
  static readonly IRQ_RISING = constants.IRQ_RISING;
  static readonly IRQ_FALLING = constants.IRQ_FALLING;
  static readonly IRQ_RISING_FALLING = constants.IRQ_RISING_FALLING;
  static readonly EVT_RISING = constants.EVT_RISING;
  static readonly EVT_FALLING = constants.EVT_FALLING;
  static readonly EVT_RISING_FALLING = constants.EVT_RISING_FALLING;

  declare private $pin: PinLine;
  declare private $mode: number;
  declare private $handler: Value;
  declare private $queue: Interrupts;
  declare private $isEnabled: boolean;

  override __init__(pin: Value, mode: Value, pull: Value, callback: Value): Value {
    if (isInt(pin)) return refuseVector(index(pin));
    this.$pin = lineOf(pin);
    this.$mode = index(mode);
    const wanted = PULLS[index(pull)];
    if (!Object.values<number>(constants).includes(this.$mode))
      throw new ValueError(`invalid ExtInt Mode: ${mode}`);
    if (wanted === undefined) throw new ValueError(`invalid ExtInt Pull: ${pull}`);
    const number = lineNumber(this.$pin);
    if (callback !== null && claims().has(number)) {
      throw new ValueError(`ExtInt vector ${number} is already in use`);
    }
    if (callback === null) claims().delete(number);
    else claims().set(number, { pin: this.$pin, byNumber: true });
    this.$handler = callback;
    this.$queue = interrupts();
    lines().set(ExtInt.prototype.line.call(this), this);
    this.$pin.configure("in", wanted, null);
    return ExtInt.prototype.enable.call(this);
  }

  line(): number {
    return lineNumber(this.$pin);
  }

  enable(): null {
    this.$isEnabled = true;
    this.$pin.onEdge((level) => {
      const edge = level === 1 ? RISING_BIT : FALLING_BIT;
      if (this.$mode & edge) this.$request();
    });
    return null;
  }

  disable(): null {
    this.$isEnabled = false;
    this.$pin.onEdge(null);
    return null;
  }

  /** Calls the callback as an edge would, at once; while it is disabled nothing happens. */
  swint(): null {
    if (!this.$isEnabled) return null;
    this.$request();
    this.$queue.dispatch();
    return null;
  }

  private $request(): void {
    const { $handler: handler } = this;
    if (handler !== null)
      this.$queue.schedule((line: Value) => call(handler, line), ExtInt.prototype.line.call(this));
  }

  /** Writes the registers of the chip's interrupt lines. */
  static readonly regs = def(
    () => {
      const bits = (wanted: (line: ExtInt) => boolean): number =>
        [...lines()].reduce(
          (all, [number, line]) => (wanted(line) ? (all | (1 << number)) >>> 0 : all),
          0,
        );
      const isEvent = (line: ExtInt): boolean => (line.$mode & EVENT_BIT) !== 0;
      const registers = {
        IMR: bits((line) => line.$isEnabled && !isEvent(line)),
        EMR: bits((line) => line.$isEnabled && isEvent(line)),
        RTSR: bits((line) => (line.$mode & RISING_BIT) !== 0),
        FTSR: bits((line) => (line.$mode & FALLING_BIT) !== 0),
        SWIER: 0,
        PR: 0,
      };
      for (const [name, value] of Object.entries(registers)) {
        const text = `EXTI_${name}`.padEnd(10);
        (current().host as Host).write(`${text} ${value.toString(16).padStart(8, "0")}\n`);
      }
      return null;
    },
    "/",
    "regs",
  );

  [PRINT](): string {
    return `<ExtInt line=${ExtInt.prototype.line.call(this)}>`;
  }
}
define(ExtInt, {
  builtin: true,
  attrs: { ...constants },
  statics: { regs: "/" },
  methods: {
    __init__: "pin, mode, pull, callback",
    line: "",
    enable: "",
    disable: "",
    swint: "",
  },
});
