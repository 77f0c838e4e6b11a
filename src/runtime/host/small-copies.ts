/**
 * Copies of few bytes for Node's sockets: as they are, small arrays get a buffer of their own for the
 * kernel, which costs more than to copy them. Buffer.from() would do the same at three times the price.
 */

const POOL_SIZE = 64 * 1024;

export class SmallCopies {
  private pool = new ArrayBuffer(0);
  private used = 0;

  /** The bytes as a part of a larger buffer, which is never used again. */
  of(bytes: Uint8Array): Uint8Array {
    const end = this.used + bytes.length;
    if (end > this.pool.byteLength) {
      this.pool = new ArrayBuffer(POOL_SIZE);
      this.used = 0;
    }
    const copy = new Uint8Array(this.pool, this.used, bytes.length);
    copy.set(bytes);
    this.used += bytes.length;
    return copy;
  }
}
