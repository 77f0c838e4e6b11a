/** `Pin.board` and `Pin.cpu`: classes of which nothing is made, with the pins of the board as attributes. */

import type { PinData } from "../../boards/board-data.js";
import { boards } from "../../boards/index.js";
import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import type { Type, TypeInfo } from "../../core/class/type.js";
import { varying } from "../../core/class/varying.js";
import { TYPE, type Value } from "../../core/values.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";

/** `namesOf`: what the class calls a pin; `pinOf`: the object of a line. */
export function pinNames(
  kind: string,
  namesOf: (pin: PinData) => readonly string[],
  pinOf: (line: PinLine) => Value,
): Type {
  const cls = class extends PyObject {};
  define(cls, { name: kind, builtin: true });
  (cls as Type as { [TYPE]: TypeInfo })[TYPE].abstract = true;
  const names = Object.values(boards).flatMap(({ pins }: { pins: readonly PinData[] }) =>
    pins.flatMap(namesOf),
  );
  for (const name of new Set(names)) {
    varying(cls, name, () => {
      const pin = currentBoard().data.pins.find((data) => namesOf(data).includes(name));
      return pin && pinOf(currentBoard().line(pin.name) as PinLine);
    });
  }
  return cls;
}
