/** The `_onewire` module: the bits and bytes of a 1-wire bus, for drivers written in Python. */

import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { crc8 as checksum } from "../machine/crc8.js";
import type { Level } from "../machine/hal.js";
import { OneWireBus } from "../machine/one-wire-bus.js";
import { lineOf } from "../machine/pin/pin.js";

function bus(pin: Value): OneWireBus {
  return new OneWireBus(lineOf(pin));
}

/** True when a device is there. */
export function reset(pin: Value): boolean {
  return bus(pin).reset();
}

export function readbit(pin: Value): number {
  return bus(pin).readBit();
}

export function readbyte(pin: Value): number {
  return bus(pin).readByte();
}

export function writebit(pin: Value, value: Value): null {
  bus(pin).writeBit((index(value) & 1) as Level);
  return null;
}

export function writebyte(pin: Value, value: Value): null {
  bus(pin).writeByte(index(value));
  return null;
}

export function crc8(data: Value): number {
  return checksum(bytesOf(data));
}
