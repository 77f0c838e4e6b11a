/**
 * The sending side of a UART: bytes leave one after the other, each in the time that the baud rate and the
 * frame take, and reach whatever is wired to the line when they do. `UART` writes to it.
 */

import type { Waiting } from "../../core/blocking/blocking.js";
import { Wait } from "../../core/blocking/wait.js";
import type { Host } from "../../host/host.js";
import type { Board, PinLine } from "../hal.js";
import { byteTime, type UartSettings } from "./uart-settings.js";

export class UartSender {
  private sentUntil = 0;

  /** `line`: the one that is the unit's now; null: it is not connected. */
  constructor(
    private readonly board: Board,
    private readonly host: Host,
    private readonly line: () => PinLine | null,
  ) {}

  /** Everything is sent. */
  get isIdle(): boolean {
    return this.host.now() >= this.sentUntil;
  }

  /** Sends after what is still being sent; returns when the last byte will be out, in ms. */
  send(bytes: Uint8Array, settings: UartSettings): number {
    const { baudrate } = settings;
    const perByte = byteTime(settings);
    let at = Math.max(this.host.now(), this.sentUntil);
    for (const byte of bytes) {
      at += perByte;
      this.board.at(at, () => {
        for (const receiver of this.line()?.wired("serial") ?? [])
          receiver.receive(Uint8Array.of(byte), baudrate);
      });
    }
    this.sentUntil = at;
    return at;
  }

  sendBreak(): void {
    for (const receiver of this.line()?.wired("serial") ?? []) {
      receiver.receiveBreak?.();
    }
  }

  /** Waits until everything is sent. */
  *flush(): Waiting<null> {
    while (this.host.now() < this.sentUntil) yield new Wait(this.sentUntil);
    return null;
  }
}
