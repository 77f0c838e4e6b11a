/** `pyb.Accel`: the accelerometer of the board; it lies flat and still unless a test turns it. */

import { define } from "../core/class.js";
import { PyObject } from "../core/object.js";
import { tup, type Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";

/** What gravity gives, in the sensor's steps. */
const GRAVITY = 21;
const AXES = "acceleration";

export class Accel extends PyObject {
  override __init__(): Value {
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
}
define(Accel, {
  builtin: true,
  methods: { __init__: "", x: "", y: "", z: "", tilt: "", filtered_xyz: "" },
});

function axes(): [number, number, number] {
  return (
    (currentBoard().backup.get(AXES) as [number, number, number] | undefined) ?? [0, 0, GRAVITY]
  );
}
