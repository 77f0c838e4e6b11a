/**
 * A sensor of temperature, pressure and humidity with the registers of a BME280. Its calibration is
 * linear, so that drivers' formulas give back what was set.
 */

import type { Action, PartKind, Site } from "../part.js";
import { I2cRegisters } from "./i2c-registers.js";
import { settingQuantities } from "./quantities.js";

const CHIP_ID = 0x60;
const T1 = 27504;
const T2 = 26435;
const P1 = 36477;
const H2 = 362;
/** Where the measurements start: three bytes of pressure, three of temperature, two of humidity. */
const DATA = 0xf7;

type Quantity = "temperature" | "pressure" | "humidity";

export class Bme280 extends I2cRegisters {
  /** Degrees Celsius, hPa, percent. */
  readonly measured: Record<Quantity, number>;

  constructor(site: Site) {
    super(site, site.options.number("address", 0x76));
    this.measured = {
      temperature: site.options.number("temperature", 21),
      pressure: site.options.number("pressure", 1013.25),
      humidity: site.options.number("humidity", 40),
    };
    const memory = new DataView(this.registers.buffer);
    memory.setUint8(0xd0, CHIP_ID);
    memory.setUint16(0x88, T1, true);
    memory.setInt16(0x8a, T2, true);
    memory.setUint16(0x8e, P1, true);
    memory.setInt16(0xe1, H2, true);
    this.refresh();
  }

  set(quantity: string, value: number): void {
    if (!(quantity in this.measured)) throw new RangeError(`a BME280 does not measure ${quantity}`);
    this.measured[quantity as Quantity] = value;
    this.site.report(quantity, value);
  }

  protected override refresh(): void {
    const { temperature, pressure, humidity } = this.measured;
    this.store(DATA, 1048576 - (pressure * 100 * P1) / 6250);
    this.store(DATA + 3, ((temperature * 5120) / T2 + T1 / 1024) * 16384);
    const raw = Math.round((humidity * 65536) / H2);
    this.registers[DATA + 6] = raw >> 8;
    this.registers[DATA + 7] = raw & 0xff;
  }

  /** 20 bits, left in three bytes. */
  private store(register: number, value: number): void {
    const raw = Math.round(value) << 4;
    this.registers[register] = (raw >> 16) & 0xff;
    this.registers[register + 1] = (raw >> 8) & 0xff;
    this.registers[register + 2] = raw & 0xff;
  }

  override get actions(): Readonly<Record<string, Action>> {
    return {
      set: settingQuantities((quantity, value) => this.set(quantity, value)),
    };
  }

  override get state() {
    return { ...this.measured } as never;
  }
}

export const bme280: PartKind<Bme280> = {
  legs: ["scl", "sda"],
  options: ["address", "temperature", "pressure", "humidity"],
  create: (site) => new Bme280(site),
};
