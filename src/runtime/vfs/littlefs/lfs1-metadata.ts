/**
 * The directories of a littlefs file system of version 1: parts that are strung on one list, which entries
 * are put into and taken out of. Mends what an interruption has left. Used by `lfs1-volume.ts`.
 */

import { FileError } from "../../host/files.js";
import type { Allocator } from "./allocator.js";
import type { Blocks } from "./blocks.js";
import type { LfsFile } from "./lfs-file.js";
import {
  CORRUPT,
  ENTRY,
  entrySize,
  fetchDirectory,
  Lfs1Directory,
  type Lfs1Entry,
} from "./lfs1-directory.js";
import { isNull, NO_PAIR, type Pair, pairOf, shareBlock } from "./metadata-pair.js";

export const SUPERBLOCK: Pair = [0, 1];

/** Where an open file's entry is. */
interface Handle {
  pair: Pair | null;
  index: number;
}

export class Lfs1Metadata {
  root: Pair = NO_PAIR;
  /** Of the open files. */
  readonly handles = new Map<LfsFile, Handle>();
  private isMended = false;

  constructor(
    private readonly blocks: Blocks,
    private readonly allocator: Allocator,
  ) {}

  fetch(pair: Pair): Lfs1Directory {
    return fetchDirectory(this.blocks, pair);
  }

  /** All parts of all directories. */
  *all(): Generator<Lfs1Directory> {
    let seen = 0;
    for (let pair = SUPERBLOCK; !isNull(pair); ) {
      if (seen++ > this.blocks.count) throw new FileError(CORRUPT);
      const part = this.fetch(pair);
      yield part;
      pair = part.tail;
    }
  }

  *parts(pair: Pair): Generator<Lfs1Directory> {
    for (let part = this.fetch(pair); ; part = this.fetch(part.tail)) {
      yield part;
      if (!part.continues) return;
    }
  }

  private before(pair: Pair): Lfs1Directory | undefined {
    for (const part of this.all()) {
      if (!isNull(part.tail) && shareBlock(part.tail, pair)) return part;
    }
    return undefined;
  }

  /** Adds an entry to the first part from this one on that has room; or to a new part. */
  append(start: Lfs1Directory, entry: Lfs1Entry, tail?: Pair): void {
    const { blocks } = this;
    let part = start;
    for (;;) {
      if (part.size + entrySize(entry) <= blocks.size) {
        part.entries.push(entry);
        if (tail !== undefined && !part.continues) part.tail = tail;
        part.commit(blocks);
        return;
      }
      if (!part.continues) break;
      part = this.fetch(part.tail);
    }
    const added = this.create(tail ?? part.tail);
    added.entries.push(entry);
    added.commit(blocks);
    part.continues = true;
    part.tail = added.pair;
    part.commit(blocks);
  }

  create(tail: Pair): Lfs1Directory {
    const pair: Pair = [this.allocator.allocate(), this.allocator.allocate()];
    return new Lfs1Directory(pair, this.blocks.readWord(pair[0], 0), tail, false, []);
  }

  removeEntry(part: Lfs1Directory, index: number): void {
    const { blocks } = this;
    for (const handle of this.handles.values()) {
      if (handle.pair === null || !shareBlock(handle.pair, part.pair)) continue;
      if (handle.index === index) handle.pair = null;
      else if (handle.index > index) handle.index -= 1;
    }
    part.entries.splice(index, 1);
    const before = part.entries.length === 0 ? this.before(part.pair) : undefined;
    if (before?.continues) {
      before.continues = part.continues;
      before.tail = part.tail;
      before.commit(blocks);
    } else {
      part.commit(blocks);
    }
  }

  /** Takes an empty directory out of the list of all. */
  unthread(pair: Pair): void {
    const before = this.before(pair);
    if (before === undefined) throw new FileError(CORRUPT);
    before.tail = this.fetch(pair).tail;
    before.commit(this.blocks);
  }

  removeMoving(pair: Pair): void {
    const part = this.fetch(pair);
    const index = part.entries.findIndex(({ isMoving }) => isMoving);
    if (index >= 0) this.removeEntry(part, index);
  }

  /** An entry that was being moved, and has arrived. */
  isElsewhere(entry: Lfs1Entry): boolean {
    if (!entry.isMoving) return false;
    for (const { entries } of this.all()) {
      if (entries.some((other) => !other.isMoving && isEqual(other.data, entry.data))) return true;
    }
    return false;
  }

  /** Whether a pair belongs to a directory or to one below it. */
  isBelow(pair: Pair, folder: Pair): boolean {
    for (const part of this.parts(folder)) {
      if (shareBlock(part.pair, pair)) return true;
      for (const { type, data } of part.entries) {
        if (type === ENTRY.FOLDER && this.isBelow(pair, pairOf(data))) return true;
      }
    }
    return false;
  }

  /** Before the first change: ends moves that were interrupted, drops directories without a name. */
  mend(): void {
    if (this.isMended) return;
    this.isMended = true;
    const all = [...this.all()];
    const named: Pair[] = [SUPERBLOCK, this.root];
    for (const { entries } of all) {
      for (const { type, data } of entries) if (type === ENTRY.FOLDER) named.push(pairOf(data));
    }
    for (const [at, part] of all.entries()) {
      const next = all[at + 1];
      if (next === undefined || part.continues) continue;
      if (named.some((pair) => shareBlock(pair, next.pair))) continue;
      const fresh = this.fetch(part.pair);
      fresh.tail = next.tail;
      fresh.commit(this.blocks);
      this.isMended = false;
      this.mend();
      return;
    }
    for (const part of all) {
      for (const [index, entry] of part.entries.entries()) {
        if (!entry.isMoving) continue;
        const fresh = this.fetch(part.pair);
        if (this.isElsewhere(entry)) {
          this.removeEntry(fresh, index);
        } else {
          (fresh.entries[index] as Lfs1Entry).isMoving = false;
          fresh.commit(this.blocks);
        }
        this.isMended = false;
        this.mend();
        return;
      }
    }
  }
}

/** Whether two runs of bytes (names, data) are the same. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
