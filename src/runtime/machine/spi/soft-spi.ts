/**
 * `machine.SoftSPI`: a bus of SPI on any three pins, which software drives (extmod/machine_spi.c). `machine.SPI`
 * gives one where an old program asks for the unit -1.
 */

import type { Port } from "../../boards/board-data.js";
import type { Kwargs } from "../../core/call/arguments.js";
import { apply } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { current } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { portConstant } from "../../core/module/port-names.js";
import { index } from "../../core/number/numbers.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { currentBoard, lineLabel } from "../bus-unit.js";
import { chipClock } from "../chip-frequency.js";
import { lineOf } from "../pin/pin.js";
import { portMembers } from "../port/port-members.js";
import { softSpiRate } from "../unit-rates.js";
import { SpiTransfers, transferMethods } from "./spi-transfers.js";

/** Its constants are those of the units. */
const PATH = "machine.SPI";
const BAUDRATE = 500_000;
/** What ports take off the chip's clock for the fastest rate of SoftSPI, where it has no delay. */
const DIVIDERS: Partial<Record<Port, number>> = { esp32: 200, stm32: 48 };

export class SoftSPI extends SpiTransfers {
  declare static readonly MSB: number;
  declare static readonly LSB: number;

  override __init__(
    baudrate: Value = BAUDRATE,
    polarity: Value = 0,
    phase: Value = 0,
    bits: Value = 8,
    firstbit: Value = undefined,
    sck: Value = undefined,
    mosi: Value = undefined,
    miso: Value = undefined,
  ): Value {
    for (const number of [baudrate, polarity, phase, bits]) index(number);
    if (firstbit !== undefined) index(firstbit);
    if (index(bits) !== 8) throw new ValueError("bits must be 8");
    if (sck === undefined || mosi === undefined || miso === undefined) {
      throw new ValueError("must specify all of sck/mosi/miso");
    }
    this.$settings = {
      baudrate: BAUDRATE,
      polarity: 0,
      phase: 0,
      bits: 8,
      firstbit: portConstant(PATH, "MSB") ?? 0,
    };
    return this.$begin([baudrate, polarity, phase, undefined, firstbit], [sck, mosi, miso], true);
  }

  init(...given: Value[]): null {
    const [baudrate, polarity, phase, firstbit, ...pins] = given;
    return this.$begin([baudrate, polarity, phase, undefined, firstbit], pins, false);
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
    const divider = DIVIDERS[port];
    const most = divider === undefined ? null : Math.floor(chipClock().hz / divider);
    return `SoftSPI(baudrate=${softSpiRate(baudrate, most)}, polarity=${polarity}, phase=${phase}, ${order})`;
  }
}
define(SoftSPI, {
  builtin: true,
  methods: {
    ...transferMethods,
    __init__:
      "baudrate=: int, *, polarity=: int, phase=: int, bits=: int, firstbit=: int, sck=, mosi=, miso=",
    init: "baudrate=: int, polarity=: int, phase=: int, *, firstbit=: int, sck=, mosi=, miso=",
  },
});
portMembers(SoftSPI, PATH);

/**
 * SoftSPI for the id -1 of old programs, and where no unit is named. The arguments are as they stand in the call.
 * Null: it is a unit that was asked for.
 */
export function softInstead(args: Value[], named: Kwargs): SoftSPI | null {
  const { port } = currentBoard().data;
  const isOld = args[0] === -1 || args.length === 0;
  if (!isOld || port === "rp2" || port === "generic") return null;
  const warning = "Warning: SPI(-1, ...) is deprecated, use SoftSPI(...) instead\n";
  (current().host as Host).write(warning);
  return apply(SoftSPI, args.slice(1), named);
}
