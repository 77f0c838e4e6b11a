/** `machine.Signal`: a pin that may be inverted, so that on() means active whatever the level. */

import { define } from "../core/class.js";
import { TypeError } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import type { Value } from "../core/values.js";
import { Pin } from "./pin.js";
import { readLevel, writeLevel } from "./pin-base.js";

export class Signal extends PyObject {
  declare private $pin: Value;
  declare private $inverted: boolean;

  override __init__(
    pin: Value = undefined,
    mode: Value = undefined,
    pull: Value = undefined,
    invert: Value = false,
    value: Value = undefined,
    ...others: Value[]
  ): Value {
    if (pin === undefined) throw new TypeError("");
    this.$inverted = truth(invert);
    if (typeof pin === "object" && pin !== null) {
      this.$pin = pin;
      return null;
    }
    const written = value === undefined ? undefined : truth(value) !== this.$inverted;
    this.$pin = new Pin(pin, mode, pull, written, ...others);
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
  methods: {
    __init__: "pin=, mode=, pull=, *, invert=, value=, alt=, drive=, hold=, af=",
    value: "x=",
    __call__: "x=",
    on: "",
    off: "",
  },
});
