/** `pyb.LED`: one object for each LED of the board. */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { current, perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { BARE, type Value } from "../../core/values.js";
import type { Board, PinLine } from "../hal.js";

/** The LEDs whose brightness can be set; the others are on or off. */
const DIMMABLE = new Set([3, 4]);

const leds = perContext(() => new Map<number, LED>());

function ledOf(id: Value): LED {
  const known = leds().get(index(id));
  if (known !== undefined) return known;
  const led = new LED(BARE);
  led.__init__(id);
  leds().set(led.$number, led);
  return led;
}

export class LED extends PyObject {
  declare $number: number;
  declare $line: PinLine;
  /** How bright it is between off and on; null when it is either. One for all objects of an LED. */
  declare $dimmed: { brightness: number | null };

  constructor(...args: Value[]) {
    const plain = new.target === LED && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each LED.
    if (plain) return ledOf(args[0]);
  }

  static override __new__(cls: Value, id: Value): Value {
    return cls === LED ? ledOf(id) : new cls(BARE);
  }

  override __init__(id: Value): Value {
    const number = index(id);
    if (this.$number === number) return null;
    const board = current().board as Board;
    const name = board.data.leds[number - 1];
    const line = name === undefined ? undefined : board.line(name);
    if (line === undefined) throw new ValueError(`LED(${number}) doesn't exist`);
    this.$number = number;
    this.$line = line;
    // An object of a program's own class stands for the same LED.
    this.$dimmed = this.constructor === LED ? { brightness: null } : ledOf(number).$dimmed;
    line.configure("out", null, null);
    return null;
  }

  on(): null {
    this.$dimmed.brightness = null;
    this.$line.write(1);
    return null;
  }

  off(): null {
    this.$dimmed.brightness = null;
    this.$line.write(0);
    return null;
  }

  toggle(): null {
    return this.$line.latch === 1 ? LED.prototype.off.call(this) : LED.prototype.on.call(this);
  }

  /** 0 (off) to 255; without an argument: what it is. */
  intensity(value: Value = undefined): Value {
    if (value === undefined) return this.$dimmed.brightness ?? 255 * this.$line.latch;
    const wanted = index(value);
    if (wanted <= 0) return LED.prototype.off.call(this);
    LED.prototype.on.call(this);
    if (wanted < 255 && DIMMABLE.has(this.$number)) this.$dimmed.brightness = wanted;
    return null;
  }

  [PRINT](): string {
    return `LED(${this.$number})`;
  }
}
define(LED, {
  builtin: true,
  statics: { __new__: "cls, id, /" },
  methods: { __init__: "id, /", on: "", off: "", toggle: "", intensity: "value=, /" },
});
