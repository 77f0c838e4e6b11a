/** `machine.Signal`: a pin that may be inverted, so that on() means active whatever the level. */

import { apply } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import type { Dict } from "../../core/container/dict.js";
import { TypeError } from "../../core/exception/exceptions.js";
import { truth } from "../../core/operator/operators.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import { Pin } from "./pin.js";
import { PinBase, readLevel, writeLevel } from "./pin-base.js";

export class Signal extends PyObject {
  declare private $pin: Value;
  declare private $inverted: boolean;

  /**
   * A pin, or what `Pin` is made from: then `invert` is taken away, and a `value` is the signal's.
   * extmod/machine_signal.c
   */
  override __init__(positional: readonly Value[] = [], named?: Dict): Value {
    const given = new Map<string, Value>(named?.entries() ?? []);
    const invert = given.get("invert");
    this.$inverted = invert !== undefined && truth(invert);
    const [pin] = positional;
    // Without pins of its own a port takes whatever it is given for one.
    const isPin = pin instanceof Pin || pin instanceof Signal || pin instanceof PinBase;
    if (isPin || currentBoard().data.port === "unix") {
      const known = given.size === 0 || (given.size === 1 && invert !== undefined);
      if (positional.length !== 1 || !known) throw new TypeError();
      this.$pin = pin;
      return null;
    }
    given.delete("invert");
    const value = given.get("value");
    if (this.$inverted && value !== undefined) given.set("value", truth(value) ? 0 : 1);
    this.$pin = apply(Pin, [...positional], Object.fromEntries(given));
    return null;
  }

  value(): number;
  value(x: Value): null;
  value(x: Value = undefined): number | null {
    if (x === undefined) return readLevel(this.$pin) ^ (this.$inverted ? 1 : 0);
    writeLevel(this.$pin, truth(x) === this.$inverted ? 0 : 1);
    return null;
  }

  __call__(x: Value = undefined): Value {
    return Signal.prototype.value.call(this, x);
  }

  on(): null {
    return Signal.prototype.value.call(this, 1);
  }

  off(): null {
    return Signal.prototype.value.call(this, 0);
  }
}
define(Signal, {
  builtin: true,
  methods: { __init__: "*positional, **named", value: "x=, /", __call__: "x=, /", on: "", off: "" },
});
