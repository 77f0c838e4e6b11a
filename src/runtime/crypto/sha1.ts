/** SHA-1 (FIPS 180-4). */

import { BlockHash, rotateLeft } from "./block-hash.js";

export class Sha1 extends BlockHash {
  constructor() {
    super(Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0), false);
  }

  protected compress(words: Int32Array): void {
    const schedule = new Int32Array(80);
    schedule.set(words);
    for (let at = 16; at < 80; at++) {
      const mixed =
        (schedule[at - 3] as number) ^
        (schedule[at - 8] as number) ^
        (schedule[at - 14] as number) ^
        (schedule[at - 16] as number);
      schedule[at] = rotateLeft(mixed, 1);
    }
    let [a, b, c, d, e] = this.state as unknown as [number, number, number, number, number];
    for (let at = 0; at < 80; at++) {
      const sum = (rotateLeft(a, 5) + round(at, b, c, d) + e + (schedule[at] as number)) | 0;
      e = d;
      d = c;
      c = rotateLeft(b, 30);
      b = a;
      a = sum;
    }
    this.mix(a, b, c, d, e);
  }
}

function round(at: number, b: number, c: number, d: number): number {
  if (at < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (at < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (at < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}
