/**
 * The address of a memory cell as it goes over an I2C bus: `addrsize` bits in whole bytes, high byte first.
 * `readfrom_mem`, `readfrom_mem_into` and `writeto_mem` send it. Raises ValueError for other sizes.
 */

import { ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";

export function i2cMemoryAddress(memaddr: Value, addrsize: Value): Uint8Array {
  const bits = index(addrsize);
  if (bits % 8 !== 0 || bits < 0 || bits > 32) throw new ValueError("invalid addrsize");
  const bytes = new Uint8Array(bits / 8);
  let rest = index(memaddr);
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = rest & 0xff;
    rest >>>= 8;
  }
  return bytes;
}
