/** The `ds18x20` module: thermometers on a 1-wire bus. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { AssertionError, Exception } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { ByteArray } from "../core/text/bytearray.js";
import { toFloat, type Value } from "../core/values.js";
import { crc8 } from "../machine/crc8.js";
import { OneWire } from "./onewire.js";

const CONVERT = 0x44;
const READ = 0xbe;
const WRITE = 0x4e;
const SIZE = 9;
const FAMILIES = new Set([0x10, 0x22, 0x28]);

export class DS18X20 extends PyObject {
  declare ow: OneWire;
  declare buf: Value;

  override __init__(onewire: Value): Value {
    this.ow = onewire instanceof OneWire ? onewire : new OneWire(onewire);
    this.buf = new ByteArray(new Uint8Array(SIZE));
    return null;
  }

  scan(): Value[] {
    return this.ow.scan().filter((rom) => FAMILIES.has(bytesOf(rom)[0] as number));
  }

  convert_temp(): null {
    this.ow.reset(true);
    this.ow.writebyte(OneWire.SKIP_ROM);
    return this.ow.writebyte(CONVERT);
  }

  read_scratch(rom: Value): Value {
    this.ow.reset(true);
    this.ow.select_rom(rom);
    this.ow.writebyte(READ);
    this.ow.readinto(this.buf);
    if (crc8(bytesOf(this.buf)) !== 0) throw new Exception("CRC error");
    return this.buf;
  }

  write_scratch(rom: Value, buf: Value): null {
    this.ow.reset(true);
    this.ow.select_rom(rom);
    this.ow.writebyte(WRITE);
    return this.ow.write(buf);
  }

  /** Degrees Celsius; None when the thermometer sends nonsense. */
  read_temp(rom: Value): Value {
    try {
      const pad = bytesOf(this.read_scratch(rom));
      const [low = 0, high = 0] = pad;
      if ((bytesOf(rom)[0] as number) === 0x10) return this.$coarse(pad);
      const raw = (high << 8) | low;
      return toFloat((raw & 0x8000 ? raw - 0x10000 : raw) / 16);
    } catch (error) {
      if (error instanceof AssertionError) return null;
      throw error;
    }
  }

  /** The DS18S20 gives half degrees and what was left over of the count. */
  private $coarse(pad: Uint8Array): Value {
    const [low = 0, high = 0, , , , , remain = 0, per = 0] = pad;
    const half = (high ? low - 0x100 : low) >> 1;
    return toFloat(half - 0.25 + (per - remain) / per);
  }
}
define(DS18X20, {
  fields: ["ow", "buf"],
  methods: {
    __init__: "onewire",
    scan: "",
    convert_temp: "",
    read_scratch: "rom",
    write_scratch: "rom, buf",
    read_temp: "rom",
  },
});

export const __version__ = "0.1.0";
