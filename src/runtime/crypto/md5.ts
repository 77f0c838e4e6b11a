/** MD5 (RFC 1321). */

import { BlockHash, rotateLeft } from "./block-hash.js";

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** |sin(i)| as 32-bit fractions. */
const SINES = /* @__PURE__ */ Int32Array.from(
  { length: 64 },
  (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 4294967296) | 0,
);

export class Md5 extends BlockHash {
  constructor() {
    super(Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476), true);
  }

  protected compress(words: Int32Array): void {
    let [a, b, c, d] = this.state as unknown as [number, number, number, number];
    for (let at = 0; at < 64; at++) {
      const round = at >> 4;
      const mixed = MIX[round]?.(b, c, d) as number;
      const word = words[WORD[round]?.(at) as number] as number;
      const sum = (a + mixed + word + (SINES[at] as number)) | 0;
      const next = (b + rotateLeft(sum, SHIFTS[round]?.[at & 3] as number)) | 0;
      a = d;
      d = c;
      c = b;
      b = next;
    }
    this.mix(a, b, c, d);
  }
}

const MIX = [
  (b: number, c: number, d: number) => (b & c) | (~b & d),
  (b: number, c: number, d: number) => (d & b) | (~d & c),
  (b: number, c: number, d: number) => b ^ c ^ d,
  (b: number, c: number, d: number) => c ^ (b | ~d),
] as const;

/** Which word of the block a step takes. */
const WORD = [
  (at: number) => at,
  (at: number) => (5 * at + 1) & 15,
  (at: number) => (3 * at + 5) & 15,
  (at: number) => (7 * at) & 15,
] as const;
