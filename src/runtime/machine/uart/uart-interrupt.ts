/**
 * The interrupt of a UART: the handler that a program gave, and the events that it is called for. `UART`
 * says what happened; the object that `UART.irq()` gives asks and sets the rest.
 */

import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import type { Interrupts } from "../../host/interrupts.js";
import type { Board } from "../hal.js";
import { bitsOf, checkHandler, eventsOf, UART_EVENTS, type UartEvent } from "./uart-irq.js";

/** Nothing arrived for so many bytes: the line is idle. */
const IDLE_BYTES = 3;

export class UartInterrupt {
  private handler: Value = null;
  /** What the handler is called for: the port's bits as they were given, and the events. */
  private bits = 0;
  private events = 0;
  private seen = 0;
  private lastReceived = 0;

  /** `uart`: what the handler is called with. */
  constructor(
    private readonly uart: Value,
    private readonly board: Board,
    private readonly host: Host,
    private readonly queue: Interrupts,
  ) {}

  get flags(): number {
    return bitsOf(this.seen);
  }

  get trigger(): number {
    return this.bits;
  }

  set trigger(trigger: number) {
    this.bits = trigger;
    this.events = eventsOf(trigger);
  }

  /** What a program gives to `UART.irq()`. */
  install(handler: Value, trigger: Value, hard: Value): void {
    const wanted = index(trigger);
    checkHandler(handler, wanted & ~bitsOf(eventsOf(wanted)), truth(hard));
    this.handler = handler;
    this.trigger = wanted;
  }

  remove(): void {
    this.handler = null;
    this.trigger = 0;
  }

  /** Calls the handler. */
  call(): void {
    if (this.handler !== null) this.queue.schedule(this.handler, this.uart);
  }

  happened(event: UartEvent): void {
    const trigger = UART_EVENTS[event];
    if ((this.events & trigger) === 0 || this.handler === null) return;
    this.seen = trigger;
    this.call();
  }

  /** Something arrived; `perByte`: how long a byte takes, in ms. */
  received(perByte: number): void {
    this.happened("IRQ_RX");
    if ((this.events & UART_EVENTS.IRQ_RXIDLE) === 0) return;
    const time = this.host.now();
    this.lastReceived = time;
    this.board.at(time + IDLE_BYTES * perByte, () => {
      if (this.lastReceived === time) this.happened("IRQ_RXIDLE");
    });
  }
}
