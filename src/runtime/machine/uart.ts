/**
 * `machine.UART`: a serial port on two pins. What is written arrives at the other end byte by byte as
 * the baud rate says; what arrives is kept until it is read. A stream that can be polled.
 */

import type { Waiting } from "../core/blocking.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { OSError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "./bus-unit.js";
import {
  checkInstalled,
  type Esp32UartSettings,
  esp32Record,
  isInstalled,
  keepRecord,
  removeDriver,
  setEsp32Uart,
} from "./esp32-uart.js";
import type { Board, PinLine } from "./hal.js";
import { takeFunction } from "./pin-functions.js";
import { checkPortArguments } from "./port-arguments.js";
import { portMembers } from "./port-members.js";
import {
  bitsOf,
  checkHandler,
  eventsOf,
  UART_EVENTS,
  type UartEvent,
  UartIrq,
} from "./uart-irq.js";
import {
  changedSettings,
  DEFAULT_SETTINGS,
  type UartSettings,
  uartRules,
} from "./uart-settings.js";
import { hasUnitObjects, UnitObject } from "./unit-object.js";

const PATH = "machine.UART";
const NEWLINE = 10;
const NEWLIB_ETIMEDOUT = 116;
const READ_WORK = 50;
/** Nothing arrived for so many bytes: the line is idle. */
const IDLE_BYTES = 3;

export class UART extends UnitObject {
  declare static readonly INV_TX: number;
  declare static readonly INV_RX: number;
  declare static readonly INV_RTS: number;
  declare static readonly INV_CTS: number;
  declare static readonly RTS: number;
  declare static readonly CTS: number;
  declare static readonly IRQ_RX: number;
  declare static readonly IRQ_TXIDLE: number;
  declare static readonly IRQ_RXIDLE: number;
  declare static readonly IRQ_BREAK: number;

  declare private $id: number;
  declare private $board: Board;
  declare private $host: Host;
  declare private $queue: Interrupts;
  /** null: it is not connected. */
  declare private $tx: PinLine | null;
  declare private $rx: PinLine | null;
  declare private $settings: UartSettings;
  /** What the next object for the same unit starts with. */
  declare private $kept: Partial<UartSettings>;
  /** It was told what to be. */
  declare private $begun: boolean;
  declare private $received: number[];
  declare private $listeners: Set<() => void>;
  declare private $disconnect: () => void;
  declare private $sentUntil: number;
  declare private $handler: Value;
  /** What the handler is called for: the port's bits as they were given, and the events. */
  declare private $trigger: number;
  declare private $triggers: number;
  declare private $seen: number;
  declare private $lastReceived: number;

  static override $unit(id: Value): number | null {
    return hasUnitObjects() ? unitOf("uart", id).id : null;
  }

  override __init__(id: Value, ...settings: Value[]): Value {
    const unit = unitOf("uart", id);
    const isSet = settings.some((setting) => setting !== undefined);
    if (this.$id !== undefined) {
      if (!isSet && this.$board.data.port === "stm32") return null;
      this.$renewBuffers();
      return UART.prototype.init.call(this, ...settings);
    }
    this.$id = unit.id;
    this.$kept = keptSettings<UartSettings>(unit);
    this.$board = currentBoard();
    this.$host = current().host as Host;
    this.$queue = interrupts();
    this.$settings = { ...DEFAULT_SETTINGS, ...this.$kept };
    if (this.$isEsp32) this.$settings = esp32Record(unit.id);
    this.$begun = false;
    this.$received = [];
    this.$renewBuffers();
    this.$listeners = new Set();
    this.$sentUntil = 0;
    this.$handler = null;
    this.$irqTrigger = 0;
    this.$seen = 0;
    this.$lastReceived = 0;
    this.$disconnect = () => {};
    this.$board.onReset(() => this.$disconnect());
    // The pyboard's are not set up before they are told what to be.
    if (isSet || this.$board.data.port !== "stm32") {
      UART.prototype.init.call(this, ...settings);
      if (this.$isEsp32) keepRecord(unit.id, this.$settings as Esp32UartSettings);
      return null;
    }
    this.$tx = signalLine(unit, "tx", undefined);
    this.$rx = signalLine(unit, "rx", undefined);
    return null;
  }

  /** The constructor makes the buffers of an RP2's unit anew. */
  private $renewBuffers(): void {
    if (this.$board.data.port !== "rp2") return;
    const { rxbuf, txbuf } = DEFAULT_SETTINGS;
    Object.assign(this.$settings, { rxbuf, txbuf });
    this.$received = [];
  }

  init(
    baudrate: Value = undefined,
    bits: Value = undefined,
    parity: Value = undefined,
    stop: Value = undefined,
    tx: Value = undefined,
    rx: Value = undefined,
    rts: Value = undefined,
    cts: Value = undefined,
    txbuf: Value = undefined,
    rxbuf: Value = undefined,
    timeout: Value = undefined,
    timeout_char: Value = undefined,
    invert: Value = undefined,
    flow: Value = undefined,
    read_buf_len: Value = undefined,
  ): null {
    const given = {
      ...{ baudrate, bits, parity, stop, tx, rx, rts, cts, txbuf, timeout, timeout_char, invert },
      ...{ flow, read_buf_len, rxbuf: rxbuf ?? read_buf_len },
    };
    checkPortArguments("UART", given);
    const unit = unitOf("uart", this.$id);
    const { port } = this.$board.data;
    if (this.$isEsp32) {
      const record = this.$settings as Esp32UartSettings;
      setEsp32Uart(this.$id, record, given);
      this.$begun = true;
      return this.$attach(this.$board.line(record.tx) ?? null, this.$board.line(record.rx) ?? null);
    }
    const rules = uartRules[port];
    const settings = (rules.change ?? changedSettings)(this.$settings, given);
    // After deinit() an RP2's unit has no rate, and the times that go with it.
    if (settings.baudrate === 0) {
      const { baudrate: usual, timeout_char: shortest } = DEFAULT_SETTINGS;
      Object.assign(settings, { baudrate: usual, timeout_char: shortest });
    }
    for (const signal of ["rts", "cts"] as const) {
      if (given[signal] !== undefined && unit.allowed !== undefined) {
        signalLine(unit, signal, given[signal]);
      }
    }
    rules.check(settings, given, {
      id: this.$id,
      repl: this.$id === 0,
      before: this.$settings,
    });
    this.$settings = settings;
    if (port === "stm32") {
      this.$handler = null;
      this.$irqTrigger = 0;
    }
    this.$begun = true;
    Object.assign(this.$kept, settings);
    if (tx !== undefined || this.$tx === undefined) this.$tx = signalLine(unit, "tx", tx);
    if (rx !== undefined || this.$rx === undefined) this.$rx = signalLine(unit, "rx", rx);
    return this.$attach(this.$tx, this.$rx);
  }

  private get $isEsp32(): boolean {
    return this.$board.data.port === "esp32";
  }

  /** Gives the unit its pins, and takes what arrives. */
  private $attach(tx: PinLine | null, rx: PinLine | null): null {
    const { port } = this.$board.data;
    this.$tx = tx;
    this.$rx = rx;
    tx?.configure("alt", null, 1);
    rx?.configure("alt", port === "rp2" ? null : "up", null);
    for (const line of [tx, rx]) {
      if (line !== null) takeFunction(line, port, "UART", this.$id);
    }
    this.$disconnect();
    this.$disconnect =
      rx?.connect("serial", {
        receive: (data) => this.$receive(data),
        receiveBreak: () => this.$happened("IRQ_BREAK"),
      }) ?? (() => {});
    return null;
  }

  /** An ESP32's that was given back reads and writes nothing. */
  private get $isGone(): boolean {
    return this.$isEsp32 && !isInstalled(this.$id);
  }

  deinit(): null {
    // An ESP8266's go on.
    if (this.$board.data.port === "esp8266") return null;
    this.$disconnect();
    this.$received = [];
    this.$begun = false;
    if (this.$board.data.port === "rp2") {
      this.$settings.baudrate = 0;
      delete this.$kept.baudrate;
      this.$irqTrigger = 0;
      this.$handler = null;
    }
    if (this.$board.data.port === "stm32") this.$irqTrigger = 0;
    if (this.$isEsp32) removeDriver(this.$id);
    return null;
  }

  any(): number {
    if (this.$isEsp32) checkInstalled(this.$id);
    this.$queue.worked(READ_WORK);
    return this.$received.length;
  }

  *read(nbytes: Value = undefined): Waiting {
    const all = nbytes === undefined || nbytes === null || nbytes === -1;
    const count = all ? Number.POSITIVE_INFINITY : index(nbytes);
    if (count === 0) return new Bytes([]);
    return this.$result(yield* this.$take(count, false));
  }

  *readline(_size: Value = undefined): Waiting {
    return this.$result(yield* this.$take(Number.POSITIVE_INFINITY, true));
  }

  *readinto(buf: Value, nbytes: Value = undefined): Waiting {
    const memory = writableBytes(buf);
    const count = nbytes === undefined ? memory.length : Math.min(memory.length, index(nbytes));
    const bytes = yield* this.$take(count, false);
    if (bytes.length === 0 && count > 0) return null;
    memory.set(bytes);
    return bytes.length;
  }

  /** Sends so many bytes, or those behind an offset; they leave one after the other. */
  write(buf: Value, most: Value = undefined, length: Value = undefined): number | null {
    const all = bytesOf(buf);
    const start = length === undefined ? 0 : Math.min(all.length, index(most));
    const count = length ?? most;
    const bytes = all.slice(start, count === undefined ? all.length : start + index(count));
    if (this.$isGone && bytes.length > 0) return null;
    const { $board: board } = this;
    const { baudrate } = this.$settings;
    const perByte = this.$byteTime;
    let at = Math.max(this.$host.now(), this.$sentUntil);
    for (const byte of bytes) {
      at += perByte;
      board.at(at, () => {
        for (const receiver of this.$tx?.wired("serial") ?? [])
          receiver.receive(Uint8Array.of(byte), baudrate);
      });
    }
    this.$sentUntil = at;
    board.report(`UART(${this.$id})`, "sent", [...bytes]);
    if (bytes.length > 0) board.at(at, () => this.$happened("IRQ_TXIDLE"));
    return bytes.length;
  }

  readchar(): number {
    return this.$received.shift() ?? -1;
  }

  writechar(char: Value): null {
    UART.prototype.write.call(this, new Bytes([index(char)]));
    return null;
  }

  txdone(): boolean {
    this.$queue.worked(READ_WORK);
    if (this.$isEsp32) return !this.$isGone && this.$host.now() >= this.$sentUntil;
    return !this.$begun || this.$host.now() >= this.$sentUntil;
  }

  /** Waits until everything is sent. */
  *flush(): Waiting {
    if (this.$isGone) throw new OSError(NEWLIB_ETIMEDOUT);
    while (this.$host.now() < this.$sentUntil) yield new Wait(this.$sentUntil);
    return null;
  }

  sendbreak(): null {
    if (this.$isEsp32) checkInstalled(this.$id);
    for (const receiver of this.$tx?.wired("serial") ?? []) {
      receiver.receiveBreak?.();
    }
    return null;
  }

  irq(handler: Value = undefined, trigger: Value = undefined, hard: Value = undefined): Value {
    if (handler === undefined && trigger === undefined && hard === undefined) {
      return new UartIrq(this);
    }
    return this.$install(handler ?? null, trigger ?? 0, hard ?? false);
  }

  private $install(handler: Value, trigger: Value, hard: Value): Value {
    const wanted = index(trigger);
    const events = eventsOf(wanted);
    checkHandler(handler, wanted & ~bitsOf(events), truth(hard));
    this.$handler = handler;
    this.$irqTrigger = wanted;
    return new UartIrq(this);
  }

  get $irqFlags(): number {
    return bitsOf(this.$seen);
  }

  get $irqTrigger(): number {
    return this.$trigger;
  }

  set $irqTrigger(trigger: number) {
    this.$trigger = trigger;
    this.$triggers = eventsOf(trigger);
  }

  /** Calls the handler. */
  $interrupt(): void {
    if (this.$handler !== null) this.$queue.schedule(this.$handler, this);
  }

  private $receive(data: Uint8Array): void {
    for (const byte of data) {
      if (this.$received.length < this.$settings.rxbuf) this.$received.push(byte);
    }
    for (const listener of [...this.$listeners]) listener();
    this.$happened("IRQ_RX");
    if (this.$triggers & UART_EVENTS.IRQ_RXIDLE) this.$watchIdle();
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$received.length > 0 ? flags & POLLIN : 0) | (flags & POLLOUT),
      watch: (notify) => {
        this.$listeners.add(notify);
        return () => this.$listeners.delete(notify);
      },
    };
  }

  private get $byteTime(): number {
    const { bits, parity, stop, baudrate } = this.$settings;
    return ((1 + bits + (parity === null ? 0 : 1) + stop) * 1000) / baudrate;
  }

  /**
   * How long the next byte may take: what has arrived is given up after `timeout_char`, but then the stream
   * asks again for as long as a first byte may take. A line is read byte by byte.
   */
  private $pause(line: boolean): number {
    const { timeout, timeout_char } = this.$settings;
    return timeout + (line ? 0 : timeout_char);
  }

  private $happened(event: UartEvent): void {
    const trigger = UART_EVENTS[event];
    if ((this.$triggers & trigger) === 0 || this.$handler === null) return;
    this.$seen = trigger;
    this.$interrupt();
  }

  private $watchIdle(): void {
    const time = this.$host.now();
    this.$lastReceived = time;
    this.$board.at(time + IDLE_BYTES * this.$byteTime, () => {
      if (this.$lastReceived === time) this.$happened("IRQ_RXIDLE");
    });
  }

  /** Takes what has arrived, up to `count` bytes or a line; waits as long as the timeouts allow. */
  private *$take(count: number, line: boolean): Waiting<number[]> {
    uartRules[this.$board.data.port].checkRead?.(this.$id);
    const bytes: number[] = [];
    let limit = this.$settings.timeout;
    while (bytes.length < count && !(line && bytes.at(-1) === NEWLINE)) {
      const byte = this.$received.shift();
      if (byte !== undefined) {
        bytes.push(byte);
        limit = this.$pause(line);
      } else if (limit === 0 || !(yield* this.$arrives(limit))) {
        break;
      }
    }
    if (bytes.length === 0) this.$queue.worked(READ_WORK);
    return bytes;
  }

  /** Waits for a byte; false when none comes in time. */
  private *$arrives(limit: number): Waiting<boolean> {
    const deadline = this.$host.now() + limit;
    while (this.$received.length === 0 && this.$host.now() < deadline) {
      yield new Wait(deadline, (wake) => {
        this.$listeners.add(wake);
        return () => this.$listeners.delete(wake);
      });
    }
    return this.$received.length > 0;
  }

  private $result(bytes: number[]): Value {
    return bytes.length === 0 ? null : new Bytes(bytes);
  }

  [PRINT](): string {
    return uartRules[this.$board.data.port].print({
      ...this.$settings,
      id: this.$id,
      begun: this.$begun,
      tx: this.$tx === null ? "-1" : lineLabel(this.$tx),
      rx: this.$rx === null ? "-1" : lineLabel(this.$rx),
      irq: this.$trigger,
    });
  }
}
const SETTINGS =
  "baudrate=, bits=, parity=, stop=, *, tx=, rx=, rts=, cts=, txbuf=, rxbuf=, timeout=, timeout_char=, invert=, flow=, read_buf_len=";
define(UART, {
  builtin: true,
  methods: {
    __init__: `id, /, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    any: "",
    read: "nbytes=, /",
    readline: "size=, /",
    readinto: "buf, nbytes=, /",
    write: "buf, most=, length=, /",
    readchar: "",
    writechar: "char, /",
    txdone: "",
    flush: "",
    sendbreak: "",
    irq: "handler=, trigger=, hard=",
  },
  blocking: ["read", "readline", "readinto", "flush"],
});
portMembers(UART, PATH);
