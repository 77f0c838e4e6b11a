/** A number as a register of 32 bits takes it: its low bits, of whatever becomes an int. */

import { asInt } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";

export function word(value: Value): number {
  return Number(BigInt.asUintN(32, BigInt(asInt(value))));
}
