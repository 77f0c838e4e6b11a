/**
 * The receiving side of a UART: what has arrived is kept, as much as the buffer holds, until it is read.
 * Readers wait as long as the timeouts of the settings allow; `UART` reads from it and polls it.
 */

import type { Waiting } from "../../core/blocking/blocking.js";
import { Wait } from "../../core/blocking/wait.js";
import type { Host } from "../../host/host.js";
import type { UartSettings } from "./uart-settings.js";

const NEWLINE = 10;

export class UartReceiver {
  private received: number[] = [];
  private readonly listeners = new Set<() => void>();

  /** `settings`: those that hold now; a handler may change them while a reader waits. */
  constructor(
    private readonly host: Host,
    private readonly settings: () => UartSettings,
  ) {}

  /** The number of bytes that can be read. */
  get length(): number {
    return this.received.length;
  }

  /** What the buffer has no room for is lost. */
  receive(data: Uint8Array): void {
    for (const byte of data) {
      if (this.received.length < this.settings().rxbuf) this.received.push(byte);
    }
    for (const listener of [...this.listeners]) listener();
  }

  /** Calls `notify` whenever something arrives; returns what ends that. */
  watch(notify: () => void): () => void {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  }

  /** The next byte; undefined: none has arrived. */
  next(): number | undefined {
    return this.received.shift();
  }

  clear(): void {
    this.received = [];
  }

  /** Takes what has arrived, up to `count` bytes or a line; waits as long as the timeouts allow. */
  *take(count: number, line: boolean): Waiting<number[]> {
    const bytes: number[] = [];
    let limit = this.settings().timeout;
    while (bytes.length < count && !(line && bytes.at(-1) === NEWLINE)) {
      const byte = this.next();
      if (byte !== undefined) {
        bytes.push(byte);
        limit = this.pause(line);
      } else if (limit === 0 || !(yield* this.arrives(limit))) {
        break;
      }
    }
    return bytes;
  }

  /**
   * How long the next byte may take: what has arrived is given up after `timeout_char`, but then the stream
   * asks again for as long as a first byte may take. A line is read byte by byte.
   */
  private pause(line: boolean): number {
    const { timeout, timeout_char } = this.settings();
    return timeout + (line ? 0 : timeout_char);
  }

  /** Waits for a byte; false when none comes in time. */
  private *arrives(limit: number): Waiting<boolean> {
    const deadline = this.host.now() + limit;
    while (this.received.length === 0 && this.host.now() < deadline) {
      yield new Wait(deadline, (wake) => this.watch(wake));
    }
    return this.received.length > 0;
  }
}
