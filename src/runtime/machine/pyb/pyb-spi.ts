/** `pyb.SPI`: the older interface of the pyboard's buses, with `send`, `recv` and `send_recv`. */

import { define } from "../../core/class/class.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import { Bytes } from "../../core/text/bytes.js";
import type { Value } from "../../core/values.js";
import { notSimulated } from "../not-simulated.js";
import { SPI } from "../spi/spi.js";
import { stm32Spi } from "../spi/stm32-spi.js";
import { stm32SpiPrescaled, stm32SpiRate } from "../unit-rates.js";
import { source, target } from "./pyb-i2c.js";

const CONTROLLER = 0x104;
const PERIPHERAL = 0;
const MSB = 0;
const LSB = 0x80;
const BAUDRATE = 328_125;

export class PybSPI extends SPI {
  static readonly CONTROLLER = CONTROLLER;
  static readonly PERIPHERAL = PERIPHERAL;
  static readonly MASTER = CONTROLLER;
  static readonly SLAVE = PERIPHERAL;
  static override readonly MSB = MSB;
  static override readonly LSB = LSB as never;

  override __init__(bus: Value, ...settings: Value[]): Value {
    this.$open(bus);
    if (settings.some((setting) => setting !== undefined))
      PybSPI.prototype.init.apply(this, settings as [Value]);
    return null;
  }

  override init(
    mode: Value,
    baudrate: Value = BAUDRATE,
    prescaler: Value = -1,
    polarity: Value = 1,
    phase: Value = 0,
    bits: Value = 8,
    firstbit: Value = MSB,
    _ti: Value = false,
    crc: Value = null,
  ): null {
    // Checksums are not built into the port's library.
    if (crc !== null) index(crc);
    const divider = index(prescaler);
    const rate = divider === -1 ? baudrate : stm32SpiPrescaled(this.$id, divider >>> 0).rate;
    super.init(rate, polarity, phase, bits, index(firstbit) === LSB ? 1 : 0);
    stm32Spi(this.$id).role = index(mode) === CONTROLLER ? "controller" : "peripheral";
    return null;
  }

  send(send: Value): null {
    this.$send(source(send), null);
    return null;
  }

  recv(recv: Value): Value {
    const { memory, result } = target(recv);
    this.$send(new Uint8Array(memory.length).fill(0xff), memory);
    return result;
  }

  /** Sends and receives at once; a number is one byte. */
  send_recv(send: Value, recv: Value = undefined): Value {
    const out = source(send);
    const into = recv === undefined ? new Bytes(out.length) : recv;
    const memory = recv === undefined ? (into as Uint8Array) : writableBytes(recv);
    if (memory.length !== out.length) {
      throw new ValueError("recv must be same length as send");
    }
    this.$send(out, memory);
    return into;
  }

  private $send(out: Uint8Array, into: Uint8Array | null): void {
    if (stm32Spi(this.$id).role === "peripheral") notSimulated("pyb.SPI as a peripheral");
    this.$exchange(out, into);
  }

  override [PRINT](): string {
    const { baudrate, polarity, phase, bits } = this.$settings;
    const { role } = stm32Spi(this.$id);
    if (role === null) return `SPI(${this.$id})`;
    const { rate, prescaler } = stm32SpiRate(this.$id, baudrate);
    const clock =
      role === "peripheral"
        ? "SPI.PERIPHERAL"
        : `SPI.CONTROLLER, baudrate=${rate}, prescaler=${prescaler}`;
    return `SPI(${this.$id}, ${clock}, polarity=${polarity}, phase=${phase}, bits=${bits})`;
  }
}
const SETTINGS =
  "mode!: int, baudrate=: int, *, prescaler=: int, polarity=: int, phase=: int, bits=: int, firstbit=: int, ti=, crc=, dir=: int, nss=: int";
define(PybSPI, {
  name: "SPI",
  builtin: true,
  attrs: { CONTROLLER, PERIPHERAL, MASTER: CONTROLLER, SLAVE: PERIPHERAL, MSB, LSB },
  methods: {
    __init__: `bus, /, [${SETTINGS}]`,
    init: SETTINGS,
    send: "send!, *, timeout=: int",
    recv: "recv!, *, timeout=: int",
    send_recv: "send!, recv=, *, timeout=: int",
  },
});
