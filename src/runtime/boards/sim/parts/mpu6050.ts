/** An MPU6050: acceleration and rotation around three axes, with the registers of the chip. */

import type { Action, PartKind, Site } from "../part.js";
import { I2cRegisters } from "./i2c-registers.js";
import { settingQuantities } from "./quantities.js";

const WHO_AM_I = 0x75;
const POWER = 0x6b;
const SLEEPS = 0x40;
const GYRO_RANGE = 0x1b;
const ACCEL_RANGE = 0x1c;
const ACCEL = 0x3b;
const TEMPERATURE = 0x41;
const GYRO = 0x43;
/** Steps for one g, or one degree a second, in the smallest range; each next one halves them. */
const PER_G = 16384;
const PER_DEGREE = 131;

type Quantity = "ax" | "ay" | "az" | "gx" | "gy" | "gz" | "temperature";

export class Mpu6050 extends I2cRegisters {
  /** g, degrees a second, degrees Celsius. It lies flat and still. */
  readonly measured: Record<Quantity, number>;

  constructor(site: Site) {
    super(site, site.options.number("address", 0x68));
    const option = (name: string, fallback: number): number => site.options.number(name, fallback);
    this.measured = {
      ax: option("ax", 0),
      ay: option("ay", 0),
      az: option("az", 1),
      gx: option("gx", 0),
      gy: option("gy", 0),
      gz: option("gz", 0),
      temperature: option("temperature", 25),
    };
    this.registers[WHO_AM_I] = 0x68;
    this.registers[POWER] = SLEEPS;
    this.refresh();
  }

  set(quantity: string, value: number): void {
    if (!(quantity in this.measured))
      throw new RangeError(`an MPU6050 does not measure ${quantity}`);
    this.measured[quantity as Quantity] = value;
    this.site.report(quantity, value);
  }

  protected override refresh(): void {
    // Asleep it measures nothing.
    if ((this.registers[POWER] as number) & SLEEPS) return;
    const { ax, ay, az, gx, gy, gz, temperature } = this.measured;
    const range = (register: number): number =>
      2 ** (((this.registers[register] as number) >> 3) & 3);
    const memory = new DataView(this.registers.buffer);
    const store = (at: number, value: number): void => {
      memory.setInt16(at, Math.min(32767, Math.max(-32768, Math.round(value))));
    };
    for (const [i, g] of [ax, ay, az].entries()) {
      store(ACCEL + 2 * i, (g * PER_G) / range(ACCEL_RANGE));
    }
    for (const [i, rate] of [gx, gy, gz].entries()) {
      store(GYRO + 2 * i, (rate * PER_DEGREE) / range(GYRO_RANGE));
    }
    store(TEMPERATURE, (temperature - 36.53) * 340);
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

export const mpu6050: PartKind<Mpu6050> = {
  legs: ["scl", "sda"],
  options: ["address", "ax", "ay", "az", "gx", "gy", "gz", "temperature"],
  create: (site) => new Mpu6050(site),
};
