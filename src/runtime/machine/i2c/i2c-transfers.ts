/**
 * The transfers that `machine.I2C` and `machine.SoftI2C` have in common: with a device that answers to an
 * address, and with the memory in it. Both extend this class and say which errno stands for no device.
 */

import { define } from "../../core/class/class.js";
import { MemoryError, OSError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import { Bytes } from "../../core/text/bytes.js";
import type { Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import { EIO } from "../errno.js";
import type { PinLine } from "../hal.js";
import { takeFunction } from "../pin/pin-functions.js";
import { UnitObject } from "../unit-object.js";
import { I2cBus } from "./i2c-bus.js";
import { i2cMemoryAddress } from "./i2c-memory-address.js";

/** In Hz and in microseconds, where a program gives none. */
export const I2C_FREQUENCY = 400_000;
export const I2C_TIMEOUT = 50_000;
/** `ESP_ERR_INVALID_ARG`. */
const INVALID_ARG = 0x102;

export abstract class I2cTransfers extends UnitObject {
  declare protected $bus: I2cBus;
  declare protected $freq: number;
  declare protected $timeout: number;
  /** The errno when no device answers. */
  declare protected $noDevice: number;
  /** The same when nothing is to be sent but the address. */
  declare protected $noDeviceEmpty: number;
  /** Nothing is asked for when no bytes are. */
  declare protected $skipsEmpty: boolean;
  /** Reading no bytes of a device's memory is refused, as ESP-IDF's driver does. */
  declare protected $refusesEmptyMemory: boolean | undefined;

  /** `unit`: of the chip; null: software moves the pins. */
  protected $connect(scl: PinLine, sda: PinLine, unit: number | null): void {
    for (const line of [scl, sda]) {
      line.configure("alt-open-drain", "up", 1);
      if (unit !== null) takeFunction(line, currentBoard().data.port, "I2C", unit);
    }
    this.$bus = new I2cBus(scl, sda);
  }

  deinit(): null {
    return null;
  }

  /** The addresses that answer. */
  scan(): Value {
    return this.$bus.scan();
  }

  readfrom(addr: Value, nbytes: Value, stop: Value = true): Value {
    const count = index(nbytes);
    // Nothing is wrong with a negative number before a device answers.
    const data = new Bytes(count < 0 ? 1 : count);
    this.$receive(index(addr), data, truth(stop));
    if (count < 0) throw new MemoryError("memory allocation failed");
    return data;
  }

  readfrom_into(addr: Value, buf: Value, stop: Value = true): null {
    this.$receive(index(addr), writableBytes(buf), truth(stop));
    return null;
  }

  /** The number of bytes that were acknowledged. */
  writeto(addr: Value, buf: Value, stop: Value = true): number {
    return this.$transmit(index(addr), [bytesOf(buf)], truth(stop));
  }

  writevto(addr: Value, vector: Value, stop: Value = true): number {
    return this.$transmit(index(addr), asArray(vector).map(bytesOf), truth(stop));
  }

  readfrom_mem(addr: Value, memaddr: Value, arg: Value, addrsize: Value = 8): Value {
    const count = index(arg);
    const data = new Bytes(count < 0 ? 1 : count);
    this.$receiveFrom(addr, memaddr, data, addrsize);
    if (count < 0) throw new MemoryError("memory allocation failed");
    return data;
  }

  readfrom_mem_into(addr: Value, memaddr: Value, arg: Value, addrsize: Value = 8): null {
    this.$receiveFrom(addr, memaddr, writableBytes(arg), addrsize);
    return null;
  }

  writeto_mem(addr: Value, memaddr: Value, arg: Value, addrsize: Value = 8): null {
    const count = this.$transmit(
      index(addr),
      [i2cMemoryAddress(memaddr, addrsize), bytesOf(arg)],
      true,
    );
    if (count < 0) throw new OSError(EIO);
    return null;
  }

  private $receiveFrom(addr: Value, memaddr: Value, into: Uint8Array, addrsize: Value): void {
    const address = i2cMemoryAddress(memaddr, addrsize);
    if (into.length === 0 && this.$refusesEmptyMemory) throw new OSError(INVALID_ARG);
    this.$transmit(index(addr), [address], false);
    this.$receive(index(addr), into, true);
  }

  private $receive(address: number, into: Uint8Array, stop: boolean): void {
    if (into.length === 0 && this.$skipsEmpty) return;
    this.$begin(address, true, this.$noDevice);
    this.$bus.read(into);
    if (stop) this.$bus.end();
  }

  private $transmit(address: number, parts: readonly Uint8Array[], stop: boolean): number {
    const isEmpty = parts.every((part) => part.length === 0);
    this.$begin(address, false, isEmpty ? this.$noDeviceEmpty : this.$noDevice);
    let count = 0;
    for (const part of parts) {
      const taken = this.$bus.write(part);
      count += taken;
      if (taken < part.length) break;
    }
    if (stop) this.$bus.end();
    return count;
  }

  private $begin(address: number, read: boolean, errno: number): void {
    if (this.$bus.begin(address, read)) return;
    this.$bus.end();
    throw new OSError(errno);
  }
}

/** The signatures, which both classes list again among their own. */
export const transferMethods = {
  deinit: "",
  scan: "",
  readfrom: "addr, nbytes, stop=, /",
  readfrom_into: "addr, buf, stop=, /",
  writeto: "addr, buf, stop=, /",
  writevto: "addr, vector, stop=, /",
  readfrom_mem: "addr!: int, memaddr!: int, arg!, *, addrsize=: int",
  readfrom_mem_into: "addr!: int, memaddr!: int, arg!, *, addrsize=: int",
  writeto_mem: "addr!: int, memaddr!: int, arg!, *, addrsize=: int",
};
define(I2cTransfers, { builtin: true, methods: transferMethods });
