/** Collects bytes that arrive in pieces: what streams read line by line or to the end. */

const FIRST = 256;

export class ByteCollector {
  private buffer = new Uint8Array(FIRST);
  size = 0;

  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }

  get last(): number | undefined {
    return this.bytes.at(-1);
  }

  add(piece: Uint8Array): void {
    const end = this.size + piece.length;
    if (end > this.buffer.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.buffer.length));
      grown.set(this.bytes);
      this.buffer = grown;
    }
    this.buffer.set(piece, this.size);
    this.size = end;
  }
}
