/**
 * A repeatable sequence of random bytes (xorshift32): what a virtual host gives as randomness, so
 * that two runs of a program see the same.
 */
export class RandomSequence {
  private state: number;

  constructor(seed: number) {
    this.state = (seed | 0) ^ 0x2545f491 || 1;
  }

  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      let x = this.state;
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      this.state = x;
      bytes[i] = x >>> 16;
    }
  }
}
