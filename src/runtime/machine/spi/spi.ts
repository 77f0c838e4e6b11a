/**
 * `machine.SPI`: a unit of the chip for that bus, as each port has it: what it takes, refuses, keeps of earlier
 * settings, and prints. The exchange of bytes itself is in spi-transfers.ts.
 */

import type { BusData, Port } from "../../boards/board-data.js";
import { kwargs } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { checkArguments } from "../../core/class/sole-object.js";
import {
  NotImplementedError,
  OSError,
  TypeError,
  ValueError,
} from "../../core/exception/exceptions.js";
import { portConstant } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { BARE, type Value } from "../../core/values.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "../bus-unit.js";
import { chipClock } from "../chip-frequency.js";
import { EIO } from "../errno.js";
import type { PinLine } from "../hal.js";
import { takeFunction } from "../pin/pin-functions.js";
import { checkPortArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures, portTypeName } from "../port/port-members.js";
import { portRules } from "../port/port-rules.js";
import { hasUnitObjects } from "../unit-object.js";
import { esp32SpiRate, esp8266SpiRate, rp2SpiRate, stm32SpiRate } from "../unit-rates.js";
import { softInstead } from "./soft-spi.js";
import { claimSpi, releaseSpi } from "./spi-hosts.js";
import {
  SETTINGS_ORDER,
  SPI_INIT,
  type SpiSettings,
  SpiTransfers,
  transferMethods,
} from "./spi-transfers.js";
import { roundStm32, stm32Spi } from "./stm32-spi.js";

const PATH = "machine.SPI";
const BAUDRATE = 1_000_000;

/** Of a unit whose rate nobody has set. */
const RATES: Partial<Record<Port, number>> = {
  esp32: 500_000,
  esp8266: 80_000_000,
};
/** Of an STM32's unit: its rate, polarity, phase, bits, and the order of those. */
const STM32_SETTINGS = [500_000, 0, 0, 8, 0] as const;

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
    const soft = new.target === SPI && args[0] !== BARE ? softInstead(...asCalled(args)) : null;
    super(...(soft === null ? args : [BARE]));
    // biome-ignore lint/correctness/noConstructorReturn: there is no such unit, software does it.
    if (soft !== null) return soft as unknown as this;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    const soft = cls === SPI ? softInstead(args, more === undefined ? {} : kwargs(more)) : null;
    if (soft !== null) return soft;
    // pyb.SPI looks at its unit first.
    if (cls === SPI) checkArguments(cls, args, more);
    return super.__new__(cls, args);
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
    const line = signalLine(unit, name, wanted ?? own);
    if (port === "esp32" && name !== "miso" && line.data.inputOnly) {
      throw new OSError("invalid configuration");
    }
    return line;
  }

  init(...given: Value[]): null {
    const isRp2 = currentBoard().data.port === "rp2";
    const pins = given.slice(SETTINGS_ORDER.length);
    if (isRp2 && pins.some((pin) => pin !== undefined)) {
      throw new TypeError("extra keyword arguments given");
    }
    const [, , , bits, firstbit] = given;
    if (currentBoard().data.port === "esp8266") checkPortArguments("SPI", { bits, firstbit });
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
        return esp32SpiRate(baudrate, currentBoard().data.spiDividers ?? 1);
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
const NAMES = ["polarity", "phase", "bits", "firstbit", "sck", "mosi", "miso", "baudrate"];
const SETTINGS = NAMES.map((name) => `${name}=`).join(", ");

/** What the constructor was given, as it stands in the call. */
function asCalled([id, others = [], ...named]: Value[]): [Value[], Record<string, Value>] {
  const given = NAMES.map((name, i) => [name, named[i]] as const);
  const keywords = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return [id === undefined ? [] : [id, ...others], keywords];
}

define(SPI, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {
    ...transferMethods,
    __init__: `id=, *others, ${SETTINGS}`,
    init: SPI_INIT,
  },
});
portSignatures(SPI, PATH);
portMembers(SPI, PATH);
portTypeName(SPI, { esp8266: "HSPI" });
