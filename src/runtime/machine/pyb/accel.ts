/**
 * `pyb.Accel`: the accelerometer of the board, an MMA7660 on the first I2C; it lies flat and still unless a
 * test turns it. `Accel()` gives it power, and from then on it answers on the bus too.
 */

import { define } from "../../core/class/class.js";
import { SoleObject } from "../../core/class/sole-object.js";
import { perContext } from "../../core/context.js";
import { index } from "../../core/number/numbers.js";
import { tup, type Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { I2cDevice } from "../hal.js";

/** What gravity gives, in the sensor's steps. */
const GRAVITY = 21;
const AXES = "acceleration";
/** The registers of an MMA7660. */
const REGISTERS = 11;
const MODE = 7;
const ACTIVE = 1;
const ADDRESS = 0x4c;
const SCL = "X9";
const SDA = "X10";

/** The chip on its bus: a register after the other from the one that was named. */
class Mma7660 implements I2cDevice {
  readonly registers = new Uint8Array(REGISTERS);
  private at = 0;
  private named = true;

  constructor() {
    currentBoard().line(SCL)?.connect("i2cClock", this);
    currentBoard().line(SDA)?.connect("i2cData", this);
  }

  /** The first three are the axes, in 6 bits. */
  register(number: number): number {
    const axis = axes()[number];
    return axis === undefined ? (this.registers[number] ?? 0) : axis & 0x3f;
  }

  answers(address: number): boolean {
    return address === ADDRESS;
  }

  start(_address: number, read: boolean): boolean {
    this.named = read;
    return true;
  }

  write(byte: number): boolean {
    if (this.named) this.registers[this.at++ % REGISTERS] = byte;
    else this.at = byte;
    this.named = true;
    return true;
  }

  read(): number {
    return this.register(this.at++ % REGISTERS);
  }

  stop(): void {}
}

const theChip = perContext(() => new Mma7660());

export class Accel extends SoleObject {
  override __init__(): Value {
    const chip = theChip();
    chip.registers.fill(0);
    chip.registers[MODE] = ACTIVE;
    return null;
  }

  x(): Value {
    return axes()[0];
  }

  y(): Value {
    return axes()[1];
  }

  z(): Value {
    return axes()[2];
  }

  tilt(): number {
    return 0;
  }

  filtered_xyz(): Value {
    return tup(...axes().map((value) => 4 * value));
  }

  /** A register of the sensor. */
  read(reg: Value): number {
    const number = index(reg) & 0xff;
    return theChip().register(number);
  }

  write(reg: Value, value: Value): null {
    theChip().registers[index(reg) & 0xff] = index(value);
    return null;
  }
}
define(Accel, {
  builtin: true,
  methods: {
    __init__: "",
    x: "",
    y: "",
    z: "",
    tilt: "",
    filtered_xyz: "",
    read: "reg, /",
    write: "reg, value, /",
  },
});

function axes(): [number, number, number] {
  return (
    (currentBoard().backup.get(AXES) as [number, number, number] | undefined) ?? [0, 0, GRAVITY]
  );
}
