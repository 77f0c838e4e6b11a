/**
 * Compression (RFC 1951) into one block of fixed codes, byte for byte as MicroPython's uzlib does it:
 * each place takes the longest match in the window, of several the nearest. A match lies within one
 * piece that is written. `deflate.DeflateIO` writes with it.
 */

import { type CodeRange, codeOf, DISTANCES, LENGTHS } from "./code-lengths.js";

const SHORTEST = 3;
const LONGEST = 259;
const LONGEST_CODED = 258;
const HASH_SIZE = 1 << 14;

interface Match {
  distance: number;
  length: number;
}

export class Deflate {
  private bits = 0;
  private bitCount = 0;
  /** The last bytes that were written, at most a window of them. */
  private history: Uint8Array = new Uint8Array(0);
  private readonly windowSize: number;

  constructor(
    private readonly output: (byte: number) => void,
    windowBits: number,
  ) {
    this.windowSize = 2 ** windowBits;
  }

  /** The header of the only block: last, with fixed codes. */
  begin(): void {
    this.emit(3, 3);
  }

  write(piece: Uint8Array): void {
    const start = this.history.length;
    const data = new Uint8Array(start + piece.length);
    data.set(this.history);
    data.set(piece, start);
    const matches = new MatchFinder(data, this.windowSize);
    matches.advance(start);
    for (let at = start; at < data.length; ) {
      const match = matches.longest(at);
      if (match === null) this.literal(data[at] as number);
      else this.match(match);
      at += match === null ? 1 : match.length;
      matches.advance(at);
    }
    this.history = data.slice(-this.windowSize);
  }

  /** The end of the block, and as many zeros as a byte may need. */
  end(): void {
    this.emit(0, 14);
  }

  private literal(byte: number): void {
    if (byte < 144) this.emitCode(0x30 + byte, 8);
    else this.emitCode(0x190 + byte - 144, 9);
  }

  private match({ distance, length }: Match): void {
    for (let left = length; left > 0; ) {
      const coded = left <= LONGEST_CODED ? left : left - SHORTEST;
      const symbol = codeOf(LENGTHS, coded);
      if (symbol < 23) this.emitCode(symbol + 1, 7);
      else this.emitCode(0xc0 + symbol - 23, 8);
      this.emitExtra(LENGTHS[symbol] as CodeRange, coded);
      const far = codeOf(DISTANCES, distance);
      this.emitCode(far, 5);
      this.emitExtra(DISTANCES[far] as CodeRange, distance);
      left -= coded;
    }
  }

  private emitExtra({ base, extra }: CodeRange, value: number): void {
    this.emit(value - base, extra);
  }

  /** Codes begin with their highest bit, unlike everything else. */
  private emitCode(code: number, count: number): void {
    let reversed = 0;
    for (let bit = 0; bit < count; bit++) reversed |= ((code >> bit) & 1) << (count - 1 - bit);
    this.emit(reversed, count);
  }

  private emit(bits: number, count: number): void {
    this.bits |= bits << this.bitCount;
    this.bitCount += count;
    for (; this.bitCount >= 8; this.bitCount -= 8) {
      this.output(this.bits & 255);
      this.bits >>>= 8;
    }
  }
}

/** Finds earlier places by their first three bytes: chains of places with the same hash, newest first. */
class MatchFinder {
  private readonly newest = new Int32Array(HASH_SIZE).fill(-1);
  private readonly before: Int32Array;
  private known = 0;

  constructor(
    private readonly data: Uint8Array,
    private readonly windowSize: number,
  ) {
    this.before = new Int32Array(data.length);
  }

  /** Makes the places before `end` known. */
  advance(end: number): void {
    for (; this.known < end; this.known++) {
      const hash = this.hash(this.known);
      this.before[this.known] = this.newest[hash] as number;
      this.newest[hash] = this.known;
    }
  }

  longest(at: number): Match | null {
    const { data } = this;
    const limit = Math.min(LONGEST, data.length - at);
    let length = SHORTEST - 1;
    let distance = 0;
    const oldest = Math.max(0, at - this.windowSize);
    for (
      let place = this.newest[this.hash(at)] as number;
      place >= oldest && length < limit;
      place = this.before[place] as number
    ) {
      let same = 0;
      while (same < limit && data[place + same] === data[at + same]) same++;
      if (same > length) [length, distance] = [same, at - place];
    }
    return distance === 0 ? null : { distance, length };
  }

  private hash(at: number): number {
    const { data } = this;
    const [first = 0, second = 0, third = 0] = [data[at], data[at + 1], data[at + 2]];
    return ((first << 6) ^ (second << 3) ^ third) & (HASH_SIZE - 1);
  }
}
