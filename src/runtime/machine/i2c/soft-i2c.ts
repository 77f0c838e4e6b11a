/**
 * `machine.SoftI2C`: any two pins, driven by software. Beside the transfers it has the steps of one, to be
 * taken one by one.
 */

import { define } from "../../core/class/class.js";
import { bytesOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import { lineLabel } from "../bus-unit.js";
import { ENODEV } from "../errno.js";
import { lineOf } from "../pin/pin.js";
import { requireArguments } from "../port/port-arguments.js";
import { softI2cRate } from "../unit-rates.js";
import { I2C_FREQUENCY, I2C_TIMEOUT, I2cTransfers, transferMethods } from "./i2c-transfers.js";

export class SoftI2C extends I2cTransfers {
  /** After start(): the next byte is the address. */
  declare private $expectsAddress: boolean;

  override __init__(
    scl: Value,
    sda: Value,
    freq: Value = I2C_FREQUENCY,
    timeout: Value = I2C_TIMEOUT,
  ): Value {
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
    freq: Value = I2C_FREQUENCY,
    timeout: Value = I2C_TIMEOUT,
  ): null {
    // What is called as I2C may be this in its place.
    requireArguments({ scl, sda });
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
    __init__: "scl!, sda!, *, freq=: int, timeout=: int",
    init: "scl!, sda!, *, freq=: int, timeout=: int",
    start: "",
    stop: "",
    readinto: "buf, nack=, /",
    write: "buf, /",
  },
});
