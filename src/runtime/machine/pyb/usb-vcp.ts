/** `pyb.USB_VCP`: the serial port over USB, which is the program's own console here. */

import { call } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { SoleObject } from "../../core/class/sole-object.js";
import { isCallable } from "../../core/class/type.js";
import { current } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/unary.js";
import { PRINT } from "../../core/slots.js";
import { Bytes } from "../../core/text/bytes.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { interrupts } from "../../host/interrupts.js";

const constants = { RTS: 1, CTS: 2, IRQ_RX: 1 } as const;
const READ_WORK = 50;
const NEWLINE = 10;

export class USB_VCP extends SoleObject {
  static readonly RTS = constants.RTS;
  static readonly CTS = constants.CTS;
  static readonly IRQ_RX = constants.IRQ_RX;

  declare private $waiting: number[];
  declare private $handler: Value;
  declare private $isListening: boolean;

  static override $unit(id: Value = 0): number {
    if (index(id) !== 0) throw new ValueError();
    return 0;
  }

  /** Asking for it again leaves it as it is. */
  override __init__(id: Value = 0): Value {
    if (USB_VCP.$unit(id) !== 0 || this.$waiting !== undefined) return null;
    this.$waiting = [];
    this.$handler = null;
    this.$isListening = false;
    return null;
  }

  init(flow: Value = -1): null {
    index(flow);
    return null;
  }

  setinterrupt(chr: Value): null {
    interrupts().keyboard = index(chr) !== -1;
    return null;
  }

  /** Calls the handler when bytes have arrived. */
  irq(handler: Value = null, trigger: Value = constants.IRQ_RX, hard: Value = false): null {
    if (handler !== null && !isCallable(handler)) {
      throw new ValueError("handler must be None or callable");
    }
    const wanted = index(trigger);
    if (wanted !== 0 && wanted !== constants.IRQ_RX) throw new ValueError("unsupported trigger");
    if (truth(hard)) throw new ValueError("hard unsupported");
    this.$handler = wanted === 0 ? null : handler;
    this.$listen();
    return null;
  }

  /** Watches the console as long as there is a handler, one event at a time. */
  private $listen(): void {
    if (this.$handler === null || this.$isListening) return;
    const source = input();
    if (source === null) return;
    this.$isListening = true;
    source.watch(() => {
      this.$isListening = false;
      const { $handler: handler } = this;
      if (handler === null) return;
      interrupts().schedule((port: Value) => {
        if (USB_VCP.prototype.any.call(this)) call(handler, port);
        this.$listen();
      }, this);
    });
  }

  isconnected(): boolean {
    return true;
  }

  any(): boolean {
    interrupts().worked(READ_WORK);
    return this.$waiting.length > 0 || (input()?.readable() ?? false);
  }

  close(): this {
    return this;
  }

  __del__(): this {
    return this;
  }

  __enter__(): this {
    return this;
  }

  __exit__(_type: Value, _value: Value, _traceback: Value): null {
    return null;
  }

  /** What has arrived, up to so many bytes; None when nothing has. */
  read(nbytes: Value = undefined): Value {
    const bytes = this.$take(nbytes === undefined ? Number.POSITIVE_INFINITY : index(nbytes));
    return bytes.length === 0 ? null : new Bytes(bytes);
  }

  readinto(buf: Value, maxlen: Value = undefined): Value {
    const memory = writableBytes(buf);
    const bytes = this.$take(maxlen === undefined ? memory.length : index(maxlen));
    memory.set(bytes);
    return bytes.length === 0 ? null : bytes.length;
  }

  readline(): Value {
    this.$fill();
    const end = this.$waiting.indexOf(NEWLINE);
    const bytes = this.$waiting.splice(0, end < 0 ? this.$waiting.length : end + 1);
    return bytes.length === 0 ? null : new Bytes(bytes);
  }

  readlines(): Value[] {
    const lines: Value[] = [];
    for (let line = this.readline(); line !== null; line = this.readline()) lines.push(line);
    return lines;
  }

  write(buf: Value): number {
    const bytes = bytesOf(buf);
    (current().host as Host).write(bytes.slice());
    return bytes.length;
  }

  recv(data: Value): Value {
    return typeof data === "number"
      ? (this.read(data) ?? new Bytes(0))
      : (this.readinto(data) ?? 0);
  }

  send(data: Value): number {
    return this.write(typeof data === "number" ? new Bytes([data]) : data);
  }

  private $take(count: number): number[] {
    this.$fill();
    return this.$waiting.splice(0, count);
  }

  private $fill(): void {
    interrupts().worked(READ_WORK);
    const source = input();
    while (source?.readable()) {
      const bytes = source.read(256);
      if (bytes === null || bytes.length === 0) return;
      this.$waiting.push(...bytes);
    }
  }

  [PRINT](): string {
    return "USB_VCP(0)";
  }
}
define(USB_VCP, {
  builtin: true,
  attrs: { ...constants },
  methods: {
    __init__: "id=, /",
    init: "*, flow=",
    irq: "handler=, trigger=, hard=",
    setinterrupt: "chr, /",
    isconnected: "",
    any: "",
    close: "",
    __del__: "",
    __enter__: "",
    __exit__: "exc_type, exc_value, traceback, /",
    read: "nbytes=, /",
    readinto: "buf, maxlen=, /",
    readline: "",
    readlines: "",
    write: "buf, /",
    recv: "data!, *, timeout=: int",
    send: "data!, *, timeout=: int",
  },
});

function input() {
  return (current().host as Host).input;
}
