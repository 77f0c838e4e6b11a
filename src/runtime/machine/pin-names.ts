/** `Pin.board` and `Pin.cpu`: the pins of the board as attributes, by name. */

import { define } from "../core/class.js";
import { AttributeError, TypeError } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";

export class PinNames extends PyObject {
  declare private $kind: string;
  declare private $find: (name: string) => Value;
  declare private $names: () => string[];

  override __init__(kind: string, find: (name: string) => Value, names: () => string[]): Value {
    this.$kind = kind;
    this.$find = find;
    this.$names = names;
    return null;
  }

  __getattr__(name: Value): Value {
    try {
      return this.$find(name);
    } catch {
      throw new AttributeError(`type object '${this.$kind}' has no attribute '${name}'`);
    }
  }

  __call__(): Value {
    throw new TypeError(`can't create '${this.$kind}' instances`);
  }

  __dir__(): Value {
    return [...this.$names(), "__class__", "__name__", "__bases__", "__dict__"];
  }

  /** The ports have a class for it. */
  [PRINT](): string {
    return `<class '${this.$kind}'>`;
  }
}
define(PinNames, {
  builtin: true,
  methods: {
    __init__: "kind, find, names",
    __getattr__: "name",
    __call__: "*args",
    __dir__: "",
  },
});
