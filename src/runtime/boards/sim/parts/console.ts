/**
 * A serial terminal: `rx` listens to the board's TX, `tx` speaks to its RX. With `loopback` it sends
 * back what it receives.
 */

import { decodeUtf8, encodeUtf8 } from "../../../core/text/utf8.js";
import type { SerialReceiver } from "../../../machine/hal.js";
import type { Action, Part, PartKind, Site } from "../part.js";

const BITS_PER_BYTE = 10;
const BAUDRATE = 9600;

export class Console implements Part, SerialReceiver {
  private readonly bytes: number[] = [];
  private baudrate: number;

  constructor(
    private readonly site: Site,
    private readonly loopback: boolean,
  ) {
    this.baudrate = site.options.number("baudrate", 0);
    site.connect("rx", "serial", this);
  }

  /** What has arrived so far, as text. */
  get received(): string {
    return decodeUtf8(Uint8Array.from(this.bytes));
  }

  get receivedBytes(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }

  receive(data: Uint8Array, baudrate: number): void {
    this.bytes.push(...data);
    if (this.baudrate === 0) this.baudrate = baudrate;
    this.site.report("received", decodeUtf8(data));
    if (this.loopback) this.send(data);
  }

  /** Sends to the board: it arrives byte by byte as the baud rate says. */
  send(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? encodeUtf8(data) : data;
    const baudrate = this.baudrate || BAUDRATE;
    const receivers = this.site.line("tx").wired("serial");
    bytes.forEach((byte, i) => {
      this.site.after(((i + 1) * BITS_PER_BYTE * 1000) / baudrate, () => {
        for (const receiver of receivers) {
          if (receiver !== this) receiver.receive(Uint8Array.of(byte), baudrate);
        }
      });
    });
  }

  readonly actions: Readonly<Record<string, Action>> = {
    send: ([text = ""]) => this.send(String(text)),
  };

  get state() {
    return { received: this.received };
  }
}

const legs = ["rx", "tx"];
const options = ["baudrate"];

export const console: PartKind<Console> = {
  legs,
  options,
  create: (site) => new Console(site, false),
};

export const loopback: PartKind<Console> = {
  legs,
  options,
  create: (site) => new Console(site, true),
};
