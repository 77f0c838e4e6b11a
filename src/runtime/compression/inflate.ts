/**
 * Decompression (RFC 1951) that takes one byte of input at a time, and none too many: what follows the
 * compressed data can still be read from the same stream. `deflate.DeflateIO` reads with it.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import type { Wait } from "../core/blocking/wait.js";
import type { Value } from "../core/values.js";
import { DISTANCES, FIXED_DISTANCES, FIXED_LITERALS, LENGTHS } from "./code-lengths.js";

/** Thrown for input that is not compressed data. */
export class InflateError extends Error {}

const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;
/** In which order the lengths of the codes of code lengths come. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;

/** Part of the decompression: yields what the input waits for, and null when the target is full. */
type Steps<R> = Generator<Wait | null, R, Value>;

/** A prefix code: how many codes there are of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codeOfLengths(lengths: readonly number[]): Code {
  const counts = new Array<number>(LONGEST_CODE + 1).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] as number) + 1;
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((left, right) => left.length - right.length || left.symbol - right.symbol);
  return { counts, symbols: symbols.map(({ symbol }) => symbol) };
}

export class Inflate {
  private bits = 0;
  private bitCount = 0;
  /** The output so far, as far back as a distance may reach. */
  private readonly window: Uint8Array;
  private at = 0;
  private target: Uint8Array = new Uint8Array(0);
  private filled = 0;
  private readonly running = this.blocks();
  private failure: unknown;

  constructor(
    private readonly nextByte: () => Waiting<number>,
    windowBits: number,
  ) {
    this.window = new Uint8Array(2 ** windowBits);
  }

  /** Fills the buffer, as far as there is output: what is missing at the end is missing for good. */
  *read(buffer: Uint8Array): Waiting<number> {
    if (this.failure !== undefined) throw this.failure;
    this.target = buffer;
    this.filled = 0;
    try {
      while (!this.isFull) {
        const step = this.running.next();
        if (step.done) break;
        if (step.value !== null) yield step.value;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
    return this.filled;
  }

  private *blocks(): Steps<void> {
    for (let last = 0; last === 0; ) {
      last = yield* this.take(1);
      const kind = yield* this.take(2);
      if (kind === 0) yield* this.stored();
      else if (kind === 1) {
        yield* this.coded(codeOfLengths(FIXED_LITERALS), codeOfLengths(FIXED_DISTANCES));
      } else if (kind === 2) yield* this.coded(...(yield* this.readCodes()));
      else throw new InflateError("unknown kind of block");
    }
  }

  private *stored(): Steps<void> {
    this.bitCount = 0;
    const length = yield* this.take(16);
    if ((length ^ (yield* this.take(16))) !== 0xffff) throw new InflateError("bad length");
    for (let left = length; left > 0; left--) {
      this.put(yield* this.nextByte());
      if (this.isFull) yield null;
    }
  }

  private *coded(literals: Code, distances: Code): Steps<void> {
    for (;;) {
      const symbol = yield* this.symbol(literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.put(symbol);
        if (this.isFull) yield null;
      } else {
        const length = yield* this.range(LENGTHS, symbol - END_OF_BLOCK - 1);
        const distance = yield* this.range(DISTANCES, yield* this.symbol(distances));
        yield* this.repeat(distance, length);
      }
    }
  }

  private *repeat(distance: number, length: number): Steps<void> {
    const { window } = this;
    if (distance > window.length) throw new InflateError("distance beyond the window");
    const mask = window.length - 1;
    for (let left = length; left > 0; left--) {
      this.put(window[(this.at - distance) & mask] as number);
      if (this.isFull) yield null;
    }
  }

  /** The codes that a block brings along. */
  private *readCodes(): Steps<[Code, Code]> {
    const literals = 257 + (yield* this.take(5));
    const distances = 1 + (yield* this.take(5));
    const count = 4 + (yield* this.take(4));
    const own = new Array<number>(LENGTH_ORDER.length).fill(0);
    for (const symbol of LENGTH_ORDER.slice(0, count)) own[symbol] = yield* this.take(3);
    const code = codeOfLengths(own);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = yield* this.symbol(code);
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      const repeated = symbol === 16 ? lengths[lengths.length - 1] : 0;
      if (repeated === undefined) throw new InflateError("nothing to repeat");
      const [bits, least] = symbol === 16 ? [2, 3] : symbol === 17 ? [3, 3] : [7, 11];
      for (let left = least + (yield* this.take(bits)); left > 0; left--) lengths.push(repeated);
    }
    if (lengths.length > literals + distances) throw new InflateError("too many lengths");
    return [codeOfLengths(lengths.slice(0, literals)), codeOfLengths(lengths.slice(literals))];
  }

  private *range(table: typeof LENGTHS, code: number): Steps<number> {
    const found = table[code];
    if (found === undefined) throw new InflateError("unknown code");
    return found.base + (yield* this.take(found.extra));
  }

  private *symbol({ counts, symbols }: Code): Steps<number> {
    let code = 0;
    let first = 0;
    let before = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      if (this.bitCount === 0) yield* this.fill();
      code |= this.bits & 1;
      this.bits >>= 1;
      this.bitCount--;
      const count = counts[length] as number;
      if (code - first < count) return symbols[before + code - first] as number;
      before += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError("unknown code");
  }

  private *take(count: number): Steps<number> {
    let value = 0;
    for (let taken = 0; taken < count; ) {
      if (this.bitCount === 0) yield* this.fill();
      const now = Math.min(count - taken, this.bitCount);
      value |= (this.bits & ((1 << now) - 1)) << taken;
      this.bits >>= now;
      this.bitCount -= now;
      taken += now;
    }
    return value;
  }

  private *fill(): Steps<void> {
    this.bits = yield* this.nextByte();
    this.bitCount = 8;
  }

  private get isFull(): boolean {
    return this.filled === this.target.length;
  }

  private put(byte: number): void {
    this.target[this.filled++] = byte;
    this.window[this.at++ & (this.window.length - 1)] = byte;
  }
}
