/**
 * A metadata block as it is on the device: a revision, and then commits, each a row of tags that ends
 * with a checksum. Reading replays the commits that are whole; writing appends one.
 */

import { type Blocks, crc32, roundUp, wordAt, words } from "./blocks.js";
import { isChecksum, NO_ID, packTag, TAG, type Tag, unpackTag, wordOf } from "./metadata-tag.js";

/** Where the next commit goes. */
export interface LogEnd {
  readonly offset: number;
  /** The tag with which the next one is combined. */
  readonly previous: number;
  /** The device is erased there. */
  readonly isErased: boolean;
}

export const START: LogEnd = { offset: 0, previous: 0xffffffff, isErased: true };

/** Calls back with the tags of each whole commit; the end of the last one, null if there is none. */
export function readLog(
  bytes: Uint8Array,
  blocks: Blocks,
  committed: (tags: Tag[]) => void,
): LogEnd | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end: LogEnd | null = null;
  let tags: Tag[] = [];
  let previous = 0xffffffff;
  let crc = crc32(bytes.subarray(0, 4));
  let forward: Uint8Array | null = null;
  for (let at = 4; at + 4 <= blocks.size; ) {
    const word = (view.getUint32(at, false) ^ previous) >>> 0;
    crc = crc32(bytes.subarray(at, at + 4), crc);
    if (word & 0x80000000) {
      // Not written yet, provided that the last tag was a checksum.
      if (end !== null && at === end.offset && at % blocks.progSize === 0 && forward !== null) {
        const rest = bytes.subarray(at, at + wordAt(forward, 0));
        end = { ...end, isErased: crc32(rest) === wordAt(forward, 4) };
      }
      break;
    }
    const { type, id, size, isGone } = unpackTag(word);
    const next = at + 4 + size;
    if (next > blocks.size) break;
    previous = word;
    if (isChecksum(type)) {
      if (crc !== view.getUint32(at + 4, true)) break;
      previous = (previous ^ ((type & 1) << 31)) >>> 0;
      committed(tags);
      tags = [];
      crc = 0xffffffff;
      end = { offset: next, previous, isErased: false };
    } else {
      const data = bytes.subarray(at + 4, next);
      crc = crc32(data, crc);
      if (type === TAG.FORWARD_CHECKSUM) forward = data;
      else tags.push({ type, id, data, isGone });
    }
    at = next;
  }
  return end;
}

/** How long a block's tags may be: the checksum must fit behind them. */
export function roomFor(blocks: Blocks): number {
  return blocks.size - 8;
}

/**
 * Appends a commit to a block; at its very start (`revision`) the block is new. Null when there is no
 * room for it, false when the device does not hold it.
 */
export function writeLog(
  blocks: Blocks,
  block: number,
  start: LogEnd,
  tags: readonly Tag[],
  revision?: number,
): LogEnd | null | false {
  const log = new LogWriter(blocks, start);
  if (revision !== undefined) log.raw(words(revision));
  for (const tag of tags) if (!log.tag(tag)) return null;
  log.close(block);
  if (!blocks.program(block, start.offset, log.bytes)) return false;
  return log.end;
}

class LogWriter {
  private readonly written: Uint8Array;
  private at: number;
  private previous: number;
  private crc = 0xffffffff;

  constructor(
    private readonly blocks: Blocks,
    private readonly start: LogEnd,
  ) {
    this.written = new Uint8Array(blocks.size).fill(0xff);
    this.at = start.offset;
    this.previous = start.previous;
  }

  get bytes(): Uint8Array {
    return this.written.subarray(this.start.offset, this.at);
  }

  get end(): LogEnd {
    return { offset: this.at, previous: this.previous, isErased: true };
  }

  raw(bytes: Uint8Array): void {
    this.written.set(bytes, this.at);
    this.crc = crc32(bytes, this.crc);
    this.at += bytes.length;
  }

  tag(tag: Tag): boolean {
    if (this.at + 4 + tag.data.length > roomFor(this.blocks)) return false;
    this.word(wordOf(tag));
    this.raw(tag.data);
    return true;
  }

  private word(word: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, (word ^ this.previous) >>> 0, false);
    this.raw(bytes);
    this.previous = word;
  }

  /** Ends with a checksum; the commit fills whole units of the device. */
  close(block: number): void {
    const { blocks } = this;
    const end = roundUp(Math.min(this.at + 20, blocks.size), blocks.progSize);
    while (this.at < end) {
      let next = Math.min(end - (this.at + 4), 0x3fe) + this.at + 4;
      if (next < end) next = Math.min(next, end - 20);
      // What the device has behind the commit: the next one must look different.
      let first = 0xff;
      if (next >= end && next <= blocks.size - blocks.progSize) {
        const behind = blocks.read(block, next, blocks.progSize);
        first = behind[0] as number;
        const data = words(blocks.progSize, crc32(behind));
        this.word(packTag(TAG.FORWARD_CHECKSUM, NO_ID, data.length));
        this.raw(data);
      }
      const flips = first & 0x80 ? 0 : 1;
      this.word(packTag(TAG.CHECKSUM + flips, NO_ID, next - (this.at + 4)));
      this.written.set(words(this.crc), this.at);
      this.at = next;
      this.previous = (this.previous ^ (flips << 31)) >>> 0;
      this.crc = 0xffffffff;
    }
  }
}
