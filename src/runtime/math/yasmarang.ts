/** Yasmarang, the pseudo-random number generator of MicroPython's `random` (Ilya Levin, 2010). */

const words = new DataView(new ArrayBuffer(8));

export class Yasmarang {
  private pad = 0;
  private n = 69;
  private d = 233;
  private dat = 0;

  constructor(seed: number) {
    this.seed(seed);
  }

  seed(seed: number): void {
    this.pad = seed | 0;
    this.n = 69;
    this.d = 233;
    this.dat = 0;
  }

  /** 32 bits, signed. */
  next(): number {
    let pad = (this.pad + this.dat + Math.imul(this.d, this.n)) | 0;
    pad = ((pad << 3) + (pad >>> 29)) | 0;
    this.pad = pad;
    this.n = pad | 2;
    this.d ^= ((pad << 31) + (pad >>> 1)) | 0;
    this.dat = (this.dat ^ pad ^ (this.d >>> 8) ^ 1) & 255;
    return pad ^ (this.d << 5) ^ (pad >>> 18) ^ (this.dat << 1);
  }

  /** An integer in `[0, count)`: bits are drawn until they are below. */
  below(count: number): number {
    let mask = 1;
    while ((count & mask) >>> 0 < count) mask = (mask << 1) | 1;
    for (;;) {
      const bits = (this.next() & mask) >>> 0;
      if (bits < count) return bits;
    }
  }

  /** In `[0, 1)`: 52 random bits as the fraction of a double between 1 and 2. */
  fraction(): number {
    const high = this.next() >>> 0;
    words.setUint32(0, 0x3ff00000 | (high & 0xfffff));
    words.setUint32(4, this.next() >>> 0);
    return words.getFloat64(0) - 1;
  }
}
