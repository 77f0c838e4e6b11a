/**
 * `machine.I2C`: a unit of the chip, for transfers with the devices that are wired to its two pins. What the
 * transfers are is in `I2cTransfers`; where a port has no units, `SoftI2C` takes its place.
 */

import type { Port } from "../../boards/board-data.js";
import type { Kwargs } from "../../core/call/arguments.js";
import { kwargs } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { checkArguments, soleObject } from "../../core/class/sole-object.js";
import { OSError, TypeError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { BARE, type Value } from "../../core/values.js";
import { currentBoard, keptSettings, lineLabel, signalLine, unitOf } from "../bus-unit.js";
import { chipClock } from "../chip-frequency.js";
import { ENODEV } from "../errno.js";
import { lineOf } from "../pin/pin.js";
import { portSignatures, portTypeName } from "../port/port-members.js";
import { portRules } from "../port/port-rules.js";
import { hasUnitObjects } from "../unit-object.js";
import { rp2I2cRate, stm32I2cRate } from "../unit-rates.js";
import { I2C_FREQUENCY, I2C_TIMEOUT, I2cTransfers, transferMethods } from "./i2c-transfers.js";
import { softI2cInstead } from "./soft-i2c-instead.js";

interface Speed {
  freq: number;
  timeout: number;
}

/** The ports whose second argument is the frequency. */
const FREQUENCY_FIRST: readonly Port[] = ["rp2", "generic"];

function notSupported(): never {
  throw new OSError("I2C operation not supported");
}

export class I2C extends I2cTransfers {
  declare private $id: number;

  constructor(...args: Value[]) {
    const soft = new.target === I2C && args[0] !== BARE ? softI2cInstead(...asCalled(args)) : null;
    super(...(soft === null ? args : [BARE]));
    // biome-ignore lint/correctness/noConstructorReturn: there is no such unit, software does it.
    if (soft !== null) return soft as unknown as this;
  }

  static override __new__(cls: Value, args: Value[] = [], more: Value = undefined): Value {
    const named = more === undefined ? {} : kwargs(more);
    const soft = cls === I2C ? softI2cInstead(args, named) : null;
    if (soft !== null) return soft;
    checkArguments(cls, args, more);
    return soleObject(cls, [args[0] ?? named.id]);
  }

  static override $unit(id: Value): number | null {
    const { port, i2c } = currentBoard().data;
    const wanted = id === undefined && port === "esp32" ? i2c[0]?.id : id;
    return hasUnitObjects() && wanted !== undefined ? unitOf("i2c", wanted).id : null;
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
    // Only an ESP32 takes None for a pin, which it is not.
    if (data.port === "esp32" && (scl === null || sda === null)) lineOf(null);
    if (data.port === "stm32" && (scl !== undefined || sda !== undefined)) {
      throw new ValueError(portRules.stm32.badPin("scl"));
    }
    this.$id = unit.id;
    this.$noDevice = portRules[data.port].noDevice;
    // An RP2's unit cannot send nothing: software does it.
    this.$noDeviceEmpty = data.port === "rp2" ? ENODEV : this.$noDevice;
    this.$skipsEmpty = data.port === "rp2" || data.port === "esp32";
    this.$refusesEmptyMemory = data.port === "esp32";
    this.$connect(signalLine(unit, "scl", scl), signalLine(unit, "sda", sda), unit.id);
    // On an RP2 anything that is given sets the rest to what it was at first; an ESP32 keeps it.
    const before = keptSettings<Speed>(unit);
    const given = [others[0], scl, sda, freq, timeout];
    const isSet = given.some((each) => each !== undefined);
    const keeps = data.port === "esp32" || !isSet;
    const set = (wanted: Value, kept: number | undefined, usual: number): number => {
      const number = wanted === undefined ? null : index(wanted);
      const isEsp32 = data.port === "esp32";
      if (number !== null && !(isEsp32 && number === -1)) return isEsp32 ? number >>> 0 : number;
      return (keeps ? kept : undefined) ?? usual;
    };
    this.$freq = set(others[0] ?? freq, before.freq, I2C_FREQUENCY);
    this.$timeout = set(timeout, before.timeout, I2C_TIMEOUT);
    Object.assign(before, { freq: this.$freq, timeout: this.$timeout });
    return null;
  }

  init(scl: Value = undefined, sda: Value = undefined, freq: Value = I2C_FREQUENCY): null {
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

/** What the constructor was given, as it stands in the call. */
function asCalled([id, others = [], scl, sda, freq, timeout]: Value[]): [Value[], Kwargs] {
  const given = Object.entries({ scl, sda, freq, timeout });
  const keywords = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return [id === undefined ? [] : [id, ...others], keywords];
}

define(I2C, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
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
portSignatures(I2C, "machine.I2C");
