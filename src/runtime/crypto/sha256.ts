/** SHA-256 (FIPS 180-4). */

import { BlockHash } from "./block-hash.js";

/** The first 64 primes: their roots are the constants of the algorithm. */
function primes(): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < 64; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The fraction of a root in 32 bits, exactly: found by integer arithmetic. */
function rootFraction(value: number, degree: 2 | 3): number {
  const scaled = BigInt(value) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= scaled) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

let constants: Int32Array | undefined;

function roundConstants(): Int32Array {
  constants ??= Int32Array.from(primes(), (prime) => rootFraction(prime, 3));
  return constants;
}

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

export class Sha256 extends BlockHash {
  constructor() {
    super(
      Int32Array.from(primes().slice(0, 8), (prime) => rootFraction(prime, 2)),
      false,
    );
  }

  protected compress(words: Int32Array): void {
    const schedule = expand(words);
    const keys = roundConstants();
    const state = Array.from(this.state);
    for (let at = 0; at < 64; at++) {
      const [a, b, c, d, e, f, g, h] = state as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const mixed = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const chosen = (e & f) ^ (~e & g);
      const first = (h + mixed + chosen + (keys[at] as number) + (schedule[at] as number)) | 0;
      const spread = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      state.pop();
      state[3] = d + first;
      state.unshift((first + spread + majority) | 0);
      state[4] = (state[4] as number) | 0;
    }
    for (let at = 0; at < 8; at++) {
      this.state[at] = ((this.state[at] as number) + (state[at] as number)) | 0;
    }
  }
}

function expand(words: Int32Array): Int32Array {
  const schedule = new Int32Array(64);
  schedule.set(words);
  for (let at = 16; at < 64; at++) {
    const early = schedule[at - 15] as number;
    const late = schedule[at - 2] as number;
    const first = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const second = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    schedule[at] = (schedule[at - 16] as number) + first + (schedule[at - 7] as number) + second;
  }
  return schedule;
}
