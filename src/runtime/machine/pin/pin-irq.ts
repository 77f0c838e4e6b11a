/** The interrupt of one pin: what `Pin.irq()` installs and returns. */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { constantNamed, portConstant } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import { interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { Level } from "../hal.js";
import { portMembers } from "../port/port-members.js";
import type { Pin } from "./pin.js";

export const FALLING = 4;
export const RISING = 8;
/** A level interrupts when it comes about, and at once when it is there already. */
export const LOW_LEVEL = 1;
export const HIGH_LEVEL = 2;
/** The highest number of an ESP32's triggers. */
const MOST_TRIGGER = 5;

/** The constants of `Pin` that mean them; what wakes the chip is a level as well. */
const EDGES = {
  IRQ_FALLING: FALLING,
  IRQ_RISING: RISING,
  IRQ_LOW_LEVEL: LOW_LEVEL,
  IRQ_HIGH_LEVEL: HIGH_LEVEL,
} as const;

/** What a number of the program stands for; null: an ESP32 has no such trigger and leaves the pin as it was. */
export function wantedEdges(trigger: number): number | null {
  const isOne = trigger >= 0 && trigger <= MOST_TRIGGER;
  return currentBoard().data.port === "esp32" && !isOne ? null : edgesOf(trigger);
}

/** What a number of the port's constants stands for. */
export function edgesOf(trigger: number): number {
  const levels = constantNamed("machine.Pin", ["WAKE_LOW", "WAKE_HIGH"], trigger);
  if (levels !== undefined) return levels === "WAKE_LOW" ? LOW_LEVEL : HIGH_LEVEL;
  let edges = 0;
  for (const [name, edge] of Object.entries(EDGES)) {
    const bits = portConstant("machine.Pin", name) ?? 0;
    // The bits of a port's constants may overlap, but for one: that they are all inputs.
    if (bits !== 0 && (trigger & bits) === bits) edges |= edge;
  }
  return edges;
}

/** The other way round: the number that the port has for edges. */
function triggerOf(edges: number): number {
  let trigger = 0;
  for (const [name, edge] of Object.entries(EDGES)) {
    if ((edges & edge) === 0) continue;
    const wakes = portConstant("machine.Pin", name.replace(/^IRQ_(.*)_LEVEL$/, "WAKE_$1"));
    trigger |= portConstant("machine.Pin", name) ?? wakes ?? 0;
  }
  return trigger;
}

export class PinIrq extends PyObject {
  declare private $pin: Pin;
  declare private $handler: Value;
  declare private $edges: number;
  declare private $hard: boolean;
  declare private $seen: number;

  override __init__(pin: Pin): Value {
    this.$pin = pin;
    this.$handler = null;
    this.$edges = 0;
    this.$hard = false;
    this.$seen = 0;
    return null;
  }

  /** `edges`: null for those that it has. */
  $install(handler: Value, edges: number | null, hard: boolean): void {
    this.$handler = handler;
    // What is not handled triggers nothing on Espressif's chips.
    this.$edges = handler === null && isEspressif() ? 0 : (edges ?? this.$edges);
    this.$hard = hard;
    this.$seen = 0;
    this.$arm();
  }

  /** The edges that caused the latest interrupt. */
  flags(): number {
    return triggerOf(this.$seen);
  }

  /** The edges that cause interrupts; with an argument: sets them. */
  trigger(edges: Value = undefined): number {
    const before = this.$edges;
    if (edges !== undefined) {
      this.$edges = wantedEdges(index(edges)) ?? this.$edges;
      this.$seen = 0;
      this.$arm();
    }
    return triggerOf(before);
  }

  [PRINT](): string {
    return isEspressif() ? "<IRQ>" : "<irq>";
  }

  /** Causes the interrupt by hand. */
  __call__(): null {
    if (this.$handler !== null) this.$request();
    if (this.$hard) interrupts().dispatch();
    return null;
  }

  private $arm(): void {
    const { $line: line } = this.$pin;
    if (this.$handler === null || this.$edges === 0) {
      line.onEdge(null);
      return;
    }
    const queue = interrupts();
    const reached = (level: Level, edge: number): void => {
      const wanted = this.$edges & (edge | (level === 1 ? HIGH_LEVEL : LOW_LEVEL));
      if (wanted === 0) return;
      this.$seen = wanted;
      this.$request(queue);
    };
    line.onEdge((level: Level) => reached(level, level === 1 ? RISING : FALLING));
    if (this.$edges & (LOW_LEVEL | HIGH_LEVEL)) reached(line.read(), 0);
  }

  private $request(queue = interrupts()): void {
    const failed = (): void => {
      this.$handler = null;
      this.$arm();
    };
    queue.schedule(this.$handler, this.$pin, this.$hard ? failed : null);
  }
}
define(PinIrq, {
  name: "irq",
  builtin: true,
  methods: { __init__: "pin", flags: "", trigger: "edges=, /", __call__: "" },
});
portMembers(PinIrq, "machine.irq");

const isEspressif = (): boolean => currentBoard().data.port.startsWith("esp");
