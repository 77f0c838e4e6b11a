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

interface Constants {
  readonly state: Int32Array;
  readonly keys: Int32Array;
}

let made: Constants | undefined;

/** The first state, from square roots, and the keys of the rounds, from cube roots. */
function constants(): Constants {
  made ??= {
    state: Int32Array.from(primes().slice(0, 8), (prime) => rootFraction(prime, 2)),
    keys: Int32Array.from(primes(), (prime) => rootFraction(prime, 3)),
  };
  return made;
}

function rotateRight(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

export class Sha256 extends BlockHash {
  private readonly schedule = new Int32Array(64);

  constructor() {
    super(constants().state.slice(), false);
  }

  protected compress(words: Int32Array): void {
    const { schedule } = this;
    expand(words, schedule);
    const { keys } = constants();
    let [a, b, c, d, e, f, g, h] = this.state as unknown as Eight;
    for (let at = 0; at < 64; at++) {
      const mixed = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const chosen = (e & f) ^ (~e & g);
      const first = (h + mixed + chosen + (keys[at] as number) + (schedule[at] as number)) | 0;
      const spread = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + spread + majority) | 0;
    }
    this.mix(a, b, c, d, e, f, g, h);
  }
}

type Eight = [number, number, number, number, number, number, number, number];

function expand(words: Int32Array, schedule: Int32Array): void {
  schedule.set(words);
  for (let at = 16; at < 64; at++) {
    const early = schedule[at - 15] as number;
    const late = schedule[at - 2] as number;
    const first = rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >>> 3);
    const second = rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >>> 10);
    schedule[at] = (schedule[at - 16] as number) + first + (schedule[at - 7] as number) + second;
  }
}
