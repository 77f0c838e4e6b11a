/**
 * `machine.UART`: a serial port on two pins. What is written arrives at the other end byte by byte as
 * the baud rate says (`UartSender`); what arrives is kept until it is read (`UartReceiver`). A stream that
 * can be polled.
 */

import type { Waiting } from "../../core/blocking/blocking.js";
import { define } from "../../core/class/class.js";
import { current } from "../../core/context.js";
import { OSError } from "../../core/exception/exceptions.js";
import { writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { Bytes } from "../../core/text/bytes.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { type Interrupts, interrupts } from "../../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../../io/pollable.js";
import { writtenPart } from "../../io/written-part.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "../bus-unit.js";
import type { Board, PinLine } from "../hal.js";
import { takeFunction } from "../pin/pin-functions.js";
import { checkPortArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { hasUnitObjects, UnitObject } from "../unit-object.js";
import {
  checkInstalled,
  type Esp32UartSettings,
  esp32Record,
  isInstalled,
  keepRecord,
  removeDriver,
  setEsp32Uart,
} from "./esp32-uart.js";
import { UartInterrupt } from "./uart-interrupt.js";
import { UartIrq } from "./uart-irq.js";
import { UartReceiver } from "./uart-receiver.js";
import { UartSender } from "./uart-sender.js";
import {
  byteTime,
  changedSettings,
  DEFAULT_SETTINGS,
  type UartSettings,
  uartRules,
} from "./uart-settings.js";

const PATH = "machine.UART";
const NEWLIB_ETIMEDOUT = 116;
const READ_WORK = 50;

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
  declare private $receiver: UartReceiver;
  declare private $sender: UartSender;
  declare private $interrupt: UartInterrupt;
  declare private $irq: UartIrq | undefined;
  declare private $disconnect: () => void;

  static override $unit(id: Value): number | null {
    return hasUnitObjects() ? unitOf("uart", id).id : null;
  }

  override __init__(id: Value, ...settings: Value[]): Value {
    const unit = unitOf("uart", id);
    const isSet = settings.some((setting) => setting !== undefined);
    if (this.$id !== undefined) {
      if (!isSet && this.$board.data.port === "stm32") return null;
      this.$renewBuffers();
      return this.$begin(settings);
    }
    this.$id = unit.id;
    this.$kept = keptSettings<UartSettings>(unit);
    this.$board = currentBoard();
    this.$host = current().host as Host;
    this.$queue = interrupts();
    this.$settings = { ...DEFAULT_SETTINGS, ...this.$kept };
    this.$begun = false;
    this.$receiver = new UartReceiver(this.$host, () => this.$settings);
    this.$sender = new UartSender(this.$board, this.$host, () => this.$tx);
    this.$interrupt = new UartInterrupt(this, this.$board, this.$host, this.$queue);
    this.$renewBuffers();
    this.$disconnect = () => {};
    this.$board.onReset(() => this.$disconnect());
    // The pyboard's are not set up before they are told what to be.
    if (isSet || this.$board.data.port !== "stm32") return this.$begin(settings);
    this.$tx = signalLine(unit, "tx", undefined);
    this.$rx = signalLine(unit, "rx", undefined);
    return null;
  }

  /** Sets up what the constructor was given; an ESP32 keeps that for each of its units. */
  private $begin(settings: Value[]): null {
    if (!this.$isEsp32) return UART.prototype.init.call(this, ...settings);
    this.$settings = esp32Record(this.$id);
    UART.prototype.init.call(this, ...settings);
    keepRecord(this.$id, this.$settings as Esp32UartSettings);
    return null;
  }

  /** The constructor makes the buffers of an RP2's unit anew. */
  private $renewBuffers(): void {
    if (this.$board.data.port !== "rp2") return;
    const { rxbuf, txbuf } = DEFAULT_SETTINGS;
    Object.assign(this.$settings, { rxbuf, txbuf });
    this.$receiver.clear();
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
      ...{ flow, read_buf_len, rxbuf: rxbuf === undefined ? read_buf_len : rxbuf },
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
    if (port === "stm32") this.$interrupt.remove();
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
        receive: (data) => {
          this.$receiver.receive(data);
          this.$interrupt.received(byteTime(this.$settings));
        },
        receiveBreak: () => this.$interrupt.happened("IRQ_BREAK"),
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
    this.$receiver.clear();
    this.$begun = false;
    if (this.$board.data.port === "rp2") {
      this.$settings.baudrate = 0;
      delete this.$kept.baudrate;
      this.$interrupt.remove();
    }
    if (this.$board.data.port === "stm32") this.$interrupt.trigger = 0;
    if (this.$isEsp32) removeDriver(this.$id);
    return null;
  }

  any(): number {
    if (this.$isEsp32) checkInstalled(this.$id);
    this.$queue.worked(READ_WORK);
    return this.$receiver.length;
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
    const bytes = writtenPart(buf, most, length);
    if (this.$isGone && bytes.length > 0) return null;
    const sent = this.$sender.send(bytes, this.$settings);
    this.$board.report(`UART(${this.$id})`, "sent", [...bytes]);
    if (bytes.length > 0) this.$board.at(sent, () => this.$interrupt.happened("IRQ_TXIDLE"));
    return bytes.length;
  }

  readchar(): number {
    return this.$receiver.next() ?? -1;
  }

  writechar(char: Value): null {
    UART.prototype.write.call(this, new Bytes([index(char)]));
    return null;
  }

  txdone(): boolean {
    this.$queue.worked(READ_WORK);
    if (this.$isEsp32) return !this.$isGone && this.$sender.isIdle;
    return !this.$begun || this.$sender.isIdle;
  }

  /** Waits until everything is sent. */
  *flush(): Waiting {
    if (this.$isGone) throw new OSError(NEWLIB_ETIMEDOUT);
    return yield* this.$sender.flush();
  }

  sendbreak(): null {
    if (this.$isEsp32) checkInstalled(this.$id);
    this.$sender.sendBreak();
    return null;
  }

  irq(handler: Value = undefined, trigger: Value = undefined, hard: Value = undefined): Value {
    if (handler !== undefined || trigger !== undefined || hard !== undefined) {
      this.$interrupt.install(
        handler ?? null,
        index(trigger === undefined ? 0 : trigger),
        hard ?? false,
      );
    }
    this.$irq ??= new UartIrq(this.$interrupt);
    return this.$irq;
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$receiver.length > 0 ? flags & POLLIN : 0) | (flags & POLLOUT),
      watch: (notify) => this.$receiver.watch(notify),
    };
  }

  /** Takes what has arrived, up to `count` bytes or a line. */
  private *$take(count: number, line: boolean): Waiting<number[]> {
    uartRules[this.$board.data.port].checkRead?.(this.$id);
    const bytes = yield* this.$receiver.take(count, line);
    if (bytes.length === 0) this.$queue.worked(READ_WORK);
    return bytes;
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
      irq: this.$interrupt.trigger,
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
portSignatures(UART, PATH);
portMembers(UART, PATH);
