/** `hash()` of numbers: equal numbers hash alike, whatever their type. hash.ts and complex.ts call it. */

const words = new DataView(new ArrayBuffer(8));

/** The bits of a double xored as MicroPython does it; integers hash to themselves. */
export function hashFloat(value: number): number {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn) - 1023;
  let hash: bigint;
  if (exponent < 0) {
    hash = bits;
  } else {
    const fraction = (bits & 0xfffffffffffffn) | 0x10000000000000n;
    const rest = BigInt(52 - exponent);
    if (exponent <= 52) hash = (fraction >> rest) ^ (fraction & ((1n << rest) - 1n));
    else hash = exponent < 31 ? fraction << -rest : fraction;
  }
  const word = BigInt.asIntN(32, bits >> 63n ? -hash : hash);
  return Number(BigInt.asIntN(31, word));
}

/** Big ints: their digits folded into a machine word. */
export function hashBigInt(value: bigint): number {
  return Number(BigInt.asIntN(31, value));
}
