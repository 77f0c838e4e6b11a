/** `pyb.I2C`: the older interface of the pyboard's buses, with `send`, `recv` and `mem_read`. */

import { define } from "../../core/class/class.js";
import { OSError, TypeError } from "../../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { Bytes } from "../../core/text/bytes.js";
import { isInt, type Value } from "../../core/values.js";
import { currentBoard, signalLine, unitOf } from "../bus-unit.js";
import { EIO } from "../errno.js";
import { I2cBus } from "../i2c/i2c-bus.js";
import { notSimulated } from "../not-simulated.js";
import { takeFunction } from "../pin/pin-functions.js";
import { UnitObject } from "../unit-object.js";
import { stm32I2cRate } from "../unit-rates.js";

const CONTROLLER = 0;
const PERIPHERAL = 1;
const BAUDRATE = 400_000;
/** Seven bits; as its own address it says that the unit is a controller. */
const MOST_ADDRESS = 0x7f;

/** A number n: n bytes to fill; a buffer: itself. */
export function target(recv: Value): { memory: Uint8Array; result: Value } {
  if (!isInt(recv)) return { memory: writableBytes(recv), result: recv };
  const result = new Bytes(index(recv));
  return { memory: result, result };
}

/** A number: one byte; a buffer: its bytes. */
export function source(send: Value): Uint8Array {
  return isInt(send) ? Uint8Array.of(index(send)) : bytesOf(send);
}

export class PybI2C extends UnitObject {
  static readonly CONTROLLER = CONTROLLER;
  static readonly PERIPHERAL = PERIPHERAL;
  static readonly MASTER = CONTROLLER;
  static readonly SLAVE = PERIPHERAL;

  declare private $id: number;
  declare private $bus: I2cBus;
  /** null: it is not set up. */
  declare private $baudrate: number | null;
  /** As a peripheral: the address that it would answer to. */
  declare private $own: number | null;

  static override $unit(bus: Value): number {
    return unitOf("i2c", bus).id;
  }

  override __init__(bus: Value, ...settings: Value[]): Value {
    const data = unitOf("i2c", bus);
    this.$id = data.id;
    this.$bus ??= new I2cBus(signalLine(data, "scl", null), signalLine(data, "sda", null));
    this.$baudrate ??= null;
    this.$own ??= null;
    if (settings.some((setting) => setting !== undefined))
      PybI2C.prototype.init.call(this, ...settings);
    return null;
  }

  init(mode: Value = CONTROLLER, addr: Value = 0x12, baudrate: Value = BAUDRATE): null {
    const own = index(addr) & MOST_ADDRESS;
    this.$own = index(mode) === CONTROLLER || own === MOST_ADDRESS ? null : own;
    for (const line of [this.$bus.scl, this.$bus.sda]) {
      line.configure("alt-open-drain", "up", 1);
      takeFunction(line, currentBoard().data.port, "I2C", this.$id);
    }
    this.$baudrate = index(baudrate);
    return null;
  }

  deinit(): null {
    this.$baudrate = null;
    return null;
  }

  is_ready(addr: Value): boolean {
    this.$checkController();
    const ready = this.$bus.begin(index(addr), false);
    this.$bus.end();
    return ready;
  }

  scan(): Value {
    this.$checkController();
    return this.$bus.scan();
  }

  send(send: Value, addr: Value = undefined): null {
    this.$transmit(this.$addressed(addr), [source(send)], true);
    return null;
  }

  recv(recv: Value, addr: Value = undefined): Value {
    const { memory, result } = target(recv);
    this.$receive(this.$addressed(addr), memory);
    return result;
  }

  mem_read(
    data: Value,
    addr: Value,
    memaddr: Value,
    _timeout: Value = 5000,
    addr_size: Value = 8,
  ): Value {
    this.$checkController();
    const { memory, result } = target(data);
    this.$transmit(index(addr), [cell(memaddr, addr_size)], false);
    this.$receive(index(addr), memory);
    return result;
  }

  mem_write(
    data: Value,
    addr: Value,
    memaddr: Value,
    _timeout: Value = 5000,
    addr_size: Value = 8,
  ): null {
    this.$checkController();
    this.$transmit(index(addr), [cell(memaddr, addr_size), source(data)], true);
    return null;
  }

  private $checkController(): void {
    if (this.$baudrate !== null && this.$own === null) return;
    throw new TypeError("I2C must be a controller");
  }

  /** Whom a controller asks; a peripheral waits for one. */
  private $addressed(addr: Value): number {
    if (this.$own !== null) notSimulated("pyb.I2C as a peripheral");
    this.$checkController();
    if (addr === undefined) throw new TypeError("addr argument required");
    return index(addr);
  }

  private $begin(address: number, read: boolean): void {
    if (this.$bus.begin(address, read)) return;
    this.$bus.end();
    throw new OSError(EIO);
  }

  private $transmit(address: number, parts: readonly Uint8Array[], stop: boolean): void {
    this.$begin(address, false);
    for (const part of parts) {
      if (this.$bus.write(part) === part.length) continue;
      this.$bus.end();
      throw new OSError(EIO);
    }
    if (stop) this.$bus.end();
  }

  private $receive(address: number, into: Uint8Array): void {
    this.$begin(address, true);
    this.$bus.read(into);
    this.$bus.end();
  }

  [PRINT](): string {
    if (this.$baudrate === null) return `I2C(${this.$id})`;
    return this.$own === null
      ? `I2C(${this.$id}, I2C.CONTROLLER, baudrate=${stm32I2cRate(this.$baudrate)})`
      : `I2C(${this.$id}, I2C.PERIPHERAL, addr=0x${this.$own.toString(16).padStart(2, "0")})`;
  }
}

function cell(memaddr: Value, addr_size: Value): Uint8Array {
  const address = index(memaddr);
  return index(addr_size) === 16
    ? Uint8Array.of((address >> 8) & 0xff, address & 0xff)
    : Uint8Array.of(address & 0xff);
}

const SETTINGS = "mode=, *, addr=, baudrate=, gencall=, dma=";
define(PybI2C, {
  name: "I2C",
  builtin: true,
  attrs: { CONTROLLER, PERIPHERAL, MASTER: CONTROLLER, SLAVE: PERIPHERAL },
  methods: {
    __init__: `bus, /, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    is_ready: "addr, /",
    scan: "",
    send: "send!, addr=: int, *, timeout=: int",
    recv: "recv!, addr=: int, *, timeout=: int",
    mem_read: "data!, addr!: int, memaddr!: int, *, timeout=: int, addr_size=: int",
    mem_write: "data!, addr!: int, memaddr!: int, *, timeout=: int, addr_size=: int",
  },
});
