/** `pyb.Accel`: the accelerometer of the board; it lies flat and still unless a test turns it. */

import { define } from "../core/class.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { tup, type Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";

/** What gravity gives, in the sensor's steps. */
const GRAVITY = 21;
const AXES = "acceleration";
/** The registers of an MMA7660. */
const REGISTERS = 11;

export class Accel extends PyObject {
  declare private $registers: Uint8Array;

  override __init__(): Value {
    this.$registers = new Uint8Array(REGISTERS);
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

  /** A register of the sensor: the first three are the axes, in 6 bits. */
  read(reg: Value): number {
    const number = index(reg) & 0xff;
    const axis = axes()[number];
    return axis === undefined ? (this.$registers[number] ?? 0) : axis & 0x3f;
  }

  write(reg: Value, value: Value): null {
    this.$registers[index(reg) & 0xff] = index(value);
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
