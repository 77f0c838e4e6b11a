/**
 * Values as numbers and back: the items of `array('O')` and of the struct code "O", which in
 * MicroPython hold pointers. A value that was stored once stays known.
 */

import type { Value } from "../values.js";

const pointers = new Map<Value, number>();
const values: Value[] = [];

export function pointerTo(value: Value): number {
  let pointer = pointers.get(value);
  if (pointer === undefined) {
    pointer = 0x1000 + 16 * values.length;
    pointers.set(value, pointer);
    values.push(value);
  }
  return pointer;
}

export function valueAt(pointer: number): Value {
  return values[(pointer - 0x1000) / 16] ?? null;
}
