/** `machine.I2C` and `machine.SoftI2C`: transfers with the devices that are wired to two pins. */

import type { Port } from "../boards/board-data.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { MemoryError, OSError, TypeError, ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "./bus-unit.js";
import { chipClock } from "./chip-frequency.js";
import { EIO, ENODEV } from "./errno.js";
import type { PinLine } from "./hal.js";
import { I2cBus } from "./i2c-bus.js";
import { lineOf } from "./pin.js";
import { takeFunction } from "./pin-functions.js";
import { requireArguments } from "./port-arguments.js";
import { portTypeName } from "./port-members.js";
import { portRules } from "./port-rules.js";
import { hasUnitObjects, UnitObject, unitObject } from "./unit-object.js";
import { rp2I2cRate, softI2cRate, stm32I2cRate } from "./unit-rates.js";

interface Speed {
  freq: number;
  timeout: number;
}

const FREQUENCY = 400_000;
const TIMEOUT = 50_000;

/** What both have in common. */
abstract class I2cTransfers extends UnitObject {
  declare protected $bus: I2cBus;
  declare protected $freq: number;
  declare protected $timeout: number;
  /** The errno when no device answers. */
  declare protected $noDevice: number;
  /** The same when nothing is to be sent but the address. */
  declare protected $noDeviceEmpty: number;
  /** Nothing is asked for when no bytes are. */
  declare protected $skipsEmpty: boolean;

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
    const data = new Bytes(Math.max(0, count));
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

  readfrom_mem(
    addr: Value = undefined,
    memaddr: Value = undefined,
    arg: Value = undefined,
    addrsize: Value = 8,
  ): Value {
    requireArguments({ addr, memaddr, arg });
    const data = new Bytes(index(arg));
    this.$receiveFrom(addr, memaddr, data, addrsize);
    return data;
  }

  readfrom_mem_into(
    addr: Value = undefined,
    memaddr: Value = undefined,
    arg: Value = undefined,
    addrsize: Value = 8,
  ): null {
    requireArguments({ addr, memaddr, arg });
    this.$receiveFrom(addr, memaddr, writableBytes(arg), addrsize);
    return null;
  }

  writeto_mem(
    addr: Value = undefined,
    memaddr: Value = undefined,
    arg: Value = undefined,
    addrsize: Value = 8,
  ): null {
    requireArguments({ addr, memaddr, arg });
    const count = this.$transmit(
      index(addr),
      [memoryAddress(memaddr, addrsize), bytesOf(arg)],
      true,
    );
    if (count < 0) throw new OSError(EIO);
    return null;
  }

  private $receiveFrom(addr: Value, memaddr: Value, into: Uint8Array, addrsize: Value): void {
    this.$transmit(index(addr), [memoryAddress(memaddr, addrsize)], false);
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

/** The address of a memory cell, high byte first. */
function memoryAddress(memaddr: Value, addrsize: Value): Uint8Array {
  const bits = index(addrsize);
  if (bits % 8 !== 0 || bits < 0 || bits > 32) throw new ValueError("invalid addrsize");
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
  readfrom_mem: "addr=, memaddr=, arg=, *, addrsize=",
  readfrom_mem_into: "addr=, memaddr=, arg=, *, addrsize=",
  writeto_mem: "addr=, memaddr=, arg=, *, addrsize=",
};
define(I2cTransfers, { builtin: true, methods: transferMethods });

function notSupported(): never {
  throw new OSError("I2C operation not supported");
}

/** The ports whose second argument is the frequency. */
const FREQUENCY_FIRST: readonly Port[] = ["rp2", "generic"];

/**
 * SoftI2C where a program asks for a unit: on the ESP8266, which has none, and for the id -1 of old
 * programs. Null: it is a unit that was asked for.
 */
function softInstead([id, others = [], scl, sda, freq, timeout]: Value[]): SoftI2C | null {
  const { port } = currentBoard().data;
  const isOld = id === -1 || (id === undefined && port === "stm32");
  if (port !== "esp8266" && !(isOld && (port === "esp32" || port === "stm32"))) return null;
  const pins = port === "esp8266" ? [id, ...others] : [...others];
  if (port !== "esp8266") {
    const warning = "Warning: I2C(-1, ...) is deprecated, use SoftI2C(...) instead\n";
    (current().host as Host).write(warning);
  }
  if (pins.filter((pin) => pin !== undefined).length > 2) {
    throw new TypeError("extra positional arguments given");
  }
  const [clock = scl, data = sda] = pins;
  requireArguments({ scl: clock, sda: data });
  if ((clock !== scl && scl !== undefined) || (data !== sda && sda !== undefined)) {
    throw new TypeError("extra keyword arguments given");
  }
  return new SoftI2C(clock, data, freq ?? FREQUENCY, timeout ?? TIMEOUT);
}

/** A unit of the chip. */
export class I2C extends I2cTransfers {
  declare private $id: number;

  constructor(...args: Value[]) {
    const soft = new.target === I2C && args[0] !== BARE ? softInstead(args) : null;
    super(...(soft === null ? args : [BARE]));
    // biome-ignore lint/correctness/noConstructorReturn: there is no such unit, software does it.
    if (soft !== null) return soft as unknown as this;
  }

  static override __new__(cls: Value, ...args: Value[]): Value {
    return (cls === I2C ? softInstead(args) : null) ?? unitObject(cls, args);
  }

  static override $unit(id: Value): number | null {
    return hasUnitObjects() && id !== undefined ? unitOf("i2c", id).id : null;
  }

  override __init__(
    id: Value = undefined,
    others: Value[] = [],
    scl: Value = undefined,
    sda: Value = undefined,
    freq: Value = undefined,
    timeout: Value = undefined,
  ): Value {
    const { data } = currentBoard();
    // What stands first is taken for the id before the rest is counted.
    if (id !== undefined && data.port !== "stm32") index(id);
    const takesFrequency = FREQUENCY_FIRST.includes(data.port);
    if (takesFrequency && others[0] !== undefined) index(others[0]);
    if (others.length > (takesFrequency ? 1 : 0)) {
      throw new TypeError("extra positional arguments given");
    }
    const unit = unitOf("i2c", id === undefined ? (data.i2c[0]?.id ?? 0) : id);
    if (data.port === "stm32" && (scl !== undefined || sda !== undefined)) {
      throw new ValueError(portRules.stm32.badPin("scl"));
    }
    this.$id = unit.id;
    this.$noDevice = portRules[data.port].noDevice;
    // An RP2's unit cannot send nothing: software does it.
    this.$noDeviceEmpty = data.port === "rp2" ? ENODEV : this.$noDevice;
    this.$skipsEmpty = data.port === "rp2";
    this.$connect(signalLine(unit, "scl", scl), signalLine(unit, "sda", sda), unit.id);
    // On an RP2 anything that is given sets the rest to what it was at first; an ESP32 keeps it.
    const before = keptSettings<Speed>(unit);
    const given = [others[0], scl, sda, freq, timeout];
    const isSet = given.some((each) => each !== undefined);
    const keeps = data.port === "esp32" || !isSet;
    const wanted = others[0] ?? freq;
    this.$freq = wanted === undefined ? (keeps && before.freq) || FREQUENCY : index(wanted);
    this.$timeout = timeout === undefined ? (keeps && before.timeout) || TIMEOUT : index(timeout);
    Object.assign(before, { freq: this.$freq, timeout: this.$timeout });
    return null;
  }

  init(scl: Value = undefined, sda: Value = undefined, freq: Value = FREQUENCY): null {
    if (currentBoard().data.port !== "generic") return notSupported();
    const pins = [scl ?? undefined, sda ?? undefined] as const;
    I2C.prototype.__init__.call(this, this.$id, [], ...pins, freq, this.$timeout);
    return null;
  }

  start(): Value {
    return notSupported();
  }

  stop(): Value {
    return notSupported();
  }

  readinto(_buf: Value, _nack: Value = true): Value {
    return notSupported();
  }

  write(_buf: Value): Value {
    return notSupported();
  }

  [PRINT](): string {
    const { scl, sda } = this.$bus;
    const pins = `scl=${lineLabel(scl)}, sda=${lineLabel(sda)}`;
    const start = `I2C(${this.$id}`;
    switch (currentBoard().data.port) {
      case "esp32":
        return `${start}, ${pins}, freq=${this.$freq}, timeout=${this.$timeout})`;
      case "stm32":
        return `${start}, ${pins}, freq=${stm32I2cRate(this.$freq)})`;
      case "rp2": {
        const rate = rp2I2cRate(chipClock().hz, this.$freq);
        return `${start}, freq=${rate}, ${pins}, timeout=${this.$timeout >>> 0})`;
      }
      default:
        return `${start}, freq=${this.$freq}, ${pins}, timeout=${this.$timeout})`;
    }
  }
}
const SETTINGS = "id=, *others, scl=, sda=, freq=, timeout=";
define(I2C, {
  builtin: true,
  statics: { __new__: `cls, ${SETTINGS}` },
  methods: {
    ...transferMethods,
    __init__: SETTINGS,
    init: "*, scl=, sda=, freq=",
    start: "",
    stop: "",
    readinto: "buf, nack=, /",
    write: "buf, /",
  },
});
portTypeName(I2C, { esp8266: "SoftI2C" });

/** Any two pins, driven by software: it also has the steps of a transfer one by one. */
export class SoftI2C extends I2cTransfers {
  /** After start(): the next byte is the address. */
  declare private $expectsAddress: boolean;

  override __init__(
    scl: Value = undefined,
    sda: Value = undefined,
    freq: Value = FREQUENCY,
    timeout: Value = TIMEOUT,
  ): Value {
    requireArguments({ scl, sda });
    this.$noDevice = ENODEV;
    this.$noDeviceEmpty = ENODEV;
    this.$skipsEmpty = false;
    this.$connect(lineOf(scl), lineOf(sda), null);
    this.$freq = index(freq);
    this.$timeout = index(timeout);
    this.$expectsAddress = false;
    return null;
  }

  init(
    scl: Value = undefined,
    sda: Value = undefined,
    freq: Value = FREQUENCY,
    timeout: Value = TIMEOUT,
  ): null {
    SoftI2C.prototype.__init__.call(this, scl, sda, freq, timeout);
    return null;
  }

  start(): null {
    this.$expectsAddress = true;
    return null;
  }

  stop(): null {
    this.$bus.end();
    return null;
  }

  readinto(buf: Value, _nack: Value = true): null {
    this.$bus.read(writableBytes(buf));
    return null;
  }

  /** The number of acknowledged bytes; the first one after start() is the address. */
  write(buf: Value): number {
    const bytes = bytesOf(buf);
    if (!this.$expectsAddress || bytes.length === 0) return this.$bus.write(bytes);
    this.$expectsAddress = false;
    const first = bytes[0] as number;
    if (!this.$bus.begin(first >> 1, (first & 1) === 1)) return 0;
    return 1 + this.$bus.write(bytes.subarray(1));
  }

  [PRINT](): string {
    const { scl, sda } = this.$bus;
    const rate = softI2cRate(this.$freq);
    return `SoftI2C(scl=${lineLabel(scl)}, sda=${lineLabel(sda)}, freq=${rate})`;
  }
}
define(SoftI2C, {
  builtin: true,
  methods: {
    ...transferMethods,
    __init__: "scl=, sda=, *, freq=, timeout=",
    init: "scl=, sda=, *, freq=, timeout=",
    start: "",
    stop: "",
    readinto: "buf, nack=, /",
    write: "buf, /",
  },
});
