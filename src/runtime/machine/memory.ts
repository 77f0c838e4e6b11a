/**
 * `machine.mem8`, `mem16`, `mem32`: the chip's memory by address. Here it is memory that remembers what
 * was written; registers of peripherals do nothing.
 */

import { perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { intOperand } from "../core/numbers.js";
import { GETITEM, PRINT, SETITEM } from "../core/slots.js";
import { type TypeInfo, typeName } from "../core/type.js";
import { TYPE, type Value } from "../core/values.js";

const bytes = perContext(() => new Map<bigint, number>());

export class Memory {
  static [TYPE]: TypeInfo = { name: "mem", bases: [], abstract: true };

  constructor(private readonly width: 8 | 16 | 32) {}

  [GETITEM](key: Value): Value {
    const address = this.address(key);
    let value = 0;
    for (let i = 0; i < this.width / 8; i++) {
      value += (bytes().get(address + BigInt(i)) ?? 0) * 2 ** (8 * i);
    }
    return value;
  }

  [SETITEM](key: Value, value: Value): true {
    const address = this.address(key);
    const int = intOperand(value);
    if (int === undefined) throw new TypeError(`can't convert ${typeName(value)} to int`);
    for (let i = 0; i < this.width / 8; i++) {
      bytes().set(address + BigInt(i), Number((BigInt(int) >> BigInt(8 * i)) & 0xffn));
    }
    return true;
  }

  private address(key: Value): bigint {
    const address = intOperand(key);
    if (address === undefined) throw new TypeError(`can't convert ${typeName(key)} to int`);
    const size = this.width / 8;
    if (Number(BigInt(address) % BigInt(size)) !== 0) {
      throw new ValueError(
        `address ${BigInt(address).toString(16).padStart(8, "0")} is not aligned to ${size} bytes`,
      );
    }
    return BigInt(address);
  }

  [PRINT](): string {
    return `<${this.width}-bit memory>`;
  }
}
