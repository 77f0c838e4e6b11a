/** What MD5, SHA-1 and SHA-256 have in common: blocks of 64 bytes, padded with the length. */

export abstract class BlockHash {
  private readonly block = new Uint8Array(64);
  private readonly view = new DataView(this.block.buffer);
  private readonly words = new Int32Array(16);
  private filled = 0;
  private total = 0;
  private final = false;

  /** @param little byte order of the words in blocks, length and digest */
  constructor(
    protected readonly state: Int32Array,
    private readonly little: boolean,
  ) {}

  /** Mixes 16 words into the state. */
  protected abstract compress(words: Int32Array): void;

  /** Adds the outcome of a block to the state. */
  protected mix(...values: readonly number[]): void {
    for (let at = 0; at < values.length; at++) {
      this.state[at] = ((this.state[at] as number) + (values[at] as number)) | 0;
    }
  }

  get isFinal(): boolean {
    return this.final;
  }

  update(bytes: Uint8Array): void {
    this.total += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + 64 - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === 64) this.flush();
    }
  }

  private flush(): void {
    const { words } = this;
    for (let at = 0; at < 16; at++) words[at] = this.view.getInt32(4 * at, this.little);
    this.compress(words);
    this.filled = 0;
  }

  /** Ends the message; nothing can be added after it. */
  digest(): Uint8Array {
    this.final = true;
    const bits = BigInt(this.total) * 8n;
    this.block.fill(0, this.filled);
    this.block[this.filled++] = 0x80;
    if (this.filled > 56) {
      this.flush();
      this.block.fill(0);
    }
    this.view.setBigUint64(56, bits, this.little);
    this.flush();
    const result = new DataView(new ArrayBuffer(this.state.length * 4));
    this.state.forEach((word, at) => {
      result.setInt32(4 * at, word, this.little);
    });
    return new Uint8Array(result.buffer);
  }
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
