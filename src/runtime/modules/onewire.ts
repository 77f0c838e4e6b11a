/** The `onewire` module: the 1-wire bus on a pin. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Exception } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/operators.js";
import { ByteArray } from "../core/text/bytearray.js";
import type { Value } from "../core/values.js";
import { crc8 } from "../machine/crc8.js";
import type { Level } from "../machine/hal.js";
import { OneWireBus } from "../machine/one-wire-bus.js";
import { lineOf } from "../machine/pin/pin.js";

export class OneWireError extends Exception {}
define(OneWireError);

const SEARCH_ROM = 0xf0;
const MATCH_ROM = 0x55;
const SKIP_ROM = 0xcc;

export class OneWire extends PyObject {
  static readonly SEARCH_ROM = SEARCH_ROM;
  static readonly MATCH_ROM = MATCH_ROM;
  static readonly SKIP_ROM = SKIP_ROM;

  declare pin: Value;
  declare private $bus: OneWireBus;

  override __init__(pin: Value): Value {
    this.pin = pin;
    this.$bus = new OneWireBus(lineOf(pin));
    this.$bus.line.configure("open-drain", "up", 1);
    return null;
  }

  reset(required: Value = false): boolean {
    const present = this.$bus.reset();
    if (!present && truth(required)) throw new OneWireError();
    return present;
  }

  readbit(): number {
    return this.$bus.readBit();
  }

  readbyte(): number {
    return this.$bus.readByte();
  }

  readinto(buf: Value): null {
    const memory = writableBytes(buf);
    for (let i = 0; i < memory.length; i++) memory[i] = this.$bus.readByte();
    return null;
  }

  writebit(value: Value): null {
    this.$bus.writeBit((index(value) & 1) as Level);
    return null;
  }

  writebyte(value: Value): null {
    this.$bus.writeByte(index(value));
    return null;
  }

  write(buf: Value): null {
    for (const byte of bytesOf(buf)) this.$bus.writeByte(byte);
    return null;
  }

  select_rom(rom: Value): null {
    this.reset();
    this.$bus.writeByte(MATCH_ROM);
    return this.write(rom);
  }

  scan(): Value[] {
    return this.$bus.search(SEARCH_ROM).map((rom) => new ByteArray(rom));
  }

  crc8(data: Value): number {
    return crc8(bytesOf(data));
  }
}
define(OneWire, {
  fields: ["pin"],
  attrs: { SEARCH_ROM, MATCH_ROM, SKIP_ROM },
  methods: {
    __init__: "pin",
    reset: "required=",
    readbit: "",
    readbyte: "",
    readinto: "buf",
    writebit: "value",
    writebyte: "value",
    write: "buf",
    select_rom: "rom",
    scan: "",
    crc8: "data",
  },
});

export const __version__ = "0.1.0";
