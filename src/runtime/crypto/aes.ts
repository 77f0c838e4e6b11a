/** AES (FIPS 197) with keys of 128, 192 and 256 bits, one block at a time. `cryptolib` chains blocks. */

export const BLOCK = 16;
const COLUMNS = 4;

/** Multiplication by x in the field of 256 elements. */
function double(value: number): number {
  return ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 255;
}

function multiply(left: number, right: number): number {
  let product = 0;
  for (let bits = right, power = left; bits > 0; bits >>= 1, power = double(power)) {
    if (bits & 1) product ^= power;
  }
  return product;
}

interface Tables {
  /** The substitution of a byte: its inverse in the field, transformed; and the way back. */
  readonly forward: Uint8Array;
  readonly backward: Uint8Array;
  /** What a byte adds to a column, when columns are mixed and when that is undone. */
  readonly mix: Uint32Array;
  readonly unmix: Uint32Array;
}

let made: Tables | undefined;

/** Made at the first use. */
function tables(): Tables {
  made ??= makeTables();
  return made;
}

function makeTables(): Tables {
  const forward = new Uint8Array(256);
  const backward = new Uint8Array(256);
  for (let power = 1, inverse = 1, count = 0; count < 255; count++) {
    // 3 generates all elements but zero; 0xf6 is its inverse.
    forward[power] = transform(inverse);
    power = multiply(power, 3);
    inverse = multiply(inverse, 0xf6);
  }
  forward[0] = transform(0);
  forward.forEach((to, from) => {
    backward[to] = from;
  });
  const column = (factors: readonly number[]) => (value: number) =>
    factors.reduce((word, factor) => (word << 8) | multiply(value, factor), 0);
  return {
    forward,
    backward,
    mix: Uint32Array.from({ length: 256 }, (_, value) => column([2, 1, 1, 3])(value)),
    unmix: Uint32Array.from({ length: 256 }, (_, value) => column([14, 9, 13, 11])(value)),
  };
}

function transform(value: number): number {
  let result = 0x63;
  for (let turn = 0; turn < 5; turn++) result ^= (value << turn) | (value >> (8 - turn));
  return result & 255;
}

function rotate(word: number, bytes: number): number {
  return bytes === 0 ? word : (word >>> (8 * bytes)) | (word << (32 - 8 * bytes));
}

function byteOf(word: number, row: number): number {
  return (word >>> (24 - 8 * row)) & 255;
}

function substitute(word: number): number {
  const { forward } = tables();
  let result = 0;
  for (let row = 0; row < 4; row++) result = (result << 8) | (forward[byteOf(word, row)] as number);
  return result;
}

export class Aes {
  private readonly words: Uint32Array;
  private readonly rounds: number;

  /** @param key 16, 24 or 32 bytes */
  constructor(key: Uint8Array) {
    const length = key.length / 4;
    this.rounds = length + 6;
    this.words = expandKey(key, COLUMNS * (this.rounds + 1));
  }

  /** `output` may be `input`. */
  encrypt(input: Uint8Array, output: Uint8Array): void {
    const { forward, mix } = tables();
    this.transform(
      input,
      output,
      1,
      forward,
      mix,
      (round) => round,
      (word) => word,
    );
  }

  decrypt(input: Uint8Array, output: Uint8Array): void {
    const { backward, unmix } = tables();
    const { rounds } = this;
    this.transform(input, output, 3, backward, unmix, (round) => rounds - round, unmixColumn);
  }

  /** Both directions differ in where rows go, in the tables, and in the order of the keys. */
  private transform(
    input: Uint8Array,
    output: Uint8Array,
    shift: 1 | 3,
    substitution: Uint8Array,
    mixing: Uint32Array,
    keyOf: (round: number) => number,
    keyWord: (word: number) => number,
  ): void {
    const from = new DataView(input.buffer, input.byteOffset, BLOCK);
    let state = new Uint32Array(COLUMNS);
    for (let column = 0; column < COLUMNS; column++) {
      state[column] = from.getUint32(4 * column) ^ this.key(keyOf(0), column);
    }
    for (let round = 1; round <= this.rounds; round++) {
      const next = new Uint32Array(COLUMNS);
      const isLast = round === this.rounds;
      for (let column = 0; column < COLUMNS; column++) {
        let word = 0;
        for (let row = 0; row < 4; row++) {
          const byte = byteOf(state[(column + shift * row) % COLUMNS] as number, row);
          const replaced = substitution[byte] as number;
          if (isLast) word = (word << 8) | replaced;
          else word ^= rotate(mixing[replaced] as number, row);
        }
        const key = this.key(keyOf(round), column);
        next[column] = word ^ (isLast ? key : keyWord(key));
      }
      state = next;
    }
    const to = new DataView(output.buffer, output.byteOffset, BLOCK);
    state.forEach((word, column) => {
      to.setUint32(4 * column, word);
    });
  }

  private key(round: number, column: number): number {
    return this.words[COLUMNS * round + column] as number;
  }
}

/** Undoing the mixing of a sum undoes that of its terms: the keys are unmixed as well. */
function unmixColumn(word: number): number {
  const { unmix } = tables();
  let result = 0;
  for (let row = 0; row < 4; row++) result ^= rotate(unmix[byteOf(word, row)] as number, row);
  return result;
}

function expandKey(key: Uint8Array, count: number): Uint32Array {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const length = key.length / 4;
  const words = new Uint32Array(count);
  let constant = 1;
  for (let at = 0; at < count; at++) {
    if (at < length) {
      words[at] = view.getUint32(4 * at);
      continue;
    }
    let word = words[at - 1] as number;
    if (at % length === 0) {
      word = substitute(rotate(word, 3)) ^ (constant << 24);
      constant = double(constant);
    } else if (length > 6 && at % length === 4) word = substitute(word);
    words[at] = (words[at - length] as number) ^ word;
  }
  return words;
}
