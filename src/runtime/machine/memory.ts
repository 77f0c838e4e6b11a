/** `machine.mem8`, `mem16`, `mem32`: the chip's memory by address. */

import { type TypeInfo, typeName } from "../core/class/type.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { addressSpace } from "../core/memory/address-space.js";
import { intOperand } from "../core/number/numbers.js";
import { GETITEM, PRINT, SETITEM } from "../core/slots.js";
import { TYPE, type Value } from "../core/values.js";
import { currentBoard } from "./bus-unit.js";

export class Memory {
  static [TYPE]: TypeInfo = { name: "mem", bases: [], abstract: true };

  constructor(private readonly width: 8 | 16 | 32) {}

  [GETITEM](key: Value): Value {
    const value = this.bytes(key).reduceRight((sum, byte) => sum * 256 + byte, 0);
    // A word becomes an int of the chip's size, whose highest bit is its sign.
    return this.width === 32 && currentBoard().data.port !== "unix" ? value | 0 : value;
  }

  [SETITEM](key: Value, value: Value): true {
    const bytes = this.bytes(key);
    const int = intOperand(value);
    if (int === undefined) throw new TypeError(`can't convert ${typeName(value)} to int`);
    bytes.forEach((_, at) => {
      bytes[at] = Number((BigInt(int) >> BigInt(8 * at)) & 0xffn);
    });
    return true;
  }

  private bytes(key: Value): Uint8Array {
    const address = intOperand(key);
    if (address === undefined) throw new TypeError(`can't convert ${typeName(key)} to int`);
    const size = this.width / 8;
    if (Number(BigInt(address) % BigInt(size)) !== 0) {
      throw new ValueError(
        `address ${BigInt.asUintN(64, BigInt(address)).toString(16).slice(-8).padStart(8, "0")} is not aligned to ${size} bytes`,
      );
    }
    return addressSpace().at(Number(BigInt.asUintN(64, BigInt(address))), size);
  }

  [PRINT](): string {
    return `<${this.width}-bit memory>`;
  }
}
