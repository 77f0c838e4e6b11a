/** `machine.I2C` and `machine.SoftI2C`: transfers with the devices that are wired to two pins. */

import { bytesOf, writableBytes } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { currentBoard, lineLabel, signalLine, unitOf } from "./bus-unit.js";
import { EIO, ENODEV } from "./errno.js";
import type { PinLine } from "./hal.js";
import { I2cBus } from "./i2c-bus.js";
import { lineOf } from "./pin.js";
import { portRules } from "./port-rules.js";

const FREQUENCY = 400_000;
const TIMEOUT = 50_000;

/** What both have in common. */
class I2cTransfers extends PyObject {
  declare protected bus: I2cBus;
  declare protected freq: number;
  declare protected timeout: number;
  /** The errno when no device answers. */
  declare protected noDevice: number;

  protected connect(scl: PinLine, sda: PinLine): void {
    for (const line of [scl, sda]) line.configure("alt-open-drain", "up", 1);
    this.bus = new I2cBus(scl, sda);
  }

  deinit(): null {
    return null;
  }

  /** The addresses that answer. */
  scan(): Value {
    return this.bus.scan();
  }

  readfrom(addr: Value, nbytes: Value, stop: Value = true): Value {
    const data = new Bytes(index(nbytes));
    this.receive(index(addr), data, truth(stop));
    return data;
  }

  readfrom_into(addr: Value, buf: Value, stop: Value = true): null {
    this.receive(index(addr), writableBytes(buf), truth(stop));
    return null;
  }

  /** The number of bytes that were acknowledged. */
  writeto(addr: Value, buf: Value, stop: Value = true): number {
    return this.transmit(index(addr), [bytesOf(buf)], truth(stop));
  }

  writevto(addr: Value, vector: Value, stop: Value = true): number {
    return this.transmit(index(addr), asArray(vector).map(bytesOf), truth(stop));
  }

  readfrom_mem(addr: Value, memaddr: Value, nbytes: Value, addrsize: Value = 8): Value {
    const data = new Bytes(index(nbytes));
    this.receiveFrom(addr, memaddr, data, addrsize);
    return data;
  }

  readfrom_mem_into(addr: Value, memaddr: Value, buf: Value, addrsize: Value = 8): null {
    this.receiveFrom(addr, memaddr, writableBytes(buf), addrsize);
    return null;
  }

  writeto_mem(addr: Value, memaddr: Value, buf: Value, addrsize: Value = 8): null {
    const count = this.transmit(
      index(addr),
      [memoryAddress(memaddr, addrsize), bytesOf(buf)],
      true,
    );
    if (count < 0) throw new OSError(EIO);
    return null;
  }

  private receiveFrom(addr: Value, memaddr: Value, into: Uint8Array, addrsize: Value): void {
    this.transmit(index(addr), [memoryAddress(memaddr, addrsize)], false);
    this.receive(index(addr), into, true);
  }

  private receive(address: number, into: Uint8Array, stop: boolean): void {
    this.begin(address, true);
    this.bus.read(into);
    if (stop) this.bus.end();
  }

  private transmit(address: number, parts: readonly Uint8Array[], stop: boolean): number {
    this.begin(address, false);
    let count = 0;
    for (const part of parts) {
      const taken = this.bus.write(part);
      count += taken;
      if (taken < part.length) break;
    }
    if (stop) this.bus.end();
    return count;
  }

  private begin(address: number, read: boolean): void {
    if (this.bus.begin(address, read)) return;
    this.bus.end();
    throw new OSError(this.noDevice);
  }
}

/** The address of a memory cell, high byte first. */
function memoryAddress(memaddr: Value, addrsize: Value): Uint8Array {
  const bits = index(addrsize);
  if (bits % 8 !== 0 || bits < 8 || bits > 32) throw new ValueError("invalid addrsize");
  const bytes = new Uint8Array(bits / 8);
  let rest = index(memaddr);
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = rest & 0xff;
    rest >>>= 8;
  }
  return bytes;
}

const transferMethods = {
  deinit: "",
  scan: "",
  readfrom: "addr, nbytes, stop=, /",
  readfrom_into: "addr, buf, stop=, /",
  writeto: "addr, buf, stop=, /",
  writevto: "addr, vector, stop=, /",
  readfrom_mem: "addr, memaddr, nbytes, *, addrsize=",
  readfrom_mem_into: "addr, memaddr, buf, *, addrsize=",
  writeto_mem: "addr, memaddr, buf, *, addrsize=",
};
define(I2cTransfers, { builtin: true, methods: transferMethods });

function notSupported(): never {
  throw new OSError("I2C operation not supported");
}

/** A unit of the chip. */
export class I2C extends I2cTransfers {
  declare private id: number;

  override __init__(
    id: Value = undefined,
    scl: Value = undefined,
    sda: Value = undefined,
    freq: Value = FREQUENCY,
    timeout: Value = TIMEOUT,
  ): Value {
    const { data } = currentBoard();
    const unit = unitOf("i2c", id ?? data.i2c[0]?.id ?? 0);
    this.id = unit.id;
    this.noDevice = portRules[data.port].noDevice;
    this.connect(signalLine(unit, "scl", scl), signalLine(unit, "sda", sda));
    this.freq = index(freq);
    this.timeout = index(timeout);
    return null;
  }

  init(scl: Value = undefined, sda: Value = undefined, freq: Value = FREQUENCY): null {
    return this.__init__(this.id, scl ?? undefined, sda ?? undefined, freq, this.timeout);
  }

  start(): never {
    return notSupported();
  }

  stop(): never {
    return notSupported();
  }

  readinto(_buf: Value, _nack: Value = true): never {
    return notSupported();
  }

  write(_buf: Value): never {
    return notSupported();
  }

  [PRINT](): string {
    const { scl, sda } = this.bus;
    const pins = `scl=${lineLabel(scl)}, sda=${lineLabel(sda)}`;
    return currentBoard().data.port === "esp32"
      ? `I2C(${this.id}, ${pins}, freq=${this.freq}, timeout=${this.timeout})`
      : `I2C(${this.id}, freq=${this.freq}, ${pins}, timeout=${this.timeout})`;
  }
}
define(I2C, {
  builtin: true,
  methods: {
    ...transferMethods,
    __init__: "id=, *, scl=, sda=, freq=, timeout=",
    init: "*, scl=, sda=, freq=",
    start: "",
    stop: "",
    readinto: "buf, nack=, /",
    write: "buf, /",
  },
});

/** Any two pins, driven by software: it also has the steps of a transfer one by one. */
export class SoftI2C extends I2cTransfers {
  /** After start(): the next byte is the address. */
  declare private expectsAddress: boolean;

  override __init__(
    scl: Value,
    sda: Value,
    freq: Value = FREQUENCY,
    timeout: Value = TIMEOUT,
  ): Value {
    this.noDevice = ENODEV;
    this.connect(lineOf(scl), lineOf(sda));
    this.freq = index(freq);
    this.timeout = index(timeout);
    this.expectsAddress = false;
    return null;
  }

  init(scl: Value, sda: Value, freq: Value = FREQUENCY, timeout: Value = TIMEOUT): null {
    return this.__init__(scl, sda, freq, timeout);
  }

  start(): null {
    this.expectsAddress = true;
    return null;
  }

  stop(): null {
    this.bus.end();
    return null;
  }

  readinto(buf: Value, _nack: Value = true): null {
    this.bus.read(writableBytes(buf));
    return null;
  }

  /** The number of acknowledged bytes; the first one after start() is the address. */
  write(buf: Value): number {
    const bytes = bytesOf(buf);
    if (!this.expectsAddress || bytes.length === 0) return this.bus.write(bytes);
    this.expectsAddress = false;
    const first = bytes[0] as number;
    if (!this.bus.begin(first >> 1, (first & 1) === 1)) return 0;
    return 1 + this.bus.write(bytes.subarray(1));
  }

  [PRINT](): string {
    const { scl, sda } = this.bus;
    return `SoftI2C(scl=${lineLabel(scl)}, sda=${lineLabel(sda)}, freq=${this.freq})`;
  }
}
define(SoftI2C, {
  builtin: true,
  methods: {
    ...transferMethods,
    __init__: "scl, sda, *, freq=, timeout=",
    init: "scl, sda, *, freq=, timeout=",
    start: "",
    stop: "",
    readinto: "buf, nack=, /",
    write: "buf, /",
  },
});
