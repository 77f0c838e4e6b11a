/** `hash()` of numbers: equal numbers hash alike, whatever their type. hash.ts and complex.ts call it. */

import type { Int } from "../number/int.js";

/** The whole part, as far as it fits a machine word. */
export function hashFloat(value: number): number {
  const word = Math.max(-0x80000000, Math.min(0x7fffffff, Math.trunc(value) || 0));
  return (word << 1) >> 1;
}

/** Small ints hash to themselves; of others, the low digits make up a machine word. */
export function hashInt(value: Int): number {
  if (typeof value === "number" && value >= -0x40000000 && value <= 0x3fffffff) return value;
  const big = BigInt(value);
  const word = BigInt.asUintN(32, big < 0n ? -big : big);
  return Number(BigInt.asIntN(31, big < 0n ? -word : word));
}
