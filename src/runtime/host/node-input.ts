/**
 * Standard input of the process as a program reads it. It is touched only when the program asks, so
 * that a program that does not leaves it alone, and keeps the process alive only while it is watched.
 */

import { fstatSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { InputEvents, InputSource } from "./host.js";

/** So much may wait unread before the other side is held up (bytes). */
const HIGH_WATER = 64 * 1024;
/** Stands among the chunks for an end (Ctrl-D) after which a terminal goes on. */
const PASSING_END = new Uint8Array(0);

type Source = NodeJS.ReadStream;

export class NodeInput implements InputSource {
  private readonly chunks: Uint8Array[] = [];
  private waiting = 0;
  private ended = false;
  private opened = false;
  private isPipe = false;
  private readonly watchers = new Set<() => void>();

  constructor(private stream: Source = process.stdin) {}

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

  poll(): InputEvents {
    const { isPipe, ended, chunks } = this;
    const readable = chunks.length > 0 || (ended && !isPipe);
    return { readable, writable: !isPipe, hungUp: ended && isPipe };
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
    this.isPipe = isPipe(this.stream);
    this.follow(this.stream);
    this.stream.unref?.();
  }

  private follow(stream: Source): void {
    stream.on("data", (chunk: Uint8Array) => {
      this.chunks.push(chunk);
      this.waiting += chunk.length;
      if (this.waiting >= HIGH_WATER) this.stream.pause();
      this.notify();
    });
    stream.on("end", () => {
      if (stream instanceof ReadStream) this.goOn(stream);
      else this.ended = true;
      this.notify();
    });
    stream.on("error", () => {
      this.ended = true;
      this.notify();
    });
  }

  /** A terminal can be read again after its end, but node:tty has closed it. */
  private goOn({ fd }: ReadStream & { fd?: number }): void {
    this.chunks.push(PASSING_END);
    this.stream = new ReadStream(fd ?? 0) as Source;
    this.follow(this.stream);
    if (this.watchers.size === 0) this.stream.unref?.();
    else this.stream.resume();
  }

  private notify(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

function isPipe(stream: Source): boolean {
  const { fd } = stream as { fd?: number };
  try {
    return typeof fd === "number" && fstatSync(fd).isFIFO();
  } catch {
    return false;
  }
}
