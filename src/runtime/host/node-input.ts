/**
 * Standard input of the process as a program reads it. It is touched only when the program asks, so
 * that a program that does not leaves it alone, and keeps the process alive only while it is watched.
 */

import type { InputSource } from "./host.js";

/** So much may wait unread before the other side is held up (bytes). */
const HIGH_WATER = 64 * 1024;

export class NodeInput implements InputSource {
  private readonly chunks: Uint8Array[] = [];
  private waiting = 0;
  private ended = false;
  private opened = false;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly stream: NodeJS.ReadStream = process.stdin) {}

  read(max: number): Uint8Array | null {
    this.open();
    const [first] = this.chunks;
    if (first === undefined) return this.ended ? new Uint8Array(0) : null;
    const bytes = first.subarray(0, max);
    if (bytes.length === first.length) this.chunks.shift();
    else this.chunks[0] = first.subarray(max);
    this.waiting -= bytes.length;
    if (this.waiting < HIGH_WATER && this.watchers.size > 0) this.stream.resume();
    return bytes;
  }

  readable(): boolean {
    this.open();
    return this.chunks.length > 0 || this.ended;
  }

  watch(notify: () => void): () => void {
    this.open();
    this.watchers.add(notify);
    this.stream.ref?.();
    if (this.waiting < HIGH_WATER) this.stream.resume();
    return () => {
      this.watchers.delete(notify);
      if (this.watchers.size === 0) this.stream.unref?.();
    };
  }

  private open(): void {
    if (this.opened) return;
    this.opened = true;
    this.stream.on("data", (chunk: Uint8Array) => {
      this.chunks.push(chunk);
      this.waiting += chunk.length;
      if (this.waiting >= HIGH_WATER) this.stream.pause();
      this.notify();
    });
    const end = (): void => {
      this.ended = true;
      this.notify();
    };
    this.stream.on("end", end);
    this.stream.on("error", end);
    this.stream.unref?.();
  }

  private notify(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
