/** `machine.SPI` and `machine.SoftSPI`: exchange of bytes with the selected device on three pins. */

import type { BusData, Port } from "../boards/board-data.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { NotImplementedError, OSError, TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { portConstant } from "../core/port-names.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "./bus-unit.js";
import { chipClock } from "./chip-frequency.js";
import { EIO } from "./errno.js";
import type { PinLine } from "./hal.js";
import { lineOf } from "./pin.js";
import { takeFunction } from "./pin-functions.js";
import { checkPortArguments } from "./port-arguments.js";
import { portMembers, portTypeName } from "./port-members.js";
import { portRules } from "./port-rules.js";
import { claimSpi, releaseSpi } from "./spi-hosts.js";
import { roundStm32, stm32Spi } from "./stm32-spi.js";
import { hasUnitObjects, UnitObject, unitObject } from "./unit-object.js";
import {
  esp32SpiRate,
  esp8266SpiRate,
  rp2SpiRate,
  softSpiRate,
  stm32SpiRate,
} from "./unit-rates.js";

const PATH = "machine.SPI";
const BAUDRATE = 1_000_000;
const SOFT_BAUDRATE = 500_000;

export interface SpiSettings {
  baudrate: number;
  polarity: number;
  phase: number;
  bits: number;
  firstbit: number;
}

const SETTINGS_ORDER = ["baudrate", "polarity", "phase", "bits", "firstbit"] as const;
const BITS = SETTINGS_ORDER.indexOf("bits");
/** The same for both: what asks for a unit may be given software. */
const INIT = "baudrate=, *, polarity=, phase=, bits=, firstbit=, sck=, mosi=, miso=";

abstract class SpiTransfers extends UnitObject {
  declare protected $sck: PinLine;
  declare protected $mosi: PinLine | null;
  declare protected $miso: PinLine | null;
  declare protected $settings: SpiSettings;

  deinit(): null {
    return null;
  }

  read(nbytes: Value, write: Value = 0): Value {
    const data = new Bytes(index(nbytes));
    this.$exchange(new Uint8Array(data.length).fill(index(write)), data);
    return data;
  }

  readinto(buf: Value, write: Value = 0): null {
    const into = writableBytes(buf);
    this.$exchange(new Uint8Array(into.length).fill(index(write)), into);
    return null;
  }

  write(buf: Value): null {
    this.$exchange(bytesOf(buf), null);
    return null;
  }

  write_readinto(write_buf: Value, read_buf: Value): null {
    const from = bytesOf(write_buf);
    const into = writableBytes(read_buf);
    if (from.length !== into.length) throw new ValueError("buffers must be the same length");
    this.$exchange(from, into);
    return null;
  }

  /** Takes new settings; those that are undefined stay, and so do those of -1 where that says so. */
  protected $configure(given: readonly Value[], isNew: boolean, inBytes: boolean): void {
    SETTINGS_ORDER.forEach((name, i) => {
      const value = given[i];
      if (value === undefined || (value === -1 && !isNew)) return;
      const number = index(value);
      if (name === "baudrate") this.$settings.baudrate = isNew ? number >>> 0 : number;
      else this.$settings[name] = inBytes ? number & 0xff : number;
    });
  }

  protected $exchange(out: Uint8Array, into: Uint8Array | null): void {
    const devices = this.$sck.wired("spiClock").filter((device) => device.selected);
    const listening = new Set(this.$mosi?.wired("spiIn"));
    const speaking = new Set(this.$miso?.wired("spiOut"));
    // MOSI wired to MISO gives back what is sent.
    const echo = this.$mosi !== null && this.$miso !== null && sameNet(this.$mosi, this.$miso);
    // A line that no device drives and a resistor pulls down.
    const speaks = devices.some((device) => speaking.has(device));
    const isLow = this.$miso?.pull === "down" && this.$miso.read() === 0;
    const idle = isLow && !speaks ? 0x00 : 0xff;
    for (let i = 0; i < out.length; i++) {
      const sent = out[i] as number;
      let answer = echo ? sent : idle;
      for (const device of devices) {
        const byte = device.transfer(listening.has(device) ? sent : 0xff);
        if (speaking.has(device)) answer &= byte;
      }
      if (into !== null) into[i] = answer;
    }
  }
}

/** Whether two lines are wired together: what is connected to one is seen on the other. */
function sameNet(a: PinLine, b: PinLine): boolean {
  const probe = { selected: false, transfer: () => 0 };
  const end = a.connect("spiOut", probe);
  const same = b.wired("spiOut").includes(probe);
  end();
  return same;
}

const transferMethods = {
  deinit: "",
  read: "nbytes, write=, /",
  readinto: "buf, write=, /",
  write: "buf, /",
  write_readinto: "write_buf, read_buf, /",
};
define(SpiTransfers, { builtin: true, methods: transferMethods });

/** Of a unit whose rate nobody has set. */
const RATES: Partial<Record<Port, number>> = {
  esp32: 500_000,
  esp8266: 80_000_000,
};
/** Of an STM32's unit: its rate, polarity, phase, bits, and the order of those. */
const STM32_SETTINGS = [500_000, 0, 0, 8, 0] as const;
/** What ports take off the chip's clock for the fastest rate of SoftSPI, where it has no delay. */
const SOFT_DIVIDERS: Partial<Record<Port, number>> = { esp32: 200, stm32: 48 };

/** SoftSPI for the id -1 of old programs. Null: it is a unit that was asked for. */
function softInstead([id, others = [], ...named]: Value[]): SoftSPI | null {
  const { port } = currentBoard().data;
  const isOld = id === -1 || (id === undefined && others.length === 0 && port !== "rp2");
  if (!isOld || port === "rp2" || port === "generic") return null;
  const warning = "Warning: SPI(-1, ...) is deprecated, use SoftSPI(...) instead\n";
  (current().host as Host).write(warning);
  const [polarity = 0, phase = 0, bits = 8, firstbit, sck, mosi, miso, baudrate] = named;
  const rate = others[0] ?? baudrate ?? SOFT_BAUDRATE;
  return new SoftSPI(rate, polarity, phase, bits, firstbit, sck, mosi, miso);
}

export class SPI extends SpiTransfers {
  declare static readonly MSB: number;
  declare static readonly LSB: number;

  declare protected $id: number;
  /** An ESP32's unit is given back by `deinit`. */
  declare private $isOff: boolean;

  static override $unit(id: Value): number | null {
    return hasUnitObjects() && id !== undefined ? unitOf("spi", id).id : null;
  }

  constructor(...args: Value[]) {
    const soft = new.target === SPI && args[0] !== BARE ? softInstead(args) : null;
    super(...(soft === null ? args : [BARE]));
    // biome-ignore lint/correctness/noConstructorReturn: there is no such unit, software does it.
    if (soft !== null) return soft as unknown as this;
  }

  static override __new__(cls: Value, ...args: Value[]): Value {
    return (cls === SPI ? softInstead(args) : null) ?? unitObject(cls, args);
  }

  override __init__(id: Value = undefined, others: Value[] = [], ...named: Value[]): Value {
    const [polarity, phase, bits, firstbit, sck, mosi, miso, baudrate] = named;
    const { port, spi } = currentBoard().data;
    checkPortArguments("SPI", { bits, firstbit, sck, mosi, miso });
    // The one unit of an ESP8266 that programs may have.
    if (port === "esp8266" && id !== 1) throw new ValueError();
    if (others[0] !== undefined) index(others[0]);
    if (others.length > (port === "esp8266" ? 3 : 1)) {
      throw new TypeError("extra positional arguments given");
    }
    const isOptional = port === "rp2" || port === "generic";
    if (id === undefined && !isOptional) throw new TypeError("'id' argument required");
    const unit = unitOf("spi", id === undefined ? (spi[0]?.id ?? 0) : id);
    const [rate = baudrate, second = polarity, third = phase] = others;
    const given = [rate, second, third, bits, firstbit];
    const isSet = [...given, sck, mosi, miso].some((each) => each !== undefined);
    if (port === "stm32") {
      if ([sck, mosi, miso].some((each) => each !== undefined)) {
        throw new ValueError(portRules.stm32.badPin("sck"));
      }
      this.$open(unit.id);
      const settings = STM32_SETTINGS.map((value, i) =>
        given[i] === undefined ? value : given[i],
      );
      return SPI.prototype.init.apply(this, settings as []);
    }
    this.$id = unit.id;
    this.$settings = {
      baudrate: RATES[port] ?? BAUDRATE,
      polarity: 0,
      phase: 0,
      bits: 8,
      firstbit: portConstant(PATH, "MSB") ?? 0,
      // An RP2's unit that is asked for without a word of its settings keeps them.
      ...(port === "rp2" && !isSet && keptSettings<SpiSettings>(unit)),
    };
    this.$sck = this.$signal(unit, "sck", sck) as PinLine;
    this.$mosi = this.$signal(unit, "mosi", mosi);
    this.$miso = this.$signal(unit, "miso", miso);
    this.$begin(given, [], port === "rp2");
    return null;
  }

  /** The object of an STM32's unit is that unit, set up or not. */
  protected $open(id: Value): void {
    const unit = unitOf("spi", id);
    this.$id = unit.id;
    this.$settings = stm32Spi(unit.id).settings;
    this.$sck ??= signalLine(unit, "sck", null);
    this.$mosi ??= signalLine(unit, "mosi", null);
    this.$miso ??= signalLine(unit, "miso", null);
  }

  /** The line of a signal; None means none at all, where the port knows such a thing. */
  private $signal(unit: BusData, name: "sck" | "mosi" | "miso", wanted: Value): PinLine | null {
    const { port } = currentBoard().data;
    const canMiss = port === "esp32" || (port === "rp2" && name === "miso");
    if (port === "rp2" && name === "miso") {
      // An RP2's unit without a signal stays without it until it is given a pin.
      const kept = keptSettings<Record<string, PinLine | null>>(unit);
      if (wanted === null) kept.miso = null;
      if (wanted === -1 || (wanted === undefined && kept.miso === null)) {
        return kept.miso === null ? null : signalLine(unit, name, undefined);
      }
    }
    if (wanted === null && canMiss) return null;
    // An ESP32's units forget the pins that they had.
    const own = port === "esp32" ? unit.pins[name] : undefined;
    return signalLine(unit, name, wanted ?? own);
  }

  init(...given: Value[]): null {
    const isRp2 = currentBoard().data.port === "rp2";
    const pins = given.slice(SETTINGS_ORDER.length);
    if (isRp2 && pins.some((pin) => pin !== undefined)) {
      throw new TypeError("extra keyword arguments given");
    }
    return this.$begin(given.slice(0, SETTINGS_ORDER.length), pins, false);
  }

  /** `isNew`: of what the constructor was given. */
  private $begin(settings: Value[], [sck, mosi, miso]: Value[], isNew: boolean): null {
    const [, , , bits, firstbit] = settings;
    const { port } = currentBoard().data;
    if (port === "esp32" && bits !== undefined && bits !== -1 && index(bits) <= 0) {
      throw new ValueError("invalid bits");
    }
    if (port === "esp32" && !claimSpi(this.$id, "SPI")) {
      throw new OSError("SPI host already in use");
    }
    this.$isOff = false;
    if (port === "stm32") {
      if ([sck, mosi, miso].some((each) => each !== undefined)) {
        throw new TypeError("extra keyword arguments given");
      }
      stm32Spi(this.$id).role = "controller";
    }
    this.$configure(settings, isNew, port === "rp2");
    if (port === "esp8266" && esp8266SpiRate(this.$settings.baudrate) === null) {
      throw new ValueError("impossible baudrate");
    }
    if (port === "stm32") roundStm32(this.$settings);
    const unit = unitOf("spi", this.$id);
    Object.assign(keptSettings<SpiSettings>(unit), this.$settings);
    if (port === "rp2" && firstbit === portConstant(PATH, "LSB")) {
      throw new NotImplementedError("LSB");
    }
    if (sck !== undefined) this.$sck = this.$signal(unit, "sck", sck) as PinLine;
    if (mosi !== undefined) this.$mosi = this.$signal(unit, "mosi", mosi);
    if (miso !== undefined) this.$miso = this.$signal(unit, "miso", miso);
    for (const line of [this.$sck, this.$mosi, this.$miso]) {
      if (line === null) continue;
      line.configure("alt", null, null);
      takeFunction(line, port, "SPI", unit.id);
    }
    return null;
  }

  override deinit(): null {
    if (currentBoard().data.port === "esp32" && !this.$isOff) releaseSpi(this.$id);
    if (currentBoard().data.port === "stm32") stm32Spi(this.$id).role = null;
    this.$isOff = true;
    return null;
  }

  protected override $exchange(out: Uint8Array, into: Uint8Array | null): void {
    if (currentBoard().data.port === "esp32") {
      if (this.$isOff) throw new OSError("transfer on deinitialized SPI");
      if (out.length * 8 < this.$settings.bits) throw new ValueError("buffer too short");
    }
    if (currentBoard().data.port === "stm32" && out.length === 0) throw new OSError(EIO);
    super.$exchange(out, into);
  }

  /** What the divider of the unit makes of the rate. */
  private get $rate(): number {
    const { baudrate } = this.$settings;
    switch (currentBoard().data.port) {
      case "rp2":
        return rp2SpiRate(chipClock().peripheral, baudrate);
      case "esp32":
        return esp32SpiRate(baudrate);
      case "esp8266":
        return esp8266SpiRate(baudrate) ?? baudrate;
      case "stm32":
        return stm32SpiRate(this.$id, baudrate).rate;
      default:
        return baudrate;
    }
  }

  [PRINT](): string {
    const { polarity, phase, bits, firstbit } = this.$settings;
    const { port } = currentBoard().data;
    const clock = `baudrate=${this.$rate}, polarity=${polarity}, phase=${phase}`;
    if (port === "esp8266") return `HSPI(id=1, ${clock})`;
    if (port === "stm32") {
      const isOff = stm32Spi(this.$id).role === null;
      return isOff ? `SPI(${this.$id})` : `SPI(${this.$id}, ${clock}, bits=${bits})`;
    }
    const esp = port === "esp32";
    const missing = esp ? "-1" : "None";
    const [sck, mosi, miso] = [this.$sck, this.$mosi, this.$miso].map((line) =>
      line === null ? missing : lineLabel(line),
    );
    const start = `SPI(${esp ? "id=" : ""}${this.$id}, ${clock}, bits=${bits}`;
    const order = esp ? `, firstbit=${firstbit}` : "";
    return `${start}${order}, sck=${sck}, mosi=${mosi}, miso=${miso})`;
  }
}
const SETTINGS = "polarity=, phase=, bits=, firstbit=, sck=, mosi=, miso=, baudrate=";
define(SPI, {
  builtin: true,
  statics: { __new__: `cls, id=, *others, ${SETTINGS}` },
  methods: {
    ...transferMethods,
    __init__: `id=, *others, ${SETTINGS}`,
    init: INIT,
  },
});
portMembers(SPI, PATH);
portTypeName(SPI, { esp8266: "HSPI" });

export class SoftSPI extends SpiTransfers {
  declare static readonly MSB: number;
  declare static readonly LSB: number;

  override __init__(
    baudrate: Value = SOFT_BAUDRATE,
    polarity: Value = 0,
    phase: Value = 0,
    bits: Value = 8,
    firstbit: Value = undefined,
    sck: Value = undefined,
    mosi: Value = undefined,
    miso: Value = undefined,
  ): Value {
    if (index(bits) !== 8) throw new ValueError("bits must be 8");
    if (sck === undefined || mosi === undefined || miso === undefined) {
      throw new ValueError("must specify all of sck/mosi/miso");
    }
    this.$settings = {
      baudrate: SOFT_BAUDRATE,
      polarity: 0,
      phase: 0,
      bits: 8,
      firstbit: portConstant(PATH, "MSB") ?? 0,
    };
    return this.$begin([baudrate, polarity, phase, undefined, firstbit], [sck, mosi, miso], true);
  }

  init(...given: Value[]): null {
    if (given[BITS] !== undefined) throw new TypeError("extra keyword arguments given");
    const count = SETTINGS_ORDER.length;
    return this.$begin(given.slice(0, count), given.slice(count), false);
  }

  private $begin(settings: Value[], [sck, mosi, miso]: Value[], isNew: boolean): null {
    this.$configure(settings, isNew, true);
    if (sck !== undefined) this.$sck = lineOf(sck);
    if (mosi !== undefined) this.$mosi = lineOf(mosi);
    if (miso !== undefined) this.$miso = lineOf(miso);
    this.$sck.configure("out", null, this.$settings.polarity ? 1 : 0);
    this.$mosi?.configure("out", null, null);
    this.$miso?.configure("in", null, null);
    return null;
  }

  [PRINT](): string {
    const { baudrate, polarity, phase, firstbit } = this.$settings;
    const [sck, mosi, miso] = [this.$sck, this.$mosi, this.$miso].map(
      (line) => line && lineLabel(line),
    );
    const order = `firstbit=${firstbit}, sck=${sck}, mosi=${mosi}, miso=${miso}`;
    const { port } = currentBoard().data;
    const divider = SOFT_DIVIDERS[port];
    const most = divider === undefined ? null : Math.floor(chipClock().hz / divider);
    return `SoftSPI(baudrate=${softSpiRate(baudrate, most)}, polarity=${polarity}, phase=${phase}, ${order})`;
  }
}
define(SoftSPI, {
  builtin: true,
  methods: {
    ...transferMethods,
    __init__: "baudrate=, *, polarity=, phase=, bits=, firstbit=, sck=, mosi=, miso=",
    init: INIT,
  },
});
portMembers(SoftSPI, PATH);
