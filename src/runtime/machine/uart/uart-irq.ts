/** What a UART tells a handler, and the object that `UART.irq()` gives. */

import { callable } from "../../builtins/attributes.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { portConstant } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";

/** The events, by the names of the constants; a port has some of them, under numbers of its own. */
export const UART_EVENTS = { IRQ_RX: 1, IRQ_TXIDLE: 2, IRQ_RXIDLE: 4, IRQ_BREAK: 8 } as const;
export type UartEvent = keyof typeof UART_EVENTS;

const PATH = "machine.UART";

/** The events that the bits of the port stand for. */
export function eventsOf(trigger: number): number {
  return convert(trigger, (name) => [portConstant(PATH, name) ?? 0, UART_EVENTS[name]]);
}

/** The bits of the port that stand for events. */
export function bitsOf(events: number): number {
  return convert(events, (name) => [UART_EVENTS[name], portConstant(PATH, name) ?? 0]);
}

function convert(bits: number, pair: (name: UartEvent) => [from: number, to: number]): number {
  return (Object.keys(UART_EVENTS) as UartEvent[])
    .map(pair)
    .reduce((all, [from, to]) => all | (bits & from ? to : 0), 0);
}

/** Refuses what is no handler; `unsupported`: bits of the trigger that the port has no event for. */
export function checkHandler(handler: Value, unsupported: number, hard: boolean): void {
  const { port } = currentBoard().data;
  if (handler !== null && !callable(handler)) {
    throw new ValueError("handler must be None or callable");
  }
  if (unsupported !== 0) {
    const hex = (unsupported >>> 0).toString(16).padStart(port === "stm32" ? 8 : 4, "0");
    throw new ValueError(`trigger 0x${hex} unsupported`);
  }
  if (hard && port === "esp32") throw new ValueError("hard IRQ is not supported");
}

/** What a UART keeps for its interrupt, in the bits of the port. */
interface Interrupting {
  readonly flags: number;
  trigger: number;
  call(): void;
}

/** Of a UART. */
export class UartIrq extends PyObject {
  declare private $interrupt: Interrupting;

  override __init__(interrupt: Interrupting): Value {
    this.$interrupt = interrupt;
    return null;
  }

  flags(): number {
    return this.$interrupt.flags;
  }

  /** What the handler is called for; with an argument: sets it. */
  trigger(trigger: Value = undefined): number {
    const before = this.$interrupt.trigger;
    if (trigger !== undefined) this.$interrupt.trigger = index(trigger);
    return before;
  }

  /** Calls the handler by hand. */
  __call__(): null {
    this.$interrupt.call();
    return null;
  }
}
define(UartIrq, {
  name: "irq",
  builtin: true,
  methods: { __init__: "interrupt", flags: "", trigger: "trigger=, /", __call__: "" },
});
