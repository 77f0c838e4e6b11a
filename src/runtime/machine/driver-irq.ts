/**
 * The interrupt of a driver: what `irq(handler, trigger, hard)` of state machines, counters, I2C targets
 * and the like installs and returns.
 */

import { call } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { type Context, current, enter } from "../core/context.js";
import type { Value } from "../core/values.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";

export class DriverIrq extends PyObject {
  declare private $parent: Value;
  declare private $context: Context;
  declare private $queue: Interrupts;
  declare private $handler: Value;
  declare private $hard: boolean;
  declare private $triggers: number;
  declare private $seen: number;

  override __init__(parent: Value): Value {
    this.$parent = parent;
    this.$context = current();
    this.$queue = interrupts();
    this.$handler = null;
    this.$hard = false;
    this.$triggers = 0;
    this.$seen = 0;
    return null;
  }

  /** Not visible to programs. */
  $install(handler: Value, triggers: number, hard: boolean): void {
    this.$handler = handler;
    this.$triggers = triggers;
    this.$hard = hard;
    this.$seen = 0;
  }

  /** Something happened: calls the handler if it wants to know; true when it does. */
  $happened(flags: number): boolean {
    const wanted = flags & this.$triggers;
    if (this.$handler === null || wanted === 0) return false;
    this.$seen = wanted;
    const failed = (): void => {
      this.$handler = null;
    };
    this.$queue.schedule(this.$handler, this.$parent, this.$hard ? failed : null);
    return true;
  }

  /** The same for a driver whose hard handlers run at once. */
  $occurred(flags: number): void {
    if (this.$hard) this.$now(flags);
    else this.$happened(flags);
  }

  /** The same for what has to be answered at once: the handler runs before this returns. */
  $now(flags: number): boolean {
    const wanted = flags & this.$triggers;
    if (this.$handler === null || wanted === 0) return false;
    this.$seen = wanted;
    const previous = enter(this.$context);
    try {
      call(this.$handler, this.$parent);
    } finally {
      enter(previous);
    }
    return true;
  }

  /** What caused the latest interrupt. */
  flags(): number {
    return this.$seen;
  }

  /** What causes interrupts; with an argument: sets that. */
  trigger(triggers: Value = undefined): number {
    const before = this.$triggers;
    if (triggers !== undefined) {
      this.$triggers = triggers;
      this.$seen = 0;
    }
    return before;
  }

  __call__(): null {
    const failed = (): void => {
      this.$handler = null;
    };
    if (this.$handler === null) return null;
    this.$queue.schedule(this.$handler, this.$parent, this.$hard ? failed : null);
    if (this.$hard) this.$queue.dispatch();
    return null;
  }
}
define(DriverIrq, {
  name: "irq",
  builtin: true,
  methods: { __init__: "parent", flags: "", trigger: "triggers=, /", __call__: "" },
});
