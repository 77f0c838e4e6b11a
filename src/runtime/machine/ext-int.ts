/** `pyb.ExtInt`: an interrupt line of the pyboard's chip, told of the edges of a pin. */

import { call } from "../core/call.js";
import { define } from "../core/class.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import type { PinLine, Pull } from "./hal.js";
import { lineOf } from "./pin.js";

const constants = { IRQ_RISING: 1, IRQ_FALLING: 2, IRQ_RISING_FALLING: 3 } as const;
const PULLS: readonly Pull[] = ["none", "up", "down"];

export class ExtInt extends PyObject {
  static readonly IRQ_RISING = constants.IRQ_RISING;
  static readonly IRQ_FALLING = constants.IRQ_FALLING;
  static readonly IRQ_RISING_FALLING = constants.IRQ_RISING_FALLING;

  declare private pin: PinLine;
  declare private mode: number;
  declare private handler: Value;
  declare private queue: Interrupts;

  override __init__(pin: Value, mode: Value, pull: Value, callback: Value): Value {
    this.pin = lineOf(pin);
    this.mode = index(mode);
    const wanted = PULLS[index(pull)];
    if (this.mode < 1 || this.mode > 3) throw new ValueError(`invalid ExtInt Mode: ${mode}`);
    if (wanted === undefined) throw new ValueError(`invalid ExtInt Pull: ${pull}`);
    this.handler = callback;
    this.queue = interrupts();
    this.pin.configure("in", wanted, null);
    return this.enable();
  }

  /** The number of the line: that of the pin within its port. */
  line(): number {
    return Number(/\d+$/.exec(this.pin.data.name)?.[0] ?? 0);
  }

  enable(): null {
    this.pin.onEdge((level) => {
      const edge = level === 1 ? constants.IRQ_RISING : constants.IRQ_FALLING;
      if (this.mode & edge) this.swint();
    });
    return null;
  }

  disable(): null {
    this.pin.onEdge(null);
    return null;
  }

  /** Calls the callback as an edge would. */
  swint(): null {
    const { handler } = this;
    if (handler !== null) this.queue.schedule((line: Value) => call(handler, line), this.line());
    return null;
  }

  [PRINT](): string {
    return `<ExtInt line=${this.line()}>`;
  }
}
define(ExtInt, {
  builtin: true,
  attrs: { ...constants },
  methods: {
    __init__: "pin, mode, pull, callback",
    line: "",
    enable: "",
    disable: "",
    swint: "",
  },
});
