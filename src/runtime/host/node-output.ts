/**
 * Standard output and standard error of the process. Text is collected for a moment and written
 * synchronously, in order, so that nothing is lost when the process ends; a reader that has gone away
 * is not an error.
 */

import { writeSync } from "node:fs";

const BUFFER = 16 * 1024;
/** The longest time that output stays unseen while the program prints (milliseconds). */
const LONGEST_DELAY = 20;

export class NodeOutput {
  private parts: (string | Uint8Array)[] = [];
  private size = 0;
  private fd: 1 | 2 = 1;
  private flushed = 0;
  private readonly closed = new Set<number>();

  constructor() {
    process.once("exit", () => this.flush());
  }

  write(fd: 1 | 2, data: string | Uint8Array): void {
    if (fd !== this.fd) this.flush();
    this.fd = fd;
    this.parts.push(data);
    this.size += data.length;
    if (this.size >= BUFFER || performance.now() - this.flushed >= LONGEST_DELAY) this.flush();
  }

  flush(): void {
    if (this.size === 0) return;
    const buffers = this.parts.map((part) => Buffer.from(part as string));
    this.parts = [];
    this.size = 0;
    this.put(Buffer.concat(buffers));
    this.flushed = performance.now();
  }

  private put(bytes: Uint8Array): void {
    const { fd } = this;
    let offset = 0;
    while (offset < bytes.length && !this.closed.has(fd)) {
      try {
        offset += writeSync(fd, bytes, offset);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EAGAIN") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        else if (code === "EPIPE" || code === "EBADF" || code === "EIO") this.closed.add(fd);
        else throw error;
      }
    }
  }
}
