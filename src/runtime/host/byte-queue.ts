/** Bytes that have arrived in pieces and wait to be read: the inside of connections. */

/** Chunks of less are put together, in buffers of this size. */
const SMALL = 128;
const GATHERED = 1024;

const EMPTY = new Uint8Array(0);

export class ByteQueue {
  private chunks: Uint8Array[] = [];
  private first = 0;
  /** What small chunks are put together in. */
  private gathered: ArrayBuffer | null = null;
  length = 0;

  /** Takes a chunk as it is; it must not change afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    if (chunk.length < SMALL && this.length > 0) this.gather(chunk);
    else this.chunks.push(chunk);
    this.length += chunk.length;
  }

  /** Puts a small chunk behind the small ones before it: alone it would take far more than its bytes. */
  private gather(chunk: Uint8Array): void {
    const last = this.chunks.length - 1;
    const { buffer, byteOffset, length } = this.chunks[last] as Uint8Array;
    const end = byteOffset + length;
    if (buffer === this.gathered && end + chunk.length <= GATHERED) {
      new Uint8Array(buffer).set(chunk, end);
      this.chunks[last] = new Uint8Array(buffer, byteOffset, length + chunk.length);
      return;
    }
    this.gathered = new ArrayBuffer(GATHERED);
    const copy = new Uint8Array(this.gathered, 0, chunk.length);
    copy.set(chunk);
    this.chunks.push(copy);
  }

  /** Up to `max` bytes; `peek` leaves them. */
  take(max: number, peek = false): Uint8Array {
    const size = Math.min(max, this.length);
    const head = this.chunks[this.first];
    if (head === undefined || size <= 0) return new Uint8Array(0);
    if (size <= head.length) {
      const bytes = size === head.length ? head : head.subarray(0, size);
      if (!peek) this.drop(size);
      return bytes;
    }
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (let at = this.first; filled < size; at++) {
      const chunk = (this.chunks[at] as Uint8Array).subarray(0, size - filled);
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
    if (!peek) this.drop(size);
    return bytes;
  }

  /** Where the byte is, -1 when it has not arrived. */
  indexOf(byte: number): number {
    let before = 0;
    for (let at = this.first; at < this.chunks.length; at++) {
      const chunk = this.chunks[at] as Uint8Array;
      const index = chunk.indexOf(byte);
      if (index >= 0) return before + index;
      before += chunk.length;
    }
    return -1;
  }

  clear(): void {
    this.chunks = [];
    this.first = 0;
    this.length = 0;
  }

  private drop(size: number): void {
    this.length -= size;
    // The usual case: one chunk, taken whole. Emptying the array in any other way costs far more.
    if (this.chunks.length === 1 && this.length === 0) {
      this.chunks.pop();
      return;
    }
    let left = size;
    while (left > 0) {
      const head = this.chunks[this.first] as Uint8Array;
      if (left < head.length) {
        this.chunks[this.first] = head.subarray(left);
        return;
      }
      left -= head.length;
      // What was taken is let go of at once; its place is cleared away with others.
      this.chunks[this.first] = EMPTY;
      this.first += 1;
    }
    if (this.first === this.chunks.length) {
      this.chunks = [];
      this.first = 0;
    } else if (this.first > 64) {
      this.chunks.splice(0, this.first);
      this.first = 0;
    }
  }
}
